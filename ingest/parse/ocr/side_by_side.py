"""Reads several pages at once: one to a core, since a model runs on one."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from ingest.parse.ocr.page_reading import PageReading, read_page_picture
from ingest.parse.ocr.recogniser import Image, Recogniser

Name = TypeVar("Name")


def read_side_by_side(
    pictures: Iterable[tuple[Name, Image]], recogniser: Recogniser
) -> Iterator[tuple[Name, PageReading]]:
    """What the pictures say, in their order. No more of them are taken at a time than can be read."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    waiting: deque[tuple[Name, Future[PageReading]]] = deque()
    with ThreadPoolExecutor(max_workers=cores, thread_name_prefix="ocr") as threads:
        for name, picture in pictures:
            waiting.append((name, threads.submit(read_page_picture, picture, recogniser)))
            if len(waiting) > cores:
                first, reading = waiting.popleft()
                yield first, reading.result()
        for first, reading in waiting:
            yield first, reading.result()
