"""The check-in's one door."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts.pin import ask_first
from usward.entries.door import Insider, door
from usward.kit import clock
from usward.kit.forms import LINE, Form, back
from usward.practices.checkin import actions, cards
from usward.practices.checkin.entries import MOODS, NEEDS, CheckIn, exchange_name


@require_http_methods(["GET", "POST"])
@door
def checkin(request: HttpRequest, inside: Insider) -> HttpResponseBase:
    """Say how one is; or, as a page of its own, see and change it. What is its author's alone asks for the PIN first."""
    name = exchange_name(inside.me.pk.hex, clock.today(inside.me.zone).isoformat())
    if inside.behind and any(cards.rests(inside, one) for one in inside.reader.exchange(name)):
        return ask_first(request)
    if request.method == "GET":
        return page(request, inside, inside.drafts.read([actions.COMPOSER]).get(actions.COMPOSER, {}), {}, 200)
    form = Form(request)
    value = CheckIn(
        mood=form.choice("mood", tuple(MOODS), needed="One tap is enough: how are you?"),
        need=form.choice("need", tuple(NEEDS)),
        line=form.text("line", LINE),
    )
    seen_by = form.choice("seen_by", tuple(actions.SEEN_BY), needed="Say once who sees it; it is remembered.")
    typed = {"mood": value.mood, "need": value.need, "line": value.line}
    if not form.ok:
        return page(request, inside, typed, form.errors, 422)
    put = actions.check_in(inside, value, seen_by, form.entry_id(), form.replaces())
    if put.conflict:
        words = "Another of your devices has said something else today. Both are here: the one that stands, and yours below."
        inside.drafts.keep(actions.COMPOSER, typed)
        return page(request, inside, typed, {"conflict": words}, 409)
    return back(request)


def page(
    request: HttpRequest, inside: Insider, typed: dict[str, str], errors: dict[str, str], status: int
) -> HttpResponse:
    """The composer by itself."""
    name = exchange_name(inside.me.pk.hex, clock.today(inside.me.zone).isoformat())
    card = cards.mine(inside, inside.reader.exchange(name), typed, errors)
    words = {"card": card, "title": "How are you today", "editing": True}
    return render(request, "kit/one_card.html", words, status=status)
