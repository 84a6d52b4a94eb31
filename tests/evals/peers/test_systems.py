"""The peers find what a search must find; each only where its package is installed."""

import pytest

from evals.peers.peer import Peer, PeerPassage

PASSAGES = [
    PeerPassage(id="sizing", text="昇腾 910B3 共评估 74 张"),
    PeerPassage(id="sync", text="MySQL 采用半同步复制，ES 采用跨集群复制"),
    PeerPassage(id="drill", text="春节高峰前完成灾备演练"),
]


class Bags:
    """Vectors of character counts, in the place of a model."""

    def passages(self, texts: list[str]) -> list[list[float]]:
        return [self.query(text) for text in texts]

    def query(self, text: str) -> list[float]:
        return [float(text.count(char)) + 0.01 for char in "910复制演练张灾备"]


def systems() -> list[str]:
    return ["bm25", "haystack_bm25", "haystack_hybrid", "llamaindex"]


def make(name: str) -> Peer:
    if name == "bm25":
        pytest.importorskip("bm25s")
        from evals.peers.bm25 import BareBM25

        return BareBM25()
    if name == "llamaindex":
        from evals.peers.llamaindex import PlainLlamaIndex

        return PlainLlamaIndex(Bags())  # type: ignore[arg-type]
    pytest.importorskip("haystack")
    from evals.peers.haystack import HaystackBM25, HaystackHybrid

    return HaystackBM25() if name == "haystack_bm25" else HaystackHybrid(Bags())  # type: ignore[arg-type]


@pytest.mark.parametrize("name", systems())
def test_a_peer_finds_the_passage_that_says_it(name: str) -> None:
    peer = make(name)
    peer.index(PASSAGES)
    assert peer.search("跨集群复制", 2)[0] == "sync"
    assert peer.search("灾备演练", 2)[0] == "drill"
    assert len(peer.search("复制", 2)) <= 2
