from pathlib import Path

import pytest

from evals.fidelity.report import GOALS, Report, add_up
from evals.fidelity.suite import QUICK, run


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The files that need neither LibreOffice nor OCR, made and parsed."""
    skipped: list[str] = []
    folder: Path = tmp_path_factory.mktemp("fidelity")
    files = list(run(QUICK, folder, skipped))
    assert not skipped
    return add_up(files, 0.0)


def misses(report: Report, form: str) -> str:
    return "\n".join(
        f"{file.name}: {one.topic}: {one.text}: {one.why}"
        for file in report.files
        if file.format == form
        for one in file.outcomes
        if not one.right
    )


@pytest.mark.parametrize("form", sorted(GOALS))
def test_the_share_of_facts_that_come_out_right_is_at_its_goal(report: Report, form: str) -> None:
    assert report.formats[form].share >= GOALS[form], misses(report, form)


@pytest.mark.parametrize("form", ["csv", "eml", "epub", "txt", "zip"])
def test_formats_without_a_goal_of_their_own_keep_what_they_have(report: Report, form: str) -> None:
    assert report.formats[form].share >= 0.97, misses(report, form)


def test_nothing_that_was_deleted_or_is_furniture_gets_in(report: Report) -> None:
    assert {name: one.wrongly_kept for name, one in report.formats.items() if one.wrongly_kept} == {}


def test_there_are_enough_facts_to_tell(report: Report) -> None:
    assert len(report.files) >= 40
    assert all(report.formats[form].planted >= 30 for form in GOALS)
