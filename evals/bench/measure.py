"""What both sides are measured with: lap times, percentiles, peak memory, the questions asked."""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np


class Laps:
    """Seconds by stage, in the order the stages ended."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, name: str) -> None:
        """The time since the last lap belongs to `name`."""
        now = time.perf_counter()
        self.seconds[name] = self.seconds.get(name, 0.0) + now - self._last
        self._last = now


def peak_memory_mb() -> float:
    """The highest resident memory of this process so far, in MiB (getrusage's unit is KiB on Linux, bytes on macOS)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def load_questions(path: Path) -> list[str]:
    """The questions of a JSONL question set."""
    return [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines() if line.strip()]


def percentile(values: list[float], p: int) -> float:
    """The p-th percentile (linear interpolation). Raises ValueError when there are no values."""
    if not values:
        raise ValueError("no values")
    return float(np.percentile(values, p))
