"""What is said in a round: the question, the answer of the one it is about, the other's guess, and a kind mark.

Answer and guess are shared, and both wait until both are there. Their step is named by topic and by whom they are about,
so that one topic of one person can be listed without opening the rest.
"""

from uuid import UUID

from usward.content.schema import TOPICS
from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope

ASKED, MARK, PASSED = "asked", "mark", "passed"
OWN = "own"
ROOMS = (*TOPICS, OWN)
FITS = {"me": "Yes, that’s me", "close": "Close", "new": "Something new"}


@register
class Asked(Kind, frozen=True):
    """A round that one of the two has begun: the question, in words that stay, and whether it is about themselves.

    `nth` is 1, and 2 and so on when the same is asked again after a year.
    """

    name, version, scope, reveal = "inner-asked", 1, Scope.SHARED, Reveal.AT_ONCE
    question: str
    text: str
    topic: str
    about_asker: bool
    nth: int = 1

    def words(self) -> Words:
        return Words("Asked, to guess and to learn", under=self.text, told=False)


@register
class Told(Kind, frozen=True):
    """What somebody says of themselves. `handed`: typed by them on the other's phone, which is its author then."""

    name, version, scope, reveal = "inner-told", 1, Scope.SHARED, Reveal.WHEN_BOTH
    question: str
    asked: str
    text: str
    round: str
    nth: int = 1
    handed: bool = False

    def words(self) -> Words:
        title = "Told of themselves, on the other’s phone" if self.handed else "Told of oneself"
        return Words(title, [("", self.text)], under=self.asked)


@register
class Guess(Kind, frozen=True):
    """How one of the two thinks that the other would answer. `handed` as above."""

    name, version, scope, reveal = "inner-guess", 1, Scope.SHARED, Reveal.WHEN_BOTH
    asked: str
    text: str
    handed: bool = False

    def words(self) -> Words:
        title = "A guess, typed on the other’s phone" if self.handed else "A guess"
        return Words(title, [("", self.text)], under=self.asked)


@register
class Mark(Kind, frozen=True):
    """What the one it is about says to the guess: `fits` is one of FITS, and a line if they like."""

    name, version, scope, reveal = "inner-mark", 1, Scope.SHARED, Reveal.AT_ONCE
    fits: str
    line: str = ""
    handed: bool = False

    def words(self) -> Words:
        return Words("Said to a guess", lines(("", FITS.get(self.fits, "")), ("", self.line)))


@register
class Passed(Silent, frozen=True):
    """Not this one. Own: the other cannot tell it from "not seen"."""

    name, version, scope, reveal = "inner-passed", 1, Scope.OWN, Reveal.NEVER


def round_exchange(question: str, owner: UUID, nth: int) -> str:
    """One exchange a question, a person whom it is about, and a time that it is asked."""
    return f"inner:{question}:{owner.hex}:{nth}"


def part_step(topic: str, owner: UUID) -> str:
    """The step at which answer and guess meet: the topic of the one it is about."""
    return f"{topic}:{owner.hex}"
