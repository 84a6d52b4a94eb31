"""Runs kept on disk: one JSON file each, in the data folder, and a baseline beside the code; half runs to go on from.

Files, not tables of the registry: a baseline is reviewed and committed like code, and a run must be readable wherever
it was made.
"""

import hashlib
import json
from collections.abc import Mapping
from itertools import count
from pathlib import Path

from pydantic import ValidationError

from evals.provenance import Provenance
from evals.report import RunReport
from evals.sample import Sample
from ingest.errors import DataDirNotWritable, UsageError
from ingest.said import Said

BASELINES = Path(__file__).parent / "baselines"


class RunNotFound(UsageError):
    """There is no run of this id."""

    http_status = 404


class Runs:
    """The runs in a folder, the newest last by name. Raises `DataDirNotWritable` when it cannot be written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def save(self, report: RunReport) -> Path:
        """Keep a finished run; returns its file, whose name without the ending is the run's id."""
        assert report.provenance
        moment = report.provenance.created.replace(":", "").replace("-", "").removesuffix("+0000").replace("T", "-")
        name = f"{moment}-{report.set}-{report.split}"
        # Two runs may begin in the same second, in one process or two; the later to end gets a number.
        paths = (self._folder / f"{name}{f'-{at}' if at > 1 else ''}.json" for at in count(1))
        return next(path for path in paths if _write_new(path, report))

    def files(self) -> list[Path]:
        """Every kept run, oldest first."""
        return sorted(self._folder.glob("*.json"), key=lambda file: file.stem)

    def get(self, run_id: str) -> RunReport:
        """A run by its whole id, or `baseline-SPLIT`; never a file elsewhere. Raises `RunNotFound`."""
        known = {file.stem: file for file in self.files()} | {f"baseline-{file.stem}": file for file in baselines()}
        if run_id not in known:
            raise RunNotFound(Said("There is no run {run_id}.", run_id=run_id), "`GET /api/evals/runs` lists them.")
        return read_report(known[run_id])

    def remove(self, run_id: str) -> None:
        """Delete a kept run, named by its whole id; no baseline. Raises `RunNotFound` and `DataDirNotWritable`."""
        known = {file.stem: file for file in self.files()}
        if run_id not in known:
            raise RunNotFound(
                Said("There is no kept run {run_id}.", run_id=run_id), "`caselore eval runs` and the page list them."
            )
        try:
            known[run_id].unlink(missing_ok=True)
        except OSError as error:
            raise _not_writable(known[run_id], error) from error

    def find(self, name: str) -> RunReport:
        """A run by its id or the beginning of it, by its file, `latest`, or `baseline-SPLIT`. Raises `UsageError`."""
        if Path(name).is_file():
            return read_report(Path(name))
        if (BASELINES / f"{name.removeprefix('baseline-')}.json").is_file() and name.startswith("baseline-"):
            return read_report(BASELINES / f"{name.removeprefix('baseline-')}.json")
        files = self.files()
        fitting = files[-1:] if name == "latest" else [file for file in files if file.stem.startswith(name)]
        fitting = [file for file in fitting if file.stem == name] or fitting
        if len(fitting) != 1:
            known = ", ".join(file.stem for file in files[-5:]) or "none yet: `caselore eval run` makes one"
            raise UsageError(
                Said("{count} runs begin with {name}.", count=len(fitting), name=name)
                if fitting
                else Said("There is no run {run_id}.", run_id=name),
                Said("Runs: {known}; also `latest`, `baseline-dev`, or a file.", known=known),
            )
        return read_report(fitting[0])

    @property
    def opinions(self) -> Path:
        """The file of a judge's opinions."""
        return self._folder / "opinions.jsonl"

    @property
    def replies(self) -> Path:
        """The file of a language model's replies."""
        return self._folder / "replies.jsonl"

    def half(self, provenance: Provenance) -> "HalfRun":
        """What an earlier, stopped run of the same code, index, settings and questions got through."""
        same = provenance.model_dump(exclude={"created"})
        digest = hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()[:16]
        return HalfRun(self._folder / f"half-{digest}.jsonl")


class HalfRun:
    """The samples of a run that goes on, one JSON line each, written as they are made."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def samples(self) -> Mapping[str, Sample]:
        """What is there already, by the question's id. A line cut short by a kill is not taken."""
        found: dict[str, Sample] = {}
        for line in kept_lines(self._path):
            try:
                sample = Sample.model_validate_json(line)
            except ValidationError:
                continue
            found[sample.id] = sample
        return found

    def keep(self, sample: Sample) -> None:
        """Add a sample, whole, before the next question is asked."""
        append_line(self._path, sample.model_dump_json())

    def forget(self) -> None:
        """The run is whole: what was kept to go on from is not needed any more."""
        self._path.unlink(missing_ok=True)


def append_line(path: Path, line: str) -> None:
    """Add a line to a file, which is made if need be. Raises `DataDirNotWritable`."""
    _make_folder(path.parent)
    try:
        with path.open("a+b") as file:
            if end := file.tell():
                file.seek(end - 1)
            # A line cut short by a kill is not to take this one with it.
            whole = not end or file.read(1) == b"\n"
            file.write(b"" if whole else b"\n")
            file.write(line.encode() + b"\n")
    except OSError as error:
        raise _not_writable(path, error) from error


def kept_lines(path: Path) -> list[bytes]:
    """The lines that `append_line` added; none where there is no file. One cut short by a kill may be among them."""
    # As bytes: the cut may go through a character, and to `str` a line ends where a text has U+2028 or U+0085, too.
    return path.read_bytes().split(b"\n") if path.is_file() else []


def baselines() -> list[Path]:
    """The accepted runs, one file for a split."""
    return sorted(BASELINES.glob("*.json"))


def bare(report: RunReport) -> RunReport:
    """The run with its scores and without the texts they rest on: what a baseline needs, and no more to review."""
    nothing = {"answer": "", "draft": "", "citations": (), "passages": (), "gold": (), "points": (), "missing": None}
    samples = tuple(sample.model_copy(update=nothing) for sample in report.per_question)
    return report.model_copy(update={"per_question": samples})


def read_report(path: Path) -> RunReport:
    """A run from its file. Raises `UsageError`."""
    try:
        return RunReport.model_validate_json(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise UsageError(
            Said("{path} is no run of `caselore eval run`.", path=path), "Name a file that it wrote."
        ) from error


def write_report(path: Path, report: RunReport) -> None:
    """Write a run's file, in place of one that is there, whole or not at all. Raises `DataDirNotWritable`."""
    _make_folder(path.parent)
    half = path.with_suffix(".part")
    try:
        half.write_text(report.model_dump_json(indent=1) + "\n", "utf-8")
        half.replace(path)
    except OSError as error:
        raise _not_writable(path, error) from error


def _write_new(path: Path, report: RunReport) -> bool:
    """Write a run's file unless there is one of the name, or somebody is writing it. Raises `DataDirNotWritable`."""
    _make_folder(path.parent)
    half = path.with_suffix(".part")
    try:
        with half.open("x", encoding="utf-8") as file:
            if is_new := not path.exists():
                file.write(report.model_dump_json(indent=1) + "\n")
        if is_new:
            half.replace(path)
        else:
            half.unlink()
    except FileExistsError:
        return False
    except OSError as error:
        half.unlink(missing_ok=True)
        raise _not_writable(path, error) from error
    return is_new


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_writable(folder, error) from error


def _not_writable(path: Path, error: OSError) -> DataDirNotWritable:
    return DataDirNotWritable(
        Said("{path} cannot be written: {why}.", path=path, why=error.strerror), "Free space, or set CASELORE_DATA_DIR."
    )
