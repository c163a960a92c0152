"""Where a dream stands, and what one may do beside it: folded from what may be read of it. Pure.

Whose a dream is follows from its cards alone. It is *ours* when both have a card that says so; whoever lets theirs go
leaves it to the other. Nobody ends, changes or plans the other's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from usward.content.schema import DreamQuestion
from usward.entries.reader import Said
from usward.practices.dreams.entries import (
    CARD,
    COMPANY,
    DONE,
    LEAVE,
    LET_GO,
    LIGHT,
    NEWS,
    SETBACK,
    STEP,
    SUCCESS,
    Rested,
)

MINE, THEIRS, OURS = "mine", "theirs", "ours"
ALIVE = "alive"
ANSWER = "answer"
LONG_AGO = -1


def how(card: Said[Any] | None) -> str:
    """How a card is: alive, done, let-go, shared; nothing where there is none."""
    if card is None:
        return ""
    return card.value.how if isinstance(card.value, Rested) else ALIVE


def says_ours(card: Said[Any] | None) -> bool:
    """Whether whoever wrote this card would call the dream ours, and has not let it go."""
    return card is not None and how(card) in (ALIVE, DONE) and card.value.for_two


@dataclass(frozen=True)
class Standing:
    """A dream between the two: my card of it, and theirs."""

    dream: str
    mine: Said[Any] | None = None
    theirs: Said[Any] | None = None

    @property
    def there(self) -> bool:
        """Whether there is anything (it may have been taken back)."""
        return bool(self.mine or self.theirs)

    @property
    def first_is_mine(self) -> bool:
        """Whether the dream was mine first."""
        if self.mine is None or self.theirs is None:
            return self.mine is not None
        first = min((self.mine, self.theirs), key=lambda card: (card.root.hex != self.dream, card.root.hex))
        return first is self.mine

    @property
    def whose(self) -> str:
        """Whose it is for the one who asks."""
        if says_ours(self.mine) and says_ours(self.theirs):
            return OURS
        mine, theirs = (how(card) in (ALIVE, DONE) for card in (self.mine, self.theirs))
        if mine == theirs:
            mine = self.first_is_mine
        return MINE if mine else THEIRS

    @property
    def card(self) -> Said[Any]:
        """The card whose words stand for the dream: of ours, the first one's."""
        is_mine = self.first_is_mine if self.whose == OURS else self.whose == MINE
        found = self.mine if is_mine else self.theirs
        assert found is not None, "asked of a dream that is there"
        return found

    @property
    def state(self) -> str:
        """alive, done, let-go or shared. Ours has come true once both say so."""
        if self.whose == OURS:
            return DONE if how(self.mine) == how(self.theirs) == DONE else ALIVE
        return how(self.card)

    @property
    def asked(self) -> str:
        """Who would like to call it ours, while the other has not said so: mine, theirs, or nobody."""
        if self.whose == OURS or self.state != ALIVE:
            return ""
        return THEIRS if says_ours(self.theirs) else MINE if says_ours(self.mine) else ""


def standing(dream: str, said: Iterable[Said[Any]]) -> Standing:
    """Fold the cards of a dream: the newest of each of the two counts, in whatever order they come."""
    newest: dict[bool, Said[Any]] = {}
    for one in said:
        before = newest.get(one.mine)
        if one.step == CARD and (before is None or one.seq > before.seq):
            newest[one.mine] = one
    return Standing(dream, newest.get(True), newest.get(False))


@dataclass(frozen=True)
class Beside:
    """What somebody may do beside a dream. `way` names the composer: the support that the other wants of them, glad words to
    a success, steady ones to a setback, an answer to what was said; none where they would rather be left in peace."""

    way: str = ""
    composer: bool = False
    light: bool = False
    questions: bool = False
    hours: bool = False
    ours: bool = False


def beside(now: Standing, life: Sequence[Said[Any]]) -> Beside:
    """What the page offers to the one who reads it. The wish of the other governs it, whatever has been said before."""
    if now.whose == MINE:
        last = max((one for one in life if one.step == COMPANY), key=lambda one: one.seq, default=None)
        alive = now.card.shared and now.state == ALIVE
        return Beside(ANSWER, composer=last is not None and not last.mine, questions=alive, hours=alive)
    wished = now.theirs.value.support if now.theirs else ""
    if wished == LEAVE:
        return Beside(light=True)
    way = _newest_news(now, life) or wished
    alive = now.state == ALIVE
    asking = alive and now.whose == THEIRS and now.asked != MINE
    return Beside(way, composer=True, questions=alive, hours=alive, ours=asking)


def _newest_news(now: Standing, life: Sequence[Said[Any]]) -> str:
    """What of theirs I have not answered yet: a success, a setback, or neither."""
    said = max((one.seq for one in life if one.step == COMPANY and one.mine), default=LONG_AGO)
    news = {one.seq: one.value.how for one in life if one.step == NEWS and not one.mine}
    if now.theirs and how(now.theirs) in (DONE, LET_GO):
        news[now.theirs.seq] = SUCCESS if how(now.theirs) == DONE else SETBACK
    newest = max(news, default=LONG_AGO)
    return news[newest] if newest > said else ""


@dataclass(frozen=True)
class Steps:
    """The steps of those whose dream it is: what is next, and what is done."""

    open: Sequence[Said[Any]]
    done: Sequence[Said[Any]]


def steps(now: Standing, life: Sequence[Said[Any]]) -> Steps:
    """Whose dream it is takes the steps; those of somebody whose it no longer is are not shown."""
    owners = {OURS: (True, False), MINE: (True,), THEIRS: (False,)}[now.whose]
    found = [one for one in life if one.step == STEP and one.mine in owners]
    return Steps([one for one in found if not one.value.done], [one for one in found if one.value.done])


def told(life: Sequence[Said[Any]]) -> list[Said[Any]]:
    """What happened and what was said, in its order."""
    return sorted((one for one in life if one.step in (NEWS, COMPANY)), key=lambda one: one.seq)


def newest_light(life: Sequence[Said[Any]], *, mine: bool) -> Said[Any] | None:
    """The last light that one of the two left. How many there were is nobody's business."""
    return max((one for one in life if one.step == LIGHT and one.mine == mine), key=lambda one: one.seq, default=None)


def stage(now: Standing, life: Sequence[Said[Any]]) -> str:
    """Which questions fit: after what happened last; else about a step, once there is one; else about the dream itself."""
    news = max((one for one in life if one.step == NEWS), key=lambda one: one.seq, default=None)
    if news is not None:
        return SETBACK if news.value.how == SETBACK else SUCCESS
    return "step" if steps(now, life).open else "understand"


def question(found: Sequence[DreamQuestion], stage: str, turn: int) -> DreamQuestion | None:
    """One of the questions of a stage, then of those about support, by turns without end."""
    suited = [one for one in found if one.stage == stage] + [one for one in found if one.stage == "support"]
    return suited[turn % len(suited)] if suited else None
