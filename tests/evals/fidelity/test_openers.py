"""The openers must tell a right place from a wrong one, or the suite proves nothing."""

from pathlib import Path

import pytest

from evals.fidelity.fact import MadeFile
from evals.fidelity.made import docx_tables, mails, pages, sheets, slides, texts
from evals.fidelity.openers.opening import opener
from ingest.document import Locator


def said(made: MadeFile, **place: object) -> str:
    return opener(made.path, made.encoding)(Locator.model_validate(place))


def test_a_row_of_a_word_table_and_not_its_neighbour(tmp_path: Path) -> None:
    made = docx_tables.long_table(tmp_path)
    fact = made.facts[0]
    assert fact.text in said(made, kind="section", **fact.place)
    assert fact.text not in said(made, kind="section", paragraph=2, row=int(fact.place["row"]) + 1)
    with pytest.raises(LookupError, match="row 900"):
        said(made, kind="section", paragraph=2, row=900)


def test_a_shape_and_not_its_neighbour(tmp_path: Path) -> None:
    made = slides.texts(tmp_path)
    facts = [fact for fact in made.facts if fact.topic == "text box"]
    for fact in facts:
        assert fact.text in said(made, kind="slide", **fact.place)
    assert facts[1].text not in said(made, kind="slide", **facts[0].place)


def test_a_range_of_cells(tmp_path: Path) -> None:
    made = sheets.sizing(tmp_path)
    assert "128" in said(made, kind="sheet", sheet="算力评估", range="A5:F5")
    assert "128" not in said(made, kind="sheet", sheet="算力评估", range="A6:F6")


def test_lines_in_the_files_own_encoding(tmp_path: Path) -> None:
    made = texts.gbk_text(tmp_path)
    assert said(made, kind="lines", line_start=2) == "澜江侧要求年前完成冷热分离。"


def test_a_box_on_a_page(tmp_path: Path) -> None:
    made = pages.columns(tmp_path)
    assert "第1栏第1句" in said(made, kind="page", page=1, bbox=(50, 70, 300, 90))
    assert "第1栏第1句" not in said(made, kind="page", page=1, bbox=(50, 100, 300, 120))


def test_a_part_of_a_mail_and_a_file_attached_to_it(tmp_path: Path) -> None:
    made = mails.attachments(tmp_path)
    assert "交接材料汇总" in said(made, kind="section", part="Subject")
    inside = said(made, kind="sheet", sheet="算力评估", range="A5:F5", within=("算力评估.xlsx",))
    assert "Qwen-32B" in inside
    with pytest.raises(LookupError, match="no attachment"):
        said(made, kind="section", within=("没有.xlsx",))
