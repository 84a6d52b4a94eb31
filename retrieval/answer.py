"""What a question gets back: passages found, claims made, citations that open, and what the sources do not say."""

from collections.abc import Iterable
from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from ingest.chunk import Chunk
from ingest.document import DocumentMeta, Locator, Value

Status = Literal["answered", "partial", "refused"]
Answerer = Literal["extractive", "llm"]
"""How an answer is made: of verbatim sentences, or by a language model whose every claim is checked."""

GuessKey = Literal["project", "doc_type", "title", "version", "date", "spelling", "history"]

WhyFolded = Literal["older version", "same text"]


class Folded(Value):
    """A passage that another stands for: of an older version, or with a text that the other one says, too."""

    chunk: Chunk
    document: DocumentMeta
    why: WhyFolded

    def to_json(self) -> dict[str, Any]:
        """Where it stands, and why it is not shown by itself."""
        return {"document": self.document.model_dump(), "locator": self.chunk.locator.model_dump(), "why": self.why}


class Passage(Value):
    """A chunk found for a question, with its rank (from 1) and its fused score (higher is better).

    `folded` are the passages that it stands for, best first. `context`, where it was asked for, is what to read: the
    chunk and those around it, in order.
    """

    rank: int
    score: float
    chunk: Chunk
    document: DocumentMeta
    folded: tuple[Folded, ...] = ()
    context: tuple[Chunk, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The passage as the command and HTTP show it; `context` is there where it was asked for."""
        context = [{"text": one.text, "locator": one.locator.model_dump()} for one in self.context]
        return {
            "rank": self.rank,
            "score": round(self.score, 4),
            "text": self.chunk.text,
            "document": self.document.model_dump(),
            "locator": self.chunk.locator.model_dump(),
            "folded": [one.to_json() for one in self.folded],
            **({"context": context} if context else {}),
        }


class Citation(Value):
    """Where a claim rests: `quote` stands verbatim at `locator`. `n` is its number in the answer, from 1.

    `confidence` (0 to 1) is there where the quote was recognised in a picture or on a scanned page.
    """

    n: int
    quote: str
    document: DocumentMeta
    locator: Locator
    confidence: float | None = None

    @model_serializer(mode="wrap")
    def _drop_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        fields: dict[str, Any] = handler(self)
        if self.confidence is None:
            del fields["confidence"]
        return fields


class Claim(Value):
    """One statement of the answer, the numbers of the citations it rests on, and whether code has checked it.

    `quoted`: it is the documents' own words, not a model's.
    """

    text: str
    citations: tuple[int, ...]
    verified: bool
    quoted: bool = False


class Guess(Value):
    """Something read out of a question's words: `words` are taken to mean `value`.

    `key` says of what: `project`, `doc_type`, `title`, `version` or `date` (documents of it are preferred),
    `spelling` (read as another word), `history` (the question completed from the conversation).
    """

    key: GuessKey
    value: str
    words: str

    def is_among(self, dropped: Iterable[str]) -> bool:
        """Whether one of these names it: by its key (`version`), or by key and value (`version=终版`)."""
        return not {self.key, f"{self.key}={self.value}"}.isdisjoint(dropped)


class DroppedClaim(Value):
    """A statement of the language model that the sources do not bear out, and why it is not in the answer."""

    text: str
    reason: str


class Usage(Value):
    """Tokens that a language model read and wrote; `cached_tokens` are those read that it still knew."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        """Both together."""
        return Usage(
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
        )


class Answer(Value):
    """The one shape of an answer, the same from the command, HTTP and the pages.

    `missing` says what the sources do not say (set when partial or refused); `notes` are remarks on versions,
    disagreements and texts recognised in pictures; `understood` is what was read out of the question's words and may be
    switched off; `searched` is what was looked for in the end, then other words for it; `confidence` is how probable
    it is that the sources answer the question (0 to 1, also of a refusal); `timings_ms` is the time of each step.

    `answerer` is who made it. With a language model: `model` is its name and `prompt_version` what it was told,
    `usage` what was read and written; `dropped` are its statements that did not stand the check. Where it was asked and
    the answer is not its own, `fallback` says why (`retrieval.generate.failure`; `dropped`: nothing stood).
    """

    question: str
    status: Status
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    missing: str | None = None
    notes: tuple[str, ...] = ()
    understood: tuple[Guess, ...] = ()
    searched: tuple[str, ...] = ()
    confidence: float = 0.0
    timings_ms: dict[str, float] = Field(default_factory=dict)
    answerer: Answerer = "extractive"
    model: str | None = None
    prompt_version: str | None = None
    usage: Usage | None = None
    dropped: tuple[DroppedClaim, ...] = ()
    fallback: str | None = None
