"""What `caselore doctor` examines: the data folder, the model, the index and the documents."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import CaseloreError
from ingest.index.lock import holder
from ingest.library import MIN_FREE_BYTES
from ingest.registry import Registry
from ingest.settings import Settings


@dataclass(frozen=True)
class Finding:
    """One thing examined: how it stands, whether that is fine, and what to do if not."""

    subject: str
    state: str
    fine: bool
    hint: str = ""
