"""What changed between two versions, line by line and word by word."""

from random import Random
from time import monotonic

from ingest.changes import compare
from ingest.document import Element, Locator, ParsedDocument, Table, TableRow


def document(*texts: str, rows: tuple[tuple[str, ...], ...] = ()) -> ParsedDocument:
    def place(paragraph: int) -> Locator:
        return Locator(kind="section", paragraph=paragraph)

    elements = [Element(kind="paragraph", text=text, locator=place(at)) for at, text in enumerate(texts, start=1)]
    if rows:
        at = place(len(texts) + 1)
        body = tuple(TableRow(cells=row, locator=at.model_copy(update={"row": no})) for no, row in enumerate(rows, 2))
        elements.append(Element(kind="table", locator=at, table=Table(header=("项", "值"), rows=body)))
    return ParsedDocument(elements=tuple(elements))


def test_nothing_changed() -> None:
    found = compare(document("RPO 为 0。", "RTO 不超过 5 分钟。"), document("RPO  为 0。", "RTO 不超过 5 分钟。"))
    assert found.changes == ()
    assert found.same == 2


def test_a_changed_figure_is_shown_within_its_line() -> None:
    older = document("一、目标", "RPO 不超过 30 秒，RTO 不超过 5 分钟。")
    newer = document("一、目标", "RPO 不超过 5 秒，RTO 不超过 10 分钟。")
    (change,) = compare(older, newer).changes
    assert change.kind == "changed"
    assert [(one.kind, one.text) for one in change.pieces if one.kind != "same"] == [
        ("removed", "30"),
        ("added", "5"),
        ("removed", "5"),
        ("added", "10"),
    ]
    assert "".join(one.text for one in change.pieces if one.kind != "added") == older.elements[1].text
    assert "".join(one.text for one in change.pieces if one.kind != "removed") == newer.elements[1].text


def test_new_and_gone_lines_keep_their_places() -> None:
    found = compare(document("甲方案", "采用双活架构。", "结论"), document("甲方案", "结论", "附：报价单另行提供"))
    told = [(one.kind, side.locator.paragraph) for one in found.changes if (side := one.before or one.after)]
    assert told == [("removed", 2), ("added", 3)]


def test_a_table_is_compared_row_by_row() -> None:
    older = document(rows=(("卡数", "64"), ("型号", "910B3")))
    newer = document(rows=(("卡数", "74"), ("型号", "910B3"), ("热备", "4")))
    changes = compare(older, newer).changes
    assert [one.kind for one in changes] == ["changed", "added"]
    assert changes[0].after is not None
    assert changes[0].after.locator.row == 2


def test_of_rewritten_lines_each_finds_its_own() -> None:
    older = document("网络带宽 10G。", "存储 200TB，SSD。", "完全不同的一段话。")
    newer = document("存储 300TB，SSD。", "没有人写过的内容在此")
    kinds = [(one.kind, (one.before.text if one.before else "")) for one in compare(older, newer).changes]
    assert ("changed", "存储 200TB，SSD。") in kinds
    assert ("removed", "网络带宽 10G。") in kinds
    assert ("removed", "完全不同的一段话。") in kinds
    assert ("added", "") in kinds


def test_long_rewritten_documents_take_no_time() -> None:
    older = document(*(f"第{at}条旧的规定，共{at * 3}项" for at in range(400)))
    newer = document(*(f"第{at}条新的要求，共{at * 7}项" for at in range(400)))
    assert len(compare(older, newer).changes) == 400


def test_paragraphs_written_anew_take_seconds() -> None:
    chance = Random(1)
    letters = "星衡银行双活架构设计数据同步恢复时间目标应用部署容量评估测试方案网络安全"

    def paragraphs() -> list[str]:
        return ["".join(chance.choices(letters, k=300)) for _ in range(150)]

    older, newer = paragraphs(), paragraphs()
    started = monotonic()
    found = compare(document(*older), document(*newer))
    # Compared character by character in Python it took a minute.
    assert monotonic() - started < 20
    assert [one.before.text for one in found.changes if one.before] == older
    assert [one.after.text for one in found.changes if one.after] == newer
