"""Reads several pages at once, each on a core of its own: a model runs on one."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from typing import TypeVar

from ingest.parse.ocr.page_reading import PageReading, read_page_picture
from ingest.parse.ocr.recogniser import Image, Recogniser

MOST_AT_ONCE = 4
"""Each page being read holds some 350 MiB: more would not fit into what a worker may take."""
_LONG_S = 10.0
"""A page takes longer on busy machines only."""
Name = TypeVar("Name")


def read_side_by_side(
    pictures: Iterable[tuple[Name, Image]], recogniser: Recogniser, told: Callable[[int], None] = lambda _lines: None
) -> Iterator[tuple[Name, PageReading]]:
    """What the pictures say, in their order. No more of them are taken at a time than can be read. While a page takes
    long, `told` is called with the number of lines read so far, in the caller's thread.
    """
    read: list[int] = []

    def whole(reading: Future[PageReading]) -> PageReading:
        while True:
            try:
                return reading.result(timeout=_LONG_S)
            except FutureTimeout:
                if reading.done():  # its own error
                    raise
                told(sum(read))

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    at_once = min(cores, MOST_AT_ONCE)
    waiting: deque[tuple[Name, Future[PageReading]]] = deque()
    with ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="ocr") as threads:
        for name, picture in pictures:
            waiting.append((name, threads.submit(read_page_picture, picture, recogniser, read.append)))
            if len(waiting) > at_once:
                first, reading = waiting.popleft()
                yield first, whole(reading)
        for first, reading in waiting:
            yield first, whole(reading)
