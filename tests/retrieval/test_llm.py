"""The language model's client is made from the settings, and says what to set when they are not there."""

import pytest

from ingest.errors import ModelUnavailable
from ingest.settings import Settings
from retrieval.llm import open_llm


def test_settings_name_the_endpoint(settings: Settings) -> None:
    llm = open_llm(settings.model_copy(update={"llm_base_url": "http://127.0.0.1:9/v1", "llm_model": "qwen"}))
    assert llm.metadata.model_name == "qwen"


def test_without_settings_it_is_told_what_to_set(settings: Settings) -> None:
    with pytest.raises(ModelUnavailable) as caught:
        open_llm(settings)
    assert "CASELORE_LLM_BASE_URL" in caught.value.hint
