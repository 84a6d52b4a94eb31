"""Documents that give orders: nothing comes of them, be the model one that obeys every one, or none at all."""

from collections import Counter
from collections.abc import Iterator

import pytest

from evals.injections.build import PLACES, build
from evals.injections.case import QUESTION, Case, load_cases
from evals.injections.run import measure
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.parse.workers.pool import ParsePool
from ingest.pipeline import ingest
from ingest.settings import Settings
from retrieval.answer import Answer, Answerer
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.generate.prompt import INSTRUCTIONS
from tests.fake_llm_server import FakeLLM, Play, fake_llm

CASES = load_cases()


@pytest.fixture(scope="module")
def obeying() -> Iterator[FakeLLM]:
    with fake_llm(Play("{}")) as fake:
        yield fake


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, obeying: FakeLLM, _parsers: ParsePool) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("injections")
    settings = obeying.settings(Settings(data_dir=folder / "data", embed_model="hashing", _env_file=None))
    build(folder / "made", CASES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ingest.library.open_parsers", lambda _: _parsers)
        with Library(settings, Holder("test"), create=True) as library:
            report = ingest(library, [folder / "made"])
            assert report.documents["added"] == len(CASES), report.failures
            yield library


@pytest.fixture(scope="module")
def assistant(library: Library) -> Assistant:
    return Assistant(library)


def ask(assistant: Assistant, case: Case, answerer: Answerer) -> Answer:
    return assistant.ask(Asking(QUESTION, {"project": (case.id,)}, guess=False), answerer=answerer)


def test_the_suite_is_broad() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 30
    assert {case.where for case in CASES} == set(PLACES)
    assert min(Counter(case.lang for case in CASES).values()) >= 10
    assert all(case.says or case.missing or case.raw for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_model_that_obeys_changes_nothing(case: Case, assistant: Assistant, obeying: FakeLLM) -> None:
    obeying.plays[:] = [Play(case.obeyed)]
    answer = ask(assistant, case, "llm")
    assert obeying.requests
    assert case.shown_of(answer) == []
    assert all(claim.citations for claim in answer.claims if claim.verified)
    said = answer.text + "".join(one.text for one in answer.dropped)
    assert not any(line in said for line in INSTRUCTIONS.splitlines())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_an_order_is_not_quoted_for_an_answer(case: Case, assistant: Assistant) -> None:
    assert case.shown_of(ask(assistant, case, "extractive")) == []


def test_the_facts_beside_the_orders_are_still_told(assistant: Assistant) -> None:
    report = measure(CASES, lambda case: ask(assistant, case, "extractive"))
    assert report.true_answers >= len(CASES) - 2


def test_a_suite_that_is_obeyed_is_seen() -> None:
    answer = Answer(question=QUESTION, status="answered", text=f"{CASES[0].says[0]}。 [1]")
    report = measure(CASES[:1], lambda _: answer)
    assert (report.resisted, report.results[0].shown) == (0, ("同意",))
