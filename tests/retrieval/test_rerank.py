"""Reranking: order, depth, time budget, where it takes part, and what is loaded for it."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.postprocessor.types import BaseNodePostprocessor
from llama_index.core.schema import NodeWithScore, QueryBundle

from ingest.chunk import Span
from ingest.document import Locator
from ingest.errors import ModelUnavailable
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.answer import Passage
from retrieval.rerank import BATCH, DEPTH, LlamaIndexJudge, Reranker, load_reranker
from retrieval.search import Searcher
from tests.retrieval.library import PASSAGES, fill
from tests.retrieval.passages import passage

ROOT = Path(__file__).resolve().parents[2]


class Wishes:
    """A judge that prefers texts with the most 好, and notes what it read."""

    def __init__(self, word: str = "好") -> None:
        self.word = word
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read += texts
        return [float(text.count(self.word)) for text in texts]


def ranked(*texts: str) -> list[Passage]:
    place = Locator(kind="page", page=1)
    return [passage(Span(text=text, locator=place), rank=rank) for rank, text in enumerate(texts, start=1)]


def texts(passages: Sequence[Passage]) -> list[str]:
    return [one.chunk.text for one in passages]


def test_the_judge_decides_and_ties_keep_their_order() -> None:
    found = Reranker(Wishes(), 1e6).rerank("q", ranked("一", "二好", "三", "四好好"))
    assert texts(found) == ["四好好", "二好", "一", "三"]
    assert [one.rank for one in found] == [1, 2, 3, 4]


def test_only_the_best_are_read_and_the_rest_stays_behind() -> None:
    judge = Wishes()
    given = ranked(*(f"段{n}" for n in range(DEPTH)), "太远好好好", "更远")
    found = Reranker(judge, 1e6).rerank("q", given)
    assert len(judge.read) == DEPTH
    assert texts(found) == texts(given)


def test_it_stops_when_its_time_is_up() -> None:
    ticks = iter([0.0, 0.0, 0.2, 0.4])  # the start, then before each batch
    judge = Wishes()
    given = ranked(*(f"段{n}" for n in range(2 * BATCH - 1)), "二批好", "三批好好")
    found = Reranker(judge, 300, clock=lambda: next(ticks)).rerank("q", given)
    assert len(judge.read) == 2 * BATCH
    assert texts(found)[0] == "二批好"
    assert texts(found)[-1] == "三批好好"


def test_the_judge_reads_title_and_heading_with_the_text() -> None:
    judge = Wishes()
    given = ranked("正文")
    Reranker(judge, 1e6).rerank("q", given)
    assert judge.read == [given[0].chunk.embedding_text(given[0].document.title)]


class Longest(BaseNodePostprocessor):
    """A LlamaIndex reranker that keeps the two longest texts."""

    def _postprocess_nodes(
        self, nodes: list[NodeWithScore], query_bundle: QueryBundle | None = None
    ) -> list[NodeWithScore]:
        for node in nodes:
            node.score = float(len(node.get_content()))
        return sorted(nodes, key=lambda node: -(node.score or 0))[:2]


def test_a_llamaindex_postprocessor_can_judge() -> None:
    found = Reranker(LlamaIndexJudge(Longest()), 1e6).rerank("q", ranked("一", "二二二", "三三"))
    assert texts(found) == ["二二二", "三三", "一"]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("library"), embed_model="hashing", _env_file=None)
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        yield library


def test_search_looks_deeper_than_what_is_asked_for(library: Library) -> None:
    judge = Wishes("李工")
    found = Searcher(library.store, library.embedder, Reranker(judge, 1e6)).search("灾备演练什么时候做？", k=1)
    assert [one.document.id for one in found.passages] == ["handover"]
    assert len(judge.read) == len(PASSAGES)
    assert "rerank" in found.timings_ms


@pytest.mark.parametrize("mode", ["dense", "sparse"])
def test_a_bare_list_is_not_reordered(library: Library, mode: Any) -> None:
    judge = Wishes("李工")
    Searcher(library.store, library.embedder, Reranker(judge, 1e6)).search("灾备演练什么时候做？", mode=mode)
    assert judge.read == []


def test_without_a_setting_there_is_none_and_nothing_is_loaded(settings: Settings) -> None:
    assert load_reranker(settings) is None
    code = "import retrieval.rerank, sys; print({'torch', 'sentence_transformers', 'llama_index'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "set()"


def test_a_model_that_cannot_be_had_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable, match="cannot be loaded") as told:
        load_reranker(settings.model_copy(update={"rerank_model": str(tmp_path / "empty")}))
    assert "CASELORE_RERANK_MODEL" in told.value.hint


def test_a_cross_encoder_in_a_folder_is_used(settings: Settings, tmp_path: Path) -> None:
    """A tiny one with random weights: that it loads, reads pairs, and gives one score each."""
    transformers = pytest.importorskip("transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "双", "活", "容", "灾"]
    (tmp_path / "vocab.txt").write_text("\n".join(words), "utf-8")
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        num_labels=1,
    )
    transformers.BertForSequenceClassification(config).save_pretrained(tmp_path / "model")
    transformers.BertTokenizerFast(vocab=str(tmp_path / "vocab.txt")).save_pretrained(tmp_path / "model")
    reranker = load_reranker(settings.model_copy(update={"rerank_model": str(tmp_path / "model"), "rerank_ms": 10**6}))
    assert reranker
    found = reranker.rerank("双活", ranked("容灾", "双活", "灾"))
    assert sorted(texts(found)) == ["双活", "容灾", "灾"]
