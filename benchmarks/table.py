"""The table, as docs/BENCHMARKS.md holds it."""

import os
import platform
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

from benchmarks.stats import Measured


@dataclass(frozen=True)
class Figure:
    """One row: what, how much it may be, how little we aim at, and what it was."""

    what: str
    must: float
    aim: float
    found: Measured | None
    unit: str = ""
    note: str = ""

    def reached(self) -> str:
        """In a word."""
        if self.found is None:
            return "not built"
        if self.found.value <= self.aim:
            return "aim"
        return "must" if self.found.value <= self.must else "**no**"

    def row(self) -> str:
        """A line of the table."""
        value = self.found.text(self.unit) if self.found else "–"
        return f"| {self.what} | {self.must:g}{self.unit} | {self.aim:g}{self.unit} | {value} | {self.reached()} | {self.note} |"


HEAD = """# Figures

`make bench` measures all of this in one run and writes this file: servers, floor and load on one machine, in rounds that
take turns, so that a busy moment meets all of them alike. Values are medians; in brackets the interval that holds the
median in 95 of 100 resamples. *The floor* is Django with its default middleware and one `login_required` view with a template
of 300 bytes (`benchmarks/floor/`), on the very server stack that Usward uses. *Ten years* are two people with three entries
a day each, made by the same actions that pages call; *one month* likewise. Processor time is that of the server's process
(`/proc/PID/task/*/schedstat`), divided by the number of requests.
"""


def page(rows: list[Figure], minutes: float) -> str:
    """The whole file, above the explanations that people write below it."""
    where = (
        f"{datetime.now(UTC):%Y-%m-%d}, Linux {platform.machine()}, {os.cpu_count()} cores (shared with other work), "
        f"Python {platform.python_version()}, Django {version('Django')}, uvicorn {version('uvicorn')}; "
        f"the run took {minutes:.0f} minutes."
    )
    lines = [
        "| figure | must | aim | measured | reached | |",
        "|---|---|---|---|---|---|",
        *[one.row() for one in rows],
    ]
    return "\n".join([HEAD, f"Measured on {where}\n", *lines, ""])
