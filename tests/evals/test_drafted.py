"""Runs with a language model: the answer and its draft are scored by the same rules, what was dropped is counted."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import evals.dataset
from evals.cli import app
from evals.drafted import Drafting, as_answer
from evals.record import Runs
from evals.replies import Replies
from evals.report import RunReport
from ingest.errors import ModelUnavailable
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.generate.schema import Claimed
from retrieval.generate.writer import Draft
from tests.evals.found import passage
from tests.fake_llm_server import MODEL, FakeLLM, Play, claim, fake_llm, reply
from tests.retrieval.library import fill

QUESTION = "MySQL 和 ES 各采用什么复制，RPO 不超过多少？"
RIGHT, WRONG = "ES 采用跨集群复制，RPO 不超过 30 秒。", "ES 采用跨集群复制，RPO 不超过 60 秒。"
ROWS = [
    {
        "id": "s1",
        "question": QUESTION,
        "kind": "text",
        "answerable": True,
        "gold": [{"path": "sync.pdf", "quote": "ES 采用跨集群复制"}],
        "figures": ["30"],
        "points": ["RPO 不超过 30 秒"],
    },
    {"id": "s2", "question": "食堂菜单里有什么？", "kind": "refuse", "answerable": False, "gold": []},
]


@pytest.fixture(autouse=True)
def library(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    split = tmp_path / "sets" / "small" / "dev.jsonl"
    split.parent.mkdir(parents=True)
    split.write_text("".join(json.dumps(row) + "\n" for row in ROWS), "utf-8")
    monkeypatch.setattr(evals.dataset, "DATASETS", tmp_path / "sets")
    monkeypatch.setenv("CASELORE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("CASELORE_EMBED_MODEL", settings.embed_model)
    with Library(settings, Holder("test"), create=True) as made:
        fill(made)


def run(llm: FakeLLM, monkeypatch: pytest.MonkeyPatch, *options: str) -> RunReport:
    monkeypatch.setenv("CASELORE_LLM_BASE_URL", llm.url)
    monkeypatch.setenv("CASELORE_LLM_MODEL", MODEL)
    call = ["run", "--set", "small", "--answerer", "llm", "--json", *options]
    return RunReport.model_validate_json(CliRunner().invoke(app, call, catch_exceptions=False).stdout)


def source(settings: Settings, text: str) -> int:
    """The number under which the model is shown the passage with the text."""
    with Library(settings, Holder("test")) as held, fake_llm(Play(reply())) as llm:
        held.settings = llm.settings(settings)
        Drafting(held, Replies(settings.data_dir / "other.jsonl")).ask(Asking(QUESTION))
        shown = llm.requests[0]["messages"][1]["content"]
    return int(shown[: shown.index(text)].rpartition("<资料 ")[2].partition(">")[0])


def test_a_wrong_figure_counts_in_the_draft_and_not_in_the_answer(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = source(settings, "ES 采用跨集群复制")
    with fake_llm(Play(reply(claim(RIGHT, n), claim(WRONG, n)))) as llm:
        report = run(llm, monkeypatch)
    metrics, work = report.metrics, report.model_work
    assert (metrics["draft_figures_wrong"], metrics["figures_wrong"]) == (1.0, 0.0)
    assert (metrics["draft_citation_precision"], metrics["citation_precision"]) == (0.5, 1.0)
    assert (metrics["draft_figures_named"], metrics["figures_named"]) == (1.0, 1.0)
    assert (metrics["draft_refusal_recall"], metrics["refusal_recall"]) == (1.0, 1.0)
    assert work
    assert (work.asked, work.kept, work.dropped, work.fallbacks) == (1, 1, 1, {})
    assert report.tokens == {"llm_read": 120, "llm_cached": 0, "llm_wrote": 30}
    assert work.reads_per_s
    assert {"passages", "first_token", "first_claim", "ask"} <= set(report.latency_ms)
    asked, refused = report.per_question
    assert WRONG in asked.draft
    assert WRONG not in asked.answer
    assert (refused.status, refused.draft_status) == ("refused", None)
    assert report.provenance
    assert report.provenance.prompt
    assert report.provenance.settings["answerer"] == "llm"


def test_a_model_that_fails_is_counted_by_its_reason_and_has_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(status=429)) as llm:
        report = run(llm, monkeypatch)
    assert report.model_work
    assert report.model_work.fallbacks == {"busy": 1}
    assert report.model_work.reads_per_s is None
    assert report.per_question[0].status != "refused"
    assert not any(name.startswith("draft_") for name in report.metrics)


def test_people_are_shown_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(reply(claim(RIGHT)))) as llm:
        monkeypatch.setenv("CASELORE_LLM_BASE_URL", llm.url)
        monkeypatch.setenv("CASELORE_LLM_MODEL", MODEL)
        shown = CliRunner().invoke(app, ["run", "--set", "small", "--answerer", "llm"], catch_exceptions=False).stdout
    assert "before checking" in shown
    assert "language model: asked 1 questions; claims kept 1, dropped 0; not its answer: none" in shown


def test_a_stopped_run_asks_the_model_only_about_what_is_left(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with fake_llm(Play(reply(claim(RIGHT)))) as llm:
        first = run(llm, monkeypatch)
        asked = len(llm.requests)
        half = settings.data_dir / "evals"
        kept = next(half.glob("half-*.jsonl"), None)
        assert kept is None
        assert first.provenance
        Runs(half).half(first.provenance).keep(first.per_question[0])
        again = run(llm, monkeypatch)
    assert len(llm.requests) == asked
    assert again.per_question[0] == first.per_question[0]


def test_a_reply_that_was_kept_is_checked_and_scored_anew_and_takes_the_time_it_took(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    n = source(settings, "ES 采用跨集群复制")
    with fake_llm(Play(reply(claim(RIGHT, n), claim(WRONG, n)), pause_s=0.02)) as llm:
        heard = run(llm, monkeypatch)
        asked = len(llm.requests)
        again = run(llm, monkeypatch)
        assert len(llm.requests) == asked
        run(llm, monkeypatch, "--fresh")
        assert len(llm.requests) > asked
    assert again.metrics == heard.metrics
    assert again.tokens == heard.tokens
    for stage in ("first_token", "first_claim", "model", "ask"):
        assert again.latency_ms[stage].p95 == pytest.approx(heard.latency_ms[stage].p95, abs=150)
    assert heard.latency_ms["model"].p95 > 300


def test_a_reply_that_breaks_off_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    with fake_llm(Play(status=429), Play(reply(claim(RIGHT)))) as llm:
        assert run(llm, monkeypatch).model_work != run(llm, monkeypatch).model_work
        assert len(llm.requests) == 2


def test_without_a_model_the_run_does_not_begin() -> None:
    found = CliRunner().invoke(app, ["run", "--set", "small", "--answerer", "llm"])
    assert isinstance(found.exception, ModelUnavailable)


def test_a_draft_cites_the_words_it_quotes_or_else_the_whole_passage() -> None:
    draft = Draft(passages=(passage(1, "a.docx", "RPO 为 0，RTO 为 30 秒"), passage(2, "b.docx", "共十二步")))
    draft.claims = [
        Claimed(sources=(1,), quotes=("RPO 为 0",), text="RPO 为 0"),
        Claimed(sources=(2, 9), quotes=("十三步",), text="共十三步"),
    ]
    draft.missing = ("费用",)
    found = as_answer("问？", draft)
    assert [one.quote for one in found.citations] == ["RPO 为 0", "共十二步"]
    assert [one.citations for one in found.claims] == [(1,), (2,)]
    assert (found.status, found.missing) == ("partial", "费用")
    assert as_answer("问？", Draft(passages=draft.passages)).status == "refused"
