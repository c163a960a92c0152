"""Hours that the two plan, as they propose, agree to and read them."""

import re
from datetime import datetime
from uuid import uuid4

from usward.plans.rules import WEEK

FRIDAY = datetime.fromisoformat("2026-11-27T09:00:00+00:00")


def propose(person, expect: int = 303, **given: str) -> str:
    typed = {
        "what": "date",
        "day": "2026-11-27",
        "time": "19:30",
        "minutes": "120",
        "every": WEEK,
        "id": str(uuid4()),
    } | given
    answer = person.post("/plan/new/", **typed)
    assert answer.status_code == expect, answer.content.decode()
    return answer["Location"] if expect == 303 else answer.content.decode()


def version(page: str) -> str:
    found = re.search(r'name="to" value="([0-9a-f]+)"', page)
    assert found, "nothing to answer here"
    return found[1]


def agree(person, where: str) -> None:
    assert person.post(where, act="yes", to=version(person.page(where))).status_code == 303


def week(person) -> list[str]:
    """The seven days, as somebody reads them."""
    page = person.page("/plan/")
    days = page[page.index('<ol class="days">') : page.index("</ol>")]
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in days.split("<li")[1:]]
    return [row.split("> ", 1)[-1] for row in rows]
