"""Ideas: tonight's frame and three ideas, a like or a pass to each, and the page of a match."""

from collections.abc import Collection, Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from usward.entries.door import Insider, door, outsider
from usward.kit.forms import Form, SeeOther, uuid_or_none
from usward.practices.ideas import actions, cards, moment
from usward.practices.ideas.entries import HOWS, Drawn
from usward.practices.ideas.exchange import Standing
from usward.practices.ideas.traits import Frame

PLACE = {"place": "plan"}
KEEP, DROP = "keep", "drop"
CHIPS = ("minutes", "money", "energy", "where", "when", "apart", "any-season")


@require_http_methods(["GET", "POST"])
@door
def ideas(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Three ideas, what both like, and hobbies; or a new round."""
    if request.method == "GET":
        asked = _frame(request.GET, inside) if "none" in request.GET else None
        c = cards.context(inside, request.GET.get("from", ""), asked)
        actions.looked(inside, c["open"])
        return render(request, "ideas/page.html", {"c": c} | PLACE)
    form, frame = Form(request), _frame(request.POST, inside)
    if actions.draw(inside, frame, uuid_or_none(request.POST.get("after", "")), form.entry_id()):
        return SeeOther("ideas/")
    chips = {name: request.POST[name] for name in CHIPS if name in request.POST}
    return SeeOther(f"ideas/?{urlencode(chips | {'none': 'yes'})}#frame")


def _frame(given: Mapping[str, str], inside: Insider) -> Frame:
    """The frame of some chips; what is not known here asks for nothing. The season is the clock's, unless any will do."""
    return Frame(
        minutes=_number(given.get("minutes"), moment.MINUTES, 0),
        money=_number(given.get("money"), moment.MONEY, 3),
        energy=_number(given.get("energy"), moment.ENERGY, 3),
        place=given["where"] if given.get("where") in moment.WHERE else "",
        season="" if given.get("any-season") == "yes" else cards.season(inside),
        daytime=given["when"] if given.get("when") in moment.WHEN else "",
        apart=given.get("apart") == "yes",
    )


def _number(value: str | None, among: Collection[int], widest: int) -> int:
    return next((one for one in among if str(one) == value), widest)


@require_POST
@door
def answer(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Like or pass one idea of a round."""
    shown = inside.reader.one(uuid_or_none(request.POST.get("round", "")) or UUID(int=0))
    form = Form(request)
    nth, said = form.choice("nth", tuple("012"), "Which one?"), form.choice("answer", ("like", "pass"), "Like or pass?")
    if shown is None or not isinstance(shown.value, Drawn) or not form.ok or int(nth) >= len(shown.value.ideas):
        raise outsider()
    actions.answer(inside, shown, int(nth), said == "like")
    return SeeOther("ideas/")


@require_http_methods(["GET", "POST"])
@door
def match(request: HttpRequest, inside: Insider, match_id: UUID) -> HttpResponse:
    """What both like: how to begin, who plans it, and what became of it."""
    now = actions.one_match(inside, match_id)
    if now is None:
        raise outsider()
    if request.method == "GET":
        actions.looked(inside, [now])
        return render(request, "ideas/match.html", {"c": cards.one(now)} | PLACE)
    _act(Form(request), inside, now)
    return SeeOther(actions.path_of(now.id))


def _act(form: Form, inside: Insider, now: Standing) -> None:
    act = form.choice("act", (*HOWS, *actions.FROM, KEEP, DROP))
    if act in HOWS:
        actions.end(inside, now, act)
    elif act in actions.FROM:
        actions.go_on(inside, now, act)
    elif act in (KEEP, DROP):
        actions.decide(inside, now, act == KEEP, form.entry_id())
    else:
        raise outsider()
