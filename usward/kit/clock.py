"""The one clock. Everything that asks for the time asks here, so that a test can shift it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

SHIFT = "USWARD_CLOCK_SHIFT"  # seconds, for a whole process
of_process = timedelta(seconds=float(os.environ.get(SHIFT, "0")))
_travelled = ContextVar("travelled", default=timedelta())


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + of_process + _travelled.get()


def today(zone: str) -> date:
    """The calendar day that it is now in an IANA time zone."""
    return now().astimezone(ZoneInfo(zone)).date()


def known_zone(name: str) -> bool:
    """Whether this is an IANA zone that we can compute with."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    """Looked for once: it reads the head of every file of the zones."""
    return frozenset(available_timezones())


@contextmanager
def travel(delta: timedelta) -> Iterator[None]:
    """Shift the clock for a while, in this thread alone (tests, and the demo's year of life)."""
    before = _travelled.set(_travelled.get() + delta)
    try:
        yield
    finally:
        _travelled.reset(before)
