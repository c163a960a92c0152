"""The rounds of the inner world in the year."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from usward.demo.life import Guessed, other_side
from usward.demo.moment import Moment
from usward.entries.door import Insider
from usward.practices.innerworld import actions as innerworld
from usward.practices.innerworld import rounds
from usward.practices.innerworld.exchange import Round, fold


def guessed(one: Guessed) -> Iterator[Moment]:
    """A round: one begins, the other's part follows where there is one, and what was said to the guess."""
    entry_id, minute = uuid4(), 18 * 60 + 10 + one.ago * 13 % 90
    first = one.by or one.about
    yield Moment(one.ago, minute, first, lambda me: _begins(me, one, first, entry_id))
    if one.guess:
        second = other_side(first)
        yield Moment(one.ago, minute + 25, second, lambda me: _adds(me, one, second, entry_id))
    if one.fits:
        yield Moment(one.ago, minute + 32, one.about, lambda me: _marks(me, one, entry_id))


def _part(one: Guessed, side: str) -> str:
    return one.told if side == one.about else one.guess


def _begins(me: Insider, one: Guessed, side: str, entry_id: UUID) -> None:
    of_me = side == one.about
    owner = rounds.owner_of(me, of_me)
    chosen = rounds.choose(me, of_me, one.question, 1)
    if chosen is None and one.own and owner is not None:
        chosen = innerworld.Chosen(f"own-{entry_id.hex}", one.own, "own", owner)
    if chosen is None:
        raise LookupError(f"life.toml asks {one.question}, which cannot be asked")
    innerworld.begin(me, chosen, _part(one, side), entry_id)


def _adds(me: Insider, one: Guessed, side: str, entry_id: UUID) -> None:
    innerworld.tell(me, _round(me, entry_id), _part(one, side), uuid4(), None)


def _marks(me: Insider, one: Guessed, entry_id: UUID) -> None:
    innerworld.mark(me, _round(me, entry_id), one.fits, one.line, uuid4(), None)


def _round(me: Insider, entry_id: UUID) -> Round:
    asked = me.reader.one(entry_id)
    now = fold(me.reader.exchange(asked.exchange)) if asked else None
    if now is None:
        raise LookupError("nothing was asked")
    return now
