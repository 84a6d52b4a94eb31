import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ingest import embedders
from ingest.embed_hashing import HashingEmbedder
from ingest.embed_onnx import OnnxEmbedder
from ingest.embedders import load_embedder
from ingest.errors import ModelUnavailable
from ingest.models import resolve
from ingest.settings import Settings
from tests.ingest.tiny_models import tiny_recipe, write_prepared

ROOT = Path(__file__).resolve().parents[2]

PASSAGES = [
    "客服平台采用双活架构，北京与厦门两个数据中心同时对外提供服务，MySQL 半同步复制，RPO 不超过 5 秒。",
    "算力评估：按 32B 模型推理、200 路并发测算，需 Ascend 910B3 共 74 张 NPU。",
    "IM 消息冷热分离共迁移 512 万行历史数据，按日期分片逐批校验行数与摘要。",
    "知识工程 POC 的工作量评估为 46 人天，其中评测 12 人天。",
]


@pytest.fixture
def given(settings: Settings, tmp_path: Path) -> Settings:
    write_prepared(tmp_path / "model" / "prepared")
    return settings.model_copy(update={"embed_model": str(tmp_path / "model")})


def test_hashing_needs_nothing(settings: Settings) -> None:
    assert isinstance(load_embedder(settings), HashingEmbedder)
    assert not settings.models_path.exists()


def test_a_prepared_model_runs_in_onnx(given: Settings) -> None:
    embedder = load_embedder(given.model_copy(update={"embed_cache_mb": 0}))
    assert isinstance(embedder, OnnxEmbedder)
    assert (embedder.name, embedder.dimensions) == (given.embed_model, 16)
    embedder.close()


def test_what_was_embedded_is_kept_in_the_data_folder(given: Settings) -> None:
    given.data_dir.mkdir(parents=True)
    embedder = load_embedder(given)
    before = embedder.embed_passages(PASSAGES)
    embedder.close()
    again = load_embedder(given)
    again.close()  # the model itself can embed nothing any more
    np.testing.assert_array_equal(again.embed_passages(PASSAGES), before)
    assert (given.data_dir / "embeddings.sqlite3").is_file()


@pytest.mark.parametrize(
    ("smi", "build", "gpu"), [(None, "2.13.0", False), ("x", "2.13.0", True), ("x", "2.13.0+cpu", False)]
)
def test_a_gpu_is_used_where_torch_can(
    given: Settings, monkeypatch: pytest.MonkeyPatch, smi: str | None, build: str, gpu: bool
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: smi)
    monkeypatch.setattr(embedders, "version", lambda name: build)
    if gpu:  # the tiny model has no original weights: that they are asked for shows the way taken
        with pytest.raises(ModelUnavailable, match="cannot be loaded"):
            load_embedder(given)
    else:
        load_embedder(given).close()


def test_a_model_that_was_not_converted_runs_in_torch(given: Settings) -> None:
    tiny_recipe(engine="torch").write(Path(given.embed_model) / "prepared")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load_embedder(given)


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("两地的数据库怎么同步，丢数据最多多少？", 0),
        ("NPU 要买多少张卡？", 1),
        ("历史聊天记录搬了多少条？", 2),
        ("做一个概念验证要花多少人力？", 3),
    ],
)
def test_the_real_model_finds_by_meaning(real_model: Settings, question: str, best: int) -> None:
    embedder = load_embedder(real_model)
    scores = embedder.embed_passages(PASSAGES) @ embedder.embed_query(question)
    assert int(np.argmax(scores)) == best
    embedder.close()


@pytest.mark.model
def test_the_real_model_reads_codes_whatever_their_case(real_model: Settings) -> None:
    embedder = load_embedder(real_model)
    np.testing.assert_array_equal(embedder.embed_query("NPU 与 MySQL"), embedder.embed_query("npu 与 mysql"))
    npu, rpo = embedder.embed_query("NPU"), embedder.embed_query("RPO")
    assert npu @ rpo < 0.95  # both were [UNK], and so the same, if case were kept
    embedder.close()


@pytest.mark.model
def test_the_real_model_agrees_with_its_original(real_model: Settings) -> None:
    from ingest.embed_torch import TorchEmbedder, load_sentence_transformer

    model = resolve(real_model.embed_model, real_model)
    onnx = load_embedder(real_model)
    torch = TorchEmbedder(model.name, model.recipe, load_sentence_transformer(model.folder, "cpu"))
    assert torch.fingerprint == onnx.fingerprint
    texts = [*PASSAGES, " ".join(PASSAGES * 20), ""]
    cosines = np.sum(onnx.embed_passages(texts) * torch.embed_passages(texts), axis=1)
    assert cosines.min() > 0.99
    onnx.close()


@pytest.mark.model
def test_the_real_model_loads_fast_and_without_torch(real_model: Settings) -> None:
    code = (
        "import sys, time\n"
        "from ingest.embedders import load_embedder\n"
        "from ingest.settings import Settings\n"
        "embedder = load_embedder(Settings(embed_model='m3e-small', models_dir=sys.argv[1]))\n"
        "embedder.embed_passages(['双活', '']); embedder.embed_query('RPO 是多少'); embedder.close()\n"
        "print(time.process_time(), 'torch' in sys.modules)"
    )
    command = [sys.executable, "-c", code, str(real_model.models_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds, torch_loaded = done.stdout.split()
    assert torch_loaded == "False"
    assert float(seconds) < 3  # processor time of the whole process, about 0.5 on an idle machine
