"""Say it: what was said and what waits, the composer, a look at one's words, and the page of the one who is told."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts.pin import own_things
from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.kit.forms import Fields, Form, SeeOther, uuid_or_none
from usward.practices.sayit import actions, cards
from usward.practices.sayit.cards import Composing
from usward.practices.sayit.entries import PARTS, Carefully, Waiting, exchange_name, path_of, waiting_name
from usward.practices.sayit.exchange import spoken, waiting
from usward.talkback.beckon import been
from usward.talkback.soften import instead, typed

SAW = "Begin with what you saw or heard; one moment is enough."
ONE_MORE = "Say one thing more: what you felt, what you need, or what you ask."
WHICH = "Tell it now, or read it again first: one of the two below."
CONFLICT = "This was changed or sent on another of your pages. What you wrote here is still here."


@require_GET
@door
def everything(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What was said so far, in both directions, and what waits."""
    c = cards.everything(inside, request.GET.get("from", ""))
    return render(request, "sayit/everything.html", {"c": c, "place": "talk"})


@require_http_methods(["GET", "POST"])
@door
def new(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Write something hard: send it, or sleep on it."""
    if request.method == "GET":
        return _composer(request, inside, cards.begun(inside))
    return _sent(request, inside, None)


@require_http_methods(["GET", "POST"])
@door
@own_things
def waits(request: HttpRequest, inside: Insider, waits_id: str) -> HttpResponse:
    """Read again what waits: send it, change it, or let it go."""
    found = _waiting(inside, waits_id)
    if found is None:
        return _gone(request, inside, waits_id)
    if request.method == "GET":
        return _composer(request, inside, cards.begun(inside, found))
    if request.POST.get("act") == "let-go":
        return _let_go(request, inside, found)
    return _sent(request, inside, found)


def _gone(request: HttpRequest, inside: Insider, waits_id: str) -> HttpResponse:
    """It was sent, or let go, on another page: the same tap twice is one; other words are given back, as something new."""
    words = Fields({part: Form(request).text(part) for part in PARTS})
    sent = _spoken(inside, request.POST.get("id", ""))
    if sent is not None and all(getattr(sent.value, part) == text for part, text in words.items()):
        return SeeOther(f"/{path_of(sent.exchange)}")
    wanted = uuid_or_none(waits_id)
    if request.POST.get("act") not in ("send", "wait") or wanted is None or not inside.reader.took_back(wanted):
        raise outsider()
    inside.drafts.keep(actions.COMPOSER, words)
    return _in_conflict(request, inside, Composing(words))


def _let_go(request: HttpRequest, inside: Insider, found: Said[Waiting]) -> HttpResponse:
    """Let it go as this page showed it: what has been changed on another since is shown first."""
    form = Form(request)
    if found.id != form.replaces():
        words = Fields({part: form.text(part) for part in PARTS})
        return _in_conflict(request, inside, Composing(words, found, str(found.id)))
    actions.let_go(inside, found)
    return SeeOther("/talk/say-it/")


def _waiting(inside: Insider, waits_id: str) -> Said[Waiting] | None:
    wanted = uuid_or_none(waits_id)
    return waiting(inside.reader.exchange(waiting_name(wanted.hex))) if wanted else None


def _spoken(inside: Insider, entry_id: str) -> Said[Carefully] | None:
    wanted = uuid_or_none(entry_id)
    return spoken(inside.reader.exchange(exchange_name(wanted.hex))) if wanted else None


def _sent(request: HttpRequest, inside: Insider, found: Said[Waiting] | None) -> HttpResponse:
    """A form has come: keep what it says, or show it again with what is missing."""
    form = Form(request)
    act = form.choice("act", ("send", "wait"), WHICH)
    words = {part: form.text(part) for part in PARTS}
    if not words["saw"]:
        form.errors.setdefault("saw", SAW)
    elif not any(words[part] for part in PARTS if part != "saw"):
        form.errors.setdefault("felt", ONE_MORE)
    again = Composing(Fields(words), found, request.POST.get("replaces", ""), form.errors)
    if not form.ok:
        return _composer(request, inside, again, 422)
    if found and found.id not in (form.replaces(), form.entry_id()):  # a double tap is no change
        return _in_conflict(request, inside, again)
    if act == "wait":
        put, where = actions.sleep_on_it(inside, Waiting(**words), form.entry_id(), found), "talk/say-it/"
    else:
        put = actions.say(inside, Carefully(**words), form.entry_id(), found)
        where = path_of(exchange_name(put.id.hex))
    return _in_conflict(request, inside, again) if put.conflict else SeeOther(f"/{where}")


def _in_conflict(request: HttpRequest, inside: Insider, again: Composing) -> HttpResponse:
    again.errors["conflict"] = CONFLICT
    return _composer(request, inside, again, 409)


@require_POST
@door
def look(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Look at one's words, without a script: what may sound like blame, and other words. Keeps nothing."""
    post = request.POST
    words, was = Fields({part: typed(post.get(part, "")) for part in PARTS}), ("", "")
    part, nth, way = (*post.get("use", "").split(" "), "", "", "")[:3]
    if part in PARTS and nth.isdecimal() and way.isdecimal() and len(nth + way) < 9:
        was = (part, words[part])
        words[part] = instead(words[part], int(nth), int(way), part)
    elif post.get("undo", "") in PARTS:
        words[post["undo"]] = typed(post.get("was", ""))
    found = _waiting(inside, post.get("waits", ""))
    form = Composing(words, found, post.get("replaces", ""), looked=True, was=was)
    return _composer(request, inside, form)


def _composer(request: HttpRequest, inside: Insider, form: Composing, status: int = 200) -> HttpResponse:
    c: dict[str, Any] = cards.compose(inside, form)
    return render(request, "sayit/compose.html", {"c": c, "place": "talk"}, status=status)


@require_GET
@door
def one(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """One thing, carefully said. Whoever comes is not asked to answer."""
    said = _spoken(inside, entry_id)
    if said is None:
        raise outsider()
    been(inside, said.exchange)
    c = cards.read(inside, said, inside.reader.exchange(said.exchange))
    return render(request, "sayit/one.html", {"c": c, "place": "talk"})


@require_POST
@door
def back(request: HttpRequest, inside: Insider, entry_id: str) -> HttpResponse:
    """Take it back, at once and without a notice."""
    said = _spoken(inside, entry_id)
    if said is None or not said.mine:
        raise outsider()
    actions.take_back(inside, said)
    return SeeOther("/talk/say-it/")
