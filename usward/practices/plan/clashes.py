"""Where a calendar that was read later meets an hour that both have agreed to: found at the next visit of either.

No job can read plans. Whoever comes first after a calendar was read compares, and says what was found for both to see. It
is not told whose calendar it is: they know.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from usward.entries.door import Insider
from usward.freebusy.actions import check, unchecked
from usward.freebusy.comparing import compare, meeting, suiting
from usward.kit import clock
from usward.plans.hours import Span, joined
from usward.plans.overlap import Offered, Wish
from usward.practices.plan import actions
from usward.practices.plan.entries import FOUND, LET_GO, OVER, Clash
from usward.practices.plan.exchange import AGREED, Hour, Standing
from usward.talkback import hour as to_talk
from usward.talkback.when import LASTS

AHEAD = timedelta(days=56)
INSTEAD = timedelta(days=14)  # how far from the hour another one is looked for


def look(inside: Insider, plans: list[Standing]) -> bool:
    """Compare the agreed hours of the next weeks with both calendars, if one was read since. Says whether anything is new."""
    agreed = [plan for plan in plans if plan.state(True) == AGREED] if inside.other else []
    if not agreed or not unchecked(inside):
        return False
    with transaction.atomic():
        check(inside)
        return _compare(inside, agreed)


def _compare(inside: Insider, agreed: list[Standing]) -> bool:
    now = clock.now()
    hours = {
        f"{plan.id} {hour.of}": (plan, hour)
        for plan in agreed
        for hour in plan.hours(now, now + AHEAD)
        if hour.how != LET_GO
    }
    met = compare(inside, meeting, [(name, hour.start, hour.end) for name, (_, hour) in hours.items()])
    news = False
    for name, (plan, hour) in hours.items():
        noted = plan.clashes.get(hour.of)
        stands = noted is not None and noted.start == hour.start and noted.how != OVER
        if name in met and not stands:
            actions.note_clash(inside, plan, Clash(hour.of, hour.start, FOUND))
            news = True
        elif noted is not None and stands and noted.how == FOUND and name not in met:
            actions.note_clash(inside, plan, Clash(hour.of, hour.start, OVER))
            news = True
    return news


def instead(inside: Insider, plans: list[Standing], plan: Standing, hour: Hour) -> list[Offered]:
    """Other hours that suit both, near to one that does not."""
    now = clock.now()
    first = max(now + timedelta(hours=1), hour.start - INSTEAD)
    return offered(inside, plans, Wish(minutes=plan.plan.value.when.minutes), (first, hour.start + INSTEAD))


def offered(inside: Insider, plans: list[Standing], wish: Wish, span: Span) -> list[Offered]:
    """Hours that suit both: free of what stands in calendars, of sleep, and of what the two have planned already, an hour to
    talk among it."""
    live = (plan for plan in plans if plan.state(inside.other is not None) != "declined")
    planned = [(hour.start, hour.end) for plan in live for hour in plan.hours(*span) if hour.how != LET_GO]
    talks = [(one.at, one.at + LASTS) for one in to_talk.ahead(inside, span[0] - LASTS, span[1])]
    taken = joined([*planned, *talks])
    found: Any = compare(inside, suiting, taken, wish, span)
    return list(found)
