"""What beckons on somebody's Today."""

from typing import Any

from usward.home.today import today
from usward.talkback.beckon import TEMPLATE


def signs(person: Any) -> list[str]:
    """The sentences of what came, on one card or on several."""
    cards = [card for card in today(person.inside, []).arrived if card.template == TEMPLATE]
    return [row["words"] for card in cards for row in card.context["signs"]]
