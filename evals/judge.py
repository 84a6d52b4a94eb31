"""A language model's opinion beside the rules: is an answer faithful to its sources, is it right; how far both agree.

LlamaIndex's evaluators, through any OpenAI-compatible endpoint. An opinion decides nothing: it is shown with its
agreement with the rules (`agreement.py`), which says what either is worth.
"""

from llama_index.core.evaluation import CorrectnessEvaluator, FaithfulnessEvaluator
from llama_index.core.llms import LLM

from evals.sample import Sample
from ingest.errors import ModelUnavailable

_BEST = 5
"""The correctness evaluator scores from 1 to 5."""


class Judge:
    """Asks a language model about answers. One that says nothing to be understood gives no score."""

    def __init__(self, llm: LLM) -> None:
        self._faithfulness = FaithfulnessEvaluator(llm=llm)
        self._correctness = CorrectnessEvaluator(llm=llm)

    def opinion(self, sample: Sample) -> Sample:
        """The sample with `judge_faithful` (1 or 0) and `judge_correct` (0 to 1) where it has an answer to judge.

        Raises `ModelUnavailable` when the endpoint fails.
        """
        if sample.status == "refused" or not sample.answerable:
            return sample
        reference = "\n".join((*sample.points, *(gold.text for gold in sample.gold)))
        try:
            faithful = self._faithfulness.evaluate(
                response=sample.answer, contexts=[one.text for one in sample.citations]
            )
            correct = self._correctness.evaluate(query=sample.question, response=sample.answer, reference=reference)
        # Broad on purpose: a client of any endpoint raises what it likes, and all of it means that it cannot be asked.
        except Exception as error:
            raise ModelUnavailable(
                f"The language model cannot judge: {type(error).__name__}: {error}.",
                "Check CASELORE_LLM_BASE_URL and CASELORE_LLM_MODEL, or run without --judge.",
            ) from error
        scores = dict(sample.scores)
        scores["judge_faithful"] = None if faithful.passing is None else float(faithful.passing)
        scores["judge_correct"] = None if correct.score is None else (correct.score - 1) / (_BEST - 1)
        return sample.model_copy(update={"scores": scores})
