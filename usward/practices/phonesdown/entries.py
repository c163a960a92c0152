"""What is said when two put their phones down: that one would, that the other does, that they are up again, and a line each."""

from usward.entries.kinds import Kind, Words, register
from usward.entries.models import Reveal, Scope

DOWN, JOINED, UP, LINE = "down", "joined", "up", "line"


@register
class Down(Kind, frozen=True):
    """Somebody would put the phones down for so many minutes. `together`: they sit at one table, and one tap is both's."""

    name, version, scope, reveal = "phones-down", 1, Scope.SHARED, Reveal.AT_ONCE
    minutes: int
    together: bool = False

    def words(self) -> Words:
        return Words("Phones down", [("", f"{self.minutes} minutes")])


@register
class Joined(Kind, frozen=True):
    """The other puts theirs down, too: the time begins."""

    name, version, scope, reveal = "phones-down-joined", 1, Scope.SHARED, Reveal.AT_ONCE

    def words(self) -> Words:
        return Words("Phones down, both")


@register
class Up(Kind, frozen=True):
    """They are up again before the time. Who said so is shown to nobody."""

    name, version, scope, reveal = "phones-up", 1, Scope.SHARED, Reveal.AT_ONCE

    @property
    def nobodys(self) -> bool:
        return True

    def words(self) -> Words:
        return Words("Phones up again")


@register
class Kept(Kind, frozen=True):
    """One line that somebody keeps of the time. It opens when both have kept one."""

    name, version, scope, reveal = "phones-down-line", 1, Scope.SHARED, Reveal.WHEN_BOTH
    text: str

    def words(self) -> Words:
        return Words("A line kept, after the phones were down", [("", self.text)])


@register
class Place(Kind, frozen=True):
    """Where, or when, somebody would have no phones at all: "the bedroom", "at breakfast"."""

    name, version, scope, reveal = "phone-free", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str

    def words(self) -> Words:
        return Words("No phones here", [("", self.text)])


@register
class PlaceAnswer(Kind, frozen=True):
    """Yes to a place, by whoever did not name it; or no (more), by either. It is said to one version of the place."""

    name, version, scope, reveal = "phone-free-answer", 1, Scope.SHARED, Reveal.AT_ONCE
    to: str
    yes: bool

    def words(self) -> Words:
        return Words("No phones there: yes" if self.yes else "No phones there: no more", told=self.yes)


PLACES, PLACE, PLACE_ANSWER = "phone-free", "place", "place-answer"


def exchange_of(down: str) -> str:
    """The exchange of one time; `down` is the hex of the id with which it began."""
    return f"phones-down:{down}"
