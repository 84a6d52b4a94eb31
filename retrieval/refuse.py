"""What is said when the documents do not answer, or leave a part open."""

from collections.abc import Iterable, Mapping, Sequence

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.asked import Asked, Term

NEAREST = 3
"""Documents named as nearest to a question that is refused."""

MOST_DATES = 3
"""Days named one by one; more of them, as who chooses a year on the page sends them, are told by their years."""

_YEAR_CHARS = 4

FILTER_NAMES = {
    "document_id": "文档编号",
    "path": "路径",
    "format": "格式",
    "project": "项目",
    "customer": "客户",
    "doc_type": "文档类型",
    "author": "作者",
    "date": "日期",
    "version": "版本",
}


def refusal(
    asked: Asked,
    missing: Sequence[Term],
    passages: Sequence[Passage],
    filters: Mapping[str, tuple[str, ...]],
) -> tuple[str, str]:
    """The refusal's text (what is missing, what was looked for, which documents come nearest), and what is missing."""
    if filters and not passages:
        lacking = f"没有文档符合筛选条件（{_narrowed_to(filters)}）"
        return f"现有资料不能回答这个问题：{lacking}。", lacking
    lacking = not_mentioned(missing) if missing else "找到的段落与问题相近，但没有直接回答它"
    lines = [f"现有资料不能回答这个问题：{lacking}。"]
    if asked.terms:
        lines.append(f"查找了：{'、'.join(term.shown for term in asked.terms)}。")
    nearest = _nearest_documents(passages)
    if nearest:
        lines.append("最接近的文档：")
        lines += [f"- 《{document.title}》（{document.path}）" for document in nearest]
    return "\n".join(lines), lacking


def shortfall(missing: Iterable[Term]) -> str | None:
    """What an answer leaves open: the codes in the question that no passage has; None when there are none.

    Only codes: a noun the documents do not use they may have in other words, RTO and 910B3 not.
    """
    codes = [term for term in missing if term.is_code]
    return not_mentioned(codes) if codes else None


def not_mentioned(terms: Sequence[Term]) -> str:
    """That the passages found do not mention these terms."""
    return f"找到的段落中没有提到{'、'.join(f'「{term.shown}」' for term in terms)}"


def _narrowed_to(filters: Mapping[str, tuple[str, ...]]) -> str:
    told = []
    for key, values in filters.items():
        if key == "date" and len(values) > MOST_DATES:
            values = tuple(f"{year}年" for year in sorted({one[:_YEAR_CHARS] for one in values}))
        told.append(f"{FILTER_NAMES.get(key, key)}：{'、'.join(values)}")
    return "；".join(told)


def _nearest_documents(passages: Sequence[Passage]) -> list[DocumentMeta]:
    found: dict[str, DocumentMeta] = {}
    for passage in sorted(passages, key=lambda one: one.rank):
        found.setdefault(passage.document.id, passage.document)
    return list(found.values())[:NEAREST]
