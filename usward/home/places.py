"""What practices offer without being named: doors in Talk, Keep and Us, and cards for Today."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit.cards import Card, Offer
from usward.practices import NAMES

_ALL = [import_module(f"usward.practices.{name}.cards") for name in NAMES]
OFFERING = [found for found in _ALL if hasattr(found, "offers")]
FOR_TODAY = [found for found in _ALL if hasattr(found, "for_today")]
LATELY = tuple(kind for found in FOR_TODAY for kind in getattr(found, "LATELY", ()))  # of which Today tells them


def offers(inside: Insider, *places: str) -> dict[str, list[Offer]]:
    """What there is to do in some places, for this person; each in its order."""
    found: list[Offer] = [offer for cards in OFFERING for offer in cards.offers(inside)]
    found.sort(key=lambda offer: -offer.weight)
    return {place: [offer for offer in found if offer.place == place] for place in places}


def for_today(inside: Insider, lately: Sequence[Said[Any]]) -> list[Card]:
    """Cards of practices that are not part of every Today. `lately` is what was said of late, their `LATELY` included."""
    return [card for cards in FOR_TODAY for card in cards.for_today(inside, lately)]


def context(inside: Insider, *places: str) -> dict[str, Any]:
    """What the page of a place needs."""
    return {"offers": offers(inside, *places)}
