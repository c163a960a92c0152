"""A dream, and what belongs to it. Each is shared, or its author's own: all that belongs to an own dream is own, too.

Each of the two has at most one card of a dream; it is theirs alone to change. The dream lies in an exchange of its own
with its cards alone, so that a list reads nothing else; its steps, its news and what was said to it lie in a second one.
"""

from usward.entries.kinds import Kind, Words, lines, register
from usward.entries.models import Reveal, Scope

CARD, STEP, NEWS, COMPANY, LIGHT = "card", "step", "news", "company", "light"
CHEER, ADVISE, HELP, LEAVE = "cheer", "advise", "help", "leave"
SUPPORTS = (CHEER, ADVISE, HELP, LEAVE)
DONE, LET_GO, SHARED = "done", "let-go", "shared"
SUCCESS, SETBACK = "success", "setback"


@register
class Dream(Kind, frozen=True):
    """A card of a dream that is alive: its words, which support its author wants, and whether they would call it ours."""

    name, version, scope, reveal = "dream", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    text: str
    why: str = ""
    support: str = ""
    for_two: bool = False

    def words(self) -> Words:
        return Words("A dream", lines(("", self.text), ("Why", self.why)))


@register
class Rested(Kind, frozen=True):
    """A card that rests: come true, let go, or (of an own dream) shared as a new one. It takes the place of the living one.

    `became` is the hex of the shared dream's id, where there is one: an own thing that its author alone can read.
    """

    name, version, scope, reveal = "dream-rested", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    text: str
    why: str
    support: str
    for_two: bool
    how: str
    line: str = ""
    became: str = ""

    def words(self) -> Words:
        title = {DONE: "A dream come true", LET_GO: "A dream let go"}.get(self.how, "A dream, shared since")
        return Words(title, lines(("", self.text), ("Why", self.why), ("At its end", self.line)))


@register
class Step(Kind, frozen=True):
    """A small step; with an if-then plan where there is one. Its author does it, and marks it."""

    name, version, scope, reveal = "dream-step", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    text: str
    when: str = ""
    then: str = ""
    done: bool = False

    def words(self) -> Words:
        title = "A step of a dream, done" if self.done else "A step of a dream"
        return Words(title, lines(("", self.text), ("When", self.when), ("Then I", self.then)))


@register
class News(Kind, frozen=True):
    """What happened on the way: it went well, or it did not."""

    name, version, scope, reveal = "dream-news", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    how: str
    text: str

    def words(self) -> Words:
        return Words("It went well" if self.how == SUCCESS else "A setback", [("", self.text)])


@register
class Company(Kind, frozen=True):
    """What somebody said to a dream; `way` is the support that was wanted when they said it."""

    name, version, scope, reveal = "dream-company", 1, Scope.SHARED, Reveal.AT_ONCE
    way: str
    text: str

    def words(self) -> Words:
        return Words("Said to a dream", [("", self.text)])


@register
class Light(Kind, frozen=True):
    """A quiet light that the other leaves: nothing is typed, nothing is asked."""

    name, version, scope, reveal = "dream-light", 1, Scope.SHARED, Reveal.AT_ONCE

    def words(self) -> Words:
        return Words("A light, left with a dream")


def cards_of(dream: str) -> str:
    """The exchange of a dream's cards; `dream` is the hex of the id of its first one."""
    return f"dream:{dream}"


def life_of(dream: str) -> str:
    """The exchange of what belongs to it."""
    return f"dream-life:{dream}"
