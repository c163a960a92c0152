"""What the demo couple lived, as life.toml tells it."""

from functools import cache
from pathlib import Path

import msgspec

LEFT, RIGHT = "left", "right"
SIDES = (LEFT, RIGHT)


def other_side(side: str) -> str:
    """The other of the two."""
    return RIGHT if side == LEFT else LEFT


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of the two, as the other sees them."""

    name: str
    colour: str
    shape: str


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of the library, `ago` days ago; `again` names one that comes back today."""

    ago: int
    id: str = ""
    again: str = ""
    left: str = ""
    right: str = ""
    skip: str = ""
    thread: tuple[tuple[str, str], ...] = ()
    tonight: bool = False
    kept: str = ""


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that one of the two made; who made it has answered it."""

    ago: int
    by: str
    text: str
    left: str = ""
    right: str = ""


class Thanked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thank-you or a compliment: found `wait` days after it was written, first worded as `before`, or taken back."""

    by: str
    text: str
    ago: int = -1
    kind: str = "thanks"
    meant: str = ""
    shows: str = ""
    wait: int = 0
    before: str = ""
    withdrawn: bool = False
    thread: tuple[tuple[str, str], ...] = ()


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check-in that had a line, and what the other answered."""

    by: str
    mood: str
    line: str
    ago: int = -1
    need: str = ""
    reply: str = ""


class Guessed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round of the inner world about one of the two; begun by whom it is about, unless `by` says otherwise."""

    ago: int
    about: str
    told: str
    guess: str = ""
    by: str = ""
    question: str = ""
    own: str = ""
    fits: str = ""
    line: str = ""


class Comfortable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one of the two said of touch."""

    by: str
    ago: int
    warmth: int
    places: tuple[str, ...]
    energy: int


class Listened(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A listening talk about a topic of the library, which `by` began and spoke first in. A step is what the next of the
    two did (say, back, yes, partly, again, ended) with its words; in the end `by` may tell the other's side, and the other says
    what fits."""

    ago: int
    by: str
    topic: str
    steps: tuple[tuple[str, str], ...]
    feels: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


class Half(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One side of a thing that the two worked through: the view, the other's side as this one told it (which fitted), the
    need, ideas, how gladly they would live with each of all the ideas, and what it taught them."""

    view: dict[str, str]
    told: tuple[str, ...]
    need: str
    ideas: tuple[str, ...]
    ratings: tuple[str, ...] = ()
    taught: str = ""


class Worked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that they worked through, or still do. `agreement` is what, by when, how noticed; `kept` when they looked
    at it again, days ago, and for how many days they kept it."""

    ago: int
    by: str
    name: str
    left: Half
    right: Half
    agreement: tuple[str, ...] = ()
    kept: tuple[int, int] = (0, 0)


class Dreamed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dream and what became of it; all that follows it is (days ago, who, …). `ours` is when the other said so, too."""

    ago: int
    by: str
    text: str
    why: str = ""
    support: str = ""
    own: bool = False
    ours: int = -1
    step: tuple[tuple[int, str, str, str, str], ...] = ()  # …, text, when, then
    done: tuple[str, ...] = ()  # the steps that are done
    news: tuple[tuple[int, str, str, str], ...] = ()  # …, success or setback, text
    company: tuple[tuple[int, str, str], ...] = ()
    light: tuple[tuple[int, str], ...] = ()
    hour: tuple[tuple[int, int], ...] = ()  # days ago, and how many days after it the hour lies
    end: tuple[tuple[int, str, str], ...] = ()  # days ago, done or let-go, a line


class Ahead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What both wrote about the years ahead, by question; what they marked then, and carry on."""

    ago: int
    left: dict[str, str]
    right: dict[str, str]
    mark: dict[str, str] = {}
    carry: str = ""


class Hard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something hard, carefully said, and the replies; or what its author wants to read again first."""

    ago: int
    by: str
    saw: str
    felt: str = ""
    need: str = ""
    ask: str = ""
    waits: bool = False
    thread: tuple[tuple[str, str], ...] = ()


class Kindly(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quarrel that one of the two looked at with a kind eye, alone."""

    ago: int
    by: str
    saw: str
    hinders: str
    plan: str


class Planned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An hour that `by` proposed, to be `ahead` days after, and which the other said yes to or has yet to answer. `moved` is
    which of its times, how many days from today, was moved, to how many days from today, and to which time."""

    ago: int
    by: str
    what: str
    ahead: int
    at: str
    minutes: int
    every: str = "once"
    title: str = ""
    note: str = ""
    yes: bool = True
    moved: tuple[int, int, str] | None = None


class Life(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two, and their year."""

    left: Someone
    right: Someone
    away: tuple[tuple[int, int], ...]
    question: tuple[Asked, ...]
    own: tuple[Own, ...]
    thanks: tuple[Thanked, ...]
    line: tuple[Line, ...]
    guessed: tuple[Guessed, ...] = ()
    comfort: tuple[Comfortable, ...] = ()
    listening: tuple[Listened, ...] = ()
    worked: tuple[Worked, ...] = ()
    dream: tuple[Dreamed, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    hard: tuple[Hard, ...] = ()
    kind_eye: tuple[Kindly, ...] = ()
    planned: tuple[Planned, ...] = ()

    def someone(self, side: str) -> Someone:
        """The person of a side."""
        return self.left if side == LEFT else self.right

    @property
    def days(self) -> int:
        """How many days ago it begins."""
        return max(question.ago for question in self.question)

    def is_away(self, ago: int) -> bool:
        """Whether the one on the right is on tour."""
        return any(first >= ago >= last for first, last in self.away)


@cache
def life() -> Life:
    """Read once, and kept."""
    return msgspec.toml.decode((Path(__file__).parent / "life.toml").read_bytes(), type=Life)


def spread(number: int, of: int, days: int) -> int:
    """How many days ago the n-th of some undated things lies: evenly over the year, the last one a few days ago."""
    return days - 5 - round((number + 0.5) * (days - 15) / of)
