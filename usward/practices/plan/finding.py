"""Find an hour: what the two look for, and the few hours that suit both."""

from datetime import time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from usward.entries.door import Insider, door
from usward.freebusy.models import Calendar
from usward.kit import clock
from usward.plans.overlap import Offered, Wish
from usward.practices.plan import cards
from usward.practices.plan.clashes import offered
from usward.practices.plan.reading import all_plans
from usward.practices.plan.shown import at_hour

MINUTES = {str(minutes): words for minutes, words in cards.MINUTES.items() if 45 <= minutes <= 240}
PARTS = {
    "any": ("Any time", time(0), time(0)),
    "morning": ("Morning", time(6), time(12)),
    "afternoon": ("Afternoon", time(12), time(18)),
    "evening": ("Evening", time(17, 30), time(23, 30)),
}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
WEEKS = {"1": "The next week", "2": "Two weeks", "4": "Four weeks"}
SOON = timedelta(hours=1)


@require_GET
@door
def hours(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /plan/hours/: by the wish in the address. It is asked for, not kept."""
    wish, weeks, chosen = wished(request.GET)
    now = clock.now()
    span = (now + SOON, now + timedelta(weeks=weeks))
    found = offered(inside, all_plans(inside), wish, span)
    c = {
        "offers": [_shown(inside, one, wish) for one in found],
        "chosen": chosen,
        "minutes": MINUTES,
        "parts": {name: part[0] for name, part in PARTS.items()},
        "days": [(str(number), name) for number, name in enumerate(DAYS)],
        "weeks": WEEKS,
        "calendars": Calendar.objects.filter(partner=inside.me).exists(),
    }
    return render(request, "plan/hours.html", {"c": c, "place": "plan"})


def wished(asked: QueryDict) -> tuple[Wish, int, dict[str, Any]]:
    """What is looked for, how many weeks ahead, and the same as the form shows it. What is not known is as by default. Pure."""
    minutes = _among(asked.get("minutes"), MINUTES, "90")
    part = _among(asked.get("part"), PARTS, "any")
    weeks = _among(asked.get("weeks"), WEEKS, "2")
    days = [day for day in asked.getlist("days") if day in map(str, range(7))] or [str(day) for day in range(7)]
    _, first, last = PARTS[part]
    wish = Wish(tuple(sorted({int(day) for day in days})), first, last, int(minutes))
    return wish, int(weeks), {"minutes": minutes, "part": part, "weeks": weeks, "days": days}


def _among(value: str | None, known: dict[str, Any], default: str) -> str:
    return value if value in known else default


def _shown(inside: Insider, one: Offered, wish: Wish) -> dict[str, Any]:
    return at_hour(inside, one.start, one.end) | {"reason": one.reason, "minutes": wish.minutes}
