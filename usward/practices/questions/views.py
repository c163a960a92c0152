"""Questions: answer, skip, draw another, ask one's own, read what both once said."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from usward.accounts.pin import own_things
from usward.content.loader import library
from usward.content.schema import NOT_FOR, TOPIC_NAMES, TOPICS
from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.entries.writer import NotYours
from usward.kit.forms import LINE, Form, SeeOther, back, uuid_or_none
from usward.kit.refusals import unsent
from usward.practices.questions import actions, cards
from usward.practices.questions.entries import Answer, Draw, Limits, Offer, drawn_on, question_exchange
from usward.practices.questions.exchange import standing
from usward.talkback.beckon import been, met
from usward.talkback.entries import Kept

PAGE = 12
GONE = "This question is not here any more"


def _asked(exchange: str, said: list[Said[Any]]) -> Draw | Offer | None:
    """The question of an exchange: from the library, or from what was said in it."""
    found = library().question(exchange.split(":")[1] if exchange.startswith("q:") else "")
    if found is not None:
        return Offer(found.id, found.text, exchange)
    for one in said:
        if isinstance(one.value, Offer):
            return one.value
        if isinstance(one.value, Answer):
            return Offer(one.value.question, one.value.question_text, exchange)
    return None


def _again(inside: Insider, exchange: str) -> Any:
    first, marker, _ = exchange.partition(":again:")
    return standing(inside.reader.exchange(first)) if marker else None


@require_http_methods(["GET", "POST"])
@door
def question(request: HttpRequest, inside: Insider, exchange: str) -> HttpResponse:
    """One question and what was said to it; or an answer, from here or from Today."""
    if request.method == "GET":
        been(inside, met(exchange))
        return _page(request, inside, exchange, None, {}, 200)
    form = Form(request)
    text = form.text("text", needed="Write a word or two, or leave it for another day.")
    if not form.ok:
        return _page(request, inside, exchange, {"text": text}, form.errors, 422)
    value = _asked(exchange, inside.reader.exchange(exchange))
    if value is None:
        return unsent(request, GONE, resolve_url("home"), "Go to Today", status=404)
    said = Answer(value.question, value.text, text)
    offer = request.POST.get("offer") == "yes"
    put = actions.answer(inside, exchange, said, form.entry_id(), form.replaces(), offer)
    if put.conflict:
        words = "You have answered this on another device. Both are here: the one that stands, and yours below."
        return _page(request, inside, exchange, {"text": text}, {"conflict": words}, 409)
    return back(request, f"/questions/{exchange}/")


def _page(
    request: HttpRequest,
    inside: Insider,
    exchange: str,
    typed: dict[str, str] | None,
    errors: dict[str, str],
    status: int,
) -> HttpResponse:
    said = inside.reader.exchange(exchange)
    value = _asked(exchange, said)
    if value is None:
        raise outsider()
    drafts = inside.drafts.read(cards.composers(exchange))
    context = cards.context(inside, value, said, drafts, _again(inside, exchange), typed, errors)
    context["offer"] = "yes" in (request.GET.get("offer"), request.POST.get("offer"))
    context["editing"] = request.GET.get("change") == "yes"
    context["back"] = f"/questions/{exchange}/"
    return render(request, "questions/page.html", {"c": context}, status=status)


@require_POST
@door
def skip(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Not this one; or, where one's finger slipped, this one after all."""
    exchange = request.POST.get("exchange", "")[:200]
    if not exchange.startswith("q:"):
        raise outsider()
    act = actions.bring_back if request.POST.get("undo") == "yes" else actions.skip
    act(inside, exchange)
    return back(request)


@require_POST
@door
def open_early(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Let the other read an answer of mine before theirs is there."""
    entry_id = uuid_or_none(request.POST.get("entry", ""))
    if entry_id is None:
        raise outsider()
    try:
        actions.open_early(inside, entry_id)
    except NotYours as error:
        raise outsider() from error
    return back(request)


@require_POST
@door
def another(request: HttpRequest, inside: Insider) -> HttpResponse:
    """A private draw; the other learns of it only if it is answered."""
    drawn = actions.another(inside)
    if drawn is None:
        return render(request, "questions/no_more.html", {})
    return SeeOther(f"/questions/{question_exchange(drawn[0])}/?offer=yes")


@require_http_methods(["GET", "POST"])
@door
def own(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Ask a question of one's own, and answer it first."""
    form = Form(request)
    if request.method == "GET":
        begun = inside.drafts.read([actions.OWN]).get(actions.OWN, {})
        typed = {"asked": begun.get("question", ""), "text": begun.get("text", "")}
        return render(request, "questions/own.html", typed | {"errors": {}})
    asked = form.text("question", LINE, needed="Write the question that you would like to ask.")
    text = form.text("text", needed="Your answer comes first: the other answers when yours is there.")
    if not form.ok:
        words = {"asked": asked, "text": text, "errors": form.errors, "id": request.POST.get("id", "")}
        return render(request, "questions/own.html", words, status=422)
    if before := actions.asked_today(inside, asked, text):
        inside.drafts.drop(actions.OWN)
        return SeeOther(f"/questions/{before}/")
    entry_id = form.entry_id()
    question_id = f"own-{entry_id.hex}"
    said = Answer(question_id, asked, text)
    exchange = question_exchange(question_id)
    put = actions.answer(inside, exchange, said, entry_id, None, offer=True)
    if put.conflict:
        errors = {
            "text": "This page had sent other words before, and they stand. These can go as a question of their own."
        }
        return render(request, "questions/own.html", {"asked": asked, "text": text, "errors": errors}, status=409)
    inside.drafts.drop(actions.OWN)
    return SeeOther(f"/questions/{exchange}/")


@require_GET
@door
def archive(request: HttpRequest, inside: Insider) -> HttpResponse:
    """The questions that one has answered, newest first; those left open; those from the other; those talked about."""
    cursor = request.GET.get("from", "")
    if request.GET.get("show") == "open":
        page = inside.reader.page(Draw, PAGE, cursor)
        left = cards.left_open(inside, page.items)
        return render(request, "questions/left_open.html", {"page": page, "left": left, "on": drawn_on})
    if request.GET.get("show") == "theirs":
        held_out = inside.reader.page(Offer, PAGE, cursor, mine=False)
        found = cards.standings(inside, held_out.items)
        return render(request, "questions/theirs.html", {"page": held_out, "found": found})
    if request.GET.get("show") == "talked":
        lines = inside.reader.page(Kept, PAGE, cursor)
        talked = cards.talked_about(inside, lines.items)
        return render(request, "questions/talked.html", {"page": lines, "found": talked})
    answered = inside.reader.page(Answer, PAGE, cursor, mine=True)
    return render(request, "questions/archive.html", {"page": answered})


@require_http_methods(["GET", "POST"])
@door
@own_things
def limits(request: HttpRequest, inside: Insider) -> HttpResponse:
    """How deep questions may go, and what they leave out."""
    if request.method == "POST":
        form = Form(request)
        ceiling = form.choice("ceiling", ("2", "3", "5"))
        value = Limits(
            ceiling=int(ceiling or 5),
            closed=tuple(t for t in TOPICS if t in request.POST.getlist("closed")),
            unsuited=tuple(t for t in NOT_FOR if t in request.POST.getlist("unsuited")),
            apart=request.POST.get("apart") == "yes",
        )
        actions.set_limits(inside, value)
        return SeeOther("/settings/?said=limits")
    mine = inside.reader.own(Limits, actions.LIMITS_SLOT)
    words = {
        "limits": mine.value if mine else Limits(),
        "topics": TOPIC_NAMES,
        "tags": {tag: text for tag, text in NOT_FOR.items() if tag not in ("apart", "living-together")},
    }
    return render(request, "questions/limits.html", words)
