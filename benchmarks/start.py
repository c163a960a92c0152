"""Cold starts, and memory after many requests."""

from pathlib import Path
from typing import Any

from benchmarks.cpu import Request, batch, get
from benchmarks.servers import Server, floor, running, usward
from benchmarks.stats import Measured, measured, ratio
from benchmarks.table import Figure

STARTS = 7
HALF = 5000


def starts(floor_at: Path, years_at: Path) -> list[Figure]:
    """From the command to the first answer, the check for migrations included; the floor checks nothing."""
    ours, theirs = [], []
    for number in range(STARTS + 1):
        pair = []
        for server in (usward(years_at), floor(floor_at)):
            pair.append(server.start())
            server.stop()
        if number:  # the first fills the disk's cache, and compiles
            ours.append(pair[0])
            theirs.append(pair[1])
    note = f"{measured(ours).value:.2f} s; the floor {measured(theirs).value:.2f} s"
    return [Figure("cold start incl. migration check ÷ floor without", 2, 1.25, ratio(ours, theirs), note=note)]


def _grow(server: Server, paths: list[tuple[Request, int]]) -> tuple[float, float]:
    for request, expect in paths * 5:
        batch(server, request, expect, HALF // len(paths) // 5)
    half = server.memory()
    for request, expect in paths * 5:
        batch(server, request, expect, HALF // len(paths) // 5)
    return half, server.memory()


def memory(floor_at: Path, who_floor: dict[str, Any], years_at: Path, who: dict[str, Any]) -> list[Figure]:
    """Ten thousand requests, and what the process then holds."""
    bare, ours = floor(floor_at, who_floor), usward(years_at, who)
    with running(bare, ours):
        _, below = _grow(bare, [(get("/"), 200)])
        pages = ["/", "/thanks/", "/questions/", f"/questions/{who['question']}/"]
        half, whole = _grow(ours, [(get(path), 200) for path in pages])
    share, grown = whole / below, whole - half
    note = f"{whole:.0f} MiB; the floor {below:.0f} MiB"
    return [
        Figure("memory (PSS) after 10,000 requests ÷ floor", 2, 1.4, Measured(share, share, share), note=note),
        Figure("growth between 5,000 and 10,000 requests", 3, 3, Measured(grown, grown, grown), " MiB"),
    ]
