"""The model hub as a source of weights: Hugging Face or a mirror of it, and the cache its own tools keep."""

import errno
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from ingest.download_bar import bytes_under, download_bar
from ingest.model_origin import Origin, SourceFailed

Choose = Callable[[Iterable[str]], list[str]]
"""Of a repository's file names those to take. Raises `SourceFailed` when they will not do."""

_PROBE_SECONDS = 3.0
_DEFAULT_ENDPOINT = "https://huggingface.co"
_PARTS_FOLDER = re.compile(r"\d+_\w+")
_TEXT_SUFFIXES = (".json", ".txt", ".model")
_WEIGHTS = (re.compile(r"model.*\.safetensors"), re.compile(r"pytorch_model.*\.bin"))
"""Weight files, the safer format first: one format is taken, not both."""


def hub_endpoint() -> str:
    """The hub asked: `HF_ENDPOINT`, or the public one."""
    return (os.environ.get("HF_ENDPOINT") or _DEFAULT_ENDPOINT).rstrip("/")


def fetch_from_hub_cache(hub_id: str, into: Path, choose: Choose | None = None) -> Origin:
    """Copy the model's files, as for `fetch_from_hub`, from the cache that Hugging Face's tools keep, offline.

    Raises `SourceFailed`, and OSError for the disk's troubles.
    """
    from huggingface_hub import snapshot_download

    try:
        snapshot = Path(snapshot_download(hub_id, local_files_only=True))
    except Exception as error:  # its exceptions have no common base, and their bases change with its HTTP library
        raise SourceFailed("not there") from error
    names = (file.relative_to(snapshot).as_posix() for file in snapshot.rglob("*") if file.is_file())
    files = (choose or choose_files)(names)
    for name in files:
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(snapshot / name, into / name)
    return Origin(origin=f"hub cache: {hub_id}@{snapshot.name[:12]}")


def fetch_from_hub(hub_id: str, into: Path, choose: Choose | None = None) -> Origin:
    """Download the files that `choose` takes of all names, by default the model's configuration, tokenizer and weights.

    What a broken pull left in `into` is used. Nothing else in the repository is fetched, no code in particular. Raises
    `SourceFailed` (within seconds when the hub cannot be reached), and OSError for the disk's troubles.
    """
    if os.environ.get("HF_HUB_OFFLINE", "").casefold() in ("1", "on", "yes", "true"):
        raise SourceFailed("not asked, HF_HUB_OFFLINE is set")
    endpoint = hub_endpoint()
    _probe(endpoint)
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.utils.tqdm import disable_progress_bars

    disable_progress_bars()
    try:
        info = HfApi(endpoint=endpoint).model_info(hub_id, files_metadata=True)
        sizes = {file.rfilename: file.size or 0 for file in info.siblings or ()}
        files = (choose or choose_files)(sizes)
        with download_bar(hub_id, lambda: bytes_under(into), sum(sizes[name] for name in files)):
            snapshot_download(hub_id, revision=info.sha, local_dir=into, allow_patterns=files, endpoint=endpoint)
    except SourceFailed:
        raise
    except Exception as error:  # its exceptions have no common base, and their bases change with its HTTP library
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS):
            raise
        raise SourceFailed(_first_line(error)) from error
    shutil.rmtree(into / ".cache", ignore_errors=True)
    licence = info.card_data.get("license") if info.card_data else None
    return Origin(origin=f"hub: {hub_id}@{(info.sha or '')[:12]}", licence=licence)


def choose_files(names: Iterable[str]) -> list[str]:
    """Which files of a repository make up the model: in its root and in the folders of its modules (`1_Pooling`).

    Raises `SourceFailed` when there are no weights among them.
    """
    by_folder: dict[str, list[str]] = {}
    for name in sorted(names):
        folder, _, file = name.rpartition("/")
        if not folder or _PARTS_FOLDER.fullmatch(folder):
            by_folder.setdefault(folder, []).append(file)
    chosen, has_weights = [], False
    for folder, files in by_folder.items():
        weights = next((found for form in _WEIGHTS if (found := [file for file in files if form.fullmatch(file)])), [])
        has_weights = has_weights or bool(weights)
        texts = [file for file in files if file.endswith(_TEXT_SUFFIXES)]
        chosen += [f"{folder}/{file}".lstrip("/") for file in (*texts, *weights)]
    if not has_weights:
        raise SourceFailed("it holds no weights in a known format")
    return chosen


def _probe(endpoint: str) -> None:
    # Resolving a name has no time limit of its own, so the question is asked in a thread that may be left behind.
    import httpx

    answer: list[Exception | None] = []

    def ask() -> None:
        try:
            httpx.head(endpoint, timeout=_PROBE_SECONDS)
            answer.append(None)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong here, the hub cannot be used
            answer.append(error)

    asker = threading.Thread(target=ask, daemon=True)
    asker.start()
    asker.join(_PROBE_SECONDS + 1)
    if not answer:
        raise SourceFailed(f"no answer within {_PROBE_SECONDS + 1:.0f} s")
    if answer[0] is not None:
        raise SourceFailed(f"cannot be reached ({_first_line(answer[0])})")


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
