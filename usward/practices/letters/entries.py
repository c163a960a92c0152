"""Letters. Their words are shared, at once or from a day; that and when one was opened belongs to its reader alone."""

from markupsafe import Markup

from usward.content.schema import OCCASIONS
from usward.entries.attachments import Photo
from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope
from usward.practices.letters.strokes import Drawing, svg

NOW, DAY, FIGHT, MISS, SLEEP, ANNIVERSARY = OCCASIONS
MOMENTS = (FIGHT, MISS, SLEEP)
SAY, OPENED, AGREED = "say", "opened", "agreed"
OUTSIDE = {
    NOW: "A letter",
    DAY: "A letter, for a day",
    FIGHT: "A letter, for when the two of us fight",
    MISS: "A letter, for when you miss me",
    SLEEP: "A letter, for when you can’t sleep",
    ANNIVERSARY: "A letter, for a day of ours",
}


@register
class Letter(Kind, frozen=True):
    """A letter: typed, by hand, with a photo, or all of these. It is put at once or from a day on (see actions.py)."""

    name, version, scope, reveal = "letter", 1, Scope.SHARED, Reveal.AT_ONCE
    occasion: str
    typed: str = ""
    drawing: Drawing = ()
    photo: Photo | None = None

    @property
    def line(self) -> str:
        """What stands outside: all that is shown of it where nobody has opened it."""
        return OUTSIDE.get(self.occasion, OUTSIDE[NOW])

    @property
    def by_hand(self) -> Markup:
        """What was written or drawn by hand, for a page."""
        return svg(self.drawing)

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return not (self.typed or self.drawing or self.photo)

    def words(self) -> Words:
        return Words(self.line, lines(("", self.typed)), drawn=self.by_hand)


@register
class MomentLetter(Letter, frozen=True):
    """A letter for a moment that its reader chooses: it lies there, closed, until they open it."""

    name, version, scope, reveal = "letter-moment", 1, Scope.SHARED, Reveal.AT_ONCE


@register
class Opened(Silent, frozen=True):
    """Its reader has opened it. Own: the writer never learns whether or when."""

    name, version, scope, reveal = "letter-opened", 1, Scope.OWN, Reveal.NEVER


@register
class OneDay(Kind, frozen=True):
    """Two letters for one day, one from each: who reads what is a matter of that day alone, not of both having written."""

    name, version, scope, reveal = "letters-one-day", 1, Scope.SHARED, Reveal.AT_ONCE
    title: str
    day: str

    def words(self) -> Words:
        return Words("Two letters for one day", [("For", self.title), ("To be opened on", self.day)])


def exchange_name(letter: str) -> str:
    """Every letter is an exchange of its own; its sign on the other's Today has this name too."""
    return f"letter:{letter}"


def day_exchange(one_day: str) -> str:
    """The two letters for one day lie in one exchange."""
    return f"letters-day:{one_day}"


def opened_exchange(exchange: str) -> str:
    """Where a reader notes that they have opened what lies in an exchange."""
    return f"opened:{exchange}"


def path_of(exchange: str) -> str:
    """Where the page of an exchange is, as from the root of Usward."""
    kind, _, found = exchange.partition(":")
    return f"keep/letters/{found}/" if kind == "letter" else f"keep/letters/day/{found}/"
