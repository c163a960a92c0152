"""What is said on the way through a hard thing. Shared, but for two: a rating is joint, and passing a phone is own.

`passed` says that on one phone the other of its author said it: the entry is its author's, the words are the other's.
"""

from typing import ClassVar

from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope

RATINGS = {1: "no", 2: "hardly", 3: "could", 4: "gladly", 5: "very gladly"}
KEEP, CHANGE, RETIRE = "keep", "change", "retire"
VERDICTS = {KEEP: "Keep it", CHANGE: "Change it", RETIRE: "Retire it"}
AGREED = "agreed"


@register
class Begun(Silent, frozen=True):
    """A talk that one of the two has begun: what lists of talks find."""

    name, version, scope, reveal = "workthrough-begun", 1, Scope.SHARED, Reveal.AT_ONCE


class Text(Kind, frozen=True):
    """What one of them puts in a few words."""

    version, scope = 1, Scope.SHARED
    title: ClassVar[str]
    text: str
    passed: bool = False

    def words(self) -> Words:
        return Words(self.title, [("", self.text)])


@register
class Named(Text, frozen=True):
    """What one of them would call it: a third thing, which is neither of the two."""

    name, reveal, title = "workthrough-named", Reveal.AT_ONCE, "What to call it"
    outcome = AGREED

    def words(self) -> Words:
        return Words(self.title, [("", self.text)], under=self.text)


@register
class Need(Text, frozen=True):
    """What one of them needs in it."""

    name, reveal, title = "workthrough-need", Reveal.WHEN_BOTH, "What I need"


@register
class Idea(Text, frozen=True):
    """One option. Nobody judges it yet."""

    name, reveal, title = "workthrough-idea", Reveal.AT_ONCE, "An idea"


@register
class Taught(Text, frozen=True):
    """What it has taught one of them about the two."""

    name, reveal, title = "workthrough-taught", Reveal.WHEN_BOTH, "What it taught me about us"


PARTS = {
    "difference": "Where we differ in it",
    "feelings": "What I feel in it",
    "outside": "What presses from outside",
    "pattern": "What we fall into",
}


@register
class View(Kind, frozen=True):
    """How it is for one of them, written apart: the difference, the feelings, what presses from outside, the pattern."""

    name, version, scope, reveal = "workthrough-view", 1, Scope.SHARED, Reveal.WHEN_BOTH
    difference: str = ""
    feelings: str = ""
    outside: str = ""
    pattern: str = ""
    passed: bool = False

    def words(self) -> Words:
        return Words("My view", lines(*((label, getattr(self, name)) for name, label in PARTS.items())))


@register
class Rated(Silent, frozen=True):
    """How gladly its author would live with each idea, by the idea's id. Joint: only `fair.orders` sees it; erased by its
    author once the order has been made."""

    name, version, scope, reveal = "workthrough-rated", 1, Scope.JOINT, Reveal.NEVER
    ratings: dict[str, int]


@register
class Order(Silent, frozen=True):
    """The fair ones, by id and in their order: all that ever comes of the ratings."""

    name, version, scope, reveal = "workthrough-order", 1, Scope.SHARED, Reveal.AT_ONCE
    ideas: tuple[str, ...]


@register
class More(Silent, frozen=True):
    """More ideas first."""

    name, version, scope, reveal = "workthrough-more", 1, Scope.SHARED, Reveal.AT_ONCE


@register
class Agreement(Kind, frozen=True):
    """Who does what, by when, how they will notice that it helps, and on which day they look again."""

    name, version, scope, reveal = "workthrough-agreement", 1, Scope.SHARED, Reveal.AT_ONCE
    outcome = AGREED
    what: str
    by: str
    notice: str
    again: str
    passed: bool = False

    def words(self) -> Words:
        told = (("Who does what", self.what), ("By when", self.by), ("How we will notice", self.notice))
        return Words("An agreement", lines(*told, ("We look again", self.again)))


@register
class Looked(Kind, frozen=True):
    """What to do with an agreement on its day: keep it (and look again on another), change it, or retire it."""

    name, version, scope, reveal = "workthrough-looked", 1, Scope.SHARED, Reveal.AT_ONCE
    verdict: str
    again: str = ""
    passed: bool = False

    @property
    def outcome(self) -> str:
        """Where it leads, once the other agrees."""
        return self.verdict

    def words(self) -> Words:
        verdict = VERDICTS.get(self.verdict, self.verdict)
        return Words("Looked again", lines(("", verdict), ("We look again", self.again)))


@register
class Agreed(Silent, frozen=True):
    """Yes to what the other proposed: `to` is its id."""

    name, version, scope, reveal = "workthrough-agreed", 1, Scope.SHARED, Reveal.AT_ONCE
    to: str
    passed: bool = False


@register
class Ready(Silent, frozen=True):
    """Ready: to begin, to go on, to come back from a pause."""

    name, version, scope, reveal = "workthrough-ready", 1, Scope.SHARED, Reveal.AT_ONCE
    passed: bool = False


@register
class Stopped(Silent, frozen=True):
    """Enough here; or, where `stopped` is False, taken up again."""

    name, version, scope, reveal = "workthrough-stopped", 1, Scope.SHARED, Reveal.AT_ONCE
    stopped: bool = True


@register
class Passing(Silent, frozen=True):
    """This person's phone is passed between the two, or is no longer. Own: it changes no page but theirs."""

    name, version, scope, reveal = "workthrough-passing", 1, Scope.OWN, Reveal.NEVER
    on: bool


@register
class InForce(Silent, frozen=True):
    """For the list of agreements: this talk has one until a day, or (where `until` is empty) has one no longer."""

    name, version, scope, reveal = "workthrough-in-force", 1, Scope.SHARED, Reveal.AT_ONCE
    talk: str
    title: str
    until: str = ""


AGREEMENTS = "workthrough:agreements"


def exchange_name(talk: str) -> str:
    """One exchange a talk."""
    return f"workthrough:{talk}"
