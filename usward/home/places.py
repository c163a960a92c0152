"""What practices offer without being named: doors in Talk, Keep and Us, and cards for Today."""

from importlib import import_module
from typing import Any

from usward.entries.door import Insider
from usward.kit.cards import Card, Offer
from usward.practices import NAMES

_ALL = [import_module(f"usward.practices.{name}.cards") for name in NAMES]
OFFERING = [found for found in _ALL if hasattr(found, "offers")]
COMING = [found for found in _ALL if hasattr(found, "coming")]


def offers(inside: Insider, *places: str) -> dict[str, list[Offer]]:
    """What there is to do in some places, for this person; each in its order."""
    found: list[Offer] = [offer for cards in OFFERING for offer in cards.offers(inside)]
    found.sort(key=lambda offer: -offer.weight)
    return {place: [offer for offer in found if offer.place == place] for place in places}


def coming(inside: Insider) -> list[Card]:
    """Cards of practices that are not part of every Today."""
    return [card for cards in COMING for card in cards.coming(inside)]


def context(inside: Insider, *places: str) -> dict[str, Any]:
    """What the page of a place needs."""
    return {"offers": offers(inside, *places)}
