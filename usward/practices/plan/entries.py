"""A plan, and what the two say to it. All of it is shared: an hour that belongs to both is no secret of one.

A plan lies in an exchange of its own; what is said of its single times, in one of their month. What comes round is a kind of
its own, read whole; what is once is found by the marks of the months that are near or ahead.
"""

from datetime import date, datetime, time, timedelta

from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope
from usward.plans.rules import When

PLAN, ANSWER, TURN, END, CLASH, RITUAL = "plan", "answer", "turn", "end", "clash", "ritual"
WHAT = {
    "date": "Date night",
    "twenty": "Our weekly twenty minutes",
    "close": "Time to be close",
    "walk": "A walk",
    "meal": "A meal together",
    "call": "A call",
    "visit": "A visit",
    "celebration": "A day to celebrate",
    "away": "Phones away",
    "other": "Something else",
}
MOVED, LET_GO, AS_PLANNED = "moved", "let-go", "as-planned"
FOUND, KEPT, OVER = "found", "kept", "over"


class Plan(Kind, frozen=True):
    """What is planned, and when. `title` is what the two call it, where `what` does not say enough."""

    version, scope, reveal = 1, Scope.SHARED, Reveal.AT_ONCE
    what: str
    when: When
    title: str = ""
    note: str = ""

    @property
    def called(self) -> str:
        """What it is called."""
        return self.title or WHAT.get(self.what, WHAT["other"])

    def words(self) -> Words:
        when = self.when
        begins = f"{when.day.isoformat()} at {when.at:%H:%M} ({when.zone}), {when.minutes} minutes"
        comes = "" if when.every == "once" else f"every {when.every}"
        return Words("A plan", lines(("", self.called), ("When", begins), ("Comes round", comes), ("Note", self.note)))


@register
class Once(Plan, frozen=True):
    """An hour that is once."""

    name = "plan-once"


@register
class Rule(Plan, frozen=True):
    """An hour that comes round."""

    name = "plan-rule"


@register
class Answer(Kind, frozen=True):
    """Whether an hour suits whoever did not propose it. It is said to one version of the plan: a change asks anew."""

    name, version, scope, reveal = "plan-answer", 1, Scope.SHARED, Reveal.AT_ONCE
    to: str
    yes: bool

    def words(self) -> Words:
        return Words("Yes to a plan" if self.yes else "Not that hour", told=True)


@register
class Turn(Kind, frozen=True):
    """What becomes of one time that a plan comes round, named by its day: moved, let go this once, or as planned after all."""

    name, version, scope, reveal = "plan-turn", 1, Scope.SHARED, Reveal.AT_ONCE
    of: date
    how: str
    day: date | None = None
    at: time | None = None
    zone: str = ""

    def words(self) -> Words:
        to = f"{self.day.isoformat()} at {self.at:%H:%M}" if self.day and self.at else ""
        title = {MOVED: "An hour was moved", LET_GO: "An hour was let go, this once"}.get(
            self.how, "As planned after all"
        )
        return Words(title, lines(("Of", self.of.isoformat()), ("To", to)))


@register
class Ended(Kind, frozen=True):
    """From which day on a plan comes round no more; None takes that back."""

    name, version, scope, reveal = "plan-ended", 1, Scope.SHARED, Reveal.AT_ONCE
    from_day: date | None = None

    def words(self) -> Words:
        day = self.from_day
        return Words("A plan was ended" if day else "A plan goes on", lines(("From", day.isoformat() if day else "")))


@register
class Clash(Kind, frozen=True):
    """One time of a plan meets something in a calendar, whosever that is: found by whoever came first, kept all the same by
    either, or over, since it meets nothing any more."""

    name, version, scope, reveal = "plan-clash", 1, Scope.SHARED, Reveal.AT_ONCE
    of: date
    start: datetime
    how: str

    def words(self) -> Words:
        return Words("An hour met a calendar", told=False)

    @property
    def nobodys(self) -> bool:
        return self.how in (FOUND, OVER)


@register
class Ritual(Kind, frozen=True):
    """One of the two calls a plan a ritual, and says why it matters. It is one when both do: until then neither knows."""

    name, version, scope, reveal = "plan-ritual", 1, Scope.SHARED, Reveal.WHEN_BOTH
    why: str

    def words(self) -> Words:
        return Words("A ritual of ours", lines(("Why it matters", self.why)))


@register
class Mark(Silent, frozen=True):
    """In a month lies one time of a plan, named by its day by the rule: as planned, or as it was moved there."""

    name, version, scope, reveal = "plan-mark", 1, Scope.SHARED, Reveal.AT_ONCE
    plan: str
    of: date


def exchange_of(plan: str) -> str:
    """The exchange of a plan; `plan` is the hex of the id of its first version."""
    return f"plan:{plan}"


def turns_of(plan: str, of: date) -> str:
    """The exchange of what is said of single times of a plan, month by month, so that years behind are not read."""
    return f"plan:{plan}:{of:%Y-%m}"


def marks_of(month: date) -> str:
    """The exchange of the marks of a month."""
    return f"plans:{month:%Y-%m}"


def months(first: date, last: date) -> list[date]:
    """The months from one day to another, each as its first day."""
    found, month = [], first.replace(day=1)
    while month <= last:
        found.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return found
