"""Calls to a Qdrant server: what passes by itself is tried again, and what remains is put in our words."""

import json
import logging
import warnings
from collections.abc import Callable
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

import httpx
from qdrant_client import QdrantClient
from qdrant_client.common.client_exceptions import QdrantException, ResourceExhaustedResponse
from qdrant_client.http.exceptions import ApiException, ResponseHandlingException, UnexpectedResponse
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from ingest.errors import StoreUnavailable, UnavailableError
from ingest.index.payload import wrong_dimensions
from ingest.said import Said

TIMEOUT_S = 30
OLDEST = (1, 12)
"""Servers before this one have no facets."""

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_PASSING = {429, 502, 503, 504}
"""HTTP statuses of a server that is busy or starting."""

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


class Server:
    """A Qdrant server. Raises `StoreUnavailable` when it is away, refuses the key or is too old."""

    def __init__(self, url: str, api_key: str | None) -> None:
        self.url = url
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # of a key without TLS: said below, where it matters
                # The client's own check of versions warns of every server a few versions older than itself.
                self.client = QdrantClient(url=url, api_key=api_key, timeout=TIMEOUT_S, check_compatibility=False)
            address = urlsplit(url)
        except ValueError as error:
            raise self._away(str(error)) from error
        if api_key and address.scheme == "http" and address.hostname not in _LOOPBACK:
            _log.warning("The key crosses the network unencrypted on its way to %s: use https.", url)
        # Every operation may be done twice with the same outcome, so a lost answer is no reason not to ask again.
        self._retrying = Retrying(
            stop=stop_after_attempt(4),
            wait=wait_random_exponential(multiplier=0.1, max=2),
            retry=retry_if_exception(_passes),
            reraise=True,
        )
        version = self.call(self.client.info).version
        if tuple(int(part) for part in version.split(".")[:2]) < OLDEST:
            raise StoreUnavailable(
                Said("The Qdrant server at {url} is version {version}.", url=url, version=version),
                Said("Update it to {version} or newer.", version=".".join(map(str, OLDEST))),
            )

    def call(self, method: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a method of `client`. Raises `StoreUnavailable` or `ModelMismatch`."""
        try:
            return self._retrying(method, *args, **kwargs)
        except UnexpectedResponse as error:
            raise self._refused(error) from error
        except ResponseHandlingException as error:
            raise self._away(str(error.source) or type(error.source).__name__) from error
        except json.JSONDecodeError as error:
            raise self._away("what answers is not Qdrant") from error
        except (ApiException, QdrantException) as error:
            raise self._away(str(error)) from error

    def close(self) -> None:
        """Close the connections. A second call does nothing."""
        self.client.close()

    def _away(self, why: str) -> StoreUnavailable:
        return StoreUnavailable(
            Said("The Qdrant server at {url} does not answer: {why}.", url=self.url, why=_one_line(why)),
            "Start it (`docker compose up -d qdrant`), or correct CASELORE_QDRANT_URL; unset: the embedded store.",
        )

    def _refused(self, error: UnexpectedResponse) -> UnavailableError:
        said = _reason(error)
        if error.status_code in (401, 403):
            return StoreUnavailable(
                Said("The Qdrant server at {url} refuses the key: {said}.", url=self.url, said=said),
                "Set CASELORE_QDRANT_API_KEY to a key that may read and write.",
            )
        if "dimension" in said:
            return wrong_dimensions(None)
        if error.status_code in _PASSING:
            return self._away(said)
        if error.status_code == 404 and "doesn't exist" in said:
            return StoreUnavailable(
                Said("A collection is gone from the Qdrant server at {url}: {said}.", url=self.url, said=said),
                "Restore it from a snapshot, or build it anew: `caselore ingest --rebuild`.",
            )
        return StoreUnavailable(
            Said("The Qdrant server at {url} refuses a request: {said}.", url=self.url, said=said),
            "See its log; if a proxy stands between, check CASELORE_QDRANT_URL.",
        )


def _passes(error: BaseException) -> bool:
    if isinstance(error, UnexpectedResponse):
        return error.status_code in _PASSING
    if isinstance(error, ResponseHandlingException):
        return isinstance(error.source, httpx.TransportError)
    return isinstance(error, ResourceExhaustedResponse)


def _reason(error: UnexpectedResponse) -> str:
    try:
        return _one_line(json.loads(error.content)["status"]["error"])
    except (ValueError, KeyError, TypeError):
        return _one_line(f"{error.status_code} {error.reason_phrase}")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300].rstrip(".")
