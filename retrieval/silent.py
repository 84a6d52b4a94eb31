"""Which projects a question for all of them got no answer from."""

from collections.abc import Sequence

from retrieval.understood import Understood
from retrieval.units import Unit

MOST_NAMED = 20
"""Projects named in the note; of more, the number says enough."""


def silent(understood: Understood, chosen: Sequence[Unit]) -> list[str]:
    """A note that names the projects without a unit in the answer to a question about all; none for other questions."""
    told = {unit.passage.document.id for unit in chosen}
    rest = [subject.name for subject in understood.all_subjects if told.isdisjoint(subject.documents)]
    if not chosen or not rest:
        return []
    named = "、".join(rest[:MOST_NAMED]) + (" 等" if len(rest) > MOST_NAMED else "")
    return [f"以下 {len(rest)} 个项目的文档中没有找到足够相符的内容：{named}"]
