"""What the two worked through: on one evening, step by step, each on their own phone; and how they looked at it again."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import msgspec

from usward.demo.life import LEFT, RIGHT, SIDES, Life, Worked, other_side
from usward.demo.moment import Act, Moment
from usward.entries.door import Insider
from usward.entries.kinds import Kind
from usward.kit import clock
from usward.practices.workthrough import actions, talks
from usward.practices.workthrough.entries import KEEP, RATINGS, Agreement, Idea, Looked, Need, Taught, View
from usward.practices.workthrough.talks import Talk
from usward.talkback import otherside
from usward.talkback.entries import Mark, OtherView, ViewMarks

EVENING = 20 * 60
Step = Callable[[Insider, Talk], object]


def worked(life: Life) -> Iterator[Moment]:
    """Every such evening, and the looks again."""
    for one in life.worked:
        talk = uuid4()
        steps: list[tuple[str, Step | None]] = [(one.by, None), *_evening(one)]
        for nth, (side, step) in enumerate(steps):
            yield Moment(one.ago, EVENING + nth * 2, side, _at(talk, step, one.name))
        for nth, (side, again) in enumerate(_look(one)):
            yield Moment(one.kept[0], EVENING + nth * 3, side, _at(talk, again, ""))


def _at(talk: UUID, step: Step | None, name: str) -> Act:
    def act(me: Insider) -> None:
        if step is None:
            actions.begin(me, name, talk)
            return
        found = talks.find(me, talk)
        if found is None:
            raise LookupError("nothing to work through")
        step(me, found)

    return act


def _evening(one: Worked) -> Iterator[tuple[str, Step]]:
    """From the name to the ideas, or as far as an agreement."""
    halves = ((LEFT, one.left), (RIGHT, one.right))
    yield other_side(one.by), _agree
    yield from ((side, _ready) for side in SIDES)
    yield from ((side, _write(msgspec.convert(half.view, View))) for side, half in halves)
    for side, half in halves:
        view = uuid4()
        yield side, _tell(half.told, view)
        yield other_side(side), _fits(half.told, view)
    yield from ((side, _write(Need(half.need))) for side, half in halves)
    for side, half in halves:
        yield from ((side, _add(text)) for text in half.ideas)
    if one.agreement:
        what, by, notice = one.agreement
        yield from ((side, _ready) for side in SIDES)
        yield from ((side, _rate(half.ratings)) for side, half in halves)
        yield RIGHT, _propose(lambda me: Agreement(what, by, notice, _in(me, 30)))
        yield LEFT, _agree


def _look(one: Worked) -> Iterator[tuple[str, Step]]:
    """Looked at again, and kept."""
    if one.kept[1]:
        yield LEFT, _write(Taught(one.left.taught))
        yield RIGHT, _write(Taught(one.right.taught))
        yield LEFT, _propose(lambda me: Looked(KEEP, _in(me, one.kept[1])))
        yield RIGHT, _agree


def _in(me: Insider, days: int) -> str:
    return (clock.today(me.me.zone) + timedelta(days=days)).isoformat()


def _agree(me: Insider, talk: Talk) -> None:
    actions.agree(me, talk, talk.now.here.proposals[-1].id, uuid4())


def _ready(me: Insider, talk: Talk) -> None:
    actions.ready(me, talk, talk.now.key, uuid4())


def _write(value: Kind) -> Step:
    return lambda me, talk: actions.write(me, talk, value, False, uuid4(), None)


def _propose(made: Callable[[Insider], Kind]) -> Step:
    def step(me: Insider, talk: Talk) -> None:
        newest = talk.now.here.newest
        actions.propose(me, talk, made(me), uuid4(), newest.id.hex if newest else "")

    return step


def _add(text: str) -> Step:
    return lambda me, talk: actions.add(me, talk, Idea(text), uuid4())


def _rate(words: tuple[str, ...]) -> Step:
    numbers = {word: number for number, word in RATINGS.items()}

    def step(me: Insider, talk: Talk) -> None:
        ideas = [one.id.hex for one in talk.now.ideas]
        ratings = {idea: numbers[word] for idea, word in zip(ideas, words, strict=True)}
        actions.rate(me, talk, ratings, False, uuid4())

    return step


def _tell(told: tuple[str, ...], view: UUID) -> Step:
    return lambda me, talk: otherside.put(me, talk.exchange, OtherView(told), 0, view)


def _fits(told: tuple[str, ...], view: UUID) -> Step:
    marks = tuple(Mark(text, "yes") for text in told)
    return lambda me, talk: otherside.mark(me, talk.exchange, ViewMarks(view.hex, marks), uuid4(), None)
