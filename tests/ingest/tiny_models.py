"""Models small enough to make in a test: one already prepared (no torch needed), one as its makers would publish it."""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

from ingest.recipe import ONNX_FILE, TOKENIZER_FILE, Recipe

DIMENSIONS = 16
MAX_TOKENS = 24

_CHARACTERS = "双活客服平台数据库同步算力评估天气很好的是怎么设计银行智张迁移"
_LATIN = "abcdefghijklmnopqrstuvwxyz0123456789"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *_CHARACTERS, *_LATIN, *(f"##{letter}" for letter in _LATIN)]


def tiny_tokenizer() -> Tokenizer:
    """A WordPiece tokenizer with m3e-small's trap: it keeps upper case, its vocabulary has none."""
    tokenizer = Tokenizer(models.WordPiece({token: id_ for id_, token in enumerate(VOCABULARY)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    return tokenizer


def tiny_recipe(**changes: object) -> Recipe:
    """The recipe of the prepared tiny model."""
    facts = {
        "fingerprint": "0123456789ab",
        "dimensions": DIMENSIONS,
        "max_tokens": MAX_TOKENS,
        "pooling": "mean",
        "lowercase": True,
        "engine": "onnx",
    }
    return Recipe.model_validate(facts | changes)


def write_prepared(folder: Path, recipe: Recipe | None = None) -> Path:
    """A prepared model: the mean of random token vectors, brought to unit length."""
    folder.mkdir(parents=True, exist_ok=True)
    table = np.random.default_rng(7).normal(size=(len(VOCABULARY), DIMENSIONS)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["tokens"]),
        helper.make_node("ReduceMean", ["tokens"], ["mean"], axes=[1], keepdims=0),
        helper.make_node("LpNormalization", ["mean"], ["vector"], axis=1, p=2),
    ]
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info("input_ids", TensorProto.INT64, [1, "tokens"])],
        [helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, DIMENSIONS])],
        [numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, folder / ONNX_FILE)
    tiny_tokenizer().save(str(folder / TOKENIZER_FILE))
    (recipe or tiny_recipe()).write(folder)
    return folder


def write_published(folder: Path, *, safe: bool = True, pooling: str | None = None) -> Path:
    """A two-layer BERT with random weights (always the same), as a hub would hold it; takes torch.

    `safe` chooses safetensors over pickle; `pooling` names a pooling mode in a sentence-transformers configuration.
    """
    import torch
    from safetensors.torch import save_file
    from transformers import BertConfig, BertModel

    folder.mkdir(parents=True)
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=MAX_TOKENS,
        initializer_range=0.3,  # so large that different texts get clearly different vectors
        architectures=["BertModel"],
    )
    weights = {name: tensor.contiguous() for name, tensor in BertModel(config).state_dict().items()}
    if safe:
        save_file(weights, folder / "model.safetensors", {"format": "pt"})
    else:
        torch.save(weights, folder / "pytorch_model.bin")
    config.save_pretrained(folder)
    tiny_tokenizer().save(str(folder / TOKENIZER_FILE))
    tokenizer_config = {"tokenizer_class": "BertTokenizer", "do_lower_case": False, "model_max_length": MAX_TOKENS}
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer_config), "utf-8")
    if pooling:
        modules = [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ]
        (folder / "modules.json").write_text(json.dumps(modules), "utf-8")
        (folder / "1_Pooling").mkdir()
        mode = {"word_embedding_dimension": 32, f"pooling_mode_{pooling}": True, "pooling_mode_mean_tokens": False}
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(mode), "utf-8")
    return folder
