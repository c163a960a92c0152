"""Inner world: the map, a question to begin with, a round, and what is known of one topic."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.entries.door import Insider, door, outsider
from usward.kit.forms import LINE, Form, SeeOther, uuid_or_none
from usward.practices.innerworld import actions, atlas, cards, rounds
from usward.practices.innerworld.entries import FITS, OWN, ROOMS, Asked
from usward.practices.innerworld.exchange import Round, fold

WHOSE = ("them", "me")
MANY = 60  # more years than anybody asks the same


def _page(request: HttpRequest, name: str, c: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"innerworld/{name}.html", {"c": c, "place": "talk"}, status=status)


@require_GET
@door
def world(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What I know of the other, as a house with windows; or what the other knows of me."""
    return _page(request, "world", atlas.world(inside, request.GET.get("of") == "me"))


@require_GET
@door
def room(request: HttpRequest, inside: Insider, whose: str, topic: str) -> HttpResponse:
    """One topic of the map."""
    if whose not in WHOSE or topic not in ROOMS:
        raise outsider()
    c = atlas.room(inside, whose == "me", topic, request.GET.get("from", ""))
    return _page(request, "room", c | {"topic": topic})


@require_http_methods(["GET", "POST"])
@door
def new(request: HttpRequest, inside: Insider) -> HttpResponse:
    """A question about one of the two; or begin the round, with one's own part."""
    if request.method == "POST":
        return _begin(request, inside)
    of_me = request.GET.get("about", "them") == "me"
    if request.GET.get("own") == "yes":
        return _page(request, "new", cards.beginning(inside, of_me, None, True, {}, {}))
    named, turn = request.GET.get("q", ""), _number(request.GET.get("n", ""))
    if not named:
        chosen = rounds.propose(inside, of_me, turn)
        return _page(request, "new", cards.beginning(inside, of_me, chosen, False, {}, {}) | {"turn": turn})
    chosen = rounds.choose(inside, of_me, named, _number(request.GET.get("nth", "")) or 1)
    if chosen is None:
        raise outsider()
    there = fold(inside.reader.exchange(chosen.exchange))
    if there is not None:
        return SeeOther(f"/{actions.where(there.asked.id)}")
    return _page(request, "new", cards.beginning(inside, of_me, chosen, False, {}, {}))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 and int(text) <= MANY else 0


def _begin(request: HttpRequest, inside: Insider) -> HttpResponse:
    if inside.other is None:
        return SeeOther("/talk/inner-world/")  # which says that it takes two
    form = Form(request)
    entry_id, of_me = form.entry_id(), form.choice("about", WHOSE) == "me"
    named = request.POST.get("question", "")
    asked = "" if named else form.text("asked", LINE, needed="Write the question that you would like to ask.")
    text = form.text("text", needed=NEEDED[of_me])
    if named:
        chosen = rounds.choose(inside, of_me, named, _number(request.POST.get("nth", "")) or 1)
        if chosen is None:
            raise outsider()
    else:
        owner = rounds.owner_of(inside, of_me)
        assert owner is not None
        chosen = actions.Chosen(f"own-{entry_id.hex}", asked, OWN, owner)
    typed = {"text": text, "asked": asked, "id": str(entry_id)}
    if not form.ok:
        c = cards.beginning(inside, of_me, chosen, not named, typed, form.errors)
        return _page(request, "new", c, 422)
    put, round_id = actions.begin(inside, chosen, text, entry_id)
    if put.conflict:
        if not named:
            inside.drafts.keep("inner:own", {"asked": asked, "text": text})
        return _one(request, inside, _found(inside, round_id), typed, {"text": CONFLICT}, 409)
    if not named:
        inside.drafts.drop("inner:own")
    return SeeOther(f"/{actions.where(round_id)}")


NEEDED = {
    True: "Write a word or two first: there is nothing to guess yet.",
    False: "Any guess will do, the wilder the better.",
}
CONFLICT = "You have written here on another device, and that stands. These words are kept here."
HANDED = "Both parts were there already, and they stand. These words have not been kept:"


def _found(inside: Insider, round_id: UUID | None) -> Round:
    asked = inside.reader.one(round_id) if round_id else None
    now = fold(inside.reader.exchange(asked.exchange)) if asked and isinstance(asked.value, Asked) else None
    if now is None:
        raise outsider()
    return now


@require_http_methods(["GET", "POST"])
@door
def one(request: HttpRequest, inside: Insider, round_id: str) -> HttpResponse:
    """Where a round stands; or a step of it."""
    now = _found(inside, uuid_or_none(round_id))
    if request.method == "GET":
        actions.arrive(inside, now)
        return _one(request, inside, now, {}, {}, 200)
    act = {"tell": _tell, "hand": _hand, "mark": _mark, "pass": _pass}.get(request.POST.get("act", ""))
    if act is None:
        raise outsider()
    return act(request, inside, now)


def _after(now: Round) -> HttpResponse:
    return SeeOther(f"/{actions.where(now.asked.id)}")


def _tell(request: HttpRequest, inside: Insider, now: Round) -> HttpResponse:
    form = Form(request)
    text = form.text("text", needed=NEEDED[now.about_me])
    if not form.ok:
        return _one(request, inside, now, {"text": text}, form.errors, 422)
    put = actions.tell(inside, now, text, form.entry_id(), form.replaces())
    if put.conflict:
        return _one(request, inside, now, {"text": text}, {"text": CONFLICT}, 409)
    return _after(now)


def _hand(request: HttpRequest, inside: Insider, now: Round) -> HttpResponse:
    form = Form(request)
    text = form.text("text", needed=NEEDED[not now.about_me])
    if not form.ok:
        return _one(request, inside, now, {"text": text}, form.errors, 422)
    if now.mine is None or not now.mine.mine:
        raise outsider()
    if now.theirs is None:
        again = actions.hand_over(inside, now, text, form.entry_id()).conflict
    else:
        again = now.theirs.value.text != text
    return _one(request, inside, now, {"text": text}, {"text": HANDED}, 409) if again else _after(now)


def _mark(request: HttpRequest, inside: Insider, now: Round) -> HttpResponse:
    if not now.both or not (now.about_me or now.one_phone):
        raise outsider()
    form = Form(request)
    fits = form.choice("fits", tuple(FITS), needed="Choose the one that comes nearest.")
    line = form.text("line", LINE)
    typed = {"fits": fits, "line": line}
    if not form.ok:
        return _one(request, inside, now, typed, form.errors, 422)
    put = actions.mark(inside, now, fits, line, form.entry_id(), form.replaces())
    if put.conflict:
        return _one(request, inside, now, typed, {"line": CONFLICT}, 409)
    return _after(now)


def _pass(_: HttpRequest, inside: Insider, now: Round) -> HttpResponse:
    actions.pass_by(inside, now)
    return SeeOther("/talk/inner-world/")


STEPS = ("hand", "change", "mark")


def _one(
    request: HttpRequest, inside: Insider, now: Round, typed: dict[str, str], errors: dict[str, str], status: int
) -> HttpResponse:
    step = {"hand": "hand", "mark": "mark"}.get(request.POST.get("act", ""), "change" if errors else "")
    if request.method == "GET" and request.GET.get("step") in STEPS:
        step = request.GET["step"]
    said = inside.reader.exchange(now.asked.exchange)
    c = cards.context(inside, now, said, step, typed, errors)
    return _page(request, "round", c, status)
