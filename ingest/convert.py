"""Preparing a model: from a sentence-transformers folder to a recipe, a tokenizer and an int8 ONNX graph.

Weights become signed 8-bit integers, one scale per channel; activations are quantised as they come. The weights use 7
of their 8 bits (`reduce_range`): on x86 without VNNI the products of full 8-bit values overflow, and the vectors are
garbage. The result is held against torch on `CHECK_TEXTS` before it is used.
"""

import hashlib
import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from ingest.check_texts import CHECK_TEXTS
from ingest.embed_onnx import OnnxEmbedder
from ingest.embed_torch import TorchEmbedder, load_sentence_transformer
from ingest.errors import ModelUnavailable
from ingest.recipe import ONNX_FILE, TOKENIZER_FILE, Recipe

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

MIN_COSINE = 0.98
"""Below this similarity of int8 and torch, on any check text, a graph is refused. m3e-small has .995 and more."""

_OPSET = 17
_PROTOBUF_LIMIT = 2**31
_DEFAULT_MAX_TOKENS = 512
_FP32_FILE = "fp32.onnx"


class _Refused(Exception):
    """The model cannot be converted; the message says why."""


def prepare(source: Path, into: Path, query_prefix: str | None = None) -> Recipe:
    """Write recipe, tokenizer and graph of the model in `source` into the empty folder `into`.

    A model that cannot be converted, or whose graph differs from torch, gets a recipe with the engine `torch` and the
    reason. `query_prefix` None takes what the model's own configuration says. Raises `ModelUnavailable` when the
    folder holds no model that sentence-transformers can load.
    """
    model = load_sentence_transformer(source, device="cpu")
    recipe = _recipe(model, query_prefix)
    try:
        _convert(model, recipe, into)
        cosine = _compare(model, recipe, into)
        if cosine.min() < MIN_COSINE:
            raise _Refused(f"the int8 graph differs from the original (cosine {cosine.min():.3f})")
    except _Refused as refused:
        for file in (ONNX_FILE, TOKENIZER_FILE):
            (into / file).unlink(missing_ok=True)
        recipe = recipe.model_copy(update={"reason": str(refused)})
    else:
        measured = {"cosine_mean": round(float(cosine.mean()), 4), "cosine_min": round(float(cosine.min()), 4)}
        recipe = recipe.model_copy(update={"engine": "onnx", **measured})
    (into / _FP32_FILE).unlink(missing_ok=True)
    recipe.write(into)
    return recipe


def _recipe(model: "SentenceTransformer", query_prefix: str | None) -> Recipe:
    prompts = model.prompts or {}
    vector = model.encode([CHECK_TEXTS[0]], show_progress_bar=False)[0]
    recipe = Recipe(
        fingerprint="",
        dimensions=len(vector),
        max_tokens=model.max_seq_length or _DEFAULT_MAX_TOKENS,
        pooling=_pooling(model),
        lowercase=_needs_lowercase(model.tokenizer),
        query_prefix=query_prefix if query_prefix is not None else prompts.get("query", ""),
        passage_prefix=prompts.get("document") or prompts.get("passage") or "",
    )
    return recipe.model_copy(update={"fingerprint": _fingerprint(model, recipe)})


def _pooling(model: "SentenceTransformer") -> str:
    modes = [getattr(module, "pooling_mode", None) for module in model]
    parts = [type(module).__name__ for module in model if type(module).__name__ != "Normalize"]
    return f"{'+'.join(parts)}:{next((mode for mode in modes if mode), 'none')}"


def _needs_lowercase(tokenizer: Any) -> bool:
    # Some Chinese models keep upper case although their vocabulary has none: `NPU` is unknown to them, `npu` is not.
    words = ("NPU", "MySQL", "RPO", "Kafka")
    unknown = [tokenizer.tokenize(word).count(tokenizer.unk_token) for word in words]
    lowered = [tokenizer.tokenize(word.lower()).count(tokenizer.unk_token) for word in words]
    return bool(sum(lowered) < sum(unknown))


def _fingerprint(model: "SentenceTransformer", recipe: Recipe) -> str:
    # The weights' values, not their files: safetensors and pickle of one model are the same model. Sorted, and without
    # their names, which change with the library's version.
    tensors = (tensor.detach().cpu().contiguous() for tensor in model.parameters())
    hashes = sorted(hashlib.sha256(str(tuple(one.shape)).encode() + one.numpy().tobytes()).digest() for one in tensors)
    tokens = [model.tokenizer(recipe.passage(text))["input_ids"] for text in CHECK_TEXTS]
    recipe_facts = recipe.model_dump(include={"max_tokens", "pooling", "lowercase", "query_prefix", "passage_prefix"})
    facts = json.dumps([tokens, recipe_facts], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(b"".join(hashes) + facts.encode()).hexdigest()[:12]


class _Graph(torch.nn.Module):
    """Token ids of one text (1, tokens) to its vector (1, dimensions) of unit length, by the model's own modules."""

    def __init__(self, model: "SentenceTransformer") -> None:
        super().__init__()
        transformer, *rest = list(model)
        self._encoder: Any = transformer.auto_model
        self._rest = torch.nn.ModuleList(rest)

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        # One text has no padding, so the encoder needs no mask; pooling asks for one.
        hidden = self._encoder(input_ids=input_ids, return_dict=True).last_hidden_state
        features: Any = {"token_embeddings": hidden, "attention_mask": torch.ones_like(input_ids)}
        for module in self._rest:
            features = module(features)
        return torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)


def _convert(model: "SentenceTransformer", recipe: Recipe, into: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    if sum(parameter.numel() * 4 for parameter in model.parameters()) >= _PROTOBUF_LIMIT:
        raise _Refused("it is larger than an ONNX file can be (2 GiB)")
    ids = torch.tensor([model.tokenizer(CHECK_TEXTS[0])["input_ids"][: recipe.max_tokens]])
    try:
        with torch.no_grad(), _quiet():
            torch.onnx.export(
                _Graph(model).eval(),
                (ids,),
                into / _FP32_FILE,
                dynamo=False,  # the newer exporter needs another package
                input_names=["input_ids"],
                output_names=["vector"],
                dynamic_axes={"input_ids": {1: "tokens"}},
                opset_version=_OPSET,
            )
            quantize_dynamic(
                into / _FP32_FILE, into / ONNX_FILE, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
        model.tokenizer.backend_tokenizer.save(str(into / TOKENIZER_FILE))
    except OSError:
        raise
    except Exception as error:  # an exporter that meets an architecture it does not know raises anything
        raise _Refused(f"it cannot be converted ({str(error).strip().splitlines()[0]})") from error


def _compare(model: "SentenceTransformer", recipe: Recipe, into: Path) -> "np.ndarray[Any, np.dtype[np.float32]]":
    original = TorchEmbedder("original", recipe, model)
    try:
        converted = OnnxEmbedder("converted", recipe, into)
        passages = np.sum(original.embed_passages(CHECK_TEXTS) * converted.embed_passages(CHECK_TEXTS), axis=1)
        queries = [original.embed_query(text) @ converted.embed_query(text) for text in CHECK_TEXTS]
        converted.close()
    except ModelUnavailable as error:
        raise _Refused(f"its graph does not run ({error.message})") from error
    return np.nan_to_num(np.array([*passages, *queries], np.float32), nan=-1.0)


@contextmanager
def _quiet() -> Iterator[None]:
    # Exporter and quantiser warn about what is meant here: the older exporter, and no preprocessing.
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(before)
