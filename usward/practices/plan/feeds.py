"""Plans as a calendar file: those that both agreed to, for one of the two; and one plan by itself."""

from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from usward.calendars.feed import Series, calendar
from usward.entries import feeds
from usward.entries.door import Insider
from usward.entries.feeds import OpenFeed
from usward.entries.models import Feed
from usward.kit import clock
from usward.practices.plan.entries import LET_GO, MOVED
from usward.practices.plan.exchange import AGREED, Standing
from usward.practices.plan.reading import FARTHEST, all_plans
from usward.spaces.actions import still_here

NEUTRAL = "Busy"
_A_DAY = timedelta(days=1)
_EPOCH, MOST_A_DAY = date(2020, 1, 1), 64
BEHIND = timedelta(days=92)
LATELY = timedelta(days=6)  # of one plan, what lies further back is not read
NAMES = {True: "Hours", False: "Our hours"}


def series(plan: Standing, whose: UUID, since: date, neutral: bool = False, sure: bool = True) -> Series:
    """A plan for the calendar of one of the two (`whose` is their partner id), as it is on and after a day; with `neutral` it
    has no title.

    Its name there is of its own, so that nobody who keeps both calendars sees that they belong together.
    """
    turned = plan.turned()
    on, words = version(plan, since)
    return Series(
        uid=f"{uuid5(plan.plan.root, whose.hex)}@usward",
        called=NEUTRAL if neutral else plan.plan.value.called,
        when=plan.plan.value.when,
        since=since,
        version=(on - _EPOCH).days * MOST_A_DAY + min(words, MOST_A_DAY - 1),
        changed_on=on,
        moved={hour.of: hour.start for hour in turned if hour.how == MOVED},
        gone=frozenset(hour.of for hour in turned if hour.how == LET_GO),
        over_from=plan.over_from,
        sure=sure,
    )


def version(plan: Standing, since: date) -> tuple[date, int]:
    """How new it is: on which day it came to be as it is told, and which change of that day it was.

    It never goes back: what was said of times that are told no more was said before they were over, somewhere on earth.
    """
    spoken = [one.at.date() for one in plan.said]
    newest = max(since + _A_DAY, *spoken)
    return newest, spoken.count(newest)


def begins(today: date) -> date:
    """From which day on a calendar tells: a quarter of a year back."""
    return (today - BEHIND).replace(day=1)


def agreed(plans: list[Standing]) -> list[Standing]:
    """What both have said yes to, in the order of its first hour."""
    found = [plan for plan in plans if plan.state(together=True) == AGREED]
    return sorted(found, key=lambda plan: (plan.plan.value.when.day, plan.id))


def refresh(inside: Insider) -> None:
    """After a change that both see: write the calendars of both anew, each by its owner's clocks and choice."""
    _write(inside, feeds.standing(inside.me.space_id, inside.keyring))


def refresh_mine(inside: Insider) -> None:
    """After a change that is one's own affair: nothing of the other's is touched, so that nothing there tells of it."""
    found = mine(inside)
    _write(inside, [found] if found else [])


def _write(inside: Insider, found: list[OpenFeed]) -> None:
    if not found:
        return
    plans, today = agreed(all_plans(inside, BEHIND + 2 * _A_DAY, FARTHEST)), clock.now().date()
    for feed in found:
        told = [series(plan, feed.partner.pk, begins(today), feed.neutral) for plan in plans]
        feed.write(calendar(told, feed.partner.zone, today, NAMES[feed.neutral]))


def mine(inside: Insider) -> OpenFeed | None:
    """One's own address, if there is one."""
    found = feeds.standing(inside.me.space_id, inside.keyring)
    return next((feed for feed in found if feed.partner.pk == inside.me.pk), None)


def looked(inside: Insider) -> None:
    """What of one's own has still to be written since a restore is written."""
    feed = mine(inside)
    if feed is not None and not feed.row.body:
        refresh_mine(inside)


@transaction.atomic
def begin(inside: Insider, neutral: bool) -> None:
    """Make an address for one's own calendar; the one before it opens nothing any more. Alone there is nothing to tell."""
    if still_here(inside.me, inside.unlocked) is not None:
        feeds.make(inside.me, inside.keyring, neutral)
        refresh_mine(inside)


@transaction.atomic
def choose(inside: Insider, neutral: bool) -> None:
    """With titles, or without. What a calendar has fetched already it forgets when it looks again."""
    feed = mine(inside)
    if feed is not None and feed.neutral != neutral:
        feeds.set_neutral(feed, inside.keyring, neutral)
        refresh_mine(inside)


@transaction.atomic
def end(inside: Insider) -> None:
    """Switch one's own address off."""
    feeds.end(Feed.objects.filter(partner=inside.me))


def invitation(inside: Insider, plan: Standing) -> bytes:
    """One plan as a file for one's own calendar. Raises LookupError where nothing of it is left."""
    sure = plan.state(inside.other is not None) == AGREED
    today = clock.now().date()
    told = series(plan, inside.me.pk, today - LATELY, sure=sure)
    data = calendar([told], inside.me.zone, today, told.called)
    if b"BEGIN:VEVENT" not in data:
        raise LookupError
    return data
