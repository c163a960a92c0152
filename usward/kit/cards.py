"""What a practice offers: a card to Today, a door to a place. The practice fills it, the home pages only arrange."""

from dataclasses import dataclass, field
from typing import Any

ARRIVED, DAILY, MORE, INSTEAD = "arrived", "daily", "more", "instead"
CLOSER, HARD, US, KEEP = "closer", "hard", "us", "keep"


@dataclass(frozen=True)
class Card:
    """One card: its template and context. `place` says where it belongs; of MORE only the heaviest is shown.
    One of INSTEAD is no card: for as long as it is there, Today is the page at the `path` of its context."""

    id: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: str = DAILY
    weight: int = 0


@dataclass(frozen=True)
class Offer:
    """One door of a place: Talk has two halves (CLOSER, HARD), Us and Keep one each.

    `path` is as from the root of Usward, without a slash before it; `minutes` says in words how long it takes; `state`
    is a line on where it stands for this person, made of what this person may read; heavier ones come first.
    """

    place: str
    title: str
    sentence: str
    path: str
    icon: str
    minutes: str = ""
    state: str = ""
    weight: int = 0
