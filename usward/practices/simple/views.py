"""Practices that came as files: a round's page, and writing one's part."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther
from usward.practices.simple import actions, cards
from usward.practices.simple.entries import Line
from usward.practices.simple.loading import practices
from usward.practices.simple.schema import Practice

TURN = re.compile(r"once|\d{4}(-\d\d(-\d\d)?|-w\d\d)?")


def _found(name: str) -> Practice:
    one = practices().get(name)
    if one is None:
        raise outsider()
    return one


@require_http_methods(["GET", "POST"])
@door
def practice(request: HttpRequest, inside: Insider, name: str) -> HttpResponseBase:
    """The present round."""
    one = _found(name)
    if request.method == "GET":
        return _guarded(request, inside, one, cards.this_turn(inside, one))
    turn = request.POST.get("turn", "")
    if not TURN.fullmatch(turn):
        raise outsider()
    form = Form(request)
    lines = tuple(Line(p.id, p.text, form.text(p.id)) for p in one.prompts)
    if form.ok and not any(line.text for line in lines):
        form.errors[one.prompts[0].id] = "Write a word or two first; the rest can stay empty."
    typed = {line.id: line.text for line in lines}
    if not form.ok:
        return _page(request, inside, one, turn, typed, form.errors, 422)
    written = tuple(line for line in lines if line.text)
    put = actions.write(inside, one, turn, written, form.entry_id(), form.replaces())
    if put.conflict:
        return _page(request, inside, one, turn, typed, {"conflict": CONFLICT}, 409)
    return SeeOther(f"/practice/{one.id}/{turn}/")


CONFLICT = (
    "You have written here on another device. What stands is below; these words are kept, and can take its place."
)


@require_GET
@door
def one_round(request: HttpRequest, inside: Insider, name: str, turn: str) -> HttpResponseBase:
    """A round, by its name."""
    if not TURN.fullmatch(turn):
        raise outsider()
    return _guarded(request, inside, _found(name), turn)


def _guarded(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponseBase:
    return _own(request, inside, one, turn) if one.reveal == "only me" else _page(request, inside, one, turn)


@own_things
def _own(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponse:
    return _page(request, inside, one, turn)


def _page(
    request: HttpRequest,
    inside: Insider,
    one: Practice,
    turn: str,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    editing = request.GET.get("change") == "yes" or bool(request.POST.get("replaces"))
    words: dict[str, Any] = {"c": cards.context(inside, one, turn, typed, errors, editing), "turn": turn}
    if turn == cards.this_turn(inside, one):
        words["earlier"] = cards.earlier(inside, one)
    place = "talk" if one.place in ("closer", "hard") else one.place
    return render(request, "simple/page.html", words | {"place": place}, status=status)
