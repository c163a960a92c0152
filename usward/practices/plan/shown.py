"""An hour as a page shows it: by the clocks of whoever reads, and of the other where they differ."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from usward.entries.door import Insider
from usward.practices.plan.actions import path_of
from usward.practices.plan.entries import LET_GO, MOVED
from usward.practices.plan.exchange import Hour, Standing


@dataclass(frozen=True)
class Seen:
    """Any hour of the two: from when to when (a talk takes as long as it takes), what it is called, where it leads."""

    begins: datetime
    ends: datetime | None
    called: str
    path: str
    zone: str
    other_zone: str

    @property
    def start(self) -> datetime:
        """The beginning, by the clocks of whoever reads."""
        return self.begins.astimezone(ZoneInfo(self.zone))

    @property
    def time(self) -> str:
        return f"{self.start:%H:%M}" + (f"–{self.ends.astimezone(ZoneInfo(self.zone)):%H:%M}" if self.ends else "")

    @property
    def day_words(self) -> str:
        return f"{self.start:%A} {self.start.day} {self.start:%B}"

    @property
    def there(self) -> str:
        """When that is for the other, where their clocks show something else."""
        if not self.other_zone:
            return ""
        there = self.begins.astimezone(ZoneInfo(self.other_zone))
        if there.replace(tzinfo=None) == self.start.replace(tzinfo=None):
            return ""
        return f"{there:%H:%M}" if there.date() == self.start.date() else f"{there:%A %H:%M}"

    @property
    def moved(self) -> bool:
        return False


@dataclass(frozen=True)
class Shown(Seen):
    """One hour of a plan."""

    plan: Standing
    hour: Hour
    mine: bool

    @property
    def moved(self) -> bool:
        return self.hour.how == MOVED

    @property
    def let_go(self) -> bool:
        return self.hour.how == LET_GO

    @property
    def of(self) -> str:
        return self.hour.of.isoformat()


def shown(inside: Insider, plan: Standing, hour: Hour) -> Shown:
    """An hour of a plan, for whoever reads."""
    by_me, called = hour.by_proposer == plan.plan.mine, plan.plan.value.called
    return Shown(hour.start, hour.end, called, path_of(plan.id), *_zones(inside), plan, hour, by_me)


def at_hour(inside: Insider, start: datetime, end: datetime) -> dict[str, str]:
    """An hour that is offered, for whoever reads."""
    seen = Seen(start, end, "", "", *_zones(inside))
    return {
        "day": seen.start.date().isoformat(),
        "time": f"{seen.start:%H:%M}",
        "words": seen.day_words,
        "span": seen.time,
        "there": seen.there,
    }


def talk(inside: Insider, at: datetime, called: str, path: str) -> Seen:
    """An hour to talk that both have agreed to, for whoever reads."""
    return Seen(at, None, called, path, *_zones(inside))


def _zones(inside: Insider) -> tuple[str, str]:
    return inside.me.zone, inside.other.zone if inside.other else ""
