from pathlib import Path

import numpy as np
import pytest

from ingest import convert
from ingest.check_texts import CHECK_TEXTS
from ingest.convert import prepare
from ingest.embed_onnx import OnnxEmbedder
from ingest.embed_torch import TorchEmbedder, load_sentence_transformer
from ingest.errors import ModelUnavailable
from ingest.recipe import ONNX_FILE, TOKENIZER_FILE, Recipe
from tests.ingest.tiny_models import MAX_TOKENS, write_published


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_published(tmp_path_factory.mktemp("published") / "tiny")


@pytest.fixture(scope="module")
def prepared(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("prepared")
    prepare(published, into)
    return into


def recipe_of(folder: Path) -> Recipe:
    recipe = Recipe.read(folder)
    assert recipe is not None
    return recipe


def test_the_int8_graph_gives_the_originals_vectors(published: Path, prepared: Path) -> None:
    recipe = recipe_of(prepared)
    assert recipe.engine == "onnx"
    assert recipe.cosine_min is not None
    assert recipe.cosine_min >= convert.MIN_COSINE
    assert sorted(file.name for file in prepared.iterdir()) == sorted([ONNX_FILE, TOKENIZER_FILE, "recipe.json"])
    converted = OnnxEmbedder("tiny", recipe, prepared)
    original = TorchEmbedder("tiny", recipe, load_sentence_transformer(published, "cpu"))
    texts = ["智算平台迁移", "NPU 910B3 双活", "很好的天气 " * 30, ""]
    np.testing.assert_array_less(0.98, np.sum(converted.embed_passages(texts) * original.embed_passages(texts), axis=1))
    assert converted.embed_query(texts[0]) @ original.embed_query(texts[0]) > 0.98
    assert original.embed_passages([]).shape == (0, original.dimensions)
    assert original.embed_query("双活").dtype == np.float32
    converted.close()
    original.close()


def test_the_recipe_is_read_off_the_model(prepared: Path) -> None:
    recipe = recipe_of(prepared)
    assert (recipe.dimensions, recipe.max_tokens) == (32, MAX_TOKENS)
    assert recipe.lowercase  # its tokenizer keeps upper case, its vocabulary has none
    assert recipe.pooling.endswith(":mean")
    assert len(recipe.fingerprint) == 12


def test_the_same_weights_in_another_format_are_the_same_model(prepared: Path, tmp_path: Path) -> None:
    pickled = write_published(tmp_path / "pickled", safe=False)
    (tmp_path / "into").mkdir()
    assert prepare(pickled, tmp_path / "into").fingerprint == recipe_of(prepared).fingerprint


def test_another_pooling_is_another_model_and_is_followed(prepared: Path, tmp_path: Path) -> None:
    folder = write_published(tmp_path / "cls", pooling="cls_token")
    (tmp_path / "into").mkdir()
    recipe = prepare(folder, tmp_path / "into", query_prefix="评估")
    mean = recipe_of(prepared)
    assert recipe.pooling.endswith(":cls")
    assert recipe.engine == "onnx"
    assert recipe.fingerprint != mean.fingerprint
    by_cls, by_mean = OnnxEmbedder("c", recipe, tmp_path / "into"), OnnxEmbedder("m", mean, prepared)
    assert by_cls.embed_passages(["双活"])[0] @ by_mean.embed_passages(["双活"])[0] < 0.98
    by_cls.close()
    by_mean.close()


def test_a_graph_that_differs_is_refused(published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import onnxruntime.quantization

    honest = onnxruntime.quantization.quantize_dynamic

    def coarse(source: Path, target: Path, **options: object) -> None:
        import onnx
        from onnx import numpy_helper

        honest(source, target, **options)
        model = onnx.load(target)
        for weight in model.graph.initializer:
            values = numpy_helper.to_array(weight)
            if values.dtype == np.int8:
                weight.CopyFrom(numpy_helper.from_array(np.sign(values), weight.name))
        onnx.save(model, target)

    monkeypatch.setattr(onnxruntime.quantization, "quantize_dynamic", coarse)
    recipe = prepare(published, tmp_path)
    assert recipe.engine == "torch"
    assert recipe.reason is not None
    assert "differs from the original" in recipe.reason
    assert [file.name for file in tmp_path.iterdir()] == ["recipe.json"]


def test_a_model_that_cannot_be_exported_stays_with_torch(
    published: Path, prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*args: object, **kwargs: object) -> None:
        raise NotImplementedError("no such operator\nand a long story")

    monkeypatch.setattr("torch.onnx.export", unknown)
    recipe = prepare(published, tmp_path)
    assert (recipe.engine, recipe.reason) == ("torch", "it cannot be converted (no such operator)")
    assert recipe.fingerprint == recipe_of(prepared).fingerprint  # the engine is not part of it


def test_a_model_too_large_for_onnx_is_not_tried(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(convert, "_PROTOBUF_LIMIT", 1000)
    assert "larger than" in (prepare(published, tmp_path).reason or "")


@pytest.mark.parametrize("file", ["model.safetensors", "config.json", "tokenizer.json"])
def test_damaged_originals_are_advice(tmp_path: Path, file: str) -> None:
    folder = write_published(tmp_path / "tiny")
    (folder / file).write_bytes((folder / file).read_bytes()[:200])
    (tmp_path / "into").mkdir()
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as caught:
        prepare(folder, tmp_path / "into")
    assert str(folder) in caught.value.message
    assert "\n" not in str(caught.value)


def test_the_last_check_text_is_longer_than_any_small_models_limit() -> None:
    assert len(CHECK_TEXTS[-1]) > 1000
