"""Understands a grid of cells as a reader does: its caption, its header (of one row or several), its body.

Office files rarely mark header rows. A row is taken for a header when the file says so, when it is set apart (bold or
shaded) from the rows below, or when its words are names of columns. Nothing is lost where the guess is wrong: a header
that was missed is a row, and a row taken for a header still stands in the header.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MAX_HEADER_ROWS = 3
_MAX_NAME_CHARS = 20
_SHORT_NAME_CHARS = 10
_NUMERIC = re.compile(r"^[<>≤≥≈~约+\-]?\s*[\d,，.]+\s*\S{0,6}$")
_COLUMN_NAME = re.compile(
    r"(?:序号|编号|名称?|类[型别]|型号|数量?|[用容流]量|单位|单价|金额|说明|备注|描述|人|状态|时间|日期|指标|值|参数|内容|结果|"
    r"步骤|规格|配置|风险|措施|等级|级别|项目?|方式|地址|用途|版本|阶段|角色|职责|事项|组件|模块|系统|部门|电话|邮箱|备选|结论|耗时|来源|影响|目标|"
    r"No\.?|Name|Item|Value|Type|Owner|Status|Date)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cell:
    """One place of the grid. `region` is the same for all places of a merged cell; `strong`: bold or shaded."""

    text: str
    strong: bool
    region: int


@dataclass(frozen=True)
class Shape:
    """A grid, understood. `rows` are (index of the grid's row from 0, cells); `header` is empty when there is none."""

    captions: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def understand(grid: Sequence[Sequence[Cell]], stated_header_rows: int = 0) -> Shape:
    """The shape of `grid`, whose rows have equally many cells. `stated_header_rows` is what the file marks as header.

    A merged cell repeats its text in each place, but a row that is one merged cell has it once, in its first place. A
    full-width first row above other rows is a caption. Pairs of label and value side by side (four columns, the first
    and third bold) become rows of two.
    """
    rows = [(at, row) for at, row in enumerate(grid) if any(cell.text for cell in row)]
    if not rows:
        return Shape((), (), ())
    full = 0
    while full < len(rows) - 1 and len(rows[0][1]) > 1 and _is_one_cell(rows[full][1]):
        full += 1
    captions = tuple(row[0].text for _, row in rows[:full])
    rows = rows[full:]
    height = _header_height([row for _, row in rows], max(0, stated_header_rows - full))
    if not height and _is_pairs([row for _, row in rows]):
        apart = [(at, [cell.text for cell in _apart(row)]) for at, row in rows]
        pairs = [(at, (texts[left], texts[left + 1])) for at, texts in apart for left in range(0, len(texts), 2)]
        return Shape(captions, (), tuple(pair for pair in pairs if any(pair[1])))
    header = _join_header([row for _, row in rows[:height]])
    return Shape(captions, header, tuple((at, _texts(row)) for at, row in rows[height:]))


def _header_height(rows: list[Sequence[Cell]], stated: int) -> int:
    if len(rows) < 2:
        return 0
    height = min(stated, len(rows) - 1)
    if not height:
        strong = [_is_strong(row) for row in rows]
        height = next((at for at, one in enumerate(strong) if not one), 1)
        if height > _MAX_HEADER_ROWS:
            height = 1
    if not height and _reads_as_header(rows):
        height = 1
    while 0 < height < len(rows) - 1 and (_hangs_over(rows, height) or _names_parts(rows, height)):
        height += 1
    return height


def _is_strong(row: Sequence[Cell]) -> bool:
    return all(cell.strong for cell in row if cell.text)


def _hangs_over(rows: list[Sequence[Cell]], height: int) -> bool:
    """Whether a header cell is merged with the row below the header, but not down to the end of the table."""
    pairs = zip(rows[height - 1], rows[height], rows[-1], strict=True)
    return any(above.region == below.region != last.region for above, below, last in pairs)


def _names_parts(rows: list[Sequence[Cell]], height: int) -> bool:
    """Whether the row below one header row names the parts of its merged cells, and fills nothing else."""
    if height > 1:
        return False
    above, below = rows[0], rows[1]
    regions = [cell.region for cell in above]
    wide = [regions.count(region) > 1 for region in regions]
    named = [cell for cell, is_wide in zip(below, wide, strict=True) if is_wide]
    others = [cell for cell, is_wide in zip(below, wide, strict=True) if not is_wide]
    texts = [cell.text for cell in named]
    return (
        bool(texts)
        and all(texts)
        and not any(_NUMERIC.match(text) or len(text) > _SHORT_NAME_CHARS for text in texts)
        and not any(cell.text for cell in others)
    )


def _reads_as_header(rows: list[Sequence[Cell]]) -> bool:
    """Whether the words of the first row are names of columns; asked only where nothing sets a row apart."""
    if _labels_first_column(rows):
        return False
    names = [cell.text for cell in rows[0]]
    if not all(names) or len(set(names)) < len(names):
        return False
    if any(re.search(r"\d", name) or len(name) > _MAX_NAME_CHARS or name[-1] in "。；;" for name in names):
        return False
    known = sum(1 for name in names if _COLUMN_NAME.search(name))
    columns = [[row[at].text for row in rows[1:]] for at in range(len(names))]
    counted = any(all(_NUMERIC.match(text) for text in column) for column in columns[1:]) and len(rows) > 2
    short = len(names) > 2 and all(len(name) <= _SHORT_NAME_CHARS for name in names)
    return known * 2 > len(names) or (len(names) > 2 and counted) or (short and len(names) % 2 == 1)


def _labels_first_column(rows: list[Sequence[Cell]]) -> bool:
    return all(row[0].strong for row in rows if row[0].text) and not any(row[-1].strong for row in rows)


def _is_pairs(rows: list[Sequence[Cell]]) -> bool:
    """Whether labels and values alternate in every row, over more than one pair: the first label is set apart, no value
    is, and the other labels are, or read as names of fields.
    """
    apart = [_apart(row) for row in rows]
    if any(len(row) % 2 for row in apart) or not any(len(row) > 2 for row in apart):
        return False
    first = [row[0] for row in apart]
    labels = [cell for row in apart for cell in row[2::2] if cell.text]
    values = [cell for row in apart for cell in row[1::2] if cell.text]
    if not all(cell.strong for cell in first if cell.text) or any(cell.strong for cell in values):
        return False
    named = [cell for cell in labels if cell.strong or (_COLUMN_NAME.search(cell.text) and _is_short(cell.text))]
    a_form = any(len(row) == 2 for row in apart) and all(_is_short(cell.text) for cell in labels)
    return a_form or len(named) * 2 > len(labels)


def _is_short(text: str) -> bool:
    return len(text) <= _SHORT_NAME_CHARS and re.search(r"\d", text) is None


def _apart(row: Sequence[Cell]) -> list[Cell]:
    """The row with each merged cell once."""
    return list({cell.region: cell for cell in row}.values())


def _is_one_cell(row: Sequence[Cell]) -> bool:
    return len({cell.region for cell in row}) == 1


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    if _is_one_cell(row):
        return (row[0].text, *("" for _ in row[1:]))
    return tuple(cell.text for cell in row)


def _join_header(rows: list[Sequence[Cell]]) -> tuple[str, ...]:
    columns = []
    for at in range(len(rows[0]) if rows else 0):
        names = dict.fromkeys(row[at].text for row in rows if row[at].text)
        columns.append(" / ".join(names))
    return tuple(columns)
