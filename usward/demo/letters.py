"""The demo couple's letters and evenings, as letters.toml tells them, through the practices' own verbs."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache, partial
from pathlib import Path
from uuid import uuid4

import msgspec

from usward.content.loader import library
from usward.content.schema import Ladder
from usward.demo.life import LEFT, SIDES, other_side
from usward.demo.moment import Moment, thread
from usward.entries.door import Insider
from usward.kit import clock
from usward.practices.evening import actions as evenings
from usward.practices.evening.entries import exchange_name
from usward.practices.letters import actions
from usward.practices.letters.entries import ANNIVERSARY, MOMENTS, Letter, MomentLetter, OneDay, day_exchange
from usward.practices.letters.entries import exchange_name as letter_exchange
from usward.practices.letters.exchange import two_letters
from usward.practices.letters.strokes import read
from usward.talkback.actions import keep_line


class Wrote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A letter, `ago` days ago, for a day `wait` days after that if it has one; opened so many days ago, if it was."""

    ago: int
    by: str
    occasion: str
    text: str
    wait: int = 0
    opened: int = -1
    strokes: str = ""
    thread: tuple[tuple[str, str], ...] = ()


class Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A day that was named `ago` days ago and lies `wait` days after that; who wrote, wrote a day or two later."""

    ago: int
    by: str
    title: str
    wait: int
    left: str = ""
    right: str = ""
    opened: bool = False


class Evening(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An evening of questions: as far as `to`; ended, if a line of it was kept. `told` holds (left, right) by question."""

    ago: int
    by: str
    ladder: str
    to: int
    one_phone: bool = False
    kept: str = ""
    told: tuple[tuple[str, str], ...] = ()


class Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    letter: tuple[Wrote, ...]
    one_day: tuple[Named, ...]
    evening: tuple[Evening, ...]


@cache
def written() -> Written:
    """Read once, and kept."""
    return msgspec.toml.decode((Path(__file__).parent / "letters.toml").read_bytes(), type=Written)


def letters() -> list[Moment]:
    """Every letter and evening of their year."""
    found = [moment for one in written().letter for moment in _letter(one)]
    found += [moment for named in written().one_day for moment in _day(named)]
    return found + [moment for evening in written().evening for moment in _evening(evening)]


def _letter(one: Wrote) -> Iterator[Moment]:
    entry_id, minute = uuid4(), 22 * 60 + one.ago % 40
    made = MomentLetter if one.occasion in MOMENTS else Letter
    value = made(one.occasion, one.text.strip(), read(one.strokes))
    exchange = letter_exchange(entry_id.hex)

    def opens(me: Insider) -> None:
        actions.open_letters(me, exchange, me.reader.exchange(exchange)[:1])

    def writes(me: Insider) -> None:
        day = clock.today(me.me.zone) + timedelta(days=one.wait) if one.wait else None
        actions.write(me, value, day, None, entry_id)

    yield Moment(one.ago, minute, one.by, writes)
    if one.opened >= 0:
        yield Moment(one.opened, minute + 30, other_side(one.by), opens)
        yield from thread(one.opened, minute + 35, one.thread, lambda me: exchange)


def _day(named: Named) -> Iterator[Moment]:
    entry_id, minute = uuid4(), 20 * 60 + 10
    exchange = day_exchange(entry_id.hex)

    def name(me: Insider) -> None:
        day = clock.today(me.me.zone) + timedelta(days=named.wait)
        actions.agree(me, OneDay(named.title, day.isoformat()), entry_id)

    def writes(text: str, me: Insider) -> None:
        two = two_letters(me.reader.exchange(exchange), me.me.space.day_reached)
        if two is None or two.agreed is None:
            raise LookupError("the day was not named")
        actions.write_for_day(me, two.agreed, Letter(ANNIVERSARY, text.strip()), None, uuid4(), None)

    def opens(me: Insider) -> None:
        found = [one for one in me.reader.exchange(exchange) if isinstance(one.value, Letter) and not one.mine]
        actions.open_letters(me, exchange, found)

    yield Moment(named.ago, minute, named.by, name)
    for nth, side in enumerate(SIDES):
        if text := getattr(named, side):
            yield Moment(named.ago - 1 - nth, minute + 40, side, partial(writes, text))
        if named.opened:
            yield Moment(named.ago - named.wait, minute + nth, side, opens)


def _evening(one: Evening) -> Iterator[Moment]:
    entry_id, minute = uuid4(), 21 * 60
    exchange, ladder = exchange_name(entry_id.hex), library().one(Ladder, one.ladder)
    if ladder is None:
        raise LookupError(f"letters.toml climbs {one.ladder}, which is not in the library")

    def tells(number: int, text: str, me: Insider) -> None:
        evenings.tell(me, exchange, number, ladder.questions[number].text, text, uuid4(), None)

    def goes_on(place: int, me: Insider) -> None:
        evenings.go_on(me, exchange, place)

    def ends(me: Insider) -> None:
        evenings.enough(me, exchange)
        keep_line(me, exchange, one.kept, uuid4())

    yield Moment(one.ago, minute, one.by, lambda me: evenings.begin(me, ladder, one.one_phone, entry_id))
    for number, texts in enumerate(one.told):
        for nth, text in enumerate(texts):
            yield Moment(one.ago, minute + 5 + number * 9 + nth * 3, SIDES[nth], partial(tells, number, text))
    for place in range(1, one.to + 1):
        yield Moment(one.ago, minute + 10 + place * 8, LEFT, partial(goes_on, place))
    if one.kept:
        yield Moment(one.ago, minute + 100, LEFT, ends)
