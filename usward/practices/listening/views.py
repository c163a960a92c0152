"""Listening: choose one small thing, say it, say it back, and let the speaker say when that was it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from usward.accounts.pin import own_things
from usward.content.loader import library
from usward.content.schema import Topic
from usward.entries.door import Insider, door, outsider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit import clock
from usward.kit.forms import LINE, Fields, Form, SeeOther, uuid_or_none
from usward.practices.listening import actions, cards
from usward.practices.listening.entries import ANSWERS, FELT, Heard, Judged, Spoken, Talk, exchange_name
from usward.practices.listening.exchange import Standing, standing
from usward.practices.listening.pauses import comes_back
from usward.talkback import otherside_page

PAGE = 6


@require_http_methods(["GET", "POST"])
@door
def talks(request: HttpRequest, inside: Insider) -> HttpResponse:
    """What to talk about, and the talks so far; or begin one."""
    if request.method == "GET":
        return _choose(request, inside)
    form = Form(request)
    own = form.text("own", LINE)
    topic = library().one(Topic, request.POST.get("topic", ""))
    if form.ok and not own and topic is None:
        form.errors["own"] = "Choose one of these, or write one in your own words."
    if not form.ok:
        return _choose(request, inside, Fields(own=own, begins=request.POST.get("begins", "")), form.errors, 422)
    words, kind = (own, "") if own or topic is None else (topic.text, topic.kind)
    value = Talk(words, kind, request.POST.get("begins") == "other", request.POST.get("phones") == "one")
    put = actions.begin(inside, value, form.entry_id())
    if put.conflict:
        typed = Fields(own=own, begins=request.POST.get("begins", ""))
        return _choose(request, inside, typed, {"own": BEGUN}, 409)
    return SeeOther(actions.path_of(put.id))


BEGUN = "This page has begun another talk before, and it stands. Begin this one as well, if you like."


def _choose(
    request: HttpRequest,
    inside: Insider,
    typed: Fields | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    kind = request.GET.get("kind", "") or request.POST.get("kind", "")
    kind = kind if kind in cards.KINDS else next(iter(cards.KINDS))
    page = inside.reader.page(Talk, PAGE, request.GET.get("from", ""))
    found = cards.topics(inside, kind, {one.value.topic for one in page.items})
    words: dict[str, Any] = {
        "kinds": cards.KINDS,
        "kind": kind,
        "topics": found[: cards.SHOWN],
        "more": found[cards.SHOWN :],
    }
    words["open"], words["state"] = cards.open_talk(inside)
    words |= {"page": page, "typed": typed or Fields(), "errors": Fields(errors or {}), "place": "talk"}
    return render(request, "listening/choose.html", words | {"why": library().whys.get("listening")}, status=status)


def _read(inside: Insider, talk_id: str) -> tuple[list[Said[Any]], Standing]:
    """A talk that both may read. Raises Http404."""
    found = uuid_or_none(talk_id)
    said = inside.reader.exchange(exchange_name(found.hex)) if found else []
    now = standing(said)
    if now.talk is None:
        raise outsider()
    return said, now


@require_http_methods(["GET", "POST"])
@door
def talk(request: HttpRequest, inside: Insider, talk_id: str) -> HttpResponse:
    """Where a talk stands; or a step of it."""
    said, now = _read(inside, talk_id)
    if request.method == "GET":
        actions.been_there(inside, now)
        return _page(request, inside, said, now)
    act = request.POST.get("act", "")
    if act in otherside_page.ACTS:
        return _otherside(request, inside, said, now)
    step = STEPS.get(act)
    if step is None:
        raise outsider()
    return step(request, inside, said, now) or SeeOther(_where(now))


def _where(now: Standing) -> str:
    assert now.talk is not None
    return f"/{actions.path_of(now.talk.id)}"


def _speak(request: HttpRequest, inside: Insider, said: Sequence[Said[Any]], now: Standing) -> HttpResponse | None:
    """Say it, or say it back: in writing, or aloud. What was typed by whoever then said it aloud stays a draft of theirs."""
    form = Form(request)
    aloud = request.POST["act"] == "aloud"
    typed = form.text("text", needed="" if aloud else "Write a line, or say it aloud and tap that you have.")
    if not form.ok:
        return _page(request, inside, said, now, Fields(text=typed), Fields(form.errors), status=422)
    text = "" if aloud else typed
    put = actions.speak(inside, now, text, form.entry_id()) if _still_there(request, now) else None
    if aloud and typed and now.talk is not None:
        inside.drafts.keep(actions.composer(now.talk.exchange), {"text": typed})
    return _moved_on(request, inside, now, text, put, said)


def _judge(request: HttpRequest, inside: Insider, said: Sequence[Said[Any]], now: Standing) -> HttpResponse | None:
    """The speaker says whether that was it."""
    form = Form(request)
    missing = form.text("text")
    if not form.ok:
        return _page(request, inside, said, now, Fields(text=missing), Fields(form.errors), status=422)
    answer, there = request.POST["act"], _still_there(request, now)
    put = actions.judge(inside, now, answer, missing, form.entry_id()) if there else None
    return _moved_on(request, inside, now, missing, put, said)


def _still_there(request: HttpRequest, now: Standing) -> bool:
    """Whether the talk stands where it stood when this page was made: a second tap, or the other's, moves nothing."""
    return str(now.place) == request.POST.get("at", "")


def _moved_on(
    request: HttpRequest, inside: Insider, now: Standing, text: str, put: Put | None, said: Sequence[Said[Any]]
) -> HttpResponse | None:
    """Where nothing was kept, words that were typed stay as a draft and are shown; those of a double tap stand already."""
    assert now.talk is not None
    mine = [one.value for one in said if one.mine]
    stand = [one.text if isinstance(one, Spoken) else one.missing for one in mine if isinstance(one, Spoken | Judged)]
    kept = not put.conflict if put else text in stand
    if kept or not text or not now.mine_once(request.POST.get("at", "")):
        return None
    inside.drafts.keep(actions.composer(now.talk.exchange), {"text": text})
    said, now = _read(inside, now.talk.id.hex)
    return _page(request, inside, said, now, Fields(text=text, moved=text), status=409)


def _pause(request: HttpRequest, inside: Insider, said: Sequence[Said[Any]], now: Standing) -> HttpResponse | None:
    """A pause, at once and without a reason; or another return than the one that was named."""
    back = comes_back(request.POST.get("back", ""), request.POST.get("at_time", ""), clock.now(), inside.me.zone)
    if back is None:
        return _page(
            request, inside, said, now, errors=Fields(back="Name when you come back: soon, or a time."), status=422
        )
    actions.pause(inside, now, back, Form(request).entry_id())
    return None


def _agree(request: HttpRequest, inside: Insider, _: Sequence[Said[Any]], now: Standing) -> None:
    actions.agree(inside, now, request.POST.get("about", ""))


def _go_on(request: HttpRequest, inside: Insider, _: Sequence[Said[Any]], now: Standing) -> None:
    actions.go_on(inside, now, request.POST.get("number", ""))


def _again(request: HttpRequest, inside: Insider, _: Sequence[Said[Any]], now: Standing) -> None:
    if request.POST.get("number") == str(now.rounds):
        actions.again(inside, now)


def _end(_: HttpRequest, inside: Insider, said: Sequence[Said[Any]], now: Standing) -> None:
    actions.end(inside, now)


Step = Callable[[HttpRequest, Insider, Sequence[Said[Any]], Standing], HttpResponse | None]
STEPS: dict[str, Step] = {
    "tell": _speak,
    "aloud": _speak,
    **dict.fromkeys(ANSWERS, _judge),
    "pause": _pause,
    "agree": _agree,
    "back": _go_on,
    "round": _again,
    "end": _end,
}


def _otherside(request: HttpRequest, inside: Insider, said: Sequence[Said[Any]], now: Standing) -> HttpResponse:
    """The other's side, once both have been heard."""
    assert now.talk is not None
    if now.place is not None and not now.ended:
        return SeeOther(_where(now))
    taken = otherside_page.take(request, inside, now.talk.exchange, _where(now), now.talk.value.one_phone)
    return SeeOther(_where(now)) if taken.done else _page(request, inside, said, now, taken=taken, status=taken.status)


def _page(
    request: HttpRequest,
    inside: Insider,
    said: Sequence[Said[Any]],
    now: Standing,
    typed: Fields | None = None,
    errors: Fields | None = None,
    taken: otherside_page.Taken | None = None,
    status: int = 200,
) -> HttpResponse:
    c = cards.context(inside, said, now, typed, errors, taken)
    return render(request, "listening/talk.html", {"c": c, "place": "talk"}, status=status)


@require_http_methods(["GET", "POST"])
@door
@own_things
def heard(request: HttpRequest, inside: Insider, talk_id: str) -> HttpResponseBase:
    """How heard one felt: for oneself alone."""
    _, now = _read(inside, talk_id)
    assert now.talk is not None
    if request.method == "POST":
        felt = request.POST.get("felt", "")
        if not felt.isdecimal() or int(felt) not in FELT:
            raise outsider()
        actions.feel_heard(inside, now.talk, int(felt), Form(request).entry_id())
        return SeeOther(_where(now))
    own = inside.reader.own(Heard, actions.heard_slot(now.talk))
    words = {
        "talk": now.talk,
        "own": own,
        "felt": FELT,
        "where": _where(now),
        "lately": inside.reader.latest(Heard, PAGE),
    }
    return render(request, "listening/heard.html", words | {"place": "talk"})
