"""The judge asks a language model through LlamaIndex's evaluators and turns what it says into scores."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms.callbacks import llm_chat_callback

from evals.judge import Judge
from evals.opinions import Opinions
from evals.sample import Sample, Shown
from ingest.errors import ModelUnavailable
from tests.evals.runs import sample


class Scripted(CustomLLM):
    """Says YES to what the sources say, and scores every answer as `score` has it; counts what it is asked."""

    score: str = "4\n要点都在。"
    fails: bool = False
    asked: int = 0

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(model_name="scripted", is_chat_model=True)

    @llm_chat_callback()
    def chat(self, messages: Any, **kwargs: Any) -> ChatResponse:
        return self._reply(messages)

    @llm_chat_callback()
    async def achat(self, messages: Any, **kwargs: Any) -> ChatResponse:
        return self._reply(messages)

    def _reply(self, messages: Any) -> ChatResponse:
        if self.fails:
            raise ConnectionError("refused")
        self.asked += 1
        prompt = "\n".join(str(message.content) for message in messages)
        verdict = "YES" if "RPO 为 0" in prompt.rpartition("资料：")[2].partition("结论：")[0] else "NO"
        said = verdict if "YES" in prompt else self.score
        counts = {"prompt_tokens": 100, "completion_tokens": 3}
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=said), additional_kwargs=counts)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        raise NotImplementedError


Ask = Callable[[Scripted], Judge]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    return lambda llm: Judge(llm, Opinions(tmp_path / "opinions.jsonl"))


def answered(quote: str = "RPO 为 0") -> Sample:
    cited = (Shown(path="a.md", place="第3行", text=quote),)
    return sample("a", correct=1.0).model_copy(update={"answer": "RPO 为 0", "citations": cited})


def test_its_verdicts_become_scores(ask: Ask) -> None:
    found = ask(Scripted()).opinion(answered())
    assert (found.scores["judge_faithful"], found.scores["judge_correct"], found.scores["correct"]) == (1.0, 0.75, 1.0)
    assert "judge_swapped" not in found.scores
    assert "judge_correct 0.75: 要点都在" in found.explanation
    assert ask(Scripted()).opinion(answered("RTO 为 30 秒")).scores["judge_faithful"] == 0.0


def test_an_answer_is_held_against_sources_that_are_not_its_own(ask: Ask) -> None:
    scores = ask(Scripted()).opinion(answered(), ["RTO 为 30 秒"]).scores
    assert (scores["judge_faithful"], scores["judge_swapped"], scores["rule_swapped"]) == (1.0, 0.0, 0.0)


def test_tokens_are_those_that_the_endpoint_counts(ask: Ask) -> None:
    assert ask(Scripted()).opinion(answered(), ["别的"]).tokens == {"judge_read": 300, "judge_wrote": 9}


def test_the_same_is_asked_once_and_costs_what_it_cost(ask: Ask) -> None:
    first = ask(Scripted()).opinion(answered())
    again = Scripted()
    assert ask(again).opinion(answered()) == first
    assert again.asked == 0
    ask(again).opinion(answered("RTO 为 30 秒"))
    assert again.asked == 1


@pytest.mark.parametrize("reply", ["不好说", "", "10"])
def test_a_reply_that_is_not_understood_gives_no_score_and_is_asked_for_again(ask: Ask, reply: str) -> None:
    found = ask(Scripted(score=reply)).opinion(answered())
    assert found.scores["judge_correct"] is None
    assert "judge_correct: the reply was not understood" in found.explanation
    assert ask(Scripted()).opinion(answered()).scores["judge_correct"] == 0.75


def test_an_endpoint_that_fails_is_told(ask: Ask) -> None:
    with pytest.raises(ModelUnavailable, match="ConnectionError"):
        ask(Scripted(fails=True)).opinion(answered())
