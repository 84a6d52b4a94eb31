"""The language model: any OpenAI-compatible endpoint (vLLM, Ollama, a gateway, this machine), by LlamaIndex."""

from typing import TYPE_CHECKING, Any

from ingest.errors import ModelUnavailable
from ingest.settings import Settings

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


def open_llm(settings: Settings, **more: Any) -> "LLM":
    """The model that the settings name; the endpoint is not asked yet. `more` goes to LlamaIndex's `OpenAILike`.

    Raises `ModelUnavailable` without settings.
    """
    if not settings.llm_base_url or not settings.llm_model:
        raise ModelUnavailable(
            "No language model is set.",
            "Set CASELORE_LLM_BASE_URL (an OpenAI-compatible endpoint, ending in /v1) and CASELORE_LLM_MODEL.",
        )
    # Loading takes a second that only those who ask a model pay for.
    from llama_index.llms.openai_like import OpenAILike

    given: dict[str, Any] = {
        "model": settings.llm_model,
        "api_base": settings.llm_base_url,
        # Local servers ask for none, but the client does.
        "api_key": settings.llm_api_key or "none",
        "is_chat_model": True,
        "temperature": 0.0,
        "timeout": settings.llm_budget_s,
        "max_retries": 1,
    }
    llm: LLM = OpenAILike(**given | more)
    return llm
