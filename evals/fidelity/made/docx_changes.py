"""Word files about what readers add: tracked changes, comments, footnotes; and hidden text."""

from pathlib import Path

from evals.fidelity.fact import MadeFile
from evals.fidelity.made.word import Word, cell, item, paragraph, row, run, table

_BY = "w:id='9' w:author='沈知白' w:date='2025-10-09T09:00:00Z'"


def _deleted(text: str) -> str:
    return f"<w:del {_BY}><w:r><w:delText xml:space='preserve'>{text}</w:delText></w:r></w:del>"


def _inserted(text: str) -> str:
    return f"<w:ins {_BY}>{run(text)}</w:ins>"


def tracked(folder: Path) -> MadeFile:
    """Insertions, deletions, moves, deleted rows and paragraphs: the final text counts."""
    word = Word()
    made = MadeFile(folder / "word_tracked_changes.docx", "docx", "raw OOXML as Word writes it")
    word.heading("指标修订", 1)
    block = word.block(
        paragraph("平台恢复时间目标为", runs=_deleted("五分钟整旧值") + _inserted("十分钟含决策") + run("。"))
    )
    made.plant("tracked insertion", "平台恢复时间目标为十分钟含决策。", {"paragraph": block})
    made.keep_out("tracked deletion", "五分钟整旧值", "deleted")
    moved = f"<w:moveFrom {_BY}>{run('已迁走的值守安排原文')}</w:moveFrom>"
    word.block(paragraph("移动前保留段", runs=moved))
    to = f"<w:moveTo {_BY}>{run('值守安排移到本段末尾')}</w:moveTo>"
    made.plant("tracked move", "值守安排移到本段末尾", {"paragraph": word.block(paragraph("", runs=to))})
    made.keep_out("tracked move", "已迁走的值守安排原文", "deleted")
    gone = f"<w:p><w:pPr><w:rPr><w:del {_BY}/></w:rPr></w:pPr>{_deleted('整段作废的报价说明')}</w:p>"
    word.block(gone)
    made.keep_out("deleted paragraph", "整段作废的报价说明", "deleted")
    at = word.next
    dead = f"<w:del {_BY}/>"
    word.block(
        table(
            row("指标", "目标", header=True),
            row("会话恢复点", "四秒半"),
            row(
                cell(paragraph("", runs=_deleted("作废指标行"))),
                cell(paragraph("", runs=_deleted("九十九秒"))),
                more=dead,
            ),
            row("工单恢复点", "八秒整"),
            columns=2,
        )
    )
    made.plant("row beside a deleted row", "四秒半", {"paragraph": at, "row": 2}, key="会话恢复点", column="目标")
    made.plant("row beside a deleted row", "八秒整", {"paragraph": at, "row": 4}, key="工单恢复点", column="目标")
    made.keep_out("deleted row", "作废指标行", "deleted")
    steps = word.define_list(("decimal", "%1、"))
    word.block(item(steps, 0, "修订列表首项"))
    word.block(
        item(steps, 0, "").replace("</w:pPr>", f"<w:rPr><w:del {_BY}/></w:rPr></w:pPr>{_deleted('被删的列表项')}")
    )
    made.keep_out("deleted list item", "被删的列表项", "deleted")
    text = "修订列表次项"
    made.plant("number after a deleted item", text, {"paragraph": word.block(item(steps, 0, text))},
               shown=f"2、{text}")  # fmt: skip
    hidden = paragraph("", runs=run("隐藏文字不给读者看", "<w:vanish/>"))
    word.block(hidden)
    made.keep_out("hidden text", "隐藏文字不给读者看", "invisible")
    word.save(made.path)
    return made


def notes(folder: Path) -> MadeFile:
    """Footnotes, endnotes, comments, also in a table's cell; a reply to a comment."""
    word = Word()
    made = MadeFile(folder / "word_notes.docx", "docx", "raw OOXML as Word writes it")
    word.heading("评估口径", 1)
    who = " w:author='岳临' w:initials='YL' w:date='2025-10-10T10:00:00Z'"
    for kind, topic, body, text in (
        ("footnote", "footnote", "并发按峰值的七成折算", "七成取自去年春节实测均值"),
        ("endnote", "endnote", "单卡吞吐取压测中位数", "压测使用三十二路并发的量化模型"),
        ("comment", "comment", "训练资源暂按一期预留", "请闻笛在十一月前确认训练资源"),
    ):
        block = word.block(paragraph(body, runs=word.note(kind, text, who if kind == "comment" else "")))
        made.plant(f"paragraph with a {topic}", body, {"paragraph": block})
        made.plant(topic, text, {"paragraph": block}, kind="note")
    reply = "批注回复称已由算力组确认"
    block = word.block(paragraph("推理资源单列", runs=word.note("comment", reply, who)))
    made.plant("comment", reply, {"paragraph": block}, kind="note")
    at = word.next
    text = "含两张热备卡不计入吞吐"
    noted = cell(paragraph("七十六张", runs=word.note("footnote", text)))
    word.block(table(row("模型", "卡数", header=True), row("三十二B推理", noted), row("嵌入模型", "四张"), columns=2))
    made.plant("cell with a footnote", "七十六张", {"paragraph": at, "row": 2}, key="三十二B推理", column="卡数")
    made.plant("footnote in a cell", text, {"paragraph": at}, kind="note")
    word.save(made.path)
    return made
