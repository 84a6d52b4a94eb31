"""What is said when the documents do not answer, or answer only a part."""

from collections.abc import Sequence

from ingest.document import DocumentMeta
from retrieval.answer import Passage
from retrieval.evidence import Evidence

NEAREST = 3


def refusal(evidence: Evidence, passages: Sequence[Passage]) -> tuple[str, str]:
    """The refusal's text, and what is missing: what was looked for, and which documents come nearest."""
    if evidence.missing:
        missing = f"资料中没有提到{_quoted(evidence.missing)}"
    else:
        missing = "找到的段落与问题相近，但没有直接回答它"
    lines = [f"现有资料不能回答这个问题：{missing}。"]
    nearest = nearest_documents(passages)
    if nearest:
        lines.append("最接近的文档：")
        lines += [f"- 《{document.title}》（{document.path}）" for document in nearest]
    return "\n".join(lines), missing


def nearest_documents(passages: Sequence[Passage]) -> list[DocumentMeta]:
    """The documents of the best passages, each once."""
    found = {passage.document.id: passage.document for passage in reversed(passages)}
    ranked = sorted(found.values(), key=lambda one: min(p.rank for p in passages if p.document.id == one.id))
    return ranked[:NEAREST]


def _quoted(terms: Sequence[str]) -> str:
    return "、".join(f"「{term}」" for term in terms)
