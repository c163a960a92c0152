"""Wishes as the two answer them, in words that their tests share."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from usward.kit import clock
from usward.practices.wishes import actions
from usward.practices.wishes.cards import cards
from usward.practices.wishes.entries import OwnWish

URL = "/us/wishes/"
DAY, WEEK = timedelta(1), timedelta(7)
NUMBER = 8


def shown(person) -> list[tuple[str, str]]:
    """The wishes that lie open before somebody to be answered: (id, text)."""
    page = person.page(URL)
    found = re.findall(r'<legend class="wish">(.*?)</legend>.*?name="wish-\d" value="([^"]+)"', page, re.S)
    return [(wish, unescape(text)) for text, wish in found]


def hidden(person, names: str = "topic|past|pile") -> dict[str, str]:
    return dict(re.findall(rf'<input type="hidden" name="({names})" value="([^"]*)"', person.page(URL)))


def answer(person, letters: str, to: str = "on", **more: str) -> Any:
    """Answer what lies open, a letter each ("." is none)."""
    fields = hidden(person) | {f"wish-{n}": wish for n, (wish, _) in enumerate(shown(person))}
    fields |= {f"answer-{n}": letter for n, letter in enumerate(letters) if letter != "."}
    return person.post(URL, act="answer", to=to, **fields, **more)


def settle(person, maybes: bool = False, level: int = 0) -> Any:
    return person.post(URL, act="settle", maybes=str(int(maybes)), level=str(level))


def met(person) -> list[str]:
    return [unescape(text) for text in re.findall(r'<p class="wish">(.*?)</p>', person.page(URL))]


def come_by(*people) -> None:
    for person in people:
        assert person.get(URL).status_code == 200


def words(person) -> list[str]:
    """The cards that Today may show."""
    return [card.context["signs"][0]["words"] for card in today_cards(person)]


def today_cards(person) -> list[Any]:
    inside = person.inside
    return cards(inside, inside.reader.lately((OwnWish,), clock.today(inside.me.zone) - 3 * DAY), actions.news(inside))


def write(person, text: str, about: str = "home", **more: str) -> Any:
    return person.post(URL, **{"act": "write", "text": text, "about": about, "id": str(uuid4())} | more)
