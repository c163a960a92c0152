"""Other side: I write how it may be for the other, in their first person, and they say line by line what fits.

A step of any practice that has an exchange and a page of its own. There is no route: the practice's view hands over what
is posted, and its page includes the cards.

    if request.POST.get("act") in otherside_page.ACTS:
        taken = otherside_page.take(request, inside, exchange, where, one_phone)
        return SeeOther(where) if taken.done else page(..., taken, status=taken.status)

    "otherside": otherside_page.context(inside, exchange, said, where, one_phone, taken)  {# in the page's context #}

    <div class="stack" id="steps"> … {% with o=c.otherside %}{% include "talkback/otherside.html" %}{% endwith %} </div>

`where` is the page's path with a slash on both ends; `said` the exchange as read. On one phone that is passed between the
two, `one_phone` lets the one signed in carry both parts: whose words they are stands in each entry as `passed`. Each side
is a card of its own (`otherside-mine`, `otherside-theirs`), so that what arrives never disturbs what is being written;
the element around them needs an id (see web/js/merge.js).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.talkback.beckon import beckon, sign
from usward.talkback.entries import MARKS, VIEW, Mark, OtherView, ViewMarks

WRITTEN = sign("otherside-written", "{name} has written how it may be for you", "Read it")
SAID = sign("otherside-marked", "{name} has said what fits of what you wrote", "Read it")


@dataclass(frozen=True)
class Thought:
    """One line of a view, and what the one whose view it is said to it."""

    text: str
    mark: str = ""
    words: str = ""


@dataclass(frozen=True)
class Side:
    """What one of the two wrote as if they were the other: the newest view, its thoughts, and which try comes next."""

    by_me: bool
    view: Said[OtherView] | None = None
    thoughts: tuple[Thought, ...] = ()
    marks: Said[ViewMarks] | None = None
    turn: int = 0

    @property
    def settled(self) -> bool:
        """Whether each thought got a yes."""
        return bool(self.thoughts) and all(one.mark == "yes" for one in self.thoughts)


def sides(said: Sequence[Said[Any]]) -> tuple[Side, Side]:
    """Fold an exchange into what I wrote and what they wrote. Nobody's mark on their own writing counts. Pure."""
    return _side(said, True), _side(said, False)


def _side(said: Sequence[Said[Any]], by_me: bool) -> Side:
    views = [one for one in said if one.step == VIEW and _by_me(one) == by_me]
    if not views:
        return Side(by_me)
    view = views[-1]
    texts = (*view.value.feels, *view.value.matters)
    given = [one for one in said if one.step == MARKS and _by_me(one) != by_me and one.value.view == view.id.hex]
    marks = next((one for one in reversed(given) if len(one.value.marks) == len(texts)), None)
    found = marks.value.marks if marks else (Mark(""),) * len(texts)
    thoughts = tuple(Thought(text, one.mark, one.words) for text, one in zip(texts, found, strict=True))
    return Side(by_me, view, thoughts, marks, 1 + max(int(one.slot.rpartition(":")[2]) for one in views))


def _by_me(one: Said[Any]) -> bool:
    """Whose words they are: the author's, or on a phone that was passed on, the other's."""
    return bool(one.mine) != bool(one.value.passed)


def composer(exchange: str, passed: bool = False) -> str:
    """The name of the draft of a view."""
    return f"otherside:{exchange}:{'passed' if passed else 'own'}"


def marks_composer(view: UUID) -> str:
    """The name of the draft of the marks on a view."""
    return f"otherside-marks:{view.hex}"


@transaction.atomic
def put(inside: Insider, exchange: str, view: OtherView, turn: int, entry_id: UUID, path: str = "") -> Put:
    """Send a view: the first, or after its marks another try (`turn` counts them). The other is beckoned to `path`."""
    name = composer(exchange, view.passed)
    done = inside.writer.put(view, exchange=exchange, step=VIEW, slot=f"{name}:{turn}", entry_id=entry_id)
    if not done.conflict:
        inside.drafts.drop(name)
    if path and done.outcome == "kept":
        beckon(inside, exchange, WRITTEN, path)
    return done


@transaction.atomic
def mark(
    inside: Insider, exchange: str, marks: ViewMarks, entry_id: UUID, replaces: UUID | None, path: str = ""
) -> Put:
    """Say what fits of a view; may be changed as often as one likes. The first time the other is beckoned to `path`."""
    name = marks_composer(UUID(marks.view))
    slot = f"{name}:{'passed' if marks.passed else 'own'}"
    done = inside.writer.put(marks, exchange=exchange, step=MARKS, slot=slot, entry_id=entry_id, replaces=replaces)
    if not done.conflict:
        inside.drafts.drop(name)
    if path and done.outcome == "kept" and replaces is None:
        beckon(inside, exchange, SAID, path)
    return done
