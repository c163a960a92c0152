"""The door to a kind eye, and what its pages need."""

from typing import Any

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import US, Offer
from usward.kit.forms import Fields
from usward.practices.kindeye.entries import PARTS, KindEye
from usward.practices.kindeye.exchange import time_again

PAGE = 12
MINUTES = {1: "One minute", 2: "Two minutes", 3: "Three minutes", 4: "Four minutes", 5: "Five minutes"}


def offers(inside: Insider) -> list[Offer]:
    """The way in. After four months it says so, to whoever it is about."""
    newest = inside.reader.latest(KindEye, 1)
    state = "it has been four months" if newest and _is_time(inside, newest[0]) else ""
    sentence = "Alone, for seven minutes: a quarrel as somebody who likes you both would see it."
    return [Offer(US, "A kind eye", sentence, "us/kind-eye/", "eye", "seven minutes", state, 50)]


def _is_time(inside: Insider, last: Said[KindEye]) -> bool:
    return time_again(last.day) <= clock.today(inside.me.zone)


def home(inside: Insider, cursor: str) -> dict[str, Any]:
    """The first page: the plan, the way to seven minutes, and earlier ones."""
    newest = inside.reader.latest(KindEye, 1)
    return {
        "newest": newest[0] if newest else None,
        "is_time": bool(newest) and _is_time(inside, newest[0]),
        "again": time_again(newest[0].day) if newest else None,
        "page": inside.reader.page(KindEye, PAGE, cursor),
        "first": not cursor,
        "why": library().whys.get("kindeye"),
    }


def steps() -> list[dict[str, Any]]:
    """The three steps of the library, each with the field that it fills and its minutes in words."""
    return [
        {
            "part": part,
            "title": one.title,
            "text": one.text,
            "minutes": one.minutes,
            "long": MINUTES.get(one.minutes, f"{one.minutes} minutes"),
        }
        for part, one in zip(PARTS, library().kind_eye, strict=False)
    ]


def compose(typed: dict[str, str], errors: dict[str, str] | None = None) -> dict[str, Any]:
    """The page with the three steps."""
    return {"steps": steps(), "typed": Fields(typed), "errors": Fields(errors or {})}
