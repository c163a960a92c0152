"""What comes in from the forms of a talk's page: each act writes, or says what is in the way.

A form knows at which step it stood (`step`) and what it saw proposed there (`seen`). If the talk has gone on since, a tap
is let go; words are never lost.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest

from usward.entries.door import Insider, outsider
from usward.kit.forms import Fields, Form, uuid_or_none
from usward.practices.workthrough import actions, forms
from usward.practices.workthrough.actions import GoneOn
from usward.practices.workthrough.entries import PARTS
from usward.practices.workthrough.exchange import PAUSE
from usward.practices.workthrough.talks import Talk, composer, part
from usward.talkback import otherside_page
from usward.talkback.otherside_page import Taken
from usward.talkback.when import return_of

SENT_BEFORE = "You have sent other words from here before, and they stand. These are kept here."
CHANGED = (
    "What was proposed has changed while you wrote. It stands below; your words are kept here, and can still be sent."
)
JUST_NOW = "The words have changed just now. Here they are as they stand."
LEFT = "It has gone on meanwhile. Your words were not sent; here they are, to take along."
HIDDEN = ("csrfmiddlewaretoken", "id", "act", "step", "seen", "replaces", "passed")
WORDY = ("text", "what", "by", "notice", "feels", "matters", *PARTS)


@dataclass(frozen=True)
class Trouble:
    """A form that could not be kept: which, what was typed, and what is wrong with it."""

    form: str
    typed: Fields = field(default_factory=Fields)
    errors: Fields = field(default_factory=Fields)
    status: int = 422
    taken: Taken | None = None


@dataclass(frozen=True)
class Posted:
    """A form as it came: from whom, about which talk, and whether its step is still the present one."""

    form: Form
    inside: Insider
    talk: Talk

    @property
    def id(self) -> UUID:
        return self.form.entry_id()

    def field(self, name: str) -> str:
        """A field as it was sent; "" where there is none."""
        return self.form.request.POST.get(name, "")

    def stands_at(self, *steps: str) -> bool:
        """Whether the page that sent this stood where the talk stands now, at one of some steps."""
        now = self.talk.now
        return now.open and now.at in steps and self.field("step") == now.key

    @property
    def passed(self) -> bool:
        """Whether the other of the two says this, on this person's phone."""
        return self.talk.now.passing and self.field("passed") == "yes"

    @property
    def typed(self) -> Fields:
        return Fields((name, str(value)) for name, value in self.form.request.POST.items())

    def again(self, name: str = "") -> Trouble:
        """What is wrong with the fields of a form."""
        return Trouble(name, self.typed, Fields(self.form.errors))

    def conflict(self, sentence: str, name: str = "") -> Trouble:
        """Other words stand: these are kept as a draft, and shown again."""
        kept = {key: one for key, one in self.typed.items() if key not in HIDDEN}
        self.inside.drafts.keep(composer(self.talk, name), kept)
        return Trouble(name, self.typed, Fields(conflict=sentence), 409)

    def left(self) -> Trouble | None:
        """The step has been left behind: whatever words there are are shown once more."""
        words = [text for name, text in self.typed.items() if name in WORDY and text.strip()]
        return Trouble("left", Fields(text="\n\n".join(words)), Fields(left=LEFT), 409) if words else None


def take(request: HttpRequest, inside: Insider, talk: Talk) -> Trouble | None:
    """Do what a form asks; give what is in the way, or nothing. Raises Http404 for what is no act."""
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise outsider()
    (steps, do), it = ACTS[act], Posted(Form(request), inside, talk)
    return it.left() if steps and not it.stands_at(*steps) else do(it)


def _say(it: Posted) -> Trouble | None:
    """Propose, write apart, add an idea: words that are read as the step wants them."""
    act, now, form = it.field("act"), it.talk.now, it.form
    name = part(it.talk, it.passed) if act == "write" else ""
    value = forms.READINGS[act][now.at](form, it.inside.me.zone, it.passed and act != "propose")
    if not form.ok:
        return it.again(name)
    try:
        if act == "propose":
            put = actions.propose(it.inside, it.talk, value, it.id, it.field("seen"))
        elif act == "write":
            put = actions.write(it.inside, it.talk, value, it.passed, it.id, form.replaces())
        else:
            put = actions.add(it.inside, it.talk, value, it.id)
    except GoneOn:
        return it.conflict(CHANGED)
    return it.conflict(SENT_BEFORE, name) if put.conflict else None


def _agree(it: Posted) -> Trouble | None:
    to, pause, now = uuid_or_none(it.field("to")), it.field("step") == PAUSE, it.talk.now
    there = now.pause if pause else it.stands_at(*forms.READINGS["propose"])
    try:
        if to and there and not now.stopped:
            actions.agree(it.inside, it.talk, to, it.id, PAUSE if pause else "")
    except GoneOn:
        return Trouble("", errors=Fields(conflict=JUST_NOW), status=409)
    return None


def _rate(it: Posted) -> Trouble | None:
    ratings = forms.ratings(it.form, [one.id.hex for one in it.talk.now.ideas])
    if not it.form.ok:
        return it.again(":passed" if it.passed else "")
    actions.rate(it.inside, it.talk, ratings, it.passed, it.id)
    return None


def _ready(it: Posted) -> None:
    if it.talk.now.at != "ideas" or it.talk.now.ideas_of_both:
        actions.ready(it.inside, it.talk, it.talk.now.key, it.id)


def _pause(it: Posted) -> Trouble | None:
    hour = return_of(it.form, it.inside.me.zone)
    if not it.form.ok:
        return it.again("pause")
    if not it.talk.now.stopped:
        actions.pause(it.inside, it.talk, hour, it.id)
    return None


def _back(it: Posted) -> None:
    if it.talk.now.pause and not it.talk.now.stopped:
        actions.ready(it.inside, it.talk, PAUSE, it.id)


def _other_side(it: Posted) -> Trouble | None:
    """Saying back, and what fits of it: talkback does it. The last yes passes the step."""
    now = it.talk.now
    if not (now.at == "read" and now.open):
        return it.left()
    taken = otherside_page.take(it.form.request, it.inside, it.talk.exchange, f"/{it.talk.path}", now.passing)
    return None if taken.done else Trouble("otherside", status=taken.status, taken=taken)


Do = Callable[[Posted], Trouble | None]
# The steps at which an act may stand (none: wherever it likes), and what it does.
ACTS: dict[str, tuple[Collection[str], Do]] = {
    **{act: (steps, _say) for act, steps in forms.READINGS.items()},
    "agree": ((), _agree),
    "rate": (("rate",), _rate),
    "ready": (("when", "read", "ideas"), _ready),
    "more": (("agreement",), lambda it: actions.more_ideas(it.inside, it.talk)),
    "pause": ((), _pause),
    "back": ((), _back),
    "stop": ((), lambda it: actions.stop(it.inside, it.talk)),
    "up": ((), lambda it: actions.take_up(it.inside, it.talk)),
    "pass": ((), lambda it: actions.pass_phone(it.inside, it.talk, it.field("on") == "yes")),
    **dict.fromkeys(otherside_page.ACTS, ((), _other_side)),
}
