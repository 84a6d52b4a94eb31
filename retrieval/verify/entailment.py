"""A second opinion on claims that the rules support: a model of natural-language inference, where one is configured.

It only takes away: what the rules do not support it never sees, and without it nothing is missing. What it calls a
contradiction is taken for a doubt of the rules' own. The two bounds are the usual ones and not fitted, since no such
model comes along; `caselore eval verify --nli` shows what one is worth.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from ingest.errors import ModelUnavailable
from ingest.said import Said
from ingest.settings import Settings
from retrieval.cross_encoder import load_cross_encoder, predicted
from retrieval.verify.verdict import Dropped, Support, Supported, Unverified, Verdict

DOUBTFUL = 0.5
"""Probability of a contradiction from which a claim is marked unverified: it is the likeliest of the three then."""

STRONG = 0.9
"""The same from which it is dropped."""

MOST_CHARS = 1200
"""Characters of the cited words that are read: about what such models take."""

_SETTING = "CASELORE_NLI_MODEL"
_CONTRADICTS = ("contradict", "矛盾")
_ENTAILS = ("entail", "蕴含", "蕴涵")

log = logging.getLogger(__name__)


class NliModel:
    """A cross-encoder with labels for entailment and contradiction. Raises `ModelUnavailable` without them."""

    def __init__(self, name: str, cache: Path) -> None:
        self._model = load_cross_encoder(name, cache, _SETTING)
        inner = self._model.model
        said = inner.config.id2label if inner is not None else None
        labels = {int(at): str(label) for at, label in (said or {}).items()}
        found = {at for at, label in labels.items() if any(one in label.lower() for one in _CONTRADICTS)}
        if len(found) != 1 or not any(one in label.lower() for label in labels.values() for one in _ENTAILS):
            raise ModelUnavailable(
                Said(
                    "The model {name} is none of natural-language inference: its labels are {labels}.",
                    name=name,
                    labels=", ".join(labels.values()) or "?",
                ),
                Said(
                    "Set {setting} to a cross-encoder with labels for entailment and contradiction, or unset it.",
                    setting=_SETTING,
                ),
            )
        self._at = found.pop()

    def contradictions(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each pair of cited words and claim how probable it is that they contradict each other, 0 to 1."""
        if not pairs:
            return []
        return [float(one[self._at]) for one in predicted(self._model, list(pairs), _SETTING, apply_softmax=True)]


@dataclass
class Budget:
    """Seconds that are left for the claims of one answer."""

    left_s: float


class SecondOpinion:
    """Reads claims again by the model that the settings name, loaded when the first one comes; none: all stand.

    A model that cannot be had or fails is told of in the log once, and the rules decide alone from then on. Safe to
    use from several threads.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = perf_counter) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._model: NliModel | None = None
        self._lost = settings.nli_model is None

    def budget(self) -> Budget:
        """The time for one answer."""
        return Budget(self._settings.nli_ms / 1000)

    def on(self, verdict: Verdict, budget: Budget) -> Verdict:
        """The verdict, or a harder one. Nothing is read when no time is left; the last reading may run over."""
        pair = to_read(verdict)
        if self._lost or pair is None or budget.left_s <= 0:
            return verdict
        with self._lock:
            try:
                # Loading takes seconds once, which are no answer's own.
                self._model = self._model or NliModel(self._settings.nli_model or "", self._settings.models_path)
                started = self._clock()
                contradiction = self._model.contradictions([pair])[0]
            except ModelUnavailable as error:
                self._lost = True
                log.warning("Claims are checked without it: %s", error)
                return verdict
        budget.left_s -= self._clock() - started
        return doubted(verdict, contradiction)


def to_read(verdict: Verdict) -> tuple[str, str] | None:
    """The cited words and the claim; None of what is not supported, or follows by arithmetic, which they lack."""
    if not isinstance(verdict, Supported) or verdict.arithmetic:
        return None
    return "\n".join(map(_said, verdict.supports))[:MOST_CHARS], verdict.text


def doubted(verdict: Verdict, contradiction: float) -> Verdict:
    """The verdict on a claim whose cited words contradict it by this probability."""
    if not isinstance(verdict, Supported) or contradiction < DOUBTFUL:
        return verdict
    if contradiction >= STRONG:
        return Dropped(text=verdict.text, cause="contradiction", words="推理模型认为它与所引的资料相矛盾")
    return Unverified(text=verdict.text, nearest=verdict.supports)


def _said(support: Support) -> str:
    chunk, document = support.passage.chunk, support.passage.document
    text = chunk.readable(support.span) if support.span.kind == "row" else support.quote
    return f"{document.title}：{text}"
