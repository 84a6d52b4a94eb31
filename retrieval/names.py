"""Who is who: the projects of the library and the names they go by, learned from what the documents say themselves."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.document import DocumentMeta
from ingest.index.store import StoredChunk
from ingest.terms import fold, is_known, tag, tokens
from retrieval.described import described
from retrieval.glossary import Glossary
from retrieval.stated_names import stated_names

_KIND_OF_FIRM = re.compile(
    r"(?:股份|有限|责任|公司|集团|控股|银行|证券|保险|电力|电网|燃气|水务|基金|信托|期货|人寿|财险|农商|商行)+$"
)
_PROJECT = re.compile(r"(?:项目|工程|平台项目)$")
_WORD = re.compile(r"[^\W_]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HAN_AT_END = re.compile(r"[\u4e00-\u9fff]+$")
_PROPER = ("nr", "ns", "nt", "nz")
_PARTIES = frozenset(
    ("甲方", "乙方", "本项目", "项目", "平台", "系统", "本行", "我行", "行方", "客户", "公司", "我方", "本公司", "业主")
)
NO_GLOSSARY = Glossary()

TITLES = 2
"""Titles in which a word must stand to be taken for the name of their project."""


@dataclass(frozen=True)
class Subject:
    """A project, or a customer where its documents name no project, and the documents about it."""

    name: str
    documents: frozenset[str]


@dataclass(frozen=True)
class Mention:
    """A name as it stands in a question (folded), and the subjects that go by it."""

    words: str
    subjects: tuple[Subject, ...]


class Names:
    """The subjects of a library by the names they go by, and its documents. Immutable."""

    def __init__(
        self,
        subjects: Sequence[Subject] = (),
        by_name: Mapping[str, tuple[Subject, ...]] = {},
        documents: Sequence[DocumentMeta] = (),
    ) -> None:
        self.subjects = tuple(subjects)
        self.documents = tuple(documents)
        self.by_name = dict(by_name)
        longest_first = sorted(self.by_name, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(_standing, longest_first))) if longest_first else None
        self._nouns = {name for name in self.by_name if is_known(name) and [kind for _, kind in tag(name)] == ["n"]}
        title_of = {one.id: fold(one.title) for one in self.documents}
        self._titles = {
            one.name: tuple(title_of[key] for key in one.documents if key in title_of) for one in self.subjects
        }

    def mentions(self, question: str) -> tuple[Mention, ...]:
        """The names in a question, in order; of overlapping ones the longest. Where there is none, what is described
        (工单系统那个项目).
        """
        if self._pattern is None:
            return ()
        folded = fold(question)
        found = dict.fromkeys(
            match.group()
            for match in self._pattern.finditer(folded)
            if not (match.group() in self._nouns and _qualified(folded[: match.start()]))
        )
        if found:
            return tuple(Mention(words, self.by_name[words]) for words in found)
        fitting = described(folded, self._titles)
        return tuple(Mention(words, tuple(one for one in self.subjects if one.name == its)) for words, its in fitting)

    def subject_of(self, document_id: str) -> Subject | None:
        """The subject that a document is about; None when it says of none."""
        return next((one for one in self.subjects if document_id in one.documents), None)


def short_name(firm: str) -> str:
    """What a firm is called in speech: its name without its kind (星衡银行 → 星衡), when that leaves two characters."""
    short = _KIND_OF_FIRM.sub("", firm)
    return short if len(short) > 1 else firm


def meant(mentions: Iterable[Mention]) -> tuple[Subject, ...]:
    """The subjects that the names mean together: two names of one thing narrow it down, names of two things add up."""
    groups: list[tuple[Subject, ...]] = []
    for mention in mentions:
        for at, group in enumerate(groups):
            common = tuple(one for one in group if one in mention.subjects)
            if common:
                groups[at] = common
                break
        else:
            groups.append(mention.subjects)
    return tuple(dict.fromkeys(one for group in groups for one in group))


def without(question: str, words: Sequence[str]) -> str:
    """The question without these (folded) words; the question itself, when nothing would be left."""
    if not words:
        return question
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    rest = " ".join(re.sub(pattern, " ", unicodedata.normalize("NFKC", question), flags=re.IGNORECASE).split())
    return rest if _WORD.search(rest) else question


def learn(documents: Sequence[DocumentMeta], stating: Iterable[StoredChunk], glossary: Glossary = NO_GLOSSARY) -> Names:
    """The subjects of these documents and their names.

    A subject goes by its project's and its customer's name (in full, and without the kind of firm), by what the chunks
    `stating` names introduce in its documents, by proper names that stand in its documents' titles alone, and by what
    the glossary calls any of these.
    """
    members: dict[str, list[DocumentMeta]] = {}
    for document in documents:
        title = document.project or document.customer
        if title:
            members.setdefault(title, []).append(document)
    names = {title: _own_names(title, its) for title, its in members.items()}
    home = {document.id: title for title, its in members.items() for document in its}
    for stored in stating:
        if title := home.get(stored.document.id):
            for span in stored.chunk.spans:
                told = (fold(name) for name in stated_names(span.text))
                names[title].update(dict.fromkeys(name for name in told if not _is_generic(name, names[title])))
    for word, title in _proper_in_titles(members).items():
        names[title][word] = None
    for own in names.values():
        own.update({other: None for name in tuple(own) for other in glossary.alike(name)})
    holders: dict[str, list[str]] = {}
    for title, own in names.items():
        for name in own:
            holders.setdefault(name, []).append(title)
    for document in documents:
        # Documents whose own metadata name no project may name it in their title.
        if document.id not in home:
            text = fold(f"{document.title} {document.path}")
            about = {tuple(titles) for name, titles in holders.items() if name in text}
            if len(about) == 1 and len(only := about.pop()) == 1:
                members[only[0]].append(document)
    subjects = {title: Subject(title, frozenset(one.id for one in its)) for title, its in members.items()}
    by_name = {name: tuple(subjects[title] for title in titles) for name, titles in holders.items()}
    return Names(list(subjects.values()), by_name, documents)


def _qualified(before: str) -> bool:
    """Whether a noun behind this is told apart by a word before it: 推理引擎 is not what a document calls 引擎."""
    run = _HAN_AT_END.search(before)
    word, part_of_speech = tag(run.group())[-1] if run else ("", "")
    return len(word) > 1 and part_of_speech[0] in "nvaj"


def _own_names(title: str, documents: Sequence[DocumentMeta]) -> dict[str, None]:
    own = {title: None, _PROJECT.sub("", title): None}
    for customer in {document.customer for document in documents if document.customer}:
        own |= {customer: None, short_name(customer): None}
    return {fold(name): None for name in own if len(name) > 1}


def _is_generic(name: str, own: Iterable[str]) -> bool:
    """Whether a stated name only says what kind of thing it is (以下简称引擎): a word of the full name."""
    ends_one = any(name != one and one.endswith((name, f"{name}项目")) for one in own)
    return is_known(name) and (ends_one or name in _PARTIES)


def _proper_in_titles(members: Mapping[str, Sequence[DocumentMeta]]) -> dict[str, str]:
    """Proper names that no dictionary has, that stand in several titles of one subject and in no other's."""
    counts: dict[str, Counter[str]] = {}
    for title, documents in members.items():
        for document in documents:
            for word in _proper(f"{document.title} {document.path}"):
                counts.setdefault(word, Counter())[title] += 1
    return {word: next(iter(found)) for word, found in counts.items() if len(found) == 1 and found.total() >= TITLES}


def _proper(text: str) -> set[str]:
    runs = (token.text for token in tokens(fold(text)) if not token.is_code)
    return {
        word
        for run in runs
        for word, part_of_speech in tag(run)
        if len(word) > 1 and part_of_speech in _PROPER and not is_known(word)
    }


def _standing(name: str) -> str:
    """A pattern for the name as a word: `mz` does not stand in `mz-npu-05` nor in `amz`."""
    return re.escape(name) if _HAN.search(name) else rf"(?<![a-z0-9_.-]){re.escape(name)}(?![a-z0-9_]|-[a-z0-9])"
