"""Two clocks: what they show now, the waking hours that the two share, and the days until the next visit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from usward.entries.door import Insider
from usward.freebusy.comparing import NIGHT
from usward.kit import clock
from usward.plans.hours import Span, common
from usward.plans.overlap import Person, awake
from usward.practices.plan.exchange import Standing

SHORTEST = timedelta(minutes=30)


@dataclass(frozen=True)
class Clocks:
    """Of two who are apart. `differ` says whether by their clocks, too: `shared` are spans of the next day then, by the clocks of
    whoever reads."""

    differ: bool
    mine: str
    theirs: str
    their_day: str
    their_zone: str
    my_zone: str
    shared: list[str]
    visit: int | None


def clocks(inside: Insider, live: list[Standing]) -> Clocks | None:
    """None where one is alone, or the two live by the same clocks just now and have no visit before them. `live` are the plans
    that both have agreed to."""
    other, now = inside.other, clock.now()
    if other is None:
        return None
    here, there = now.astimezone(ZoneInfo(inside.me.zone)), now.astimezone(ZoneInfo(other.zone))
    differ, visit = here.utcoffset() != there.utcoffset(), _visit(inside, live, now)
    if not differ and visit is None:
        return None
    days = (there.date() - here.date()).days
    shared = [_words(span, inside.me.zone) for span in waking((inside.me.zone, other.zone), now)]
    their_day = {0: "", 1: "tomorrow", -1: "yesterday"}.get(days, f"{there:%A}")
    return Clocks(differ, f"{here:%H:%M}", f"{there:%H:%M}", their_day, other.zone, inside.me.zone, shared, visit)


def waking(zones: tuple[str, str], now: datetime) -> list[Span]:
    """The spans of the next 24 hours that are night in neither of two zones; those of half an hour and more. Pure."""
    end = now + timedelta(days=1)
    free = common(*(awake(Person(zone, NIGHT, []), now, end) for zone in zones))
    # Where this very hour is day, what is left of it comes tomorrow.
    if len(free) > 1 and free[0][0] == now and free[-1][1] == end:
        free = [*free[1:-1], (free[-1][0], free[0][1] + timedelta(days=1))]
    return [span for span in free if span[1] - span[0] >= SHORTEST]


def _words(span: Span, zone: str) -> str:
    first, last = (at.astimezone(ZoneInfo(zone)) for at in span)
    return f"{first:%H:%M}–{last:%H:%M}"


def _visit(inside: Insider, live: list[Standing], now: datetime) -> int | None:
    """In how many days the next visit begins, by the clocks of whoever reads."""
    today = clock.today(inside.me.zone)
    coming = [hour.start for plan in live if plan.plan.value.what == "visit" for hour in plan.coming(now, 1, today)]
    first = min((at for at in coming if at > now), default=None)
    return (first.astimezone(ZoneInfo(inside.me.zone)).date() - today).days if first else None
