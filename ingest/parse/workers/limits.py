"""What reading one file may cost."""

import os
from dataclasses import dataclass

from ingest.settings import Settings

MIB = 2**20


@dataclass(frozen=True)
class Limits:
    """`workers` processes; a file ends its worker after `stall_s` seconds without a sign of progress, after `total_s`
    seconds in all, or when the worker and the programs it started hold more than `memory_mb` MiB.
    """

    workers: int
    stall_s: float
    total_s: float
    memory_mb: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """What the settings say; 0 workers is one per core that this process may use."""
        return cls(
            settings.parse_workers or _cores(),
            settings.parse_timeout_s,
            settings.parse_total_s,
            settings.parse_memory_mb,
        )


def threads_each(workers: int) -> int:
    """How many threads a numeric library may start in each of `workers` processes."""
    return max(1, _cores() // workers)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
