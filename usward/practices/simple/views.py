"""Practices that came as files: a round's page, and writing one's part."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther
from usward.practices.simple import actions, cards
from usward.practices.simple.entries import Line, exchange_name
from usward.practices.simple.exchange import known
from usward.practices.simple.loading import practices
from usward.practices.simple.schema import Practice
from usward.talkback.beckon import been


def _found(name: str) -> Practice:
    one = practices().get(name)
    if one is None:
        raise outsider()
    return one


@require_http_methods(["GET", "POST"])
@door
def practice(request: HttpRequest, inside: Insider, name: str) -> HttpResponseBase:
    """The present round; or one's part of a round, which may have begun before this one."""
    one = _found(name)
    turn = cards.this_turn(inside, one) if request.method == "GET" else request.POST.get("turn", "")
    return _guarded(request, inside, one, turn)


def _write(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponse:
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
    return _guarded(request, inside, _found(name), turn)


def _guarded(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponseBase:
    if not known(one.every, turn, inside.me.space.day_reached):
        raise outsider()
    return _own(request, inside, one, turn) if one.reveal == "only me" else _round(request, inside, one, turn)


@own_things
def _own(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponse:
    return _round(request, inside, one, turn)


def _round(request: HttpRequest, inside: Insider, one: Practice, turn: str) -> HttpResponse:
    if request.method == "POST":
        return _write(request, inside, one, turn)
    been(inside, exchange_name(one.id, turn))
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
