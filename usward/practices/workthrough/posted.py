"""What comes in from the forms of a talk's page: one function an act, each of which writes, or says what is in the way.

A form knows at which step it stood (`step`) and what it saw proposed there (`seen`). If the talk has gone on since, a tap
is let go; words are never lost.
"""

from collections.abc import Callable

from django.http import HttpRequest

from usward.entries.door import Insider, outsider
from usward.kit.forms import Fields, Form, uuid_or_none
from usward.practices.workthrough import actions, forms, talks
from usward.practices.workthrough.actions import GoneOn
from usward.practices.workthrough.cards import Trouble
from usward.practices.workthrough.entries import PARTS
from usward.practices.workthrough.exchange import PAUSE
from usward.practices.workthrough.talks import Talk
from usward.talkback import otherside_page

SENT_BEFORE = "You have sent other words from here before, and they stand. These are kept here."
CHANGED = (
    "What was proposed has changed while you wrote. It stands below; your words are kept here, and can still be sent."
)
JUST_NOW = "The words have changed just now. Here they are as they stand."
LEFT = "It has gone on meanwhile. Your words were not sent; here they are, to take along."
HIDDEN = ("csrfmiddlewaretoken", "id", "act", "step", "seen", "replaces", "passed")
WORDY = ("text", "what", "by", "notice", "feels", "matters", *PARTS)
Act = Callable[[HttpRequest, Insider, Talk], Trouble | None]


def take(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    """Do what a form asks; give what is in the way, or nothing. Raises Http404 for what is no act."""
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise outsider()
    return ACTS[act](request, inside, found)


def _typed(request: HttpRequest) -> Fields:
    return Fields((name, str(value)) for name, value in request.POST.items())


def _again(form: Form, name: str = "") -> Trouble:
    """What is wrong with the fields of a form."""
    return Trouble(name, _typed(form.request), Fields(form.errors))


def _conflict(form: Form, inside: Insider, found: Talk, sentence: str, name: str = "") -> Trouble:
    """Other words stand: these are kept as a draft, and shown again."""
    typed = _typed(form.request)
    inside.drafts.keep(talks.composer(found, name), {key: one for key, one in typed.items() if key not in HIDDEN})
    return Trouble(name, typed, Fields(conflict=sentence), 409)


def _left(request: HttpRequest) -> Trouble | None:
    """The step has been left behind: whatever words there are are shown once more."""
    words = [str(value) for name, value in request.POST.items() if name in WORDY and str(value).strip()]
    return Trouble("left", Fields(text="\n\n".join(words)), Fields(left=LEFT), 409) if words else None


def _stands_at(request: HttpRequest, found: Talk, *steps: str) -> bool:
    """Whether the page that sent this stood where the talk stands now, at one of some steps."""
    return found.now.open and found.now.at in steps and request.POST.get("step") == found.now.key


def _passed(request: HttpRequest, found: Talk) -> bool:
    """Whether the other of the two says this, on this person's phone."""
    return found.now.passing and request.POST.get("passed") == "yes"


def _propose(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if not _stands_at(request, found, *forms.PROPOSALS):
        return _left(request)
    form = Form(request)
    value = forms.PROPOSALS[found.now.at](form, inside.me.zone, False)
    if not form.ok:
        return _again(form)
    try:
        put = actions.propose(inside, found, value, form.entry_id(), request.POST.get("seen", ""))
    except GoneOn:
        return _conflict(form, inside, found, CHANGED)
    return _conflict(form, inside, found, SENT_BEFORE) if put.conflict else None


def _agree(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    to, pause = uuid_or_none(request.POST.get("to", "")), request.POST.get("step") == PAUSE
    there = found.now.pause if pause else _stands_at(request, found, *forms.PROPOSALS)
    try:
        if to and there and not found.now.stopped:
            actions.agree(inside, found, to, Form(request).entry_id(), PAUSE if pause else "")
    except GoneOn:
        return Trouble("", Fields(), Fields(conflict=JUST_NOW), 409)
    return None


def _write(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if not _stands_at(request, found, *forms.APART):
        return _left(request)
    form, passed, now = Form(request), _passed(request, found), found.now
    value = forms.APART[now.at](form, inside.me.zone, passed)
    name = (":taught" if now.at == "look" else "") + (":passed" if passed else "")
    if not form.ok:
        return _again(form, name)
    put = actions.write(inside, found, value, name, form.entry_id(), form.replaces())
    return _conflict(form, inside, found, SENT_BEFORE, name) if put.conflict else None


def _idea(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if not _stands_at(request, found, "ideas"):
        return _left(request)
    form = Form(request)
    value = forms.idea(form, inside.me.zone, _passed(request, found))
    if not form.ok:
        return _again(form)
    put = actions.add(inside, found, value, form.entry_id())
    return _conflict(form, inside, found, SENT_BEFORE) if put.conflict else None


def _rate(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if not _stands_at(request, found, "rate"):
        return None
    form, passed = Form(request), _passed(request, found)
    ratings = forms.ratings(form, [one.id.hex for one in found.now.ideas])
    if not form.ok:
        return _again(form, ":passed" if passed else "")
    actions.rate(inside, found, ratings, passed, form.entry_id())
    return None


def _ready(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    enough = found.now.at != "ideas" or len(found.now.ideas) > 1
    if enough and _stands_at(request, found, "when", "read", "ideas"):
        actions.ready(inside, found, found.now.key, Form(request).entry_id())
    return None


def _more(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if _stands_at(request, found, "agreement"):
        actions.more_ideas(inside, found)
    return None


def _pause(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    form = Form(request)
    hour = forms.back(form, inside.me.zone, False)
    if not form.ok:
        return _again(form, "pause")
    if not found.now.stopped:
        actions.pause(inside, found, hour, form.entry_id())
    return None


def _back(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    if found.now.pause and not found.now.stopped:
        actions.ready(inside, found, PAUSE, Form(request).entry_id())
    return None


def _stop(_: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    actions.stop(inside, found)
    return None


def _take_up(_: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    actions.take_up(inside, found)
    return None


def _pass(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    actions.pass_phone(inside, found, request.POST.get("on") == "yes")
    return None


def _other_side(request: HttpRequest, inside: Insider, found: Talk) -> Trouble | None:
    """Saying back, and what fits of it: talkback does it. The last yes passes the step."""
    if not (found.now.at == "read" and found.now.open):
        return _left(request)
    taken = otherside_page.take(request, inside, found.exchange, f"/{found.path}", found.now.passing)
    return None if taken.done else Trouble("otherside", status=taken.status, taken=taken)


ACTS: dict[str, Act] = {
    "propose": _propose,
    "agree": _agree,
    "write": _write,
    "idea": _idea,
    "rate": _rate,
    "ready": _ready,
    "more": _more,
    "pause": _pause,
    "back": _back,
    "stop": _stop,
    "up": _take_up,
    "pass": _pass,
    **dict.fromkeys(otherside_page.ACTS, _other_side),
}
