"""`python -m corpus.build [PROJECT…]` does what `python corpus/build/build.py` does."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import build

raise SystemExit(build.main(sys.argv[1:]))
