"""Synonyms, shipped and the user's."""

from pathlib import Path

import pytest

from ingest.errors import UsageError
from ingest.index.lock import Holder
from ingest.library import Library
from ingest.settings import Settings
from retrieval.asked import understand
from retrieval.assistant import Assistant
from retrieval.glossary import SHIPPED, Glossary, load_glossary, read_glossary
from retrieval.weigh import ALIKE, presence
from tests.retrieval.library import fill


def test_words_in_other_words() -> None:
    glossary = Glossary([["双活", "active-active"], ["首字", "TTFT"]])
    assert glossary.in_other_words("双活的 ttft") == ["active-active", "首字"]
    assert glossary.in_other_words("双活就是 active-active") == []


def test_codes_only_as_whole_words() -> None:
    assert Glossary([["DR", "容灾"]]).in_other_words("hydra") == []


def test_the_users_file_joins_the_shipped(tmp_path: Path) -> None:
    (tmp_path / "glossary.csv").write_text("# own\n双活,北厦双中心\n", "utf-8")
    alike = load_glossary(None, tmp_path).alike("双活")
    assert {"北厦双中心", "active-active"} <= set(alike)


def test_a_named_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="glossary"):
        load_glossary(tmp_path / "none.csv", tmp_path)


def test_shipped_words_stand_in_one_group() -> None:
    words = [word.lower() for group in read_glossary(SHIPPED) for word in group]
    assert len(words) == len(set(words))


def test_a_synonym_counts_nearly_as_the_word() -> None:
    (term,) = understand("吞吐", Glossary([["吞吐", "tokens/s"]])).terms
    assert presence(term, "单卡 620 tokens/s") == ALIKE
    assert presence(term, "单卡吞吐 620") == 1


def test_what_the_glossary_knows_as_one_is_not_cut_up() -> None:
    glossary = Glossary([["没做完", "未完事项"]])
    assert glossary.words_in("还有哪些没做完") == ["没做完"]
    (undone,) = (one for one in understand("交接还有哪些没做完", glossary).terms if one.text == "没做完")
    assert undone.alike == ("未完事项",)
    assert "完" not in {one.text for one in understand("交接还有哪些没做完", glossary).terms}
    assert presence(undone, "三、未完事项") == ALIKE


def test_a_short_name_of_the_users_is_understood_as_the_project(settings: Settings) -> None:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    (settings.data_dir / "glossary.csv").write_text("云澜证券,老云\n", "utf-8")
    with Library(settings, Holder("test"), create=True) as library:
        fill(library)
        answer = Assistant(library).ask("老云的 RPO 是多少？")
    assert [(one.key, one.value) for one in answer.understood if one.words == "老云"] == [("project", "云澜证券")]
