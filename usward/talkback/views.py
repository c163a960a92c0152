"""Replies, "say it tonight", and taking one's own words back."""

from typing import NoReturn
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.entries.door import Insider, door, outsider
from usward.entries.kinds import Silent
from usward.entries.writer import NotYours
from usward.kit.forms import LINE, Form, SeeOther, back, uuid_or_none
from usward.kit.refusals import unsent
from usward.talkback import actions, cards
from usward.talkback.beckon import been, out
from usward.talkback.entries import TONIGHT
from usward.talkback.soften import heard, typed
from usward.talkback.thread import composer

MAX_NAME = 200


@require_POST
@door
def reply(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Answer what was shared."""
    form = Form(request)
    exchange = request.POST.get("exchange", "")[:MAX_NAME]
    text = form.text("text", needed="Write a word or two first; what you wrote elsewhere is kept.")
    if not form.ok:
        return _reply_again(request, exchange, text, form.errors["text"], 422)
    try:
        put = actions.reply(inside, exchange, text, form.entry_id())
    except actions.NothingHere:
        return _nothing_here(request)
    if put.conflict:
        return _reply_again(request, exchange, text, SENT_BEFORE, 409)
    return back(request)


SENT_BEFORE = (
    "This page had sent other words before, and they stand. These are here still: send them as well, if you like."
)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    """What was to be answered has been taken back meanwhile, or never was there: which of the two, nobody is told."""
    return unsent(request, "There is nothing here to answer any more", get_script_prefix(), "Go to Today", status=404)


def _reply_again(request: HttpRequest, exchange: str, text: str, error: str, status: int) -> HttpResponse:
    words = {"exchange": exchange, "text": text, "error": error, "next": request.POST.get("next", "/")}
    return render(request, "talkback/reply_page.html", words, status=status)


@require_http_methods(["GET", "POST"])
@door
def replied(request: HttpRequest, inside: Insider, exchange: str) -> HttpResponse:
    """A thread by itself: what was said, and what it is about. Or: it was read on Today."""
    drafts = inside.drafts.read([composer(exchange)])
    c = cards.words(inside, exchange[:MAX_NAME], drafts, f"/reply/{exchange}/")
    if not c["about"] and not c["thread"].replies:
        raise outsider()
    if request.method == "POST":
        return SeeOther("/")
    return render(request, "talkback/replied_page.html", {"c": c})


@require_POST
@door
def tonight(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Put a card out for tonight."""
    form = Form(request)
    exchange = request.POST.get("exchange", "")[:MAX_NAME]
    text = form.text("text", LINE)
    if not exchange or not text or not form.ok:
        raise outsider()
    put = actions.say_it_tonight(inside, exchange, text, form.entry_id())
    return SeeOther(f"/tonight/{put.id}/")


@require_GET
@door
def tonight_card(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """One large card, for two who sit together."""
    said = inside.reader.one(uuid_or_none(entry_id) or _nowhere())
    if said is None or said.step != TONIGHT:
        raise outsider()
    been(inside, out(said.exchange))
    return render(request, "talkback/tonight.html", {"said": said})


@require_POST
@door
def keep(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Keep one line of the talk, or none."""
    form = Form(request)
    exchange = request.POST.get("exchange", "")[:MAX_NAME]
    line = form.text("line", LINE)
    if not form.ok:
        return _keep_again(request, inside, line, form.errors["line"], 422)
    if line:
        try:
            put = actions.keep_line(inside, exchange, line, form.entry_id())
        except actions.NothingHere:
            return _nothing_here(request)
        if put.conflict:
            return _keep_again(request, inside, line, SENT_BEFORE, 409)
    return back(request)


def _keep_again(request: HttpRequest, inside: Insider, line: str, error: str, status: int) -> HttpResponse:
    card = uuid_or_none(request.POST.get("card", ""))
    said = inside.reader.one(card) if card else None
    words = {"line": line, "error": error}
    if said is not None and said.step == TONIGHT:
        return render(request, "talkback/tonight.html", words | {"said": said}, status=status)
    words |= {"exchange": request.POST.get("exchange", "")[:MAX_NAME], "next": request.POST.get("next", "/")}
    return render(request, "talkback/keep_page.html", words, status=status)


def _own_words(request: HttpRequest, inside: Insider) -> UUID:
    """The id that the form names. A step of a talk, a rating, an order made of both is nobody's words to take back here."""
    entry_id = uuid_or_none(request.POST.get("entry", "")) or _nowhere()
    said = inside.reader.version(entry_id)
    if said is not None and isinstance(said.value, Silent):
        raise outsider()
    return entry_id


@require_POST
@door
def withdraw(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Take one's own words back, at once and without a notice."""
    entry_id = _own_words(request, inside)
    try:
        actions.take_back(inside, entry_id)
    except NotYours as error:
        raise outsider() from error
    return back(request)


@require_POST
@door
def draft(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Keep what somebody is typing, and tell nobody. 204 where it is kept; else 202, and a sentence that says why not."""
    composer = request.POST.get("composer", "")[:MAX_NAME]
    fields = {name[6:]: value for name, value in request.POST.items() if name.startswith("draft-") and len(name) < 40}
    kept = not composer or inside.drafts.keep(composer, {name: str(value) for name, value in fields.items()})
    if kept:
        return HttpResponse(status=204)
    why = BEHIND if inside.behind else LONG
    return HttpResponse(why, status=202, content_type="text/plain; charset=utf-8")


BEHIND = "on this page alone; an earlier draft waits behind your PIN"
LONG = "too long for a draft; still on this page"


@require_POST
@door
def soften(request: HttpRequest, _: Insider) -> HttpResponse:
    """Look at what somebody is typing: a piece of page with gentler words. Keeps nothing, and tells nobody."""
    found = heard(typed(request.POST.get("text", "")), request.POST.get("part", ""))
    return render(request, "talkback/soften.html", {"heard": found})


def _nowhere() -> NoReturn:
    raise outsider()
