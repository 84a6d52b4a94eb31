"""Projects called by what they are about and not by name: 工单系统那个项目."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from retrieval.asked import understand

_THAT_ONE = re.compile(r"(?P<what>[\u4e00-\u9fffa-z0-9/+-]{2,16}?)(?P<that>的?[那这]一?个(?:项目|案子|工程))")
_WRAPPED = re.compile(
    r"^(?:(?:[去前今]年|20\d\d年|上次|之前|以前|当时|最近)的?|我们|咱们|你们|他们|做过?的?|搞|弄|讲|关于)+"
)
"""Says when (which `filters_from_words` reads) or by whom, and not what."""


def described(folded: str, titles: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """The descriptions in a (folded) question, each with the one project that it fits; where it fits several, none.

    `titles` are the (folded) titles of each project's documents, by the project's name. A project fits whose name has
    all words of the description; where none has, one of whose documents' titles has them.
    """
    for match in _THAT_ONE.finditer(folded):
        what = _WRAPPED.sub("", match["what"])
        words = [term.text for term in understand(what).terms]
        if words:
            fitting = [name for name in titles if _has(name.lower(), words)]
            fitting = fitting or [name for name, held in titles.items() if any(_has(one, words) for one in held)]
            if len(fitting) == 1:
                yield what + match["that"], fitting[0]


def _has(text: str, words: Iterable[str]) -> bool:
    return all(word in text for word in words)
