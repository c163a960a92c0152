"""The only way to busy hours: a registered function of both partners' is given them, and returns something else.

What it returns is shown to both, and tells no more than that. docs/threat-model.md says what repeated asking could tell.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime, time
from itertools import islice, takewhile
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from usward.entries.door import Insider
from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.freebusy import deposits
from usward.freebusy.entries import Sleep
from usward.plans.hours import Span, joined
from usward.plans.overlap import Offered, Person, Wish, offers

NIGHT = (time(23), time(7))  # until somebody says otherwise
R = TypeVar("R")
Slept = Sequence[Said[Sleep]]


class Both(NamedTuple):
    """The busy hours of both, mine first; the zones of both."""

    mine: list[Span]
    theirs: list[Span]
    zones: tuple[str, str]


def compare(inside: Insider, function: Callable[..., R], *more: Any) -> R:
    """What a registered function (sleep of mine, of theirs, Both, …) makes of both calendars."""
    rows, ring = deposits.of_space(inside.me.space_id), inside.keyring.ring
    mine = deposits.spans_of(rows, inside.me, ring)
    theirs = deposits.spans_of(rows, inside.other, ring) if inside.other else []
    both = Both(mine, theirs, (inside.me.zone, inside.other.zone if inside.other else inside.me.zone))
    return inside.reader.joint(function, Sleep, both, *more)


@joint
def suiting(mine: Slept, theirs: Slept, both: Both, planned: list[Span], wish: Wish, span: Span) -> list[Offered]:
    """Hours that suit both. `planned` are the hours that the two have together already."""
    asks = Person(both.zones[0], _night(mine), joined([*both.mine, *planned]))
    other = Person(both.zones[1], _night(theirs), joined([*both.theirs, *planned]))
    return offers(asks, other, wish, *span)


@joint
def meeting(_: Slept, __: Slept, both: Both, hours: Sequence[tuple[str, datetime, datetime]]) -> set[str]:
    """Which of some hours (a name, from, to) meet something in a calendar, whosever it is.

    A span that is exactly the hour is the hour itself, written into somebody's own calendar by hand.
    """
    calendars = (both.mine, both.theirs)
    return {name for name, start, end in hours if any(_meets(busy, start, end) for busy in calendars)}


def _meets(busy: list[Span], start: datetime, end: datetime) -> bool:
    met = takewhile(lambda span: span[0] < end, islice(busy, bisect_right(busy, start, key=itemgetter(1)), None))
    return any(span != (start, end) for span in met)


def _night(said: Slept) -> tuple[time, time]:
    newest = max(said, key=lambda one: one.seq, default=None)
    return (newest.value.first, newest.value.last) if newest else NIGHT
