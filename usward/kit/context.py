"""What every template knows: the two, the look that this person chose, and the places that exist."""

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import get_script_prefix
from markupsafe import Markup

from usward.kit import clock

OUTSIDE = {"me": None, "them": None, "theme": "system", "reading": "figtree", "calm": False}


class Face:
    """How one of the two looks to a template: name, colour, shape."""

    __slots__ = ("colour", "name", "shape")

    def __init__(self, name: str, colour: str, shape: str) -> None:
        self.name, self.colour, self.shape = name, colour, shape


class Token:
    """The hidden field of every form: masked once for a page, however many forms stand on it; not at all without one."""

    __slots__ = ("_drawn", "_request")

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._drawn = request, ""

    def __html__(self) -> str:
        if not self._drawn:
            field = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">')
            self._drawn = field.format(get_token(self._request))
        return self._drawn


def hides(inside: Any) -> bool:
    """Whether the page has asked for drafts that rest behind the PIN. Most pages ask for none: they are not made for this."""
    return "drafts" in vars(inside) and bool(inside.drafts.hid)


def held(inside: Any, composer: str) -> Markup:
    """The hidden field of a form with a draft that names the drafts it was begun from; nothing where there is none."""
    names = inside.drafts.holding(composer)
    return Markup('<input type="hidden" name="held" value="{}">').format(names) if names else Markup("")


def common(request: HttpRequest) -> dict[str, Any]:
    """Context for base.html; the defaults for whoever is not inside."""
    inside = getattr(request, "_insider", None)
    if inside is None:
        return OUTSIDE | {"root": get_script_prefix(), "csrf_input": Token(request)}
    me, other = inside.me, inside.other
    return {
        "root": get_script_prefix(),
        "csrf_input": Token(request),
        "me": Face(inside.my_card.name, me.colour, me.shape),
        "them": Face(inside.their_card.name, other.colour, other.shape) if other else None,
        "theme": me.theme,
        "reading": me.reading,
        "calm": me.calm,
        "zone": me.zone,
        "day": clock.today(me.zone),
        "held": partial(held, inside),
        # Where to come back to from the PIN, if drafts that this page asked for rest behind it.
        "behind_pin": (request.path_info if request.method == "GET" else "/") if hides(inside) else "",
    }
