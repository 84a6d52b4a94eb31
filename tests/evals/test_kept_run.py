import json
from pathlib import Path

from evals.kept_run import Rows, question, whole
from evals.record import Runs
from evals.sample import Shown
from tests.evals.runs import report, sample


def keep(folder: Path, correct: float, minute: int, **state: object) -> None:
    created = f"2026-01-05T09:{minute}:00+00:00"
    Runs(folder).save(report(sample("q", correct=correct, figures_wrong=0.0), created=created, **state))


def test_the_newest_comes_first_with_its_change(tmp_path: Path) -> None:
    keep(tmp_path, 0.0, 30)
    keep(tmp_path, 1.0, 31)
    newest, oldest = Rows(Runs(tmp_path)).newest_first()
    assert oldest["change"] is None
    assert newest["change"]["since"] == oldest["id"]
    assert newest["change"]["metrics"]["correct"] == {"by": 1.0, "better": True}
    json.dumps(newest)


def test_means_of_other_questions_are_not_compared(tmp_path: Path) -> None:
    keep(tmp_path, 0.0, 30)
    keep(tmp_path, 1.0, 31, questions="others")
    change = Rows(Runs(tmp_path)).newest_first()[0]["change"]
    assert (change["comparable"], change["metrics"]) == (False, {})


def test_a_file_that_is_no_run_is_passed_over(tmp_path: Path) -> None:
    keep(tmp_path, 1.0, 30)
    (tmp_path / "other.json").write_text("{}", "utf-8")
    assert len(Rows(Runs(tmp_path)).newest_first()) == 1


def test_a_run_made_meanwhile_is_seen(tmp_path: Path) -> None:
    rows = Rows(Runs(tmp_path))
    keep(tmp_path, 1.0, 30)
    assert len(rows.newest_first()) == 1
    keep(tmp_path, 1.0, 31)
    assert len(rows.newest_first()) == 2


def test_the_whole_run_has_failures_first_and_metrics_by_group() -> None:
    found = whole("r", report(sample("fine", correct=1.0), sample("bad", correct=0.0, figures_wrong=1.0)))
    assert [one["id"] for one in found["questions"]] == ["bad", "fine"]
    assert found["groups"]["answer"] == ["correct", "figures_wrong"]
    json.dumps(found)


def test_a_question_leads_to_its_documents() -> None:
    shown = sample("q").model_copy(
        update={
            "answer": "需求合计 74 张",
            "gold": (Shown(path="表.xlsx", place="", text="需求合计 74 张"),),
            "passages": (Shown(path="gone.md", place="第1行", text="别的"),),
        }
    )
    found = question(shown, {"documents/表.xlsx": "d1"})
    assert found["gold"][0]["document"] == "d1"
    assert found["passages"][0]["document"] is None
    assert found["answer"] == [("需求合计 74 张", True)]
