"""What every template knows: the look that this person chose, and the places that exist."""

from typing import Any

from django.http import HttpRequest


def common(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html: `me` and the look; the defaults for whoever is not inside."""
    inside = getattr(request, "_insider", None)
    if inside is None:
        return {"me": None, "theme": "system", "reading": "figtree", "calm": False}
    partner = inside.me
    return {
        "me": Face(inside.my_card.name, partner.colour, partner.shape),
        "theme": partner.theme,
        "reading": partner.reading,
        "calm": partner.calm,
    }


class Face:
    """How one of the two looks to a template: name, colour, shape."""

    __slots__ = ("colour", "name", "shape")

    def __init__(self, name: str, colour: str, shape: str) -> None:
        self.name, self.colour, self.shape = name, colour, shape
