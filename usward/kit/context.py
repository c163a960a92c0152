"""What every template knows: the two, the look that this person chose, and the places that exist."""

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix

from usward.kit import clock

OUTSIDE = {"me": None, "them": None, "theme": "system", "reading": "figtree", "calm": False}


class Face:
    """How one of the two looks to a template: name, colour, shape."""

    __slots__ = ("colour", "name", "shape")

    def __init__(self, name: str, colour: str, shape: str) -> None:
        self.name, self.colour, self.shape = name, colour, shape


def common(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; the defaults for whoever is not inside."""
    inside = getattr(request, "_insider", None)
    if inside is None:
        return OUTSIDE | {"root": get_script_prefix()}
    me, other = inside.me, inside.other
    return {
        "root": get_script_prefix(),
        "me": Face(inside.my_card.name, me.colour, me.shape),
        "them": Face(inside.their_card.name, other.colour, other.shape) if other else None,
        "theme": me.theme,
        "reading": me.reading,
        "calm": me.calm,
        "zone": me.zone,
        "day": clock.today(me.zone),
    }
