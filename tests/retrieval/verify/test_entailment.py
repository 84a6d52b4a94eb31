"""A model of inference beside the rules: its labels by name, its word only against a claim, its time, its failures."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.errors import ModelUnavailable
from ingest.settings import Settings
from retrieval.verify.entailment import MOST_CHARS, NliModel, SecondOpinion, doubted, to_read
from retrieval.verify.verdict import Dropped, Support, Supported, Unverified
from tests.retrieval.passages import passage, row, span
from tests.retrieval.tiny_nli import write_nli

ROOT = Path(__file__).resolve().parents[3]
SYNC = passage(span("ES 采用跨集群复制。"))
ROW = passage(row("910B3", "74"), header=["型号", "张数"])
CLAIM = Supported(text="ES 采用跨集群复制", supports=(Support(passage=SYNC, span=SYNC.chunk.spans[0], quote="采用"),))


def configured(settings: Settings, model: Path, **more: object) -> Settings:
    return settings.model_copy(update={"nli_model": str(model), **more})


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"contradiction": 0.7, "entailment": 0.2, "neutral": 0.1}, 0.7),
        ({"ENTAILMENT": 0.7, "NEUTRAL": 0.2, "CONTRADICTION": 0.1}, 0.1),
        ({"蕴含": 0.1, "中立": 0.5, "矛盾": 0.4}, 0.4),
        ({"entailment": 0.8, "contradiction": 0.2}, 0.2),
    ],
)
def test_the_label_is_found_by_its_name(tmp_path: Path, labels: dict[str, float], expected: float) -> None:
    model = NliModel(str(write_nli(tmp_path / "nli", labels)), tmp_path)
    found = model.contradictions([("采用复制", "不采用复制"), ("复制", "跨集群"), ("秒", "秒")])
    assert found == pytest.approx([expected] * 3, abs=1e-4)
    assert model.contradictions([]) == []


@pytest.mark.parametrize(
    "labels", [{"LABEL_0": 0.5, "LABEL_1": 0.5}, {"contradiction": 0.5, "other": 0.5}, {"one": 0.4, "entailment": 0.6}]
)
def test_other_models_are_turned_down(tmp_path: Path, labels: dict[str, float]) -> None:
    with pytest.raises(ModelUnavailable, match=next(iter(labels))) as told:
        NliModel(str(write_nli(tmp_path / "nli", labels)), tmp_path)
    assert "CASELORE_NLI_MODEL" in told.value.hint


def test_a_contradiction_is_a_doubt_and_a_strong_one_drops_the_claim() -> None:
    assert doubted(CLAIM, 0.49) is CLAIM
    doubtful, strong = doubted(CLAIM, 0.6), doubted(CLAIM, 0.95)
    assert isinstance(doubtful, Unverified)
    assert (doubtful.text, doubtful.nearest) == (CLAIM.text, CLAIM.supports)
    assert isinstance(strong, Dropped)
    assert (strong.text, strong.cause) == (CLAIM.text, "contradiction")


def test_it_only_reads_what_the_rules_support_and_no_arithmetic() -> None:
    assert to_read(Dropped(text="x", cause="figure", words="y")) is None
    assert to_read(Unverified(text="x")) is None
    assert to_read(CLAIM.model_copy(update={"arithmetic": ("1 + 1 = 2",)})) is None
    assert doubted(Unverified(text="x"), 1.0) == Unverified(text="x")
    of_row = Supported(text="74 张", supports=(Support(passage=ROW, span=ROW.chunk.spans[0], quote="910B3 | 74"),))
    read = to_read(of_row)
    assert read
    assert "型号：910B3；张数：74" in read[0]
    assert read[1] == "74 张"
    long = CLAIM.model_copy(update={"supports": CLAIM.supports * 2000})
    assert len((to_read(long) or ("", ""))[0]) == MOST_CHARS


def test_its_time_is_for_one_answer(settings: Settings, tmp_path: Path) -> None:
    model = write_nli(tmp_path / "nli", {"contradiction": 0.95, "entailment": 0.05})
    ticks = iter(range(100))
    opinion = SecondOpinion(configured(settings, model, nli_ms=1500), clock=lambda: next(ticks))
    budget = opinion.budget()
    # Each reading takes a second of this clock: the second one runs over, the third is not begun.
    assert [type(opinion.on(CLAIM, budget)) for _ in range(3)] == [Dropped, Dropped, Supported]
    assert isinstance(opinion.on(CLAIM, opinion.budget()), Dropped)


def test_without_one_the_rules_decide(settings: Settings) -> None:
    opinion = SecondOpinion(settings)
    assert opinion.on(CLAIM, opinion.budget()) is CLAIM


def test_one_that_cannot_be_had_is_told_of_once(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "empty").mkdir()
    opinion = SecondOpinion(configured(settings, tmp_path / "empty"))
    with caplog.at_level(logging.WARNING, "retrieval.verify.entailment"):
        assert [opinion.on(CLAIM, opinion.budget()) for _ in range(3)] == [CLAIM] * 3
    assert len([one for one in caplog.records if "cannot be loaded" in one.getMessage()]) == 1


def test_one_that_fails_leaves_the_rules(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sentence_transformers import CrossEncoder

    model = write_nli(tmp_path / "nli", {"contradiction": 0.95, "entailment": 0.05})
    opinion = SecondOpinion(configured(settings, model))
    assert isinstance(opinion.on(CLAIM, opinion.budget()), Dropped)

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory\nat …")

    monkeypatch.setattr(CrossEncoder, "predict", fails)
    assert opinion.on(CLAIM, opinion.budget()) is CLAIM
    assert "out of memory" in caplog.text


def test_nobody_who_configures_none_loads_torch() -> None:
    code = "import retrieval.verify.entailment, sys; print({'torch', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"
