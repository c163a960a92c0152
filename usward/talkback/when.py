"""When: a moment, an evening or a day that lies ahead; how one says it, and how it is read from a form.

Its two kinds are in entries.py: Hour is a moment that both have to name (hour.py), When may also be an evening, or any hour
of a day. What is wrong is told in the form, a sentence a field.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from usward.kit import clock
from usward.kit.forms import Form
from usward.talkback.entries import When

LASTS = timedelta(hours=1)
AT_MOST = 366  # days ahead, for an hour
FURTHEST = timedelta(days=3660)  # for a day
SOON, TONIGHT, TOMORROW, DAY = "soon", "tonight", "tomorrow", "day"
RETURNS = {SOON: "In 20 minutes", TONIGHT: "Tonight", TOMORROW: "Tomorrow", DAY: "On a day"}
AGAINS = {"14": "In two weeks", "30": "In a month", "90": "In three months", DAY: "On a day"}


def day_words(day: date, today: date, on: str = "") -> str:
    """A day as one says it: tomorrow, Thursday 3 July; with "on " before its name: on Thursday, 3 July."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    year = "" if day.year == today.year else f" {day.year}"
    return near or f"{on}{day:%A}{',' if on else ''} {day.day} {day:%B}{year}"


def words(at: datetime, zone: str, today: date, on: str = "") -> str:
    """A moment as one says it: today at 20:30, Thursday 3 July at 20:30; `on` as above."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day_words(there.date(), today, on)} at {there:%H:%M}"


def in_words(when: When, zone: str, today: date) -> str:
    """As one says it where the reader lives: tomorrow at 20:00; tonight; on Sunday, 14 June."""
    if when.moment:
        return words(when.moment, zone, today, "on ")
    day = date.fromisoformat(when.day)
    if when.tonight and day == today:
        return "tonight"
    return day_words(day, today, "on ") + (" in the evening" if when.tonight else "")


def moment_of(form: Form, zone: str) -> datetime | None:
    """The moment that a form names, where it lies ahead."""
    day = form.day("day")
    try:
        at = time.fromisoformat(form.request.POST.get("time", "").strip()).replace(tzinfo=None)
    except ValueError:
        form.errors.setdefault("day", "Choose a day, and a time of that day.")
        return None
    today = clock.today(zone)
    if day is None or not today <= day <= today + timedelta(days=AT_MOST):
        form.errors.setdefault("day", "Choose a day from today on, within a year.")
        return None
    moment = datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)
    if moment + LASTS < clock.now():
        form.errors["day"] = "That hour has gone by. Choose one that is still to come."
        return None
    return moment


def hour_of(form: Form, zone: str, passed: bool = False) -> When:
    """The hour that a form names."""
    at = moment_of(form, zone)
    day, _, clock_time = f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}".partition(" ") if at else ("", "", "")
    return When(day, clock_time, zone, passed=passed)


def return_of(form: Form, zone: str) -> When:
    """When to come back from a pause: one of RETURNS, in `back`."""
    choice = form.choice("back", tuple(RETURNS), "Say when you come back; it can be changed later.")
    here = clock.now().astimezone(ZoneInfo(zone))
    if choice == SOON:
        here += timedelta(minutes=20)
        return When(here.date().isoformat(), f"{here:%H:%M}", zone)
    day = _coming(form, zone, 0) if choice == DAY else here.date() + timedelta(days=choice == TOMORROW)
    return When(day.isoformat(), zone=zone, tonight=choice == TONIGHT)


def again_of(form: Form, zone: str) -> str:
    """The day on which to look at something again: one of AGAINS, in `again`. "" where none was chosen, an error."""
    choice = form.choice("again", tuple(AGAINS), "Choose a day to look at it again.")
    if choice == DAY:
        return _coming(form, zone, 1).isoformat()
    return (clock.today(zone) + timedelta(days=int(choice))).isoformat() if choice else ""


def _coming(form: Form, zone: str, first: int) -> date:
    """The form's day, which lies at least so many days ahead, and within ten years; anything else is an error."""
    day, today = form.day("day"), clock.today(zone)
    if day is None or not timedelta(first) <= day - today <= FURTHEST:
        form.errors.setdefault("day", f"Choose a day{' from tomorrow on' if first else ', today or later'}.")
        return today
    return day
