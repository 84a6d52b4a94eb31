"""What rests on a superseded version says so, though the search found nothing of the newer one."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.index.lock import Holder
from ingest.index.store import Filter
from ingest.library import Library
from ingest.pipeline import ingest
from ingest.settings import Settings
from retrieval.asking import Asking
from retrieval.assistant import Assistant
from retrieval.fetch import Fetcher
from retrieval.search import Mode, SearchResult
from retrieval.understood import Understood
from tests.fake_llm_server import Play, claim, fake_llm, reply

OLD = "# 机房建设方案\n\n供电由两路市电引入，柴油发电机作后备。\n\n机柜共 120 个。\n"
NEW = "# 机房建设方案\n\n机柜共 150 个。\n\n制冷采用间接蒸发冷却。\n"
QUESTION = "机房的供电由几路市电引入？"
POWER = claim("供电由两路市电引入，柴油发电机作后备。")
RACKS = claim("机柜共 120 个。")
ONLY_THE_OLD = {"version": ("V1.0",)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    rows = []
    for version, date, text in (("V1.0", "2025-03-01", OLD), ("V2.0", "2025-09-01", NEW)):
        name = f"机房建设方案 {version}.md"
        (folder / name).write_text(text, "utf-8")
        rows.append({"path": name, "project": "云澜证券", "version": version, "date": date, "title": "机房建设方案"})
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "manifest.jsonl").write_text(lines, "utf-8")
    return folder


@pytest.fixture
def library(settings: Settings, folder: Path) -> Iterator[Library]:
    with Library(settings, Holder("test"), create=True) as library:
        ingest(library, [folder])
        yield library


def test_the_newer_version_is_looked_up_when_the_search_did_not_find_it(library: Library) -> None:
    finding = Assistant(library).find(Asking(QUESTION, ONLY_THE_OLD))
    assert {one.document.version for one in finding.passages} == {"V1.0"}
    assert {one.document.version for one in finding.newer} == {"V2.0"}
    assert Assistant(library).find(Asking(QUESTION, {"version": ("V2.0",)})).newer == ()


def test_an_answer_in_the_documents_words_says_so(library: Library) -> None:
    answer = Assistant(library).ask(Asking(QUESTION, ONLY_THE_OLD))
    assert answer.status == "answered"
    assert any("有更新的版本" in one and "V2.0" in one for one in answer.notes)


def test_a_written_claim_says_so_itself_and_what_holds_no_more_is_left_out(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = Fetcher.fetch

    def without_the_new(self: Fetcher, understood: Understood, k: int, mode: Mode, where: Filter) -> SearchResult:
        return fetch(self, understood, k, mode, replace(where, equals={"version": ("V1.0",)}))

    # As in a library so large that what the newer version says is not among what the search finds.
    monkeypatch.setattr(Fetcher, "fetch", without_the_new)
    with fake_llm(Play(reply(POWER, RACKS))) as fake:
        monkeypatch.setattr(library, "settings", fake.settings(library.settings))
        answer = Assistant(library).ask("机房建设方案中供电由几路市电引入，机柜共多少个？", answerer="llm")
    assert "供电由两路市电引入，柴油发电机作后备（据旧版：《机房建设方案》V1.0（最新为V2.0））。 [1]" in answer.text
    assert answer.claims[0].text == "供电由两路市电引入，柴油发电机作后备"
    assert "120" not in answer.text
    assert [one.text for one in answer.dropped] == [RACKS["text"]]
