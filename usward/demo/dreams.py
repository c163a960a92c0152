"""The couple's dreams, and what they wrote about the years ahead, as moments of their year."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

from usward.content.loader import library
from usward.content.schema import DreamQuestion
from usward.demo.life import SIDES, Ahead, Dreamed, Life, other_side
from usward.demo.moment import Act, Moment
from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.kit import clock
from usward.practices.dreams import actions
from usward.practices.dreams.entries import Dream, News, Step, cards_of, life_of
from usward.practices.dreams.exchange import Standing, beside, standing
from usward.practices.vision import actions as vision
from usward.practices.vision.entries import Line, exchange_name
from usward.practices.vision.exchange import standing as vision_standing
from usward.talkback import hour

EVENING = 21 * 60


def dreams(life: Life) -> Iterator[Moment]:
    """All of it."""
    for one in life.dream:
        yield from _dream(one, uuid4())
    for year in life.ahead:
        yield from _ahead(year)


def _now(me: Insider, dream: UUID) -> Standing:
    return standing(dream.hex, me.reader.exchange(cards_of(dream.hex)))


def _card(me: Insider, dream: UUID) -> Said[Dream]:
    card = _now(me, dream).mine
    if card is None:
        raise LookupError("life.toml lets somebody act on a dream that is not theirs")
    return card


def _dream(one: Dreamed, dream: UUID) -> Iterator[Moment]:
    value = Dream(one.text, one.why, one.support, one.ours >= 0)
    scope = Scope.OWN if one.own else Scope.SHARED
    yield Moment(one.ago, EVENING, one.by, lambda me: actions.tell(me, value, dream, scope))
    if one.ours >= 0:
        yield Moment(one.ours, EVENING + 20, other_side(one.by), lambda me: actions.call_ours(me, _now(me, dream)))
    for ago, by, text, when, then in one.step:
        yield Moment(ago, EVENING + 30, by, _plans(dream, Step(text, when, then, text in one.done)))
    for ago, by, how, text in one.news:
        yield Moment(ago, 10 * 60, by, _tells(dream, News(how, text)))
    for ago, by, text in one.company:
        yield Moment(ago, 10 * 60 + 40, by, _keeps_company(dream, text))
    for ago, by in one.light:
        yield Moment(ago, EVENING + 50, by, lambda me: actions.leave_light(me, dream.hex))
    for ago, ahead in one.hour:
        for nth, side in enumerate((one.by, other_side(one.by))):
            yield Moment(ago, EVENING + 5 + nth * 20, side, _names_hour(dream, ahead))
    for ago, how, line in one.end:
        yield Moment(ago, EVENING + 55, one.by, _ends(dream, how, line))


def _plans(dream: UUID, value: Step) -> Act:
    return lambda me: actions.plan(me, dream.hex, _card(me, dream), value, uuid4())


def _tells(dream: UUID, value: News) -> Act:
    return lambda me: actions.happened(me, dream.hex, _card(me, dream), value, uuid4())


def _keeps_company(dream: UUID, text: str) -> Act:
    def act(me: Insider) -> None:
        now = _now(me, dream)
        can = beside(now, me.reader.exchange(life_of(dream.hex)))
        actions.keep_company(me, now, can, text, uuid4())

    return act


def _names_hour(dream: UUID, ahead: int) -> Act:
    def act(me: Insider) -> None:
        life = life_of(dream.hex)
        now = hour.standing(me.reader.exchange(life))
        evening = clock.now().replace(hour=19, minute=30, second=0, microsecond=0) + timedelta(days=ahead)
        hour.say(me, life, actions.path_of(dream.hex), now, evening)

    return act


def _ends(dream: UUID, how: str, line: str) -> Act:
    def act(me: Insider) -> None:
        card = _card(me, dream)
        actions.end(me, _now(me, dream), card, how, line, uuid4(), card.id)

    return act


def _ahead(one: Ahead) -> Iterator[Moment]:
    for nth, side in enumerate(SIDES):
        yield Moment(one.ago, EVENING + nth * 15, side, _writes(getattr(one, side)))
    marked: list[Callable[[Insider, int], object]] = [_marks(question, how) for question, how in one.mark.items()]
    if one.carry:
        marked.append(lambda me, year: vision.carry_on(me, year, one.carry, uuid4(), None))
    for nth, act in enumerate(marked):
        side = SIDES[nth % 2]
        yield Moment(one.ago, EVENING + 60 + nth, side, lambda me, act=act: act(me, _year(me)))  # type: ignore[misc]  # act is bound here


def _year(me: Insider) -> int:
    return clock.today(me.me.zone).year


def _writes(said: dict[str, str]) -> Act:
    def act(me: Insider) -> None:
        asked = {id: library().one(DreamQuestion, id) for id in said}
        lines = tuple(Line(id, found.text, said[id]) for id, found in asked.items() if found)
        vision.write(me, _year(me), lines, uuid4(), None)

    return act


def _marks(question: str, how: str) -> Callable[[Insider, int], None]:
    def act(me: Insider, year: int) -> None:
        now = vision_standing(me.reader.exchange(exchange_name(year)))
        vision.mark(me, year, now, question, how)

    return act
