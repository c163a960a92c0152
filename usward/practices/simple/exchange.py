"""Rounds of a simple practice, and where one stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from usward.practices.simple.entries import ROUND

ROUNDS_BACK = 12


def turn(every: str, day: date) -> str:
    """The name of the round that a day belongs to."""
    if every == "day":
        return day.isoformat()
    if every == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-w{week:02}"
    if every == "month":
        return f"{day:%Y-%m}"
    return f"{day:%Y}" if every == "year" else "once"


def turns_before(every: str, day: date) -> list[str]:
    """The rounds before that of a day, newest first; as many as a page shows."""
    if every == "once":
        return []
    found: list[str] = []
    here = turn(every, day)
    while len(found) < ROUNDS_BACK:
        day -= timedelta(days=1) if every in ("day", "week") else timedelta(days=20)
        name = turn(every, day)
        if name != here and name not in found:
            found.append(name)
    return found


def known(every: str, name: str, today: date) -> bool:
    """Whether a round of this name has begun by a day."""
    day = _a_day_of(every, name)
    return day is not None and turn(every, day) == name and (every == "once" or name <= turn(every, today))


def _a_day_of(every: str, name: str) -> date | None:
    """Some day of the round that has this name; None where a name is none."""
    try:
        if every == "week":
            return datetime.strptime(f"{name}-1", "%G-w%V-%u").date()
        return date.fromisoformat(
            {"month": f"{name}-01", "year": f"{name}-01-01", "once": "2000-01-01"}.get(every, name)
        )
    except ValueError:
        return None


@dataclass(frozen=True)
class Standing:
    """A round: my part, theirs if I may read it."""

    mine: Any | None
    theirs: Any | None

    @property
    def lit(self) -> str:
        """What the lamps show."""
        if self.mine and self.theirs:
            return "both"
        return "mine" if self.mine else "none"


def standing(said: Sequence[Any]) -> Standing:
    """Fold a round."""
    mine = theirs = None
    for one in said:
        if one.step == ROUND:
            mine, theirs = (one, theirs) if one.mine else (mine, one)
    return Standing(mine, theirs)
