"""An address for one's own calendar, as a person and as a calendar program asks for it."""

import re
from datetime import UTC, timedelta

import recurring_ical_events
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from tests.practices.plan import FRIDAY

TITLE = "Fish and a film"


def made(person, says: str = "titles") -> str:
    """Make an address; gives its path."""
    assert person.post("/plan/feed/", act="make", says=says).status_code == 303
    return address(person)


def address(person) -> str:
    found = re.search(r'id="feed-link" value="http://testserver(/feed/[\w-]{43}\.ics)"', person.page("/plan/feed/"))
    assert found, "no address is shown"
    return found[1]


def asked(path: str, **extra):
    """What a calendar gets: a client without cookies."""
    cache.clear()
    return Client().get(path, **extra)


def hours(path: str, days: int = 21) -> list[tuple[str, str]]:
    """When the file says what, in UTC."""
    answer = asked(path)
    assert answer.status_code == 200, answer.status_code
    found = recurring_ical_events.of(Calendar.from_ical(answer.content)).between(FRIDAY, FRIDAY + timedelta(days=days))
    return [(f"{one.start.astimezone(UTC):%d %b %H:%M}", str(one["SUMMARY"])) for one in found]
