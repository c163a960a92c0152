"""Talk, Keep and Us: the doors that the practices offer there."""

from importlib import import_module
from typing import Any

from usward.entries.door import Insider
from usward.kit.cards import Offer
from usward.practices import NAMES

OFFERING = [found for name in NAMES if hasattr(found := import_module(f"usward.practices.{name}.cards"), "offers")]


def offers(inside: Insider, *places: str) -> dict[str, list[Offer]]:
    """What there is to do in some places, for this person; each in its order."""
    found: list[Offer] = [offer for cards in OFFERING for offer in cards.offers(inside)]
    found.sort(key=lambda offer: -offer.weight)
    return {place: [offer for offer in found if offer.place == place] for place in places}


def context(inside: Insider, *places: str) -> dict[str, Any]:
    """What the page of a place needs."""
    return {"offers": offers(inside, *places)}
