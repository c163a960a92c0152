"""Phones down: begin, the lamp while they are down, and one line each afterwards."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.entries.door import Insider, door, outsider
from usward.kit.forms import LINE, Fields, Form, SeeOther
from usward.practices.phonesdown import actions, cards, places
from usward.practices.phonesdown.entries import exchange_of
from usward.practices.phonesdown.exchange import RUNS, Standing, standing

PLACE = {"place": "plan"}
ACTS = ("join", "rise", "keep")
CONFLICT = "Other words were kept here meanwhile, on another device. Yours stand below: keep them, if they are the better ones."


@require_http_methods(["GET", "POST"])
@door
def begin(request: HttpRequest, inside: Insider) -> HttpResponse:
    """How long, and whether one tap is both's. Where they are down already, there."""
    if request.method == "GET":
        there = actions.current(inside)
        if there is not None:
            return SeeOther(actions.path_of(there.id))
        places.looked(inside)
        return _begin(request, inside)
    form = Form(request)
    if "place" in request.POST or "to" in request.POST:
        return _place(request, inside, form)
    minutes = form.choice("minutes", tuple(map(str, cards.MINUTES)), needed="Choose how long.")
    if not form.ok:
        return _begin(request, inside, form)
    together = request.POST.get("act") != "apart"
    return SeeOther(actions.path_of(actions.begin(inside, int(minutes), together, form.entry_id())))


@require_http_methods(["GET", "POST"])
@door
def down(request: HttpRequest, inside: Insider, down_id: UUID) -> HttpResponse:
    """One time: waiting for the other, the lamp, or the lines."""
    now = _found(inside, down_id)
    if request.method == "GET":
        actions.looked(inside, now)
        return _page(request, cards.page(inside, now))
    form = Form(request)
    act = form.choice("act", ACTS, needed="Choose one of these.")
    if act == "join":
        actions.join(inside, now)
    elif act == "rise":
        actions.rise(inside, now)
    elif act == "keep":
        text = form.text("text", LINE, needed="A word is enough.")
        if not form.ok:
            return _page(request, cards.page(inside, now, text, form.errors), 422)
        put = actions.keep(inside, now, text, form.entry_id(), form.replaces())
        if put is not None and put.conflict:
            return _page(request, cards.page(inside, _found(inside, down_id), text, {"text": CONFLICT}), 409)
    else:
        raise outsider()
    return SeeOther(actions.path_of(now.id))


def _place(request: HttpRequest, inside: Insider, form: Form) -> HttpResponse:
    """Name a place without phones, say yes to the other's, or end one."""
    if "to" in request.POST:
        places.answer(
            inside, request.POST["to"], form.choice("act", ("yes", "no"), needed="Choose one of these.") == "yes"
        )
    else:
        text = form.text("place", 80, needed="Name a place, or a time of the day.")
        put = places.name(inside, text, form.entry_id()) if form.ok else None
        if form.ok and put is None:
            form.errors["place"] = f"{places.MOST} are enough. End one of them first."
        elif put is not None and put.conflict:
            form.errors["place"] = (
                "This page has named another place before, and that stands. Name this one, too, if you like."
            )
    return SeeOther(places.PATH) if form.ok else _begin(request, inside, form)


def _begin(request: HttpRequest, inside: Insider, form: Form | None = None) -> HttpResponse:
    c = cards.starting() | {
        "places": places.places(inside),
        "errors": Fields(form.errors if form else {}),
        "place": form.request.POST.get("place", "") if form else "",
    }
    status = 422 if form else 200
    return render(request, "phonesdown/begin.html", {"c": c} | PLACE, status=status)


def _found(inside: Insider, down_id: UUID) -> Standing:
    now = standing(inside.reader.exchange(exchange_of(down_id.hex)))
    if now is None:
        raise outsider()
    return now


def _page(request: HttpRequest, c: dict[str, object], status: int = 200) -> HttpResponse:
    """While they are down: the lamp alone, in the dark, whatever look was chosen."""
    if c["state"] == RUNS:
        response = render(request, "phonesdown/lamp.html", {"c": c, "theme": "dark"}, status=status)
        response["Refresh"] = str(c["left"])  # the page looks up by itself when the time is over, and not before
        return response
    return render(request, "phonesdown/down.html", {"c": c} | PLACE, status=status)
