from pathlib import Path

import pytest

from ingest.errors import ModelUnavailable
from ingest.model_origin import Origin
from ingest.models import locate, read_ready, resolve
from ingest.settings import Settings
from tests.ingest.tiny_models import tiny_recipe, write_prepared


@pytest.fixture(autouse=True)
def no_fetching(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("nothing may be fetched or prepared here")

    monkeypatch.setattr("ingest.model_fetch.make_ready", refuse)


def put(folder: Path) -> Path:
    write_prepared(folder / "prepared")
    Origin(origin="hub: somewhere@abc", licence="mit").write(folder)
    return folder


@pytest.mark.parametrize("name", ["m3e-small", "moka-ai/m3e-small", "M3E-Small"])
def test_a_model_in_the_store_is_used_as_it_lies(settings: Settings, name: str) -> None:
    folder = put(settings.models_path / "m3e-small")
    before = sorted(settings.models_path.rglob("*"))
    model = resolve(name, settings)
    assert (model.name, model.folder, model.prepared) == ("m3e-small", folder, folder / "prepared")
    assert (model.fingerprint, model.licence) == (tiny_recipe().fingerprint, "mit")
    assert sorted(settings.models_path.rglob("*")) == before


def test_any_hub_id_has_a_folder_of_its_own(settings: Settings) -> None:
    put(settings.models_path / "someone--some-model")
    assert resolve("someone/some-model", settings).name == "someone/some-model"


def test_a_prepared_folder_is_taken_as_given(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "bge-small-zh-v1.5"
    write_prepared(folder / "prepared")
    model = resolve(str(folder), settings)
    assert model.name == str(folder)
    assert model.origin.origin == f"folder: {folder}"
    assert model.licence == "MIT"  # its name is in the catalogue
    assert not settings.models_path.exists()


def test_a_relative_folder_is_taken_too(settings: Settings) -> None:
    write_prepared(Path("here/model/prepared"))
    assert resolve("here/model", settings).folder == Path("here/model").resolve()
    assert resolve("./here/model", settings).folder == Path("here/model").resolve()


def test_what_was_made_of_a_bare_folder_lies_in_the_store_until_the_folder_changes(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    (folder / "model.safetensors").write_bytes(b"1")
    place = locate(str(folder), settings)
    assert place.prepared.is_relative_to(settings.models_path)
    assert read_ready(place) is None
    write_prepared(place.prepared)
    assert read_ready(locate(str(folder), settings)) is not None
    (folder / "model.safetensors").write_bytes(b"23")
    assert read_ready(locate(str(folder), settings)) is None


@pytest.mark.parametrize("name", ["./nowhere", "/nowhere/model", "~/nowhere/model"])
def test_a_folder_that_is_not_there_is_advice(settings: Settings, name: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        resolve(name, settings)
    assert name in caught.value.message
    assert "CASELORE_EMBED_MODEL" in caught.value.hint


@pytest.mark.parametrize("name", ["no-such-model", "a/b/c", "../up", "a/../b", "", "bad name/x"])
def test_a_name_that_can_be_no_model_is_advice(settings: Settings, name: str) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        resolve(name, settings)
    assert caught.value.hint


def test_a_recipe_of_another_format_counts_as_none(settings: Settings) -> None:
    folder = put(settings.models_path / "m3e-small")
    (folder / "prepared" / "recipe.json").write_text('{"engine": "abacus"}', "utf-8")
    assert read_ready(locate("m3e-small", settings)) is None
