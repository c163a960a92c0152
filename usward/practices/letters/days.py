"""Two letters for one day: one of the two names it, each writes, and on the day both are opened together."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.practices.letters import actions, cards
from usward.practices.letters.composing import Composing, compose
from usward.practices.letters.entries import ANNIVERSARY, OneDay, day_exchange, opened_exchange
from usward.practices.letters.exchange import TwoLetters, two_letters

TITLE = 80
ANOTHER = "This page has named another day before, and that one stands. This one can be named as well."


@require_http_methods(["GET", "POST"])
@door
def name_a_day(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Name a day for two letters."""
    form, status = Form(request), 200 if request.method == "GET" else 422
    typed = {name: request.GET.get(name, "") for name in ("title", "day")}
    if request.method == "POST":
        typed = {
            "title": form.text("title", TITLE, "What day is it? A word or two will do."),
            "day": request.POST.get("day", ""),
        }
        day = form.day("day")
        if day is None or day <= clock.today(inside.me.zone):
            form.errors.setdefault("day", "Choose a day from tomorrow on.")
        elif form.ok:
            put = actions.agree(inside, OneDay(typed["title"], day.isoformat()), form.entry_id())
            if not put.conflict:
                return SeeOther(f"/keep/letters/day/{put.id.hex}/")
            form.errors["title"], status = ANOTHER, 409
    words = {
        "typed": typed,
        "errors": form.errors,
        "tomorrow": clock.today(inside.me.zone) + timedelta(days=1),
        "place": "keep",
    }
    return render(request, "letters/name_a_day.html", words, status=status)


def _found(inside: Insider, day_id: str) -> tuple[TwoLetters, list[Said[Any]]]:
    """Two letters for a day as they stand, with all that was said about them."""
    wanted = uuid_or_none(day_id)
    name = day_exchange(wanted.hex) if wanted else ""
    said = inside.reader.exchanges([name, opened_exchange(name)]) if wanted else []
    found = two_letters(said, inside.me.space.day_reached)
    if found is None:
        raise outsider()
    return found, said


@require_GET
@door
def one_day(request: HttpRequest, inside: Insider, day_id: str) -> HttpResponse:
    """Before the day: mine, if it is written. From the day on: both, to be opened together."""
    found, said = _found(inside, day_id)
    thread = cards.talk(inside, found.exchange, said, f"/{found.path}") if found.shown else None
    words = {"two": found, "thread": thread, "place": "keep"}
    return render(request, "letters/one_day.html", words)


@require_http_methods(["GET", "POST"])
@door
def write(request: HttpRequest, inside: Insider, day_id: str) -> HttpResponse:
    """Write one's own letter for the day, or change it before the day has come."""
    found, _ = _found(inside, day_id)
    agreed, late = found.agreed, bool(found.mine and found.mine.open)
    if agreed is None or (late and request.method == "GET"):
        raise outsider()
    composing = Composing(
        draft=actions.composer(found.exchange),
        to=f"/{found.path}write/",
        put=lambda sent: actions.write_for_day(
            inside, agreed, sent.value, sent.blob, sent.form.entry_id(), sent.form.replaces()
        ),
        then=lambda _: f"/{found.path}",
        occasion=ANNIVERSARY,
        before=found.mine,
        day=found,
        late=late,
    )
    return compose(request, inside, composing)


@require_POST
@door
def open_both(request: HttpRequest, inside: Insider, day_id: str) -> HttpResponse:
    """Open what lies there on the day."""
    found, _ = _found(inside, day_id)
    if found.come and found.theirs and found.closed:
        actions.open_letters(inside, found.exchange, [found.theirs])
    return SeeOther(f"/{found.path}")


@require_POST
@door
def back(request: HttpRequest, inside: Insider, day_id: str) -> HttpResponse:
    """Take back one's own letter; where there is none, the day that one has named."""
    found, _ = _found(inside, day_id)
    if found.mine:
        actions.take_back(inside, found.mine)
        return SeeOther(f"/{found.path}" if found.agreed else "/keep/letters/")
    if found.agreed is None or not found.agreed.mine:
        raise outsider()
    actions.take_back(inside, found.agreed)
    return SeeOther("/keep/letters/")
