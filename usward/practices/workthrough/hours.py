"""Hours in words, and from the ways in which one names them. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from usward.practices.workthrough.entries import Hour

SOON, TONIGHT, TOMORROW, DAY = "soon", "tonight", "tomorrow", "day"
RETURNS = {SOON: "In 20 minutes", TONIGHT: "Tonight", TOMORROW: "Tomorrow", DAY: "On a day"}
AGAINS = {"14": "In two weeks", "30": "In a month", "90": "In three months", DAY: "On a day"}


def moment(hour: Hour) -> datetime | None:
    """The moment that was meant, if a time was named."""
    if not hour.time:
        return None
    return datetime.combine(date.fromisoformat(hour.day), time.fromisoformat(hour.time), ZoneInfo(hour.zone))


def in_words(hour: Hour, zone: str, today: date) -> str:
    """An hour as one says it where the reader lives: "tomorrow at 20:00", "tonight", "on Sunday, 14 June"."""
    at = moment(hour)
    if at:
        here = at.astimezone(ZoneInfo(zone))
        return f"{day_in_words(here.date(), today)} at {here:%H:%M}"
    day = date.fromisoformat(hour.day)
    if hour.tonight:
        return "tonight" if day == today else f"{day_in_words(day, today)} in the evening"
    return day_in_words(day, today)


def day_in_words(day: date, today: date) -> str:
    """A day with its weekday, or today and its neighbours."""
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
    year = "" if day.year == today.year else f" {day.year}"
    return near or f"on {day:%A}, {day.day} {day:%B}{year}"


def come_back(choice: str, day: date | None, now: datetime, zone: str) -> Hour:
    """When one comes back from a pause."""
    here = now.astimezone(ZoneInfo(zone))
    if choice == SOON:
        at = here + timedelta(minutes=20)
        return Hour(at.date().isoformat(), f"{at:%H:%M}", zone)
    if choice == DAY and day:
        return Hour(day.isoformat(), zone=zone)
    later = timedelta(days=1 if choice == TOMORROW else 0)
    return Hour((here.date() + later).isoformat(), zone=zone, tonight=choice == TONIGHT)
