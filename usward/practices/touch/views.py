"""Touch: a gesture that suits both, and the page on which each says what they are comfortable with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts.pin import own_things
from usward.content.loader import library
from usward.content.schema import Gesture
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther, back
from usward.practices.touch import actions, cards
from usward.practices.touch.entries import SLOT, Bounds, Comfort


@require_GET
@door
def touch(request: HttpRequest, inside: Insider) -> HttpResponse:
    """One gesture of this week's, and another. Looking leaves nothing behind."""
    given, turn = request.GET, request.GET.get("n", "")
    asked = cards.Asked(
        place=_known(given.get("place", ""), cards.HERE),
        energy=_known(given.get("energy", ""), cards.ENERGY),
        minutes=_known(given.get("minutes", ""), cards.MINUTES),
        turn=int(turn) if turn.isdecimal() and len(turn) < 4 else 0,
    )
    actions.forget(inside)
    c = cards.context(inside, asked, "aside" in given)
    return render(request, "touch/touch.html", {"c": c, "place": "us"})


def _known(value: str, among: dict[str, str]) -> str:
    return value if value in among else ""


@require_http_methods(["GET", "POST"])
@door
@own_things
def comfort(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What one is comfortable with: nobody is shown it."""
    if request.method == "GET":
        stands = inside.reader.own(Comfort, SLOT)
        now = stands.value.now if stands else Bounds()
        return _composer(request, inside, now, ("yes" if now.yes else "no") if stands else "", {}, 200)
    form = Form(request)
    chose = form.choice("comfort", ("yes", "no"), needed="Say whether you would like gestures to be drawn.")
    kept = [one for one in request.POST.getlist("aside") if library().one(Gesture, one)]
    bounds = Bounds(
        yes=chose == "yes",
        warmth=int(form.choice("warmth", tuple(cards.WARMTH)) or 0),
        places=tuple(one for one in cards.PLACES if one in request.POST.getlist("places")),
        energy=int(form.choice("energy", tuple(cards.ENERGY)) or 0),
        aside=tuple(dict.fromkeys(kept)),
    )
    if bounds.yes:
        for name, missing in MISSING.items():
            if not getattr(bounds, name):
                form.errors[name] = missing
    if not form.ok:
        return _composer(request, inside, bounds, chose, form.errors, 422)
    actions.set_comfort(inside, bounds)
    return SeeOther("/us/touch/")


MISSING = {
    "warmth": "Choose how warm a gesture may be.",
    "places": "Choose one place at least.",
    "energy": "Choose how much a gesture may ask of you.",
}


def _composer(
    request: HttpRequest, inside: Insider, bounds: Bounds, chose: str, errors: dict[str, str], status: int
) -> HttpResponse:
    c = cards.composer(inside, bounds, chose, errors)
    return render(request, "touch/comfort.html", {"c": c, "place": "us"}, status=status)


@require_POST
@door
def aside(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Not this one, now or ever; or bring it back. Nobody else learns of it."""
    gesture = library().one(Gesture, request.POST.get("gesture", ""))
    if gesture is None:
        raise outsider()
    actions.put_aside(inside, gesture.id, back=request.POST.get("back") == "yes")
    return back(request, "/us/touch/")
