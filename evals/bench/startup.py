"""`python -m evals.bench startup`: from nothing running to an answer, and to a service that answers; its memory.

Asks the library in the data folder (`caselore ingest` first). Each start is a process of its own.
"""

import argparse
import json
import os
import resource
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

from evals.bench.measure import load_questions, percentile
from evals.show import console

ROOT = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-c", "import caselore; caselore.main()")
_PATIENCE_S = 60


def main() -> None:
    """Start both, several times, and print what it took."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench startup", description=__doc__)
    parser.add_argument("--questions", type=Path, default=ROOT / "evals" / "datasets" / "caselore" / "dev.jsonl")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--json", type=Path, help="also write all figures to this file")
    options = parser.parse_args()
    questions = load_questions(options.questions)
    asks = [_ask(questions[0]) for _ in range(options.times)]
    served = [_serve(questions) for _ in range(options.times)]
    found: dict[str, Any] = {
        "caselore ask, s": _summary([one[0] for one in asks]),
        "caselore ask, s of processor time": _summary([one[1] for one in asks]),
        "service ready, s": _summary([one["ready"] for one in served]),
        f"service, resident MiB after {len(questions)} questions": _summary([one["mib"] for one in served]),
        "load": os.getloadavg()[0],
    }
    for name, value in found.items():
        shown = value if isinstance(value, float) else ", ".join(f"{p} {one:,.1f}" for p, one in value.items())
        console().print(f"{name}: {shown}", highlight=False)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), "utf-8")


def _summary(values: list[float]) -> dict[str, float]:
    return {"least": min(values), "median": percentile(values, 50), "most": max(values)}


def _ask(question: str) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([*COMMAND, "ask", question], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _serve(questions: list[str]) -> dict[str, Any]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_PATIENCE_S) as client:
            ready = _wait(client, process, started)
            for question in questions:
                client.post("/api/ask", json={"question": question}).raise_for_status()
            own = psutil.Process(process.pid)
            memory = sum(one.memory_info().rss for one in (own, *own.children(recursive=True)))
        return {"ready": ready, "mib": memory / 2**20}
    finally:
        process.terminate()
        process.wait(_PATIENCE_S)


def _wait(client: httpx.Client, process: "subprocess.Popen[bytes]", started: float) -> float:
    while (taken := time.perf_counter() - started) < _PATIENCE_S and process.poll() is None:
        try:
            if client.get("/readyz").is_success:
                return time.perf_counter() - started
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise SystemExit(f"The service was not ready after {taken:.0f} s (exit code {process.returncode}).")


if __name__ == "__main__":
    main()
