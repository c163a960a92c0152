"""What Plan shows: the week, what waits for a yes, what comes round; and the hour of today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, MORE, Card
from usward.kit.forms import Fields
from usward.plans.rules import FORTNIGHT, LAST, MONTH, ONCE, WEEK, YEAR, When, instant
from usward.practices.plan.actions import path_of
from usward.practices.plan.clashes import instead, look
from usward.practices.plan.clocks import clocks
from usward.practices.plan.entries import AS_PLANNED, LET_GO, WHAT, Once, Plan, Rule
from usward.practices.plan.exchange import AGREED, ALONE, ASKED, DECLINED, WAITS, Hour, Standing, in_week
from usward.practices.plan.reading import all_plans
from usward.practices.plan.shown import Seen, Shown, at_hour, shown, talk
from usward.talkback import hour
from usward.talkback.days import OfDay, celebrated

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
LATER = timedelta(days=28)
COMING = 6
MINUTES = {20: "20 minutes", 45: "45 minutes", 60: "An hour", 90: "An hour and a half", 120: "Two hours",
           180: "Three hours", 240: "Four hours", 480: "The day"}  # fmt: skip
LIVE = (AGREED, ALONE)
LEADS = {
    "date": ("lightbulb", "ideas/", "What shall we do?"),
    "walk": ("lightbulb", "ideas/", "Where to, and what then?"),
    "twenty": ("messages-square", "talk/", "What we could talk about"),
    "close": ("hand", "us/touch/", "A gesture that suits you both"),
    "celebration": ("feather", "keep/letters/", "A letter to it"),
    "away": ("lamp", "plan/phones-down/", "Put the phones down"),
}
"""What an hour is for leads to what helps with it: an icon, a path, and its words."""


@dataclass(frozen=True)
class Day:
    """One day of the week at a glance."""

    day: date
    today: bool
    hours: list[Seen]
    celebrated: list[OfDay]


def context(inside: Insider) -> dict[str, Any]:
    """The page of Plan."""
    plans, together = all_plans(inside), inside.other is not None
    by_state: dict[str, list[Standing]] = {}
    today = clock.today(inside.me.zone)
    for plan in plans:
        by_state.setdefault(plan.state(together), []).append(plan)
    live = [plan for name in LIVE for plan in by_state.get(name, [])]
    start = _midnight(today, inside.me.zone)
    week = _midnight(today + A_WEEK, inside.me.zone)
    talks = [talk(inside, *one) for one in hour.ahead(inside, start, week + LATER)]
    return {
        "week": _week(today, _seen(inside, live, talks, start, week), celebrated(inside, today, today + 6 * A_DAY)),
        "later": _seen(inside, live, talks, week, week + LATER),
        "asked": [_waiting(inside, plan) for plan in by_state.get(ASKED, []) if _open(inside, plan)],
        "waits": [_waiting(inside, plan) for plan in by_state.get(WAITS, []) if _open(inside, plan)],
        "declined": [
            _waiting(inside, plan) for plan in by_state.get(DECLINED, []) if plan.plan.mine and _ahead(inside, plan)
        ],
        "rules": [
            _waiting(inside, plan)
            for plan in live
            if isinstance(plan.plan.value, Rule) and not plan.ritual and _ahead(inside, plan)
        ],
        "clashes": clashing(inside, live),
        "rituals": [_waiting(inside, plan) | {"plan": plan} for plan in live if plan.ritual and _ahead(inside, plan)],
        "any": bool(plans),
        "clocks": clocks(inside, live),
        "why": library().whys.get("plan"),
    }


def _of_today(inside: Insider, plan: Standing, hour: Hour) -> dict[str, Any]:
    return {"hour": shown(inside, plan, hour), "lead": LEADS.get(plan.plan.value.what)}


def clashing(inside: Insider, live: list[Standing]) -> list[Shown]:
    """The hours that meet something in a calendar, and wait for one of the two to say what becomes of them."""
    now = clock.now()
    found = [
        shown(inside, plan, hour)
        for plan in live
        for clash in plan.clashes.values()
        for hour in plan.hours(max(now, clash.start), clash.start + timedelta(minutes=1))
        if plan.clashes_at(hour)
    ]
    return sorted(found, key=lambda one: one.start)


def _week(today: date, found: list[Seen], of_days: list[OfDay]) -> list[Day]:
    return [
        Day(
            day,
            day == today,
            [one for one in found if max(one.start.date(), today) == day],
            [one for one in of_days if one.day == day],
        )
        for day in (today + n * A_DAY for n in range(7))
    ]


def _seen(inside: Insider, live: list[Standing], talks: list[Seen], start: datetime, end: datetime) -> list[Seen]:
    """What belongs to the two in a span, in its order: the hours of plans, and those at which they talk."""
    planned = [shown(inside, *pair) for pair in in_week(live, start, end)]
    return sorted([*planned, *(one for one in talks if start <= one.begins < end)], key=lambda one: one.start)


def _midnight(day: date, zone: str) -> datetime:
    return instant(day, datetime.min.time(), zone)


def _ahead(inside: Insider, plan: Standing) -> bool:
    """Whether a plan still comes."""
    return bool(plan.coming(clock.now(), 1, clock.today(inside.me.zone)))


def _open(inside: Insider, plan: Standing) -> bool:
    """Whether something of a plan still comes that was not let go: there is nothing to answer otherwise."""
    coming = plan.coming(clock.now(), 1, clock.today(inside.me.zone))
    return any(hour.how != LET_GO for hour in coming)


def _waiting(inside: Insider, plan: Standing) -> dict[str, Any]:
    """A plan in a list: when it comes next by its rule."""
    coming = plan.coming(clock.now(), COMING, clock.today(inside.me.zone))
    by_rule = next((hour for hour in coming if hour.how == AS_PLANNED), coming[0])
    return {
        "path": path_of(plan.id),
        "called": plan.plan.value.called,
        "hour": shown(inside, plan, by_rule),
        "rule": rule_words(plan.plan.value.when),
    }


def rule_words(when: When) -> str:
    """How an hour comes round, as one says it; "" for once."""
    weekday, day = f"{when.day:%A}", f"{when.day.day} {when.day:%B}"
    week = (when.day.day - 1) // 7
    which = ("first", "second", "third", "fourth", "last")[week]
    words = {
        ONCE: "",
        WEEK: f"every {weekday}",
        FORTNIGHT: f"every other {weekday}",
        MONTH: f"every {which} {weekday} of the month",
        LAST: f"every last {weekday} of the month",
        YEAR: f"every year on {day}",
    }[when.every]
    return f"{words}, until {when.until.day} {when.until:%B %Y}" if words and when.until else words


def page(
    inside: Insider, now: Standing, errors: dict[str, str] | None = None, opened: str = "", why: str = ""
) -> dict[str, Any]:
    """The page of one plan. `opened` is the time whose form was not taken, `why` what was typed of a ritual."""
    today = clock.today(inside.me.zone)
    return {
        "now": now,
        "plan": now.plan.value,
        "id": str(now.plan.root),
        "state": now.state(inside.other is not None),
        "take_back": now.may_take_back(inside.other is not None),
        "rule": rule_words(now.plan.value.when),
        "coming": [shown(inside, now, hour) for hour in now.coming(clock.now(), COMING, today)],
        "clashes": [
            {
                "hour": one,
                "instead": [at_hour(inside, *span[:2]) for span in instead(inside, all_plans(inside), now, one.hour)],
            }
            for one in clashing(inside, [now])
        ],
        "zone": now.plan.value.when.zone if now.plan.value.when.zone != inside.me.zone else "",
        "today": today.isoformat(),
        "opened": opened,
        "why_typed": why,
        "errors": Fields(errors or {}),
        "why": library().whys.get("plan"),
    }


def composer(
    inside: Insider, typed: dict[str, str], errors: dict[str, str], now: Standing | None = None
) -> dict[str, Any]:
    """The page on which an hour is proposed, or changed."""
    once = now is not None and isinstance(now.plan.value, Once)
    every = EVERY if now is None else {ONCE: EVERY[ONCE]} if once else {k: v for k, v in EVERY.items() if k != ONCE}
    fields = Fields(
        {"what": "date", "minutes": "120", "every": ONCE} | fields_of(now.plan.value if now else None) | typed
    )
    return {
        "fields": fields,
        "errors": Fields(errors),
        "choices": {"what": WHAT, "minutes": MINUTES, "every": every},
        "today": clock.today(inside.me.zone).isoformat(),
        "now": now,
        "id": str(now.plan.root) if now else "",
        "zone": inside.me.zone.split("/")[-1].replace("_", " "),
        "differ": inside.other is not None and inside.other.zone != inside.me.zone,
    }


EVERY = {
    ONCE: "Once",
    WEEK: "Every week",
    FORTNIGHT: "Every other week",
    MONTH: "Every month, that weekday of the same week",
    LAST: "Every month, the last such weekday",
    YEAR: "Every year",
}


def fields_of(plan: Plan | None) -> dict[str, str]:
    """What stands in the form of a plan that is changed."""
    if plan is None:
        return {}
    when = plan.when
    until = when.until.isoformat() if when.until else ""
    return {
        "what": plan.what,
        "title": plan.title,
        "note": plan.note,
        "day": when.day.isoformat(),
        "time": f"{when.at:%H:%M}",
        "minutes": str(when.minutes),
        "every": when.every,
        "until": until,
    }


def for_today(inside: Insider, _: Sequence[Said[Any]] = ()) -> list[Card]:
    """Two clocks, where these differ; and the hour that belongs to today, if there is one."""
    if inside.me.space.closed_on is not None:
        return []  # what two had planned is not held out to the one who is left
    plans = all_plans(inside)
    together = inside.other is not None
    live = [plan for plan in plans if plan.state(together) in LIVE]
    if look(inside, plans):
        plans = all_plans(inside)
        live = [plan for plan in plans if plan.state(together) in LIVE]
    met = clashing(inside, live)
    midnight = _midnight(clock.today(inside.me.zone) + A_DAY, inside.me.zone)
    found = in_week(live, clock.now(), midnight)
    cards = [Card("plan-today", "plan/card.html", _of_today(inside, *found[0]), MORE, 70)] if found else []
    if met:
        cards.append(Card("plan-clash", "plan/clash.html", {"hour": met[0], "more": len(met) - 1}, MORE, 90))
    two = clocks(inside, live)
    return [*cards, Card("clocks", "plan/clocks.html", {"clocks": two}, ARRIVED, 5)] if two else cards
