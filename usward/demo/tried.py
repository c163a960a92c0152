"""The couple's evenings with three ideas, as moments of their year: what met, a hobby kept, one begun, and tonight's round."""

from collections.abc import Iterator
from uuid import uuid4

from msgspec.structs import replace

from usward.content.loader import library
from usward.content.schema import Idea
from usward.demo.life import LEFT, RIGHT
from usward.demo.moment import Act, Moment
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.practices.ideas import actions
from usward.practices.ideas.cards import season
from usward.practices.ideas.entries import DECIDE, DONE, LET_GO, Drawn, Match
from usward.practices.ideas.exchange import Standing
from usward.practices.ideas.traits import Frame

EVENING = 19 * 60 + 20
TRIES = 30
WEEKEND, TIRED, OUT = Frame(180, 1, 2), Frame(75, 1, 1, "home", "", "evening"), Frame(180, 2, 2, "town")


def tried() -> Iterator[Moment]:
    """A hobby that both keep; something let go; a hobby tried once; a match that waits; and a round half answered."""
    yield from _meets(212, WEEKEND, hobby=True)
    yield Moment(203, EVENING + 140, RIGHT, lambda me: actions.end(me, _match(me), DONE))
    yield Moment(181, EVENING + 140, LEFT, lambda me: actions.go_on(me, _match(me), DECIDE))
    for nth, side in enumerate((LEFT, RIGHT)):
        yield Moment(180, EVENING + nth * 50, side, lambda me: actions.decide(me, _match(me), True, uuid4()))
    yield from _meets(97, TIRED, hobby=False)
    yield Moment(61, EVENING, LEFT, lambda me: actions.end(me, _match(me), LET_GO))
    yield from _meets(33, WEEKEND, hobby=True)
    yield Moment(24, EVENING + 140, LEFT, lambda me: actions.end(me, _match(me), DONE))
    yield from _meets(6, OUT, hobby=False)
    yield Moment(1, EVENING, LEFT, _draws(TIRED, hobby=False))
    yield Moment(1, EVENING + 2, LEFT, _says(1, liked=True))
    yield Moment(1, EVENING + 3, RIGHT, _says(0, liked=False))


def _meets(ago: int, frame: Frame, hobby: bool) -> Iterator[Moment]:
    """A round of which both like one: the first hobby, or the first that is none."""
    yield Moment(ago, EVENING, RIGHT, _draws(frame, hobby))
    for nth, side in enumerate((RIGHT, LEFT)):
        yield Moment(
            ago, EVENING + 3 + nth * 20, side, lambda me: actions.answer(me, _round(me), _first(me, hobby), True)
        )
        yield Moment(
            ago, EVENING + 4 + nth * 20, side, lambda me: actions.answer(me, _round(me), _last(me, hobby), False)
        )


def _draws(frame: Frame, hobby: bool) -> Act:
    """Draw, and others, until there is one of the kind among the three."""

    def act(me: Insider) -> None:
        for _ in range(TRIES):
            before = actions.newest(me)
            actions.draw(me, replace(frame, season=season(me)), before.root if before else None, uuid4())
            if hobby in _hobbies(_round(me)):
                return

    return act


def _says(nth: int, liked: bool) -> Act:
    return lambda me: actions.answer(me, _round(me), nth, liked)


def _round(me: Insider) -> Said[Drawn]:
    found = actions.newest(me)
    if found is None:
        raise LookupError("there is no round to answer")
    return found


def _hobbies(shown: Said[Drawn]) -> list[bool]:
    return [idea.hobby for name in shown.value.ideas if (idea := library().one(Idea, name))]


def _first(me: Insider, hobby: bool) -> int:
    found = _hobbies(_round(me))
    return found.index(hobby) if hobby in found else 0


def _last(me: Insider, hobby: bool) -> int:
    """Another one of the round."""
    return (_first(me, hobby) + 1) % len(_hobbies(_round(me)))


def _match(me: Insider) -> Standing:
    newest = max(me.reader.latest(Match, 3), key=lambda one: one.seq)
    now = actions.one_match(me, newest.root)
    if now is None:
        raise LookupError("there is no match")
    return now
