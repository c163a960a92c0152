"""A plan, and what the two say to it. All of it is shared: an hour that belongs to both is no secret of one.

A plan lies in an exchange of its own, with everything that was said to it. What is once and what comes round are two kinds,
so that the newest of what is once can be read without passing over the rules that have stood for years, and the other way.
"""

from datetime import date, datetime, time

from usward.entries.kinds import Kind, Words, lines, register
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


@register
class Ritual(Kind, frozen=True):
    """One of the two calls a plan a ritual, and says why it matters. It is one when both do: until then neither knows."""

    name, version, scope, reveal = "plan-ritual", 1, Scope.SHARED, Reveal.WHEN_BOTH
    why: str

    def words(self) -> Words:
        return Words("A ritual of ours", lines(("Why it matters", self.why)))


def exchange_of(plan: str) -> str:
    """The exchange of a plan; `plan` is the hex of the id of its first version."""
    return f"plan:{plan}"
