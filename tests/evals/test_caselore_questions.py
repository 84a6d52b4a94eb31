"""The questions about the sample corpus are sound: quotes stand where they say, figures occur, the halves are apart."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest

from evals.dataset import Gold, Question, Split, load_questions
from evals.figures import names_figure
from evals.gold import holds
from ingest.document import Element, Locator
from ingest.errors import EmptyDocument
from ingest.parse.dispatch import parse_file
from ingest.parse.options import ReadOptions
from ingest.parse.reading import context_for

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
HALVES: tuple[Split, ...] = ("dev", "test")
SPLITS: tuple[Split, ...] = (*HALVES, "whole")
SETS: tuple[tuple[str, Split], ...] = (*(("caselore", split) for split in SPLITS), ("fresh", "dev"))
"""Every set with golds about the sample corpus."""
OLD_OFFICE = {".doc", ".xls"}
KINDS = {
    "fact", "table", "picture", "procedure", "rationale", "compare", "list", "version", "shortname", "colloquial",
    "followup", "handover", "unanswerable", "partial", "premise",
}  # fmt: skip
FARE_WORST = {
    "fact", "table", "procedure", "compare", "list", "shortname", "colloquial", "followup", "handover", "partial",
    "premise",
}  # fmt: skip
FEWEST = 5
"""Questions of each kind in each half."""

Place = tuple[str, Locator]


@pytest.fixture(scope="session")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the members of the corpus's archives at `documents/<archive>/<member>`."""
    folder = tmp_path_factory.mktemp("archives")
    for archive in (CORPUS / "documents").glob("*.zip"):
        with ZipFile(archive) as packed:
            packed.extractall(folder / "documents" / archive.name)
    return folder


def every_question() -> Iterator[Question]:
    for name, split in SETS:
        yield from load_questions(name, split)


def golds_of(questions: Iterable[Question]) -> Iterator[tuple[Question, Gold]]:
    for question in questions:
        yield from ((question, gold) for gold in question.places)


def archive_of(gold: Gold) -> str | None:
    return next((part for part in Path(gold.path).parts if part.endswith(".zip")), None)


def needs_ocr(gold: Gold) -> bool:
    return "扫描" in gold.path or bool(gold.locator and gold.locator.picture)


def file_of(gold: Gold, unpacked: Path) -> Path:
    return (unpacked if archive_of(gold) else CORPUS) / gold.path


@cache
def places(file: Path, ocr: bool) -> tuple[Place, ...]:
    """What a document says, each row and text with its locator."""
    context = context_for(ReadOptions(ocr=ocr), file, lambda _done, _total: None)
    try:
        _, parsed = parse_file(file, context)
    except EmptyDocument:
        return ()
    return tuple(place for element in parsed.elements for place in said(element))


def said(element: Element) -> Iterator[Place]:
    if element.table is None:
        yield element.text, element.locator
        return
    yield " | ".join(element.table.header), element.locator
    yield from ((" | ".join(row.cells), row.locator) for row in element.table.rows)


def leads_to(wanted: Locator, found: Locator) -> bool:
    """Whether a locator of the set says the place that a parser found; it may say less."""
    coarse = ("kind", "page", "slide", "sheet", "paragraph", "part", "picture", "line_start")
    told = [(getattr(wanted, name), getattr(found, name)) for name in coarse]
    return all(ours in (None, theirs) for ours, theirs in told)


def astray(golds: Iterable[tuple[Question, Gold]], unpacked: Path, *, ocr: bool = False) -> list[str]:
    """Every gold whose words do not stand at its locator."""
    wrong = []
    for question, gold in golds:
        found = [locator for text, locator in places(file_of(gold, unpacked), ocr) if holds(text, gold.quote)]
        if not found:
            wrong.append(f"{question.id}: not in {gold.path}: {gold.quote}")
        elif gold.locator is None or not any(leads_to(gold.locator, one) for one in found):
            wrong.append(f"{question.id}: not at {gold.locator}: {gold.quote}")
    return wrong


def test_every_quote_stands_at_its_place(unpacked: Path) -> None:
    plain = [
        pair
        for pair in golds_of(every_question())
        if not needs_ocr(pair[1]) and Path(pair[1].path).suffix not in OLD_OFFICE
    ]
    assert len(plain) > 300
    assert astray(plain, unpacked) == []


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_every_quote_stands_in_the_old_office_files(unpacked: Path) -> None:
    old = [pair for pair in golds_of(every_question()) if Path(pair[1].path).suffix in OLD_OFFICE]
    assert old
    assert astray(old, unpacked) == []


def test_every_quote_stands_in_its_picture_or_scan(unpacked: Path) -> None:
    seen = [pair for pair in golds_of(every_question()) if needs_ocr(pair[1])]
    assert seen
    assert astray(seen, unpacked, ocr=True) == []


def test_every_figure_occurs_in_a_gold_quote_or_its_document(unpacked: Path) -> None:
    wrong = []
    for question in every_question():
        quotes = " / ".join(gold.quote for gold in question.places)
        for figure in question.figures:
            if names_figure(quotes, figure):
                continue
            readable = [gold for gold in question.places if Path(gold.path).suffix not in OLD_OFFICE]
            texts = (text for gold in readable for text, _ in places(file_of(gold, unpacked), False))
            if not any(names_figure(text, figure) for text in texts):
                wrong.append(f"{question.id}: {figure}")
    assert wrong == []


def test_what_must_not_be_said_is_not_what_must() -> None:
    for question in every_question():
        right = " / ".join((*(gold.quote for gold in question.gold), *question.points))
        for wrong in question.must_not:
            assert not any(names_figure(figure, wrong) for figure in question.figures), question.id
            assert not names_figure(right, wrong), question.id


def test_no_two_questions_share_an_id_or_their_words() -> None:
    asked = list(every_question())
    assert len({one.id for one in asked}) == len(asked)
    assert len({(one.question, one.history) for one in asked}) == len(asked)


def project_of_each() -> dict[str, str]:
    """The project of every document of the manifest."""
    rows = [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()]
    project = {row["path"]: row.get("project", "") for row in rows}
    # These two say their project in their front matter.
    for path in project:
        if not project[path]:
            head = (CORPUS / path).read_text("utf-8").split("---")[1]
            project[path] = next(
                line.split(":", 1)[1].strip() for line in head.splitlines() if "project" in line or "项目:" in line
            )
    return project


def projects_asked(questions: Iterable[Question]) -> set[str]:
    project = project_of_each()
    return {project["/".join(Path(gold.path).parts[:2])] for _, gold in golds_of(questions)}


def test_the_halves_share_no_project() -> None:
    halves = [projects_asked(load_questions("caselore", split)) for split in HALVES]
    assert halves[0].isdisjoint(halves[1])
    assert len(halves[0] | halves[1]) >= 12
    assert projects_asked(load_questions("fresh", "dev")) == halves[0]
    asked = [projects_asked([question]) for question in load_questions("caselore", "whole")]
    assert max(map(len, asked)) >= 12
    assert all(len(projects) > 1 for projects in asked if projects)
    assert any(projects & halves[0] and projects & halves[1] for projects in asked)


def test_the_fresh_questions_are_of_the_kinds_that_fare_worst_and_all_answerable() -> None:
    questions = load_questions("fresh", "dev")
    counts = Counter(question.kind for question in questions)
    assert len(questions) >= 70
    assert all(question.answerable for question in questions)
    assert {kind for kind in counts if counts[kind] >= FEWEST} >= FARE_WORST
    assert all(question.history for question in questions if question.kind == "followup")
    assert all(question.premise for question in questions if question.kind == "premise")
    assert all(question.missing for question in questions if question.kind == "partial")


@pytest.mark.parametrize("split", HALVES)
def test_each_kind_is_well_represented(split: Split) -> None:
    questions = load_questions("caselore", split)
    counts = Counter(question.kind for question in questions)
    assert len(questions) >= 120
    assert {kind: counts[kind] for kind in KINDS if counts[kind] < FEWEST} == {}


@pytest.mark.parametrize("split", SPLITS)
def test_each_question_says_what_its_kind_needs(split: Split) -> None:
    questions = load_questions("caselore", split)
    assert sum(question.kind == "unanswerable" for question in questions) >= len(questions) / 5
    assert all(question.history for question in questions if question.kind == "followup")
    assert all(question.premise for question in questions if question.kind == "premise")
    assert all(question.missing for question in questions if question.kind in ("partial", "unanswerable"))
    assert all(question.answerable == (question.kind != "unanswerable") for question in questions)
