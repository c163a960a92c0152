"""Dreams: the list, a dream's page, what one does with one's own, and beside the other's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts.pin import needs_pin, own_things
from usward.content.loader import library
from usward.entries.door import Insider, door, outsider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.kit.forms import LINE, Form, SeeOther, uuid_or_none
from usward.practices.dreams import actions, cards
from usward.practices.dreams.entries import Dream, Rested, cards_of, life_of
from usward.practices.dreams.exchange import ALIVE, THEIRS, Standing, beside, how, question, stage, standing
from usward.practices.dreams.own import CONFLICT, LATE, Own, do, keep_typed, told_from
from usward.talkback import hour
from usward.talkback.beckon import been

PAGE = 24
PLACE = {"place": "us"}
PEACE = (
    "Your partner would rather go this way in peace just now. Your words are kept here, for you; a light can be left."
)
SENT = "This page had sent other words before, and they stand. These are here still: send them as well, if you like."


@require_GET
@door
def dreams(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The dreams that are alive: ours, mine, theirs."""
    hidden = needs_pin(request, inside)
    page = inside.reader.page(Dream, PAGE, request.GET.get("from", ""))
    found = cards.listing(inside, page, with_own=not hidden)
    words = {"found": found, "page": page, "hidden": hidden, "why": library().whys.get("dreams")}
    return render(request, "dreams/list.html", words | PLACE)


@require_GET
@door
def kept(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What has come true, and what was let go."""
    page = inside.reader.page(Rested, PAGE, request.GET.get("from", ""))
    found = cards.listing(inside, page, with_own=not needs_pin(request, inside))
    rested = [one for some in found.values() for one in some if one.now.state != "alive"]
    return render(request, "dreams/kept.html", {"found": rested, "page": page} | PLACE)


@require_http_methods(["GET", "POST"])
@door
def new(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Tell a dream, to oneself or to both."""
    if request.method == "GET":
        return render(request, "dreams/new.html", {"c": cards.writing(inside)} | PLACE)
    form = Form(request)
    value, scope = told_from(form)
    status = 422
    if form.ok:
        put = actions.tell(inside, value, form.entry_id(), scope)
        if not put.conflict:
            shared = scope == Scope.SHARED
            return SeeOther(actions.path_of(put.id.hex) if shared else f"us/dreams/mine/{put.id}/")
        status, form.errors["text"] = 409, SENT
    typed = {name: request.POST.get(name, "") for name in ("text", "why", "who", "support")}
    return render(request, "dreams/new.html", {"c": cards.writing(inside, typed, form.errors)} | PLACE, status=status)


@require_GET
@door
def dream(request: HttpRequest, inside: Insider, dream_id: UUID) -> HttpResponse:
    """A dream that is shared."""
    now, life = _shared(inside, dream_id.hex)
    been(inside, life_of(now.dream))
    return _page(request, inside, now, life)


@require_POST
@door
def by_side(request: HttpRequest, inside: Insider, dream_id: UUID) -> HttpResponse:
    """What either of the two may do beside a dream: keep company, leave a light, call it ours, find time to talk."""
    now, life = _shared(inside, dream_id.hex)
    form, act = Form(request), request.POST.get("act", "")
    can = beside(now, life)
    if act == "company":
        return _company(request, inside, now, life)
    if act == "light":
        if can.light:
            actions.leave_light(inside, now.dream)
    elif act in BESIDE and can.light and not _asked_for(now, life, act):
        pass  # a page that was open before they wished to be left in peace
    elif act == "ours":
        actions.call_ours(inside, now)
    elif act == "tonight":
        return _tonight(request, inside, now, life)
    elif act in hour.ACTS:
        hour.take(form, inside, life_of(now.dream), actions.path_of(now.dream), act)
    else:
        raise outsider()
    if not form.ok:
        return _page(request, inside, now, life, form.errors, 422)
    return SeeOther(actions.path_of(now.dream))


BESIDE = ("ours", "tonight", *hour.ACTS)


def _asked_for(now: Standing, life: Sequence[Said[Any]], act: str) -> bool:
    """Whether one who would rather be left in peace has asked for this."""
    return now.asked == THEIRS if act == "ours" else act != "tonight" and hour.standing(life).theirs is not None


def _company(request: HttpRequest, inside: Insider, now: Standing, life: Sequence[Said[Any]]) -> HttpResponse:
    form = Form(request)
    text = form.text("company", needed="Write a word or two first.")
    if not form.ok:
        return _page(request, inside, now, life, form.errors, 422)
    kept = {"company": text}
    try:
        put = actions.keep_company(inside, now, beside(now, life), text, form.entry_id())
    except actions.InPeace:
        inside.drafts.keep(actions.composer("company", now.dream), kept)
        return _page(request, inside, now, life, {"peace": PEACE}, 409)
    if put.conflict:
        inside.drafts.keep(actions.composer("company", now.dream), kept)
        return _page(request, inside, now, life, {"company": SENT}, 409)
    return SeeOther(actions.path_of(now.dream))


def _tonight(request: HttpRequest, inside: Insider, now: Standing, life: Sequence[Said[Any]]) -> HttpResponse:
    """A question of the library, as it stood on the page, on a card for tonight."""
    turn = request.POST.get("ask", "")
    turn = turn if turn.isdecimal() and len(turn) < 9 else "0"
    asked = question(library().dream_questions, stage(now, life), int(turn))
    text = asked.text if asked else now.card.value.text[:LINE]
    return SeeOther(f"tonight/{actions.for_tonight(inside, now.dream, text)}/")


@require_http_methods(["GET", "POST"])
@door
def mine(request: HttpRequest, inside: Insider, card_id: UUID) -> HttpResponseBase:
    """A card of one's own: an own dream has its page here; and whatever is done with one's own is done here."""
    said = inside.reader.version(card_id)
    if said is None or not isinstance(said.value, Dream | Rested):
        raise outsider()
    return _own_card(request, inside, said) if said.shared else _own_dream(request, inside, said)


@own_things
def _own_dream(request: HttpRequest, inside: Insider, said: Said[Any]) -> HttpResponse:
    return _own_card(request, inside, said)


def _own_card(request: HttpRequest, inside: Insider, said: Said[Any]) -> HttpResponse:
    now, life = _read(inside, said.exchange.partition(":")[2])
    if now.mine is None:
        raise outsider()
    here = actions.path_of(now.dream) if now.mine.shared else cards.own_path(now.mine)
    if request.method == "GET":
        return SeeOther(here) if now.mine.shared else _page(request, inside, now, life)
    form = Form(request)
    own = Own(inside, form, now, life)
    done = do(own, request.POST.get("act", ""))
    if done is None:
        raise outsider()
    if not form.ok:
        return _page(request, inside, now, life, form.errors, 422)
    if done.conflict:
        keep_typed(own, done.conflict)
        now, life = _read(inside, now.dream)
        late = {"late": LATE, "late-words": request.POST.get(done.conflict, "")} if how(now.mine) != ALIVE else {}
        return _page(request, inside, now, life, late or {done.conflict: CONFLICT}, 409)
    return SeeOther(done.to or here)


@require_POST
@door
def take_back(request: HttpRequest, inside: Insider, card_id: UUID) -> HttpResponse:
    """Take back a dream, and all that one has said of it."""
    said = inside.reader.version(card_id)
    if said is None or not isinstance(said.value, Dream | Rested):
        raise outsider()
    actions.take_back(inside, said.exchange.partition(":")[2])
    return SeeOther("us/dreams/")


Found = tuple[Standing, list[Said[Any]]]


def _read(inside: Insider, name: str) -> Found:
    said = inside.reader.exchanges([cards_of(name), life_of(name)])
    return standing(name, said), [one for one in said if one.exchange == life_of(name)]


def _shared(inside: Insider, name: str) -> Found:
    now, life = _read(inside, name)
    if not now.there or not now.card.shared:
        raise outsider()
    return now, life


def _page(
    request: HttpRequest,
    inside: Insider,
    now: Standing,
    life: Sequence[Said[Any]],
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = {name: str(value) for name, value in request.POST.items()} if errors else None
    ask = request.GET.get("ask", "")
    turn = int(ask) if ask.isdecimal() and len(ask) < 9 else None
    editing = request.POST.get("replaces", "") if errors else request.GET.get("step", "")
    c = cards.context(inside, now, life, ask=turn, editing=uuid_or_none(editing), typed=typed, errors=errors)
    return render(request, "dreams/dream.html", {"c": c} | PLACE, status=status)
