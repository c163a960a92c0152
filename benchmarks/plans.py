"""Plan: its page with ten years of plans beside one with a week of them, and the overlap of two full calendars.

The overlap is compared with one pass over the events of both: nothing that looks at every event could take less.
"""

import random
import time
from datetime import UTC, datetime, timedelta
from datetime import time as hour

from benchmarks.cpu import ROUNDS, get, rounds
from benchmarks.servers import Server
from benchmarks.stats import ratio
from benchmarks.table import Figure
from usward.plans.hours import Span, joined
from usward.plans.overlap import Person, Wish, offers

EVENTS, DAYS, WEEKS = 5_000, 400, 4
START = datetime(2026, 3, 1, tzinfo=UTC)
TIMES = 20


def pages(week: Server, years: Server) -> Figure:
    """The page of Plan, with ten years of plans and with a week of them."""
    found = rounds({"week": (week, get("/plan/"), 200), "years": (years, get("/plan/"), 200)})
    return Figure("Plan: ten years of plans ÷ one week of them", 1.25, 1.05, ratio(found["years"], found["week"]))


def calendar(seed: int) -> list[Span]:
    """The busy hours of five thousand events in thirteen months, as a deposit holds them."""
    chance, found = random.Random(seed), []
    for _ in range(EVENTS):
        begins = START + timedelta(days=chance.randrange(DAYS), minutes=15 * chance.randrange(32, 76))
        found.append((begins, begins + timedelta(minutes=chance.choice((15, 30, 30, 60, 90)))))
    return joined(found)


def overlap() -> Figure:
    """Hours that suit both, of four weeks, from two calendars of five thousand events."""
    night, wish = (hour(23), hour(7)), Wish((0, 2, 3, 4), hour(17, 30), hour(23), 90)
    one = Person("Europe/Berlin", night, calendar(1))
    other = Person("America/New_York", night, calendar(2))
    asked, passed = [], []
    for _ in range(ROUNDS):
        asked.append(_spent(lambda: offers(one, other, wish, START, START + timedelta(weeks=WEEKS))))
        passed.append(_spent(lambda: sum((end - start for start, end in [*one.busy, *other.busy]), timedelta())))
    return Figure(
        "hours that suit both ÷ one pass over the events of two calendars", 10, 3, ratio(asked, passed),
        note=f"{sorted(asked)[len(asked) // 2]:.1f} ms",
    )  # fmt: skip


def _spent(work: object) -> float:
    """Milliseconds that it takes, the mean of some times."""
    assert callable(work)
    began = time.process_time()
    for _ in range(TIMES):
        work()
    return (time.process_time() - began) / TIMES * 1000
