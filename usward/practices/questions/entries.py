"""What is said around a question."""

from datetime import date

import msgspec

from usward.entries.kinds import Kind, Silent, Words, register
from usward.entries.models import Reveal, Scope
from usward.entries.reader import Said

ANSWER = "answer"


class Place(msgspec.Struct, frozen=True):
    """Where the deck stands after a draw: the place of the last card of each band, and the days that rules look back to."""

    used: dict[str, int] = {}
    turn: int = 0
    last_deep: str = ""
    last_again: str = ""


@register
class Draw(Silent, frozen=True):
    """The question of a day, for the two. Drawn once, by whoever comes first; not a word of anybody's."""

    name, version, scope, reveal, space_wide = "draw", 1, Scope.SHARED, Reveal.AT_ONCE, True
    question: str
    text: str
    exchange: str
    place: Place
    again: str = ""  # the exchange of a year ago, where this is the same question again

    def held_out(self) -> tuple[Kind, str, str]:
        return Offer(self.question, self.text, self.exchange), self.exchange, "offer"


@register
class Answer(Kind, frozen=True):
    """An answer. The question's words stand beside it, so that it can be read when the library has changed."""

    name, version, scope, reveal = "answer", 1, Scope.SHARED, Reveal.WHEN_BOTH
    question: str
    question_text: str
    text: str

    def words(self) -> Words:
        return Words("Answer", [("", self.text)], under=self.question_text)


@register
class Offer(Kind, frozen=True):
    """A question that one of the two has answered by themselves, or made, and holds out to the other."""

    name, version, scope, reveal = "offer", 1, Scope.SHARED, Reveal.AT_ONCE
    question: str
    text: str
    exchange: str
    own: bool = False

    def words(self) -> Words:
        return Words("Held out a question", under=self.text, told=False)


@register
class Skip(Silent, frozen=True):
    """Not this one. Own: the other cannot tell it from "not seen"."""

    name, version, scope, reveal = "skip", 1, Scope.OWN, Reveal.NEVER
    exchange: str


@register
class Another(Silent, frozen=True):
    """A private draw, and where one's private deck stands."""

    name, version, scope, reveal = "another", 1, Scope.OWN, Reveal.NEVER
    question: str
    number: int


@register
class Limits(Silent, frozen=True):
    """How deep questions may go, and what they leave out. Joint: only what both allow is drawn."""

    name, version, scope, reveal = "limits", 1, Scope.JOINT, Reveal.NEVER
    ceiling: int = 5
    closed: tuple[str, ...] = ()
    unsuited: tuple[str, ...] = ()
    apart: bool = False


def draw_exchange(day: str) -> str:
    """The exchange that holds a day's draw."""
    return f"draw:{day}"


def drawn_on(draw: Said[Draw]) -> date:
    """The day whose question this is; its row has the day on which somebody came."""
    return date.fromisoformat(draw.exchange.removeprefix("draw:"))


def skipped(exchange: str) -> str:
    """The exchange in which one says to oneself: not this one."""
    return f"skip:{exchange}"


def question_exchange(question: str, round_number: int = 1) -> str:
    """The exchange of a question, the first time it is asked, the second…"""
    return f"q:{question}" if round_number == 1 else f"q:{question}:{round_number}"
