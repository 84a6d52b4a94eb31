"""The report: one file, nothing from elsewhere, nothing of a document run as markup."""

import re
from pathlib import Path

import pytest

from evals.html_report import write_html
from evals.sample import Shown
from tests.evals.runs import report, sample

pytest.importorskip("matplotlib")


def page(folder: Path) -> str:
    evil = sample("evil", correct=0.0).model_copy(
        update={
            "answer": "评了 74 张 <script>alert(1)</script>",
            "gold": (Shown(path="a.xlsx", place="", text="需求合计 74 张 Ascend"),),
            "passages": (Shown(path="a.xlsx", place="工作表「汇总」B3", text="需求合计 74 张"),),
        }
    )
    write_html(report(evil, sample("fine", correct=1.0)), folder / "r.html")
    return (folder / "r.html").read_text("utf-8")


def test_failing_questions_stand_with_passages_answer_and_gold(tmp_path: Path) -> None:
    text = page(tmp_path)
    assert "未通过的问题（1）" in text
    assert "通过的问题（1）" in text
    assert "<mark>需求合计 74 张</mark>" in text
    assert "why evil" in text


def test_documents_are_text_not_markup(tmp_path: Path) -> None:
    assert "<script" not in page(tmp_path)


def test_nothing_comes_from_elsewhere(tmp_path: Path) -> None:
    links = re.findall(r"""(?:src|href)=["']([^"'#][^"']*)""", page(tmp_path))
    assert links == []


def test_every_plot_is_in_it(tmp_path: Path) -> None:
    assert page(tmp_path).count("<svg") == 3
