"""What the tests of letters do, in words that they share."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from usward.kit import clock

LETTERS, NEW = "/keep/letters/", "/keep/letters/write/"


def leave(person: Any, text: str, occasion: str = "now", **fields: Any) -> str:
    """Write a letter; gives where it lies."""
    answer = person.post(NEW, text=text, occasion=occasion, **({"id": str(uuid4())} | fields))
    assert answer.status_code == 303, answer.content.decode()[:2000]
    return str(answer["Location"])


def in_days(days: int) -> str:
    return (clock.today("Europe/Copenhagen") + timedelta(days=days)).isoformat()


def name_a_day(person: Any, days: int = 10, title: str = "Four years") -> str:
    answer = person.post(LETTERS + "day/", title=title, day=in_days(days), id=str(uuid4()))
    assert answer.status_code == 303
    return str(answer["Location"])


def write_for(person: Any, where: str, text: str, **fields: Any) -> Any:
    return person.post(where + "write/", text=text, **({"id": str(uuid4())} | fields))


def masked(page: str) -> str:
    """A page without what is fresh on each."""
    return re.sub(r'(value|nonce)="[^"]*"', "", page)
