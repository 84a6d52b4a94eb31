"""What `caselore doctor` says of the language model: which one, whether it can be asked, and what to do if not."""

from typing import Any

from ingest.errors import CaseloreError
from ingest.model_language import find_runnable, runs_here
from ingest.settings import Settings

_SECONDS = 5.0
_MOST_NAMES = 5
_MEANWHILE = "until then answers are quoted from the documents"


def language_model(settings: Settings) -> tuple[str, bool, str]:
    """How it stands, whether that is fine, and the next step. A model on this machine is not started for it."""
    if runs_here(settings):
        try:
            weights = find_runnable(settings)
        except CaseloreError as error:
            return error.message, False, error.hint
        licence = weights.entry.licence if weights.entry else "not stated"
        return f"{weights.name}, runs on this machine when asked (licence: {licence})", True, ""
    if not settings.llm_base_url:
        return "none is set; answers are quoted from the documents", True, ""
    if not settings.llm_model:
        return f"{settings.llm_base_url}: no model is named", False, "Set CASELORE_LLM_MODEL to one that it has."
    return _endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key)


def _endpoint(base_url: str, model: str, api_key: str | None) -> tuple[str, bool, str]:
    # Not needed, and not loaded, where no endpoint is set.
    import httpx

    headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
    where = f"{model} at {base_url}"
    try:
        answer = httpx.get(f"{base_url.rstrip('/')}/models", headers=headers, timeout=_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        why = str(error) or type(error).__name__
        return (
            f"{where}: cannot be reached ({why})",
            False,
            f"Start it, or correct CASELORE_LLM_BASE_URL; {_MEANWHILE}.",
        )
    if answer.status_code in (401, 403):
        return f"{where}: refuses the key", False, f"Set CASELORE_LLM_API_KEY; {_MEANWHILE}."
    if answer.status_code >= 500:
        return f"{where}: answers with {answer.status_code}", False, f"Look into its log; {_MEANWHILE}."
    names = _names(answer)
    if names and model not in names:
        # No fault yet: some gateways take names that they do not list.
        shown = ", ".join(names[:_MOST_NAMES])
        return (
            f"{where}: reached, does not list it",
            True,
            f"If it is refused, set CASELORE_LLM_MODEL to one of {shown}.",
        )
    return f"{where}: reached", True, ""


def _names(answer: Any) -> list[str]:
    try:
        return [str(one["id"]) for one in answer.json()["data"]] if answer.is_success else []
    except (ValueError, KeyError, TypeError):
        return []
