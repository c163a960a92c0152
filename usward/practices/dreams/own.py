"""What one does with one's own dream: each act of its page, from the form to the action."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit.forms import LINE, Form, uuid_or_none
from usward.practices.dreams import actions
from usward.practices.dreams.entries import (
    DONE,
    LET_GO,
    SETBACK,
    STEP,
    SUCCESS,
    SUPPORTS,
    Dream,
    News,
    Rested,
    Step,
)
from usward.practices.dreams.exchange import ALIVE, MINE, OURS, Standing, how

CONFLICT = "This has been changed on another device meanwhile, and that stands. Your words are kept here."
LATE = "You have put this dream to rest, or shared it, from another page, and that stands. What you wrote now is kept as a draft:"
ONLY_ME, BOTH, OUR_OWN = "me", "both", "ours"


@dataclass(frozen=True)
class Own:
    """What is at hand: who acts, what was posted, the dream and what belongs to it."""

    inside: Insider
    form: Form
    now: Standing
    life: Sequence[Said[Any]]

    @property
    def card(self) -> Said[Any]:
        """My card of it."""
        assert self.now.mine is not None, "whoever has no card does not come here"
        return self.now.mine

    @property
    def holds(self) -> bool:
        """Whether the dream is mine, or ours."""
        return self.now.whose in (MINE, OURS)


@dataclass(frozen=True)
class Outcome:
    """Where to go then, if not back to the dream; the field in which other words stand in the way, if one does."""

    to: str = ""
    conflict: str = ""


# The composer to which a field belongs: what was typed where other words stand is kept as its draft.
COMPOSERS = {"words": "words", "step": "step", "news": "news", "line": "end", "text": "share"}
FIELDS = {
    "words": ("words", "reason"),
    "step": ("step", "when", "then"),
    "news": ("news",),
    "end": ("line",),
    "share": ("text", "why", "who", "support"),
}


def keep_typed(own: Own, field: str) -> None:
    """Keep what was typed, where other words stand in its place."""
    part = COMPOSERS[field]
    typed = {name: own.form.request.POST.get(name, "") for name in FIELDS[part]}
    own.inside.drafts.keep(actions.composer(part, own.now.dream), typed)


def told_from(form: Form) -> tuple[Dream, Scope]:
    """A new dream, as its form tells it."""
    who = form.choice("who", (ONLY_ME, BOTH, OUR_OWN), needed="Choose who sees it.")
    text = form.text("text", needed="A few words are enough: what do you see when you think of it?")
    why = form.text("why", LINE)
    support = ""
    if who in (BOTH, OUR_OWN):
        support = form.choice("support", SUPPORTS, needed="Choose one of the four.")
    return Dream(text, why, support, who == OUR_OWN), Scope.OWN if who == ONLY_ME else Scope.SHARED


def do(own: Own, act: str) -> Outcome | None:
    """Do what was posted; None where there is no such act, or it is not one's to do. What is wrong stands in the form."""
    verb = ACTS.get(act)
    if verb is None or not (own.holds or verb in (_not_ours, _again)):
        return None
    return verb(own, act)


def _put(put: Put, field: str) -> Outcome:
    return Outcome(conflict=field if put.conflict else "")


def _late(field: str, new: bool) -> Outcome:
    """The dream was put to rest, or shared, from another page: what is new in this form is kept and said."""
    return Outcome(conflict=field if new else "")


def _words(own: Own, _: str) -> Outcome:
    text = own.form.text("words", needed="A dream needs a few words.")
    why = own.form.text("reason", LINE)
    if not own.form.ok:
        return Outcome()
    if how(own.card) != ALIVE:
        return _late("words", (text, why) != (own.card.value.text, own.card.value.why))
    id, replaces = own.form.entry_id(), own.form.replaces()
    return _put(actions.rewrite(own.inside, own.card, text, why, id, replaces), "words")


def _support(own: Own, _: str) -> Outcome:
    support = own.form.choice("support", SUPPORTS, needed="Choose one of the four.")
    if own.form.ok and own.card.shared and how(own.card) == ALIVE:
        actions.want(own.inside, own.card, support)
    return Outcome()


def _not_ours(own: Own, _: str) -> Outcome:
    actions.call_mine_again(own.inside, own.now)
    return Outcome()


def _step(own: Own, _: str) -> Outcome:
    text = own.form.text("step", LINE, needed="Name one small thing.")
    when, then = own.form.text("when", LINE), own.form.text("then", LINE)
    if not own.form.ok:
        return Outcome()
    replaces = own.form.replaces()
    seen = own.inside.reader.version(replaces) if replaces else None
    if replaces and (seen is None or not isinstance(seen.value, Step)):
        return Outcome(conflict="step")  # it has gone meanwhile
    before = _my_step(own, seen.root) if seen else None
    value = Step(text, when, then, before.value.done if before else False)
    put = actions.plan(own.inside, own.now.dream, own.card, value, own.form.entry_id(), replaces)
    return _put(put, "step")


def _mark(own: Own, act: str) -> Outcome:
    step = _my_step(own, uuid_or_none(own.form.request.POST.get("marked", "")))
    if step is not None:
        actions.mark(own.inside, own.now.dream, step, act == "step-done")
    return Outcome()


def _my_step(own: Own, wanted: UUID | None) -> Said[Step] | None:
    return next((one for one in own.life if one.step == STEP and one.mine and wanted in (one.id, one.root)), None)


def _news(own: Own, act: str) -> Outcome:
    text = own.form.text("news", needed="Write what happened first, in a word or two.")
    if not own.form.ok:
        return Outcome()
    value = News(act, text)
    return _put(actions.happened(own.inside, own.now.dream, own.card, value, own.form.entry_id()), "news")


def _end(own: Own, act: str) -> Outcome:
    line = own.form.text("line", LINE)
    if not own.form.ok:
        return Outcome()
    if isinstance(own.card.value, Rested):
        return _late("line", line not in ("", own.card.value.line))
    id, replaces = own.form.entry_id(), own.form.replaces()
    return _put(actions.end(own.inside, own.now, own.card, act, line, id, replaces), "line")


def _again(own: Own, _: str) -> Outcome:
    actions.take_up(own.inside, own.card)
    return Outcome()


def _share(own: Own, _: str) -> Outcome:
    value, scope = told_from(own.form)
    if scope == Scope.OWN:
        own.form.errors.setdefault("who", "Choose how you would like to share it.")
    if not own.form.ok or own.card.shared:
        return Outcome()
    id = own.form.entry_id()
    if how(own.card) != ALIVE:
        told = own.inside.reader.version(id) if own.card.value.became == id.hex else None
        again = told is not None and (told.value.text, told.value.why) == (value.text, value.why)  # the same tap, twice
        return Outcome(to=actions.path_of(id.hex)) if again else _late("text", True)
    put = actions.share(own.inside, own.card, value, id)
    return Outcome(to=actions.path_of(put.id.hex), conflict="text" if put.conflict else "")


ACTS: dict[str, Callable[[Own, str], Outcome]] = {
    "words": _words,
    "support": _support,
    "not-ours": _not_ours,
    "step": _step,
    "step-done": _mark,
    "step-open": _mark,
    SUCCESS: _news,
    SETBACK: _news,
    DONE: _end,
    LET_GO: _end,
    "again": _again,
    "share": _share,
}
