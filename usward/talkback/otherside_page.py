"""What the page of a practice does with other side: take what is posted, and draw the two cards. See otherside.py."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from usward.content.loader import library
from usward.entries.door import Insider, outsider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit.forms import LINE, Fields, Form
from usward.talkback.entries import MARKED, Mark, OtherView, ViewMarks
from usward.talkback.otherside import Side, composer, mark, marks_composer, put, sides

WRITE, SAY = "other-view", "view-marks"
ACTS = (WRITE, SAY)
MOST = 12
CONFLICT = "You have sent this from another page or device, and that stands. These words are kept here."


@dataclass(frozen=True)
class Taken:
    """What became of a posted act: 303 where it is done; else what was typed, and what is wrong with it."""

    act: str
    passed: bool = False
    typed: Fields = field(default_factory=Fields)
    errors: Fields = field(default_factory=Fields)
    status: int = 303

    @property
    def done(self) -> bool:
        return self.status == 303


def take(request: HttpRequest, inside: Insider, exchange: str, where: str, one_phone: bool = False) -> Taken:
    """Do what a form of the cards asks. Raises Http404 where it is about no view of this exchange."""
    mine, theirs = sides(inside.reader.exchange(exchange))
    passed = one_phone and request.POST.get("passed") == "yes"
    path = "" if one_phone else where.removeprefix("/")  # nobody is beckoned who sits at the same phone
    form = Form(request)
    if request.POST.get("act") == WRITE:
        name, done = (
            composer(exchange, passed),
            _write(form, inside, exchange, theirs if passed else mine, passed, path),
        )
    else:
        side = mine if passed else theirs
        if side.view is None or request.POST.get("view") != side.view.id.hex:
            raise outsider()
        name, done = marks_composer(side.view.id), _say(form, inside, exchange, side, passed, path)
    act, typed = request.POST["act"], Fields((name, str(value)) for name, value in request.POST.items())
    if done is None:
        return Taken(act, passed, typed, Fields(form.errors), 422)
    if done.conflict:
        inside.drafts.keep(name, typed)
        return Taken(act, passed, typed, Fields(conflict=CONFLICT), 409)
    return Taken(act, passed)


def _write(form: Form, inside: Insider, exchange: str, side: Side, passed: bool, path: str) -> Put | None:
    view = OtherView(_thoughts(form, "feels"), _thoughts(form, "matters"), passed)
    if form.ok and not view.feels + view.matters:
        form.errors["feels"] = "Write one thought first. A guess is enough; it will be set right."
    if form.ok and len(view.feels + view.matters) > MOST:
        form.errors["matters"] = f"{MOST} lines fit here; fewer are easier to take in."
    turn = form.request.POST.get("turn", "")
    tries = int(turn) if turn.isdecimal() and int(turn) < side.turn else side.turn
    return put(inside, exchange, view, tries, form.entry_id(), path) if form.ok else None


def _thoughts(form: Form, name: str) -> tuple[str, ...]:
    """The lines of a field that hold something."""
    found = tuple(filter(None, (line.strip() for line in form.text(name).split("\n"))))
    if any(len(line) > LINE for line in found):
        form.errors[name] = f"One line here is longer than {LINE} characters. Begin a new line for each thought."
    return found


def _say(form: Form, inside: Insider, exchange: str, side: Side, passed: bool, path: str) -> Put | None:
    marks = tuple(_mark(form, number, thought.text) for number, thought in enumerate(side.thoughts))
    if form.ok and not any(one.mark for one in marks):
        form.errors["marks"] = "Choose for one line at least; the others can wait."
    if not form.ok or side.view is None:
        return None
    value = ViewMarks(side.view.id.hex, marks, passed)
    return mark(inside, exchange, value, form.entry_id(), form.replaces(), path)


def _mark(form: Form, number: int, thought: str) -> Mark:
    chosen = form.choice(f"mark-{number}", tuple(MARKED))
    words = form.text(f"words-{number}", LINE) if chosen in ("not-quite", "how") else ""
    if chosen == "how" and not words and f"words-{number}" not in form.errors:
        form.errors[f"words-{number}"] = "Write how it is for you, or choose “not quite”."
    return Mark(thought, chosen, words)


def context(
    inside: Insider,
    exchange: str,
    said: Sequence[Said[Any]],
    where: str,
    one_phone: bool = False,
    taken: Taken | None = None,
    folded: bool = False,
) -> dict[str, Any]:
    """What the cards need. `taken` is what became of a form that could not be kept; `folded` where it is one offer among
    others, and its form opens at a tap."""
    both = sides(said)
    names = [composer(exchange, passed) for passed in (False, True)]
    names += [marks_composer(one.view.id) for one in both if one.view]
    drafts = inside.drafts.read(names)
    cards = [_card(one, exchange, drafts, one_phone, taken) for one in both]
    return {
        "cards": cards,
        "where": where,
        "one_phone": one_phone,
        "folded": folded,
        "marks": MARKED,
        "why": library().whys.get("otherside"),
    }


def _card(
    side: Side, exchange: str, drafts: dict[str, dict[str, str]], one_phone: bool, taken: Taken | None
) -> dict[str, Any]:
    """One side: whoever wrote it may write, the other may mark; on one phone both may, one after the other."""
    write_name = composer(exchange, not side.by_me)
    marks_name = marks_composer(side.view.id) if side.view else ""
    trouble = taken if taken and not taken.done else None
    writing = trouble if trouble and trouble.act == WRITE and trouble.passed != side.by_me else None
    saying = trouble if trouble and trouble.act == SAY and trouble.passed == side.by_me else None
    standing = {f"mark-{n}": one.mark for n, one in enumerate(side.thoughts)}
    standing |= {f"words-{n}": one.words for n, one in enumerate(side.thoughts)}
    return {
        "side": side,
        "may_write": side.by_me or one_phone,
        "may_say": not side.by_me or one_phone,
        "write_name": write_name,
        "written": Fields(writing.typed if writing else drafts.get(write_name, {})),
        "marks_name": marks_name,
        "marked": Fields(saying.typed if saying else drafts.get(marks_name) or standing),
        "replaces": side.marks.id.hex if side.marks and side.marks.mine else "",
        "errors": (writing or saying or Taken("")).errors,
        "writing": writing is not None,
        "saying": saying is not None,
    }
