"""The hour at which every test begins, here and in the servers that tests start: no midnight comes in the middle of one."""

import os
from datetime import datetime, timedelta

from usward.kit import clock


def begin_in_the_morning() -> None:
    """Shift the clock of this process, and of all that it starts, to ten o'clock of today, UTC.

    A shift that is given already says which day it is: USWARD_CLOCK_SHIFT=86400 tests tomorrow.
    """
    now = clock.now()
    clock.of_process += now.replace(hour=10, minute=0, second=0, microsecond=0) - now
    os.environ[clock.SHIFT] = later(0)


def later(seconds: float) -> str:
    """What to give to a server as its shift, so that it runs this long after the tests."""
    return str(clock.of_process.total_seconds() + seconds)


def coming(weekday: int, hour: int) -> datetime:
    """The next such day, which may be today, at an hour after those of the tests: days that a space has reached do not come back,
    so that a date which is written down fails once it is over."""
    now = clock.now()
    return now.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta((weekday - now.weekday()) % 7)
