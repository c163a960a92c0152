"""Deep talks: choose a ladder, climb it together, stop whenever it is enough."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.content.loader import library
from usward.content.schema import Ladder
from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.practices.evening import actions, cards
from usward.practices.evening.entries import Evening, exchange_name, path_of
from usward.practices.evening.exchange import Standing, standing
from usward.talkback.beckon import been

PAGE = 8


@require_http_methods(["GET", "POST"])
@door
def evenings(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The ladders, and the evenings so far; or begin one."""
    if request.method == "GET":
        page = inside.reader.page(Evening, PAGE, request.GET.get("from", ""))
        met = {one.value.ladder for one in page.items}
        ladders = sorted(library().ladders, key=lambda one: one.id in met)
        words = {"ladders": ladders, "met": met, "page": page, "why": library().whys.get("deeptalks"), "place": "talk"}
        return render(request, "evening/choose.html", words)
    form = Form(request)
    ladder = library().one(Ladder, request.POST.get("ladder", ""))
    if ladder is None:
        raise outsider()
    begun = actions.begin(inside, ladder, request.POST.get("phones") == "one", form.entry_id())
    return SeeOther(path_of(begun.hex))


@require_http_methods(["GET", "POST"])
@door
def evening(request: HttpRequest, inside: Insider, evening_id: str) -> HttpResponse:
    """Where an evening stands; or a step of it."""
    found = uuid_or_none(evening_id)
    exchange = exchange_name(found.hex) if found else ""
    now = standing(inside.reader.exchange(exchange)) if found else None
    if now is None or now.evening is None:
        raise outsider()
    if request.method == "GET":
        been(inside, exchange)
        return _page(request, inside, now)
    act = request.POST.get("act", "")
    if act == "tell":
        return _tell(request, inside, now)
    if act == "enough":
        actions.enough(inside, exchange)
    elif act == "on":
        # Only from where this page stood: a second tap, or the other's, has gone there already.
        if request.POST.get("to", "") == str(now.place + 1):
            actions.go_on(inside, exchange, now.place + 1)
    else:
        raise outsider()
    return SeeOther(path_of(now.evening.id.hex))


def _tell(request: HttpRequest, inside: Insider, now: Standing) -> HttpResponse:
    assert now.evening is not None
    form = Form(request)
    numbers = {str(number): number for number in range(len(now.evening.value.questions))}
    number = numbers.get(request.POST.get("question", ""))
    text = form.text("text", needed="Write a word or two, or say it aloud when you are together.")
    if number is None:
        raise outsider()
    if not form.ok:
        return _page(request, inside, now, text, form.errors, 422)
    exchange = now.evening.exchange
    words = now.evening.value.questions[number]
    put = actions.tell(inside, exchange, number, words, text, form.entry_id(), form.replaces())
    if put.conflict:
        inside.drafts.keep(actions.composer(exchange, number), {"text": text})
        return _page(request, inside, now, text, {"conflict": CONFLICT}, 409)
    return SeeOther(path_of(now.evening.id.hex))


CONFLICT = "You have written here on another device, and that stands. What you wrote now:"


def _page(
    request: HttpRequest,
    inside: Insider,
    now: Standing,
    typed: str = "",
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    assert now.evening is not None
    said = inside.reader.exchange(now.evening.exchange)
    c = cards.context(inside, said, now, typed, errors)
    return render(request, "evening/evening.html", {"c": c, "place": "talk"}, status=status)
