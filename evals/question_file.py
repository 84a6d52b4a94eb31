"""Questions of one's own: a workbook (.xlsx), a table (.csv) or JSON lines (.jsonl), with a template to start from."""

import csv
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from zipfile import BadZipFile

from charset_normalizer import from_bytes
from pydantic import ValidationError

from evals.dataset import Question, with_own_ids
from evals.jsonl import read_rows
from ingest.errors import UsageError
from ingest.said import Said

_MOST_TOLD = 20
_PLACE = re.compile(r"\s*(?:\||｜|::)\s*")
_LIST = re.compile(r"\s*[\n;；]\s*")
_YES = frozenset({"是", "yes", "y", "true", "1", "√"})
_NO = frozenset({"否", "no", "n", "false", "0", "×"})


@dataclass(frozen=True)
class Column:
    """A column of the table: its field, its Chinese name, what goes into it, and an example."""

    field: str
    chinese: str
    meaning: str
    example: str


COLUMNS = (
    Column("question", "问题", "必填。按实际会问的说法写。", "星衡银行 AICC 双活的 RPO 和 RTO 是多少？"),
    Column("answerable", "可回答", "必填。资料里有答案填“是”，没有填“否”。", "是"),
    Column("gold", "依据", "每行一处：文件名 | 原文。全部找到才算答全。", "双活设计_V1.2.docx | RPO不超过5秒"),
    Column("also", "同样可用", "说的是同一件事的其他位置，每行一处：文件名 | 原文。", "方案汇报.pptx | RPO ≤5秒"),
    Column("figures", "数字", "答案必须写出的数字或代号，用分号隔开。", "5秒；10分钟"),
    Column("points", "要点", "答案必须说到的内容，每行一条。", "RPO 不超过 5 秒\nRTO 不超过 10 分钟"),
    Column("must_not", "不得出现", "说了就错的内容（作废的数字、别的项目的数字），用分号隔开。", "RPO 0"),
    Column("missing", "资料没有的", "不可回答时必填：缺的是什么；部分可答时填缺的部分。", ""),
    Column("kind", "类型", "自定的分组，报告按它分开统计。", "version"),
    Column("history", "前文", "同一对话中先前的提问，每行一条。", ""),
    Column("premise", "错误前提", "问题里说错了什么、事实是什么。", ""),
    Column("id", "编号", "不填则用行号。", "Q1"),
)
_FIELDS = {name: column.field for column in COLUMNS for name in (column.field, column.chinese)}
_LISTS = ("figures", "points", "must_not", "history")


def read_questions(path: Path) -> list[Question]:
    """The questions in a file, by its extension.

    Raises `UsageError` that names every wrong row (the first twenty) with what is wrong with it.
    """
    if path.suffix.lower() == ".jsonl":
        return with_own_ids(list(read_rows(path, Question)), str(path))
    readers = {".xlsx": _workbook_rows, ".csv": _csv_rows}
    if path.suffix.lower() not in readers:
        raise UsageError(Said("{path} is no question set.", path=path), "Give a .xlsx, .csv or .jsonl file.")
    if not path.is_file():
        raise UsageError(Said("{path} is not there.", path=path), "Check the path.")
    questions: list[Question] = []
    wrong: list[str] = []
    for number, row in _records(path, readers[path.suffix.lower()](path)):
        try:
            questions.append(_question(number, row))
        except (ValueError, ValidationError) as error:
            wrong.append(Said("row {number}: {reason}", number=number, reason=_reason(error)))
    if wrong:
        rows: str = reduce(lambda told, row: Said("{told}; {row}", told=told, row=row), wrong[:_MOST_TOLD])
        if more := len(wrong[_MOST_TOLD:]):
            rows = Said("{rows} … and {more} more", rows=rows, more=more)
        raise UsageError(
            Said("{path}: {count} wrong rows. {rows}.", path=path, count=len(wrong), rows=rows),
            "Correct them; `caselore eval template FILE` writes a table that explains the columns.",
        )
    if not questions:
        raise UsageError(Said("{path} has no question in it.", path=path), "Fill in at least one row below the header.")
    return with_own_ids(questions, str(path))


def write_template(path: Path) -> None:
    """A table with an example row and, in a workbook, what each column means. Raises `UsageError`."""
    if path.exists():
        raise UsageError(Said("{path} exists already.", path=path), "Name a file that does not.")
    try:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(path)
        elif path.suffix.lower() == ".csv":
            rows = [[column.chinese for column in COLUMNS], [column.example for column in COLUMNS]]
            with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark makes Excel read it as UTF-8
                csv.writer(file).writerows(rows)
        else:
            raise UsageError(Said("{path} cannot be a template.", path=path), "Name a .xlsx or .csv file.")
    except OSError as error:
        raise UsageError(
            Said("{path} cannot be written: {why}.", path=path, why=error.strerror), "Choose another place."
        ) from error


def _write_workbook(path: Path) -> None:
    # Loaded only by who has a workbook: every run of a question set would wait for it.
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "问题"
    sheet.append([column.chinese for column in COLUMNS])
    sheet.append([column.example for column in COLUMNS])
    guide = workbook.create_sheet("填写说明")
    guide.append(["列", "英文列名（可替代）", "怎么填", "例子"])
    for column in COLUMNS:
        guide.append([column.chinese, column.field, column.meaning, column.example])
    for one in (sheet, guide):
        one.freeze_panes = "A2"
        for cell in one[1]:
            cell.font = Font(bold=True)
        for letter in "ABCDEFGHIJKL":
            one.column_dimensions[letter].width = 28
        for row in one.iter_rows(min_row=2):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    workbook.save(path)


def _workbook_rows(path: Path) -> Iterator[Sequence[object]]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            # All of them here: a damaged sheet is noticed only where it is read.
            rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    except (
        OSError,
        BadZipFile,
        zlib.error,
        InvalidFileException,
        SyntaxError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        # `SyntaxError` is that of XML, the others what openpyxl stumbles over in a workbook without its parts.
        raise UsageError(
            Said("{path} cannot be opened as a workbook: {error}.", path=path, error=error), "Save it anew as .xlsx."
        ) from error
    yield from rows


def _csv_rows(path: Path) -> Iterator[Sequence[object]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(
            Said("{path} cannot be read: {why}.", path=path, why=error.strerror), "Check the path."
        ) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = str(from_bytes(content, cp_isolation=["gb18030", "utf_16", "big5"]).best() or "")
    try:
        yield from csv.reader(io.StringIO(text), strict=True)
    except csv.Error as error:
        raise UsageError(
            Said("{path} cannot be read as a table: {error}.", path=path, error=error), "Save it anew as .csv."
        ) from error


def _records(path: Path, rows: Iterable[Sequence[object]]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The rows by the names of their columns, numbered as in the file; blank rows are passed over."""
    lines = iter(rows)
    header = [_FIELDS.get(str(name or "").strip().lower(), "") for name in next(lines, ())]
    lacking = [column.chinese for column in COLUMNS[:2] if column.field not in header]
    if lacking:
        known = "、".join(column.chinese for column in COLUMNS)
        raise UsageError(
            Said("{path} has no column {names} in its first row.", path=path, names="、".join(lacking)),
            Said("Columns: {known}.", known=known),
        )
    for number, cells in enumerate(lines, start=2):
        row = {name: _shown(cell) for name, cell in zip(header, cells, strict=False) if name}
        if any(row.values()):
            yield number, row


def _shown(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def _question(number: int, row: Mapping[str, str]) -> Question:
    said = row.get("answerable", "").lower()
    if said not in _YES | _NO:
        raise ValueError(Said("可回答 is {said}, not 是 or 否", said=repr(said)))
    answerable = said in _YES
    if not answerable and not row.get("missing"):
        raise ValueError("资料没有的 is empty: say what the documents do not say")
    return Question.model_validate(
        {
            "id": row.get("id") or f"row-{number}",
            "question": row.get("question", ""),
            "kind": row.get("kind") or ("fact" if answerable else "unanswerable"),
            "answerable": answerable,
            "gold": _places(row.get("gold", ""), "依据"),
            "also": _places(row.get("also", ""), "同样可用"),
            **{name: [part for part in _LIST.split(row.get(name, "")) if part] for name in _LISTS},
            "missing": row.get("missing") or None,
            "premise": row.get("premise") or None,
        }
    )


def _places(cell: str, name: str) -> list[dict[str, str]]:
    found = []
    for line in filter(None, map(str.strip, cell.splitlines())):
        parts = _PLACE.split(line, maxsplit=1)
        if len(parts) != 2 or not all(parts):
            raise ValueError(Said("{name} has {line}, which is not 文件名 | 原文", name=name, line=repr(line)))
        found.append({"path": parts[0], "quote": parts[1]})
    return found


def _reason(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(str(one["msg"]).removeprefix("Value error, ") for one in error.errors())
    return str(error.args[0]) if not isinstance(error.args[0], Said) else error.args[0]
