"""What was hard for the two: said carefully, kept for a night, or looked at alone with a kind eye."""

from collections.abc import Iterator
from uuid import uuid4

from usward.demo.life import Hard, Kindly, Life
from usward.demo.moment import Act, Moment, thread
from usward.entries.door import Insider
from usward.practices.kindeye import actions as kindeye
from usward.practices.kindeye.entries import KindEye
from usward.practices.sayit import actions as sayit
from usward.practices.sayit.entries import Carefully, Waiting, exchange_name


def hard(life: Life) -> Iterator[Moment]:
    """All of it."""
    for one in life.hard:
        yield from _said(one)
    for seen in life.kind_eye:
        yield Moment(seen.ago, 21 * 60, seen.by, _looks(seen))


def _said(one: Hard) -> Iterator[Moment]:
    entry_id, minute = uuid4(), 18 * 60 + 20

    def says(me: Insider) -> None:
        if one.waits:
            sayit.sleep_on_it(me, Waiting(one.saw, one.felt, one.need, one.ask), entry_id)
        else:
            sayit.say(me, Carefully(one.saw, one.felt, one.need, one.ask), entry_id)

    yield Moment(one.ago, minute, one.by, says)
    yield from thread(one.ago, minute + 40, one.thread, lambda me: exchange_name(entry_id.hex))


def _looks(seen: Kindly) -> Act:
    def looks(me: Insider) -> None:
        kindeye.keep(me, KindEye(seen.saw, seen.hinders, seen.plan), uuid4())

    return looks
