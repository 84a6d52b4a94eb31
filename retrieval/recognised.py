"""Tells which quotes were read in pictures: there a figure may be off by a stroke."""

from collections.abc import Sequence

from retrieval.units import Unit

DOUBTFUL = 0.9
"""Clean scans are read with more than this nearly always (`docs/benchmarks.md`)."""


def recognised(chosen: Sequence[Unit]) -> list[str]:
    """A note on each quote that was recognised in a picture or on a scanned page; the doubtful ones first."""
    found = [(unit.span.confidence, n) for n, unit in enumerate(chosen, start=1) if unit.span.confidence is not None]
    notes = []
    for doubtful in (True, False):
        members = [(sure, n) for sure, n in found if (sure < DOUBTFUL) is doubtful]
        if not members:
            continue
        named = "、".join(f"[{n}]（置信度{sure:.0%}）" for sure, n in members)
        advice = "识别把握不大，其中的数字和名称须对照原件核实" if doubtful else "请对照原件核实"
        notes.append(f"引用{named}的文字由图片或扫描件识别得到，{advice}")
    return notes
