"""The style guide: every component on one page, with real words. It exists in debug alone."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from usward.kit.look import COLOURS, ICONS, SHAPES
from usward.kit.qr import qr


@dataclass(frozen=True)
class Someone:
    """What a template needs to know of a partner."""

    name: str
    colour: str
    shape: str


ME = Someone("Noor", "tide", "leaf")
THEM = Someone("Elis", "ember", "circle")
NAMES = ("Tove", "Emil", "Pilar", "Mads", "Dara", "Rosa")
DRAWINGS = ("lamp", "cup", "window", "path", "letter", "chairs")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component. `?theme=dark&reading=hyperlegible&calm=1` as a person would have chosen them."""
    if not settings.DEBUG:
        raise Http404
    asked = request.GET
    return render(request, "styleguide.html", {
        "me": ME, "them": THEM, "place": "today",
        "theme": asked.get("theme", "system"), "reading": asked.get("reading", ""), "calm": "calm" in asked,
        "everyone": [Someone(*look) for look in zip(NAMES, COLOURS, SHAPES, strict=True)],
        "icons": sorted(ICONS), "drawings": [f"drawings/{name}.svg" for name in DRAWINGS],
        "qr": qr("https://example.org/i/K7QF-2MXD"),
    })  # fmt: skip
