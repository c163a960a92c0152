"""Plan: the week, an hour that is proposed, and one plan with what becomes of its single times."""

from datetime import date, time
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from usward.content.loader import library
from usward.content.schema import Idea
from usward.entries.door import Insider, door, outsider
from usward.kit import clock
from usward.kit.forms import LINE, Form, SeeOther
from usward.plans.rules import EVERY, LAST, ONCE, When, days
from usward.practices.plan import actions, cards
from usward.practices.plan.clashes import look
from usward.practices.plan.entries import WHAT, Plan
from usward.practices.plan.exchange import Standing
from usward.practices.plan.reading import AHEAD, all_plans, one_plan

PLACE = {"place": "plan"}
CONFLICT = (
    "This plan has been changed meanwhile, and that stands. What you chose is still here: keep it, if it is meant."
)
ACTS = ("yes", "no", "take-back", "move", "let-go", "restore", "keep", "end", "go-on", "ritual", "no-ritual")


@require_GET
@door
def plan(request: HttpRequest, inside: Insider) -> HttpResponse:
    """GET /plan/: seven days at a glance, what waits for a yes, and what comes later."""
    look(inside, all_plans(inside))
    return render(request, "plan/plan.html", {"c": cards.context(inside)} | PLACE)


@require_http_methods(["GET", "POST"])
@door
def new(request: HttpRequest, inside: Insider) -> HttpResponse:
    """Propose an hour."""
    if request.method == "GET":
        return render(request, "plan/new.html", {"c": cards.composer(inside, _offered(request), {})} | PLACE)
    form = Form(request)
    value = _plan_from(form, inside)
    status = 422
    if value is not None:
        put = actions.propose(inside, value, form.entry_id())
        if not put.conflict:
            return SeeOther(actions.path_of(put.id.hex))
        status, form.errors["day"] = 409, CONFLICT
    return render(
        request, "plan/new.html", {"c": cards.composer(inside, _typed(request), form.errors)} | PLACE, status=status
    )


@require_http_methods(["GET", "POST"])
@door
def change(request: HttpRequest, inside: Insider, plan_id: UUID) -> HttpResponse:
    """Change one's own plan: its author alone may."""
    now = _found(inside, plan_id)
    if not now.plan.mine:
        raise outsider()
    if request.method == "GET":
        return render(request, "plan/new.html", {"c": cards.composer(inside, {}, {}, now)} | PLACE)
    form = Form(request)
    value = _plan_from(form, inside, now)
    status = 422
    if value is not None:
        put = actions.change(inside, now, value, form.entry_id(), form.replaces())
        if not put.conflict:
            return SeeOther(actions.path_of(now.id))
        status, form.errors["day"] = 409, CONFLICT
    c = cards.composer(inside, _typed(request), form.errors, _found(inside, plan_id))
    return render(request, "plan/new.html", {"c": c} | PLACE, status=status)


@require_http_methods(["GET", "POST"])
@door
def one(request: HttpRequest, inside: Insider, plan_id: UUID) -> HttpResponse:
    """One plan: say yes or no to it, move a time, let it go this once, take that back, end it."""
    now = _found(inside, plan_id)
    if request.method == "GET":
        actions.looked(inside, now.id)
        return render(request, "plan/one.html", {"c": cards.page(inside, now)} | PLACE)
    form = Form(request)
    act = form.choice("act", ACTS, needed="Choose one of these.")
    if form.ok:
        _act(inside, now, form, act)
    if form.ok:
        return SeeOther("plan/" if act == "take-back" else actions.path_of(now.id))
    c = cards.page(inside, now, form.errors, request.POST.get("of", ""), request.POST.get("why", ""))
    return render(request, "plan/one.html", {"c": c} | PLACE, status=422)


def _act(inside: Insider, now: Standing, form: Form, act: str) -> None:
    if act in ("yes", "no"):
        return actions.answer(inside, now, form.request.POST.get("to", ""), act == "yes")
    if act == "take-back":
        return actions.take_back(inside, now)
    if act == "ritual":
        return _call_ritual(inside, now, form)
    if act == "no-ritual":
        return actions.call_off_ritual(inside, now)
    if act in ("end", "go-on"):
        return actions.end(inside, now, clock.today(inside.me.zone) if act == "end" else None)
    of = form.day("of")
    if of is None or of not in {hour.of for hour in now.coming(clock.now(), cards.COMING, clock.today(inside.me.zone))}:
        form.errors.setdefault("of", "That hour is not among the next ones any more.")
    elif act == "let-go":
        actions.let_go(inside, now, of)
    elif act == "restore":
        actions.restore(inside, now, of)
    elif act == "keep":
        actions.keep(inside, now, of)
    else:
        _move(inside, now, form, of)
    return None


def _call_ritual(inside: Insider, now: Standing, form: Form) -> None:
    why = form.text("why", LINE, needed="Say in a line why it matters to you.")
    if form.ok and now.state(inside.other is not None) in cards.LIVE:
        put = actions.call_ritual(inside, now, why, form.entry_id())
        if put.conflict:
            form.errors["why"] = (
                "You said this on another device meanwhile, and that stands. Say it again, if it is meant."
            )


def _move(inside: Insider, now: Standing, form: Form, of: date) -> None:
    day, at, today = form.day("day"), _time(form), clock.today(inside.me.zone)
    if day is None or at is None or not today <= day <= today + AHEAD:
        form.errors.setdefault("day", "Choose a day from today on, and a time of that day.")
    else:
        actions.move(inside, now, of, day, at)


def _found(inside: Insider, plan_id: UUID) -> Standing:
    now = one_plan(inside, plan_id.hex)
    if now is None:
        raise outsider()
    return now


def _typed(request: HttpRequest) -> dict[str, str]:
    names = ("what", "title", "note", "day", "time", "minutes", "every", "until")
    return {name: request.POST.get(name, "") for name in names}


def _offered(request: HttpRequest) -> dict[str, str]:
    """What an offered hour, or an idea, has filled into the form. The form checks it as it does what is typed."""
    typed = {
        name: request.GET[name][:40] for name in ("day", "time", "minutes", "what", "every") if name in request.GET
    }
    idea = library().one(Idea, request.GET.get("idea", ""))
    if idea is None:
        return typed
    long_enough = [minutes for minutes in cards.MINUTES if minutes >= idea.minutes]
    return {"what": "other", "title": idea.words, "minutes": str(min(long_enough, default=max(cards.MINUTES)))} | typed


def _time(form: Form) -> time | None:
    try:
        return time.fromisoformat(form.request.POST.get("time", "").strip()).replace(
            second=0, microsecond=0, tzinfo=None
        )
    except ValueError:
        return None


def _plan_from(form: Form, inside: Insider, now: Standing | None = None) -> Plan | None:
    """What the form proposes; None where something is wrong with it."""
    today = clock.today(inside.me.zone)
    what = form.choice("what", tuple(WHAT), needed="Say what the hour is for.")
    title, note = form.text("title", 80), form.text("note", LINE)
    day, at, until = form.day("day"), _time(form), form.day("until")
    minutes = int(form.choice("minutes", tuple(map(str, cards.MINUTES)), needed="Say how long.") or 0)
    every = form.choice("every", EVERY, needed="Say whether it comes round.")
    if day is None or not (now is not None or today <= day) or day > today + AHEAD:
        form.errors.setdefault("day", "Choose a day from today on, within two years.")
    if at is None:
        form.errors["time"] = "Choose a time of the day."
    if not form.ok or day is None or at is None:
        return None
    kind = actions.kind_of(every)
    if now is not None and not isinstance(now.plan.value, kind):
        form.errors["every"] = "What is once stays once. Propose a new hour that comes round."
        return None
    when = When(day, at, minutes, inside.me.zone, every, until if every != ONCE else None)
    if every == LAST and next(days(when), None) != day:
        form.errors["day"] = f"That is not the last {day:%A} of its month. Choose that one as the first."
    if when.until and when.until < day:
        form.errors["until"] = "The last day lies before the first."
    return kind(what, when, title, note) if form.ok else None
