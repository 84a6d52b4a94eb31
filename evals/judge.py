"""A language model's opinion beside the rules: is an answer faithful to its sources, is it right; how far both agree.

LlamaIndex's evaluators, through any OpenAI-compatible endpoint. An opinion decides nothing: it is shown with its
agreement with the rules (`agreement.py`), which says what either is worth. Since the rules find nearly every answer
faithful, each is also held against another answer's sources, which must not support it: a judge that always says yes
agrees with the rules on the first and is found out by the second.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from llama_index.core.evaluation import CorrectnessEvaluator, EvaluationResult, FaithfulnessEvaluator
from llama_index.core.instrumentation import get_dispatcher  # type: ignore[attr-defined]
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events.llm import LLMChatEndEvent
from llama_index.core.llms import LLM

from evals.judge_prompts import BEST, CORRECT, FAITHFUL, FAITHFUL_REFINED, read_score, read_verdict
from evals.opinions import Opinion, Opinions
from evals.sample import Sample
from evals.support import supports
from ingest.errors import ModelUnavailable
from ingest.said import Said


class Judge:
    """Asks a language model about answers, each thing once. What it says that cannot be understood gives no score."""

    def __init__(self, llm: LLM, opinions: Opinions) -> None:
        self._model = llm.metadata.model_name
        self._opinions = opinions
        self._faithfulness = FaithfulnessEvaluator(llm=llm, eval_template=FAITHFUL, refine_template=FAITHFUL_REFINED)
        self._correctness = CorrectnessEvaluator(llm=llm, eval_template=CORRECT, parser_function=read_score)

    def opinion(self, sample: Sample, foreign: Sequence[str] = ()) -> Sample:
        """The sample with `judge_faithful` (1 or 0) and `judge_correct` (0 to 1), its tokens, and what was criticised.

        With `foreign`, another answer's sources, also `judge_swapped` and `rule_swapped`: whether these support the
        answer. Raises `ModelUnavailable` when the endpoint fails.
        """
        sources = [one.text for one in sample.citations]
        asked = {
            "judge_faithful": self._faithful(sample.answer, sources),
            "judge_correct": self._correct(sample),
        }
        rule: dict[str, float] = {}
        if foreign:
            asked["judge_swapped"] = self._faithful(sample.answer, foreign)
            rule["rule_swapped"] = float(supports("\n".join(foreign), sample.answer))
        told = [one for one in asked.values() if one]
        criticism = [
            f"{name} {one.value:g}: {one.why}" if one else f"{name}: the reply was not understood"
            for name, one in asked.items()
            if name != "judge_swapped" and (one is None or one.value < 1)
        ]
        return sample.model_copy(
            update={
                "scores": {**sample.scores, **{name: one and one.value for name, one in asked.items()}, **rule},
                "tokens": {
                    **sample.tokens,
                    "judge_read": sum(one.read for one in told),
                    "judge_wrote": sum(one.wrote for one in told),
                },
                "explanation": "; ".join(part for part in (sample.explanation, *criticism) if part),
            }
        )

    def _faithful(self, answer: str, sources: Sequence[str]) -> Opinion | None:
        def ask() -> tuple[float | None, str]:
            said = self._faithfulness.evaluate(response=answer, contexts=list(sources)).feedback or ""
            return read_verdict(said), said.strip()

        return self._once([FAITHFUL.template, answer, *sources], ask)

    def _correct(self, sample: Sample) -> Opinion | None:
        reference = "\n".join((*sample.points, *(gold.text for gold in sample.gold)))

        def ask() -> tuple[float | None, str]:
            found: EvaluationResult = self._correctness.evaluate(
                query=sample.question, response=sample.answer, reference=reference
            )
            return None if found.score is None else (found.score - 1) / (BEST - 1), found.feedback or ""

        prompts = [str(message.content) for message in CORRECT.message_templates]
        return self._once([*prompts, sample.question, sample.answer, reference], ask)

    def _once(self, asked: Sequence[str], ask: Callable[[], tuple[float | None, str]]) -> Opinion | None:
        known = self._opinions.find([self._model, *asked])
        if known:
            return known
        with _counting() as usage:
            try:
                value, why = ask()
            # Broad on purpose: a client of any endpoint raises what it likes, and all of it means that it cannot be
            # asked.
            except Exception as error:
                raise ModelUnavailable(
                    Said("The language model cannot judge: {kind}: {error}.", kind=type(error).__name__, error=error),
                    "Check CASELORE_LLM_BASE_URL and CASELORE_LLM_MODEL, raise CASELORE_LLM_BUDGET_S if it is slow, "
                    "or run without --judge. Opinions so far are kept: the same command goes on.",
                ) from error
        if value is None:
            return None
        opinion = Opinion(value=value, why=why, read=usage.read, wrote=usage.wrote)
        self._opinions.keep([self._model, *asked], opinion)
        return opinion


class _Usage(BaseEventHandler):
    """Adds up the tokens that the endpoint says it read and wrote."""

    read: int = 0
    wrote: int = 0

    @classmethod
    def class_name(cls) -> str:
        return "JudgeUsage"

    def handle(self, event: Any, **_: Any) -> None:
        if isinstance(event, LLMChatEndEvent) and event.response:
            counts = event.response.additional_kwargs
            self.read += counts.get("prompt_tokens", 0)
            self.wrote += counts.get("completion_tokens", 0)


@contextmanager
def _counting() -> Iterator[_Usage]:
    # The evaluators give verdicts without the replies they rest on, so the counts are taken where all replies pass.
    usage, dispatcher = _Usage(), get_dispatcher()
    dispatcher.add_event_handler(usage)
    try:
        yield usage
    finally:
        dispatcher.event_handlers.remove(usage)
