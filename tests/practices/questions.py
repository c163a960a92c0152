"""What tests of questions do on pages: find the day's, and answer."""

import re
from datetime import UTC, datetime
from uuid import uuid4

EVENING = datetime(2026, 6, 3, 20, tzinfo=UTC)


def days_question(person) -> str:
    """The address of the question on somebody's Today."""
    return re.search(r'action="(/questions/q:[^"]+/)"', person.page())[1]


def answer(person, where: str, text: str = "Mine.") -> None:
    """Answer, and be led on."""
    assert person.post(where, text=text, id=str(uuid4())).status_code == 303
