"""A card: what a practice offers to Today. The practice fills it, the home page only arranges."""

from dataclasses import dataclass, field
from typing import Any

ARRIVED, DAILY, MORE = "arrived", "daily", "more"


@dataclass(frozen=True)
class Card:
    """One card: its template and context. `place` says where it belongs; of MORE only the heaviest is shown."""

    id: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: str = DAILY
    weight: int = 0
