"""`python -m benchmarks`: seeds, measures, and writes docs/BENCHMARKS.md. Everything runs on 127.0.0.1 and ends by itself."""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import browser, cpu, live, load, plans, start
from benchmarks.servers import ROOT, Server, floor, made, running, usward
from benchmarks.table import Figure, page
from tests.chromium import FLAGS, chromium_path

DAYS = 3650
BELOW = "<!-- written by people from here on -->"


def seeded(kept: Path, work: Path, name: str, module: str, *arguments: str) -> tuple[Path, dict[str, Any]]:
    """A data folder with a life in it: a copy in `work` of one that is in `kept` already, or is made there. What is measured
    writes hundreds of things in a day; the next run begins with an ordinary one."""
    place, note = kept / name, kept / f"{name}.json"
    if not note.exists():
        note.write_text(json.dumps(made(module, place, *arguments)))
    shutil.copytree(place, work / name)
    return work / name, json.loads(note.read_text())


def measure(kept: Path, work: Path, parts: set[str]) -> list[Figure]:
    """All rows, or those of some parts. Those that write a day full come last."""
    years_at, years_who = seeded(kept, work, "years", "benchmarks.seed", str(DAYS))
    month_at, month_who = seeded(kept, work, "month", "benchmarks.seed", "30")
    floor_at, floor_who = seeded(kept, work, "floor", "benchmarks.floor.seed")
    rows: list[Figure] = []
    servers = floor(floor_at, floor_who), usward(month_at, month_who), usward(years_at, years_who)
    with running(*servers):
        if "cpu" in parts:
            rows += said(cpu.figures(*servers))
        if "load" in parts:
            rows += said(load.figures(servers[2]))
        if "browser" in parts:
            rows += said(in_browser(servers[0], servers[2]))
        if "cpu" in parts:
            rows += said(cpu.posts(servers[0], servers[2]))
    if "start" in parts:
        rows += said(start.starts(floor_at, years_at))
    if "memory" in parts:
        rows += said(start.memory(floor_at, floor_who, years_at, years_who))
    if "plan" in parts:
        week, years = (seeded(kept, work, f"plans-{days}", "benchmarks.seed", str(days), "plans") for days in (7, DAYS))
        with running(*(two := (usward(*week), usward(*years)))):
            rows += said([plans.pages(*two), plans.overlap()])
    return [
        *rows,
        Figure("search through ten years of sealed entries", 150, 60, None, " ms", "search is not built yet"),
    ]


def in_browser(bare: Server, years: Server) -> list[Figure]:
    """The rows that need a browser."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        return browser.figures(bare, years, chromium) + live.figures(years, chromium)


def said(rows: list[Figure]) -> list[Figure]:
    """The same rows; somebody waits for them."""
    for one in rows:
        print(one.row(), flush=True)
    return rows


def main() -> None:
    """The command."""
    parts = ["cpu", "load", "browser", "start", "memory", "plan"]
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("--keep", type=Path, help="a folder for the data, used again the next time")
    parser.add_argument("--only", choices=parts, action="append", help="one part; the file is not written then")
    options = parser.parse_args()
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(1))  # so that the servers end with us
    with tempfile.TemporaryDirectory(prefix="usward-bench-") as fresh, tempfile.TemporaryDirectory() as work:
        rows = measure(options.keep or Path(fresh), Path(work), set(options.only or parts))
    if not options.only:
        path = ROOT / "docs" / "BENCHMARKS.md"
        kept = path.read_text().partition(BELOW)[2] if path.exists() else "\n"
        path.write_text(page(rows, (time.monotonic() - began) / 60) + "\n" + BELOW + kept)


if __name__ == "__main__":
    main()
