"""Letters: what lies here, writing one, opening one, taking one back. Two letters for one day are in days.py."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.content.loader import library
from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.kit.forms import SeeOther, uuid_or_none
from usward.practices.letters import actions, cards
from usward.practices.letters.composing import NEW, Composing, compose
from usward.practices.letters.entries import Letter, MomentLetter, exchange_name, opened_exchange, path_of
from usward.practices.letters.exchange import Lying, lying

PAGE = 12


@require_GET
@door
def letters(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What lies here: not opened yet, days to come, and everything so far."""
    kind = MomentLetter if request.GET.get("show") == "moments" else Letter
    page = inside.reader.page(kind, PAGE, request.GET.get("from", ""))
    first = not request.GET.get("from") and kind is Letter
    shelf = cards.shelf(inside) if first else []
    here = {one.said.id for one in shelf}
    words = {
        "shelf": shelf,
        "coming": cards.coming(inside) if first else [],
        "kept": first and bool(inside.reader.latest(MomentLetter, 1)),
        "letters": cards.lying_among(inside, [one for one in page.items if one.id not in here]),
        "moments": kind is MomentLetter,
        "page": page,
        "first": first,
        "why": library().whys.get("letters"),
        "place": "keep",
    }
    return render(request, "letters/letters.html", words)


@require_http_methods(["GET", "POST"])
@door
def write(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Write a letter."""
    new = Composing(
        draft=actions.composer(),
        to=NEW,
        put=lambda sent: actions.write(inside, sent.value, sent.day, sent.blob, sent.form.entry_id()),
        then=lambda put: f"/keep/letters/{put.id.hex}/",
    )
    return compose(request, inside, new)


def _found(inside: Insider, letter_id: str) -> tuple[Lying, list[Said[Any]]]:
    """A letter that this person may read, as it lies, with all that was said about it."""
    wanted = uuid_or_none(letter_id)
    name = exchange_name(wanted.hex) if wanted else ""
    said = inside.reader.exchanges([name, opened_exchange(name)]) if wanted else []
    found = lying(said)
    if found is None:
        raise outsider()
    return found, said


@require_GET
@door
def letter(request: HttpRequest, inside: Insider, letter_id: str) -> HttpResponse:
    """A letter: closed, or open with what was said under it."""
    found, said = _found(inside, letter_id)
    thread = None if found.closed else cards.talk(inside, found.said.exchange, said, f"/{found.path}")
    words = {"lying": found, "said": found.said, "thread": thread, "place": "keep"}
    return render(request, "letters/closed.html" if found.closed else "letters/letter.html", words)


@require_http_methods(["GET", "POST"])
@door
def change(request: HttpRequest, inside: Insider, letter_id: str) -> HttpResponse:
    """Change a letter whose day has not come."""
    said = _found(inside, letter_id)[0].said
    if not said.mine or (said.open and request.method == "GET"):
        raise outsider()
    where = f"/{path_of(said.exchange)}"
    changing = Composing(
        draft=actions.composer(said.exchange),
        to=f"{where}change/",
        put=lambda sent: actions.change(
            inside, said, sent.value, sent.blob, sent.form.entry_id(), sent.form.replaces()
        ),
        then=lambda _: where,
        occasion=said.value.occasion,
        before=said,
        late=said.open,
    )
    return compose(request, inside, changing)


@require_POST
@door
def open_letter(request: HttpRequest, inside: Insider, letter_id: str) -> HttpResponse:
    """Open a letter. Its writer is not told."""
    found, _ = _found(inside, letter_id)
    if found.closed:
        actions.open_letters(inside, found.said.exchange, [found.said])
    return SeeOther(f"/{found.path}")


@require_POST
@door
def back(request: HttpRequest, inside: Insider, letter_id: str) -> HttpResponse:
    """Take one's own letter back, at once and without a notice."""
    found, _ = _found(inside, letter_id)
    if not found.said.mine:
        raise outsider()
    actions.take_back(inside, found.said)
    return SeeOther("/keep/letters/")
