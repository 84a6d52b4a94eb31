"""Questions to begin with, made from what the library's documents tell, and kept only if they are answered."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from ingest.document import DocumentMeta

MOST = 6

_BY_TYPE = {
    "架构设计": ("{project}的数据同步是怎么设计的？", "{project}为什么选这个架构？"),
    "方案": ("{project}的总体架构分哪几层？",),
    "算力评估": ("{project}评估了多少张卡，怎么算的？",),
    "资源清单": ("{project}用了哪些服务器，各多少台？",),
    "交接文档": ("{project}交接时还有哪些未完事项，由谁接手？",),
    "演练报告": ("{project}的切换演练花了多长时间？",),
    "运维手册": ("{project}切换的操作步骤是什么？",),
    "会议纪要": ("{project}的会上决定了什么？",),
    "周报": ("{project}最近有哪些风险？",),
}
_ANY = ("{project}有哪些主要风险？", "{project}的结论是什么？")
_MOST_TRIED = 40


def examples(documents: Sequence[DocumentMeta], is_answered: Callable[[str], bool], most: int = MOST) -> list[str]:
    """At most `most` questions, of as many projects and kinds as there are; `is_answered` tells which to keep."""
    kept: list[str] = []
    for tried, question in enumerate(_candidates(documents)):
        if len(kept) == most or tried == _MOST_TRIED:
            break
        if is_answered(question):
            kept.append(question)
    return kept


def _candidates(documents: Sequence[DocumentMeta]) -> Iterator[str]:
    """One question of each project in turn, no two of a kind in a row."""
    projects: dict[str, list[str]] = {}
    for at, project in enumerate(dict.fromkeys(one.project for one in documents if one.project)):
        types = [one.doc_type or "" for one in documents if one.project == project]
        asked = [form for key, forms in _BY_TYPE.items() if any(key in one for one in types) for form in forms] + [
            *_ANY
        ]
        # Each project begins with another kind of question.
        turned = asked[at % len(asked) :] + asked[: at % len(asked)]
        projects[project] = [form.format(project=project) for form in turned]
    for row in zip_longest(*projects.values()):
        yield from (one for one in row if one)
