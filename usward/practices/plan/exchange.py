"""Where a plan stands: a fold of what was said to it. Pure. The newest word on each thing counts, whoever said it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from usward.entries.reader import Said
from usward.plans.rules import Occurrence, instant, next_days, occurrences
from usward.practices.plan.entries import (
    ANSWER,
    AS_PLANNED,
    CLASH,
    END,
    FOUND,
    LET_GO,
    MOVED,
    PLAN,
    RITUAL,
    TURN,
    Answer,
    Clash,
    Plan,
    Ritual,
    Turn,
)

ALONE, WAITS, ASKED, AGREED, DECLINED = "alone", "waits", "asked", "agreed", "declined"


class Hour(NamedTuple):
    """One time of a plan, as it stands now: which one it is (`of`, the day by the rule), its instants in UTC, whether it was
    moved or let go, and whether whoever proposed the plan sees to it, or the other: they take turns."""

    of: date
    start: datetime
    end: datetime
    how: str
    by_proposer: bool


@dataclass(frozen=True)
class Standing:
    """A plan: its newest version, what was answered to that, what became of single times, and from when on it is over.

    `said` is what both know that decides when it is.
    """

    plan: Said[Plan]
    answer: bool | None = None
    turns: dict[date, Said[Turn]] = field(default_factory=dict)
    over_from: date | None = None
    clashes: dict[date, Clash] = field(default_factory=dict)
    my_ritual: Said[Ritual] | None = None
    their_ritual: Said[Ritual] | None = None
    said: Sequence[Said[Any]] = ()

    @property
    def ritual(self) -> bool:
        """Whether both call it a ritual."""
        return self.my_ritual is not None and self.their_ritual is not None

    def clashes_at(self, hour: Hour) -> bool:
        """Whether one time of it meets something in a calendar, and nobody has said yet what becomes of it."""
        clash = self.clashes.get(hour.of)
        return clash is not None and clash.how == FOUND and clash.start == hour.start and hour.how != LET_GO

    @property
    def id(self) -> str:
        """The hex by which the plan is known."""
        return self.plan.root.hex

    def state(self, together: bool) -> str:
        """In a word, for whoever reads. Alone, what one plans stands, and waits for a partner to come."""
        if not together:
            return ALONE
        if self.answer is None:
            return WAITS if self.plan.mine else ASKED
        return AGREED if self.answer else DECLINED

    def may_take_back(self, together: bool) -> bool:
        """Whether whoever reads has proposed it, and it is not agreed."""
        return self.plan.mine and self.state(together) != AGREED

    def hours(self, start: datetime, end: datetime) -> list[Hour]:
        """What lies in a span of time, wholly or in part, in its order; also what was let go, so that it can be taken back."""
        by_rule = {one.of: one for one in map(self._hour, occurrences(self.plan.value.when, start, end))}
        # What was moved lies elsewhere than the rule says: look at each by itself.
        found = (by_rule | {one.of: one for one in self.turned()}).values()
        return sorted(
            (one for one in found if one.start < end and one.end > start and not self._over(one.of)),
            key=lambda one: (one.start, one.of),
        )

    def turned(self) -> list[Hour]:
        """Every single time of which something became, while the plan still comes round on its day."""
        by_rule = (one for of in self.turns for one in next_days(self.plan.value.when, of, 1) if one.day == of)
        return [self._hour(one) for one in by_rule if not self._over(one.day)]

    def _over(self, of: date) -> bool:
        return self.over_from is not None and of >= self.over_from

    def coming(self, now: datetime, count: int, today: date) -> list[Hour]:
        """The next so many times that are not over; and beyond them whatever was moved or let go, to be taken back."""
        near = next_days(self.plan.value.when, today - timedelta(days=1), count + 2)
        moved = [self._moved_to(turn.value) for turn in self.turns.values()]
        horizon = max([now, *(one.end for one in near), *(at for at in moved if at)]) + timedelta(days=1)
        found = self.hours(now, horizon)
        return [*found[:count], *(hour for hour in found[count:] if hour.how != AS_PLANNED)]

    def _moved_to(self, turn: Turn) -> datetime | None:
        if turn.how != MOVED or turn.day is None or turn.at is None:
            return None
        return instant(turn.day, turn.at, turn.zone or self.plan.value.when.zone)

    def _hour(self, one: Occurrence) -> Hour:
        turn = self.turns.get(one.day)
        how = turn.value.how if turn else AS_PLANNED
        start = (self._moved_to(turn.value) if turn else None) or one.start
        return Hour(one.day, start, start + (one.end - one.start), how, one.number % 2 == 0)


def standing(said: Iterable[Said[Any]]) -> Standing | None:
    """Fold an exchange; None where the plan has been taken back."""
    newest: dict[tuple[str, Any], Said[Any]] = {}
    heard = tuple(said)
    for one in heard:
        about = _about(one)
        before = newest.get((one.step, about))
        if before is None or one.seq > before.seq:
            newest[one.step, about] = one
    plan = newest.get((PLAN, None))
    if plan is None:
        return None
    answer: Said[Answer] | None = newest.get((ANSWER, plan.id.hex))
    ended = newest.get((END, None))
    return Standing(
        plan=plan,
        answer=answer.value.yes if answer else None,
        turns={about: one for (step, about), one in newest.items() if step == TURN and one.value.how != AS_PLANNED},
        over_from=ended.value.from_day if ended else None,
        clashes={about: one.value for (step, about), one in newest.items() if step == CLASH},
        my_ritual=newest.get((RITUAL, True)),
        their_ritual=newest.get((RITUAL, False)),
        said=tuple(one for one in heard if one.step in (PLAN, ANSWER, TURN, END)),
    )


def _about(one: Said[Any]) -> Any:
    """What a word is about, of which only the newest on the same thing counts."""
    if one.step in (TURN, CLASH):
        return one.value.of
    if one.step == ANSWER:
        return one.value.to
    return one.mine if one.step == RITUAL else None


def in_week(plans: Sequence[Standing], start: datetime, end: datetime) -> list[tuple[Standing, Hour]]:
    """Every hour of some plans in a span, in its order; without what was let go."""
    found = [(plan, hour) for plan in plans for hour in plan.hours(start, end) if hour.how != LET_GO]
    return sorted(found, key=lambda pair: (pair[1].start, pair[0].id))
