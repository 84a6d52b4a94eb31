"""The judge asks a language model through LlamaIndex's evaluators and turns what it says into scores."""

from typing import Any

import pytest
from llama_index.core.llms import CompletionResponse, CompletionResponseGen, CustomLLM, LLMMetadata

from evals.judge import Judge
from evals.sample import Sample, Shown
from ingest.errors import ModelUnavailable
from tests.evals.runs import sample


class Scripted(CustomLLM):
    """Says YES to what the sources say, and gives every answer a four."""

    fails: bool = False

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted")

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        if self.fails:
            raise ConnectionError("refused")
        if "YES or NO" in prompt:
            return CompletionResponse(text="YES" if "RPO 为 0" in prompt.rpartition("Context:")[2] else "NO")
        return CompletionResponse(text="4.0\n要点都在。")

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        raise NotImplementedError


def answered(quote: str) -> Sample:
    cited = (Shown(path="a.md", place="第3行", text=quote),)
    return sample("a", correct=1.0).model_copy(update={"answer": "RPO 为 0", "citations": cited})


def test_its_verdicts_become_scores() -> None:
    scores = Judge(Scripted()).opinion(answered("RPO 为 0")).scores
    assert (scores["judge_faithful"], scores["judge_correct"], scores["correct"]) == (1.0, 0.75, 1.0)
    assert Judge(Scripted()).opinion(answered("RTO 为 30 秒")).scores["judge_faithful"] == 0.0


def test_a_refusal_is_not_judged() -> None:
    refused = sample("a").model_copy(update={"status": "refused"})
    assert Judge(Scripted(fails=True)).opinion(refused) == refused


def test_an_endpoint_that_fails_is_told() -> None:
    with pytest.raises(ModelUnavailable, match="ConnectionError"):
        Judge(Scripted(fails=True)).opinion(answered("RPO 为 0"))
