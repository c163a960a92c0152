"""An hour for a talk: one of the two names it, the other says the same hour or another. Agreed is what both have said.

Any practice with an exchange and a page of its own can have it. There is no route: the practice's view hands over what is
posted, and its page shows the part.

    if act in hour.ACTS:
        hour.take(form, inside, exchange, path, act)       # what is wrong stands in form.errors

    "hour": hour.context(inside, said, path, form.errors)  # {% with h=c.hour %}{% include "talkback/hour.html" %}{% endwith %}

`path` is where the exchange is found, as from the root of Usward, without a slash before it. Each of the two has one
hour in an exchange; whoever names another replaces their own. On the day of an hour that is agreed, a card on the Today
of both leads back to the exchange; one that only one of them named calls nobody.

What both have agreed to is found in Plan's week: `leads` says where the hours of such exchanges lead and what Plan calls
them; a practice that asks for an hour with kinds of its own folds what was named (`fold`), and `finds` what is agreed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.forms import Fields, Form
from usward.talkback.beckon import beckon, call_both, call_neither, call_off, sign
from usward.talkback.entries import HOUR, Hour
from usward.talkback.when import AT_MOST, LASTS, moment_of, words

ASKED = sign("hour-asked", "{name} would like an hour to talk with you", "See when")
AGREED = sign("hour-agreed", "{name} says yes to an hour to talk", "See when")
TODAY = sign("hour-today", "An hour to talk, with {name}", "See when")
SAY, AGREE, DROP = "hour-say", "hour-agree", "hour-drop"
ACTS = (SAY, AGREE, DROP)


@dataclass(frozen=True)
class Standing:
    """What each of the two has said: the newest hour of each, be it of this kind or of a practice's own."""

    mine: Said[Any] | None = None
    theirs: Said[Any] | None = None

    @property
    def agreed(self) -> bool:
        """Whether both have said the same."""
        return self.mine is not None and self.theirs is not None and self.mine.value == self.theirs.value

    @property
    def named(self) -> Said[Any] | None:
        """The hour that counts: what both said, or what was said last."""
        return max((one for one in (self.mine, self.theirs) if one), key=lambda one: one.seq, default=None)

    def state(self, now: datetime) -> str:
        """In a word: none, mine (named by me), theirs, agreed, or over (agreed, and gone by)."""
        if self.named is None:
            return "none"
        gone = self.named.value.moment + LASTS < now
        if self.agreed:
            return "over" if gone else "agreed"
        return "none" if gone else "mine" if self.named.mine else "theirs"


def fold(named: Iterable[tuple[bool, Said[Any]]]) -> Standing:
    """Who has named what (whether it is I, and the hour), in its order. Saying yes is naming the other's hour. Pure."""
    newest = dict(named)
    return Standing(newest.get(True), newest.get(False))


def standing(said: Iterable[Said[Any]]) -> Standing:
    """Fold an exchange. Each one's newest hour counts, in whatever order they come. Pure."""
    hours = sorted((one for one in said if one.step == HOUR), key=lambda one: one.seq)
    return fold((one.mine, one) for one in hours)


def take(form: Form, inside: Insider, exchange: str, path: str, act: str) -> None:
    """Do what came from the part's form."""
    now = standing(inside.reader.exchange(exchange))
    if act == DROP:
        drop(inside, exchange, now)
    elif act == AGREE:
        # Only to what this page showed: an hour that has been moved since is shown first.
        if now.theirs and form.request.POST.get("at", "") == now.theirs.value.at:
            say(inside, exchange, path, now, now.theirs.value.moment)
    elif moment := moment_of(form, inside.me.zone):
        say(inside, exchange, path, now, moment)


@transaction.atomic
def say(inside: Insider, exchange: str, path: str, now: Standing, at: datetime) -> None:
    """Name an hour, or say yes to the one that the other has named. The other is told; both are reminded on that day."""
    value = Hour(at.astimezone(UTC).isoformat(timespec="minutes"))
    if now.mine and now.mine.value == value:
        return
    replaces = now.mine.id if now.mine else None
    inside.writer.put(value, exchange=exchange, step=HOUR, slot=f"hour:{exchange}", replaces=replaces)
    agreed = now.theirs is not None and now.theirs.value == value
    call_off(inside, _now_of(exchange))
    beckon(inside, _now_of(exchange), AGREED if agreed else ASKED, path)
    if agreed:
        there = min(at.astimezone(ZoneInfo(one.zone)).date() for one in (inside.me, inside.other) if one)
        call_both(inside, _day_of(exchange), TODAY, path, there)
    elif now.agreed:
        call_neither(inside, _day_of(exchange))


@transaction.atomic
def drop(inside: Insider, exchange: str, now: Standing) -> None:
    """Take one's own hour back; without it nothing is agreed."""
    if now.mine:
        inside.writer.withdraw(now.mine.id)
        call_off(inside, _now_of(exchange))
        if now.agreed:
            call_neither(inside, _day_of(exchange))


def _now_of(exchange: str) -> str:
    """Where the cards lie that say whose turn it is."""
    return f"{exchange}:hour"


def _day_of(exchange: str) -> str:
    """Where the card for the day lies."""
    return f"{exchange}:hour:day"


class Ahead(NamedTuple):
    """An hour that both have agreed to, as Plan shows it: the moment, what it is called, and where it leads (as from the
    root, without a slash before it)."""

    at: datetime
    called: str
    path: str


Finder = Callable[[Insider, datetime, datetime], Iterable[Ahead]]
NEWEST = 40  # of what was named, as many as may still lie ahead
_leads: dict[str, tuple[str, Callable[[str], str]]] = {}
_finders: list[Finder] = []


def leads(prefix: str, called: str, path_of: Callable[[str], str]) -> None:
    """Say where the hours of a practice's exchanges lead; their names are `prefix`, a colon, and what `path_of` takes."""
    _leads[prefix] = called, path_of


def finds(finder: Finder) -> Finder:
    """Register what finds the agreed hours of a practice with kinds of its own, in a span or beyond it."""
    _finders.append(finder)
    return finder


def ahead(inside: Insider, start: datetime, end: datetime) -> list[Ahead]:
    """The agreed hours in a span of time, in its order."""
    return sorted(one for finder in _finders for one in finder(inside, start, end) if start <= one.at < end)


@finds
def _agreed(inside: Insider, start: datetime, end: datetime) -> Iterable[Ahead]:
    """The hours of talkback's own kind."""
    by_exchange: dict[str, list[Said[Hour]]] = {}
    for one in inside.reader.latest(Hour, NEWEST):
        by_exchange.setdefault(one.exchange, []).append(one)
    for exchange, said in by_exchange.items():
        now, (prefix, _, key) = standing(said), exchange.partition(":")
        if now.named and now.agreed and prefix in _leads:
            called, path_of = _leads[prefix]
            yield Ahead(now.named.value.moment, called, path_of(key))


def context(
    inside: Insider, said: Sequence[Said[Any]], path: str, errors: dict[str, str] | None = None, action: str = ""
) -> dict[str, Any]:
    """What talkback/hour.html needs. `action` is where its form goes, if that is not `path`."""
    now, today = standing(said), clock.today(inside.me.zone)
    named, there = now.named, inside.other
    at = named.value.moment if named else None
    theirs = words(at, there.zone, clock.today(there.zone)) if at and there else ""
    mine = words(at, inside.me.zone, today) if at else ""
    return {
        "state": now.state(clock.now()),
        "words": mine,
        "there": theirs if theirs != mine else "",
        "at": named.value.at if named else "",
        "mine": now.mine is not None,
        "min": today,
        "max": today + timedelta(days=AT_MOST),
        "exchange": named.exchange if named else "",
        "action": action or path,
        "path": path,
        "errors": Fields(errors or {}),
    }
