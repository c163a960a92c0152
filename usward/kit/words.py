"""Small words in templates: when a thing was said, an id for what is about to be."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo


def new_id() -> str:
    """A fresh id for a form, so that a double tap is one tap."""
    return str(uuid4())


def of(found: dict[str, str], name: str) -> str:
    """What a mapping holds under a name that a template has in a variable; nothing where it holds none."""
    return found.get(name, "")


def day_words(day: date, today: date) -> str:
    """A day as one says it: today, yesterday, tomorrow, on 14 June, on 14 June 2024."""
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get((today - day).days)
    if near:
        return near
    return f"on {day.day} {day:%B}" if day.year == today.year else f"on {day.day} {day:%B %Y}"


def plain_day(day: date) -> str:
    """A day with its month and year: 14 June 2026."""
    return f"{day.day} {day:%B %Y}"


def clock_time(at: datetime, zone: str) -> str:
    """The time of day at which something was said, in a zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"
