import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from ingest.embed_onnx import OnnxEmbedder
from ingest.errors import ModelUnavailable
from ingest.recipe import ONNX_FILE, TOKENIZER_FILE, Recipe
from tests.ingest.tiny_models import DIMENSIONS, MAX_TOKENS, tiny_recipe, write_prepared

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_prepared(tmp_path / "prepared")


@pytest.fixture
def embedder(folder: Path) -> Iterator[OnnxEmbedder]:
    embedder = OnnxEmbedder("tiny", tiny_recipe(), folder, workers=3)
    yield embedder
    embedder.close()


def with_recipe(folder: Path, recipe: Recipe) -> OnnxEmbedder:
    return OnnxEmbedder("tiny", recipe, folder, workers=1)


def test_rows_are_unit_float32_in_the_order_of_the_texts(embedder: OnnxEmbedder) -> None:
    texts = [f"双活 {number}" for number in range(50)]
    vectors = embedder.embed_passages(texts)
    assert vectors.shape == (50, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    alone = np.array([embedder.embed_query(text) for text in texts])
    np.testing.assert_array_equal(vectors, alone)
    assert len({row.tobytes() for row in vectors}) == 50


def test_no_texts_give_no_rows(embedder: OnnxEmbedder) -> None:
    assert embedder.embed_passages([]).shape == (0, DIMENSIONS)


@pytest.mark.parametrize("text", ["", "   \n\t", "\u3000", "\ud800 半个字符", "\x00"])
def test_odd_texts_have_vectors_too(embedder: OnnxEmbedder, text: str) -> None:
    assert np.linalg.norm(embedder.embed_query(text)) == pytest.approx(1)
    assert np.linalg.norm(embedder.embed_passages([text])[0]) == pytest.approx(1)


def test_upper_case_is_lowered_where_the_model_has_none(folder: Path) -> None:
    lowering, keeping = with_recipe(folder, tiny_recipe()), with_recipe(folder, tiny_recipe(lowercase=False))
    np.testing.assert_array_equal(lowering.embed_query("NPU"), lowering.embed_query("npu"))
    assert not np.array_equal(keeping.embed_query("NPU"), keeping.embed_query("npu"))
    np.testing.assert_array_equal(keeping.embed_query("NPU"), keeping.embed_query("RPO"))  # both are just [UNK]


def test_prefixes_go_where_they_belong(folder: Path) -> None:
    embedder = with_recipe(folder, tiny_recipe(query_prefix="评估", passage_prefix="设计"))
    plain = with_recipe(folder, tiny_recipe())
    np.testing.assert_array_equal(embedder.embed_query("双活"), plain.embed_query("评估双活"))
    np.testing.assert_array_equal(embedder.embed_passages(["双活"]), plain.embed_passages(["设计双活"]))


def test_a_text_is_cut_at_the_models_limit(embedder: OnnxEmbedder) -> None:
    kept = "双" * (MAX_TOKENS - 2)
    np.testing.assert_array_equal(embedder.embed_query(kept), embedder.embed_query(kept + "天气很好" * 1000))
    assert not np.array_equal(embedder.embed_query(kept), embedder.embed_query(kept[:-1] + "天"))


@pytest.mark.parametrize("file", [ONNX_FILE, TOKENIZER_FILE])
@pytest.mark.parametrize("damage", ["missing", "half", "other"])
def test_damaged_files_are_advice(folder: Path, file: str, damage: str) -> None:
    target = folder / file
    if damage == "missing":
        target.unlink()
    else:
        target.write_bytes(target.read_bytes()[:100] if damage == "half" else b"<html>proxy error</html>")
    with pytest.raises(ModelUnavailable) as caught:
        with_recipe(folder, tiny_recipe())
    assert str(folder) in caught.value.message
    assert "models pull tiny" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_failing_run_is_advice(folder: Path) -> None:
    # The graph gives 16 numbers and its table has one row per token: an id beyond the table cannot be looked up.
    embedder = with_recipe(folder, tiny_recipe())
    embedder._tokenizer.add_tokens(["天外来客"])
    with pytest.raises(ModelUnavailable, match="tiny failed"):
        embedder.embed_query("天外来客")


def test_closing_twice_is_fine(folder: Path) -> None:
    embedder = with_recipe(folder, tiny_recipe())
    embedder.embed_passages(["双活"])
    embedder.close()
    embedder.close()


def test_embedding_never_imports_torch(tmp_path: Path) -> None:
    write_prepared(tmp_path / "model" / "prepared")
    code = (
        "import sys\n"
        "from ingest.embedders import load_embedder\n"
        "from ingest.settings import Settings\n"
        "embedder = load_embedder(Settings(embed_model=sys.argv[1], data_dir=sys.argv[2]))\n"
        "embedder.embed_passages(['双活', '']); embedder.embed_query('同步'); embedder.close()\n"
        "print(type(embedder).__name__, *sorted(sys.modules))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "model"), str(tmp_path / "data")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    name, *loaded = done.stdout.split()
    assert name == "OnnxEmbedder"
    assert not {"torch", "transformers", "sentence_transformers", "huggingface_hub", "onnx"} & set(loaded)
    assert not (tmp_path / "data").exists()  # a model that lies ready is only read
