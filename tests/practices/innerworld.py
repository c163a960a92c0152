"""Rounds of the inner world, in words that their tests share."""

from datetime import UTC, datetime
from uuid import uuid4

NEW, WORLD = "/talk/inner-world/new/", "/talk/inner-world/"
CUP = "everyday-your-own-cup"
NOON = datetime(2026, 6, 3, 10, tzinfo=UTC)


def begin(person, about: str = "me", text: str = "The blue one.", question: str = CUP, **more: str):
    fields = {"id": str(uuid4()), "about": about, "question": question, "text": text}
    return person.post(NEW, **fields | more)


def tell(person, where: str, text: str, **more: str):
    return person.post(where, **{"act": "tell", "text": text, "id": str(uuid4())} | more)
