"""The years ahead: a year's page, writing one's words, and what the two mark together."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.content.loader import library
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import LINE, Form, SeeOther
from usward.practices.vision import actions, cards
from usward.practices.vision.entries import DIFFERS, MEETS, Line, Vision, exchange_name
from usward.practices.vision.exchange import Standing, ask, standing, years_before
from usward.talkback import hour
from usward.talkback.beckon import been

YEAR = re.compile(r"[0-9]{4}")
CONFLICT = (
    "You have written here on another device. What stands is below; these words are kept, and can take its place."
)
OTHER_WORDS = "Other words stand here since. Yours are kept in the field: send them again, if you like."


@require_GET
@door
def vision(request: HttpRequest, inside: Insider) -> HttpResponse:
    """This year."""
    year = cards.this_year(inside)
    been(inside, exchange_name(year))
    return _page(request, inside, year)


@require_http_methods(["GET", "POST"])
@door
def year_of(request: HttpRequest, inside: Insider, named: str) -> HttpResponse:
    """A year's page; or a step of it. A year other than this one is there if something was said in it."""
    year = int(named) if YEAR.fullmatch(named) else 0
    said = inside.reader.exchange(exchange_name(year))
    now = standing(said)
    if year != cards.this_year(inside) and not said:  # a card that leads there counts: whoever was asked along may come
        raise outsider()
    if request.method == "GET":
        been(inside, exchange_name(year))
        return _page(request, inside, year)
    act, form = request.POST.get("act", ""), Form(request)
    if act == "words":
        return _write(request, inside, year)
    if act == "along":
        actions.ask_along(inside, year)
    elif act == "mark":
        how = form.choice("how", (MEETS, DIFFERS))
        if now.both and (question := request.POST.get("question", "")) in now.asked:
            actions.mark(inside, year, now, question, how)
    elif act == "carry":
        return _carry(request, inside, year, now)
    elif act in hour.ACTS:
        hour.take(form, inside, exchange_name(year), actions.path_of(year), act)
    else:
        raise outsider()
    return SeeOther(actions.path_of(year)) if form.ok else _page(request, inside, year, errors=form.errors, status=422)


def _write(request: HttpRequest, inside: Insider, year: int) -> HttpResponse:
    form = Form(request)
    asked = _asked(inside, year)
    lines = tuple(Line(id, words, form.text(id)) for id, words in asked.items())
    if form.ok and not any(line.text for line in lines):
        form.errors[lines[0].id] = "Write a word or two to one of them; the rest can stay empty."
    typed = {line.id: line.text for line in lines}
    if not form.ok:
        return _page(request, inside, year, typed, form.errors, 422)
    written = tuple(line for line in lines if line.text)
    put = actions.write(inside, year, written, form.entry_id(), form.replaces())
    if put.conflict:
        inside.drafts.keep(actions.composer(year), typed)
        return _page(request, inside, year, typed, {"conflict": CONFLICT}, 409)
    return SeeOther(actions.path_of(year))


def _asked(inside: Insider, year: int) -> dict[str, str]:
    """The questions of a year, with their words."""
    earlier = years_before(inside.reader.latest(Vision, 2 * cards.SHOWN_YEARS), year)
    return {one.id: one.text for one in ask(library().dream_questions, year, bool(earlier))}


def _carry(request: HttpRequest, inside: Insider, year: int, now: Standing) -> HttpResponse:
    form = Form(request)
    text = form.text("carry", LINE, needed="Name one thing, in a line.")
    if now.both and form.ok:
        put = actions.carry_on(inside, year, text, form.entry_id(), form.replaces())
        if put.conflict:
            return _page(request, inside, year, {"carry": text}, {"carry": OTHER_WORDS}, 409)
    if not form.ok:
        return _page(request, inside, year, {"carry": text}, form.errors, 422)
    return SeeOther(actions.path_of(year))


def _page(
    request: HttpRequest,
    inside: Insider,
    year: int,
    typed: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    editing = request.GET.get("change") == "yes" or (
        request.POST.get("act") == "words" and bool(request.POST.get("replaces"))
    )
    c = cards.context(inside, year, typed, errors, editing)
    return render(request, "vision/vision.html", {"c": c, "place": "us"}, status=status)
