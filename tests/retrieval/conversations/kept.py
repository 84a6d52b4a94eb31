"""Answers to keep."""

from ingest.document import DocumentMeta
from retrieval.answer import Answer, Status


def answer(question: str = "双活的 RPO 是多少？", status: Status = "answered") -> Answer:
    """An answer without claims."""
    missing = "没有提到报价" if status == "refused" else None
    return Answer(question=question, status=status, text="RPO 不超过 5 秒。", missing=missing)


def document(name: str = "设计说明书") -> DocumentMeta:
    """A document of that title."""
    return DocumentMeta(id=name, title=name, path=f"{name}.docx", format="docx")
