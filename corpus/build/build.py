"""Builds the sample corpus: `python corpus/build/build.py [PROJECT…]`.

A project is a module in `projects/` with `build(out: Path) -> list[Entry]`; it writes its documents into `out` and
returns their manifest rows. PROJECT is the module's name or the start of it (`p1_`, `p7`). Without one, all are built.
"""

import importlib
import sys
from pathlib import Path

import manifest

HERE = Path(__file__).parent
CORPUS = HERE.parent
DOCUMENTS = CORPUS / "documents"


def main(wanted: list[str]) -> int:
    names = sorted(path.stem for path in (HERE / "projects").glob("*.py"))
    unknown = [one for one in wanted if not any(name.startswith(one) for name in names)]
    if unknown:
        print(f"no such project: {', '.join(unknown)}; there are {', '.join(names)}", file=sys.stderr)
        return 2
    DOCUMENTS.mkdir(exist_ok=True)
    built: list[manifest.Entry] = []
    for name in names:
        if wanted and not any(name.startswith(one) for one in wanted):
            continue
        entries = importlib.import_module(f"projects.{name}").build(DOCUMENTS)
        for entry in entries:
            file = CORPUS / entry.path
            print(f"{name}  {file.stat().st_size:>8,}  {entry.path}")
        built += entries
    paths = {entry.path for entry in built}
    kept = [] if not wanted else [one for one in manifest.read(CORPUS / "manifest.jsonl") if one.path not in paths]
    kept = [one for one in kept if (CORPUS / one.path).exists()]
    manifest.write(CORPUS / "manifest.jsonl", built + kept)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
