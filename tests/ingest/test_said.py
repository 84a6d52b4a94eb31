"""Messages keep how they were made wherever they go: copies, JSON, the registry, and out of a worker."""

import copy
import json
import pickle
from pathlib import Path

import pytest

from ingest.document import ParsedDocument, Unread
from ingest.errors import DamagedDocument, EmptyDocument
from ingest.parse.workers.process import _rebuilt
from ingest.registry import Registry
from ingest.report import Failure
from ingest.said import Said, packed, retold, unpacked
from ingest.settings import Settings

PLACE = Said("sheet {name}", name="汇总")
SAID = Said("{name} is damaged at {place}, {count} times.", name="a{b}.docx", place=PLACE, count=3)


def parts(message: str) -> tuple[str, dict[str, str]]:
    assert isinstance(message, Said)
    return message.template, message.values


def test_to_all_who_do_not_ask_it_is_a_string() -> None:
    assert SAID == "a{b}.docx is damaged at sheet 汇总, 3 times."
    assert json.dumps(SAID, ensure_ascii=False) == f'"{SAID}"'


@pytest.mark.parametrize(
    "again",
    [
        lambda one: unpacked(json.loads(json.dumps(packed(one)))),
        copy.deepcopy,
        lambda one: pickle.loads(pickle.dumps(one)),
    ],
)
def test_it_comes_back_whole(again: object) -> None:
    back = again(SAID)  # type: ignore[operator]
    assert back == SAID
    assert parts(back) == parts(SAID)
    assert parts(back.values["place"]) == parts(PLACE)


def test_a_plain_message_stays_plain() -> None:
    assert unpacked(packed("Split it.")) == packed("Split it.") == "Split it."
    with pytest.raises(ValueError, match="no message"):
        unpacked({"template": 1, "values": {}})


def test_what_stands_in_it_can_be_changed() -> None:
    assert parts(retold(SAID, lambda text: text.replace("a{b}", "方案")))[1]["name"] == "方案.docx"
    assert retold("x.tmp is empty.", lambda text: text.replace("x.tmp", "y")) == "y is empty."


def test_a_parsed_document_keeps_it_in_json() -> None:
    document = ParsedDocument(elements=(), unread=(Unread(message=SAID, hint="Split it."),))
    back = ParsedDocument.model_validate_json(document.model_dump_json()).unread[0]
    assert parts(back.message) == parts(SAID)
    assert parts(Failure.of("a.docx", back).error) == parts(SAID)


def test_the_registry_keeps_it_and_reads_what_was_kept_before(settings: Settings, tmp_path: Path) -> None:
    settings.data_dir.mkdir()
    registry = Registry(settings)
    registry.fail(tmp_path / "a.docx", DamagedDocument(SAID, "Split it."))
    registry.fail(tmp_path / "b.docx", EmptyDocument("b.docx is empty.", "{not a message"))
    (_, error, hint), (_, older, odd) = registry.failures()
    registry.close()
    assert (parts(error), hint) == (parts(SAID), "Split it.")
    assert (older, odd) == ("b.docx is empty.", "{not a message")


def test_a_worker_says_it_of_a_file_whose_name_the_parent_knows() -> None:
    message = {"template": "{name} broke: {why}.", "values": {"why": "x"}}
    said = {"kind": "DamagedDocument", "message": message, "hint": "y"}
    error = _rebuilt(json.dumps(said).encode(), "方案.docx")
    assert parts(error.message) == ("{name} broke: {why}.", {"name": "方案.docx", "why": "x"})
    assert isinstance(error, DamagedDocument)
