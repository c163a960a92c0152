"""Two people and their wishes, without a database: what each keeps, what lies on the table, and their visits."""

import hashlib
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import msgspec

from usward.content.schema import Wish
from usward.practices.wishes.entries import OwnWish, Record, Sheet, Side
from usward.practices.wishes.exchange import Visit, step
from usward.practices.wishes.sheet import Listed, answered, laid_out, listed
from usward.practices.wishes.standing import Standing, Step

TOPICS = ("time", "home", "adventure", "tenderness")


def shelf(count: int, intimate: int = 0) -> list[Wish]:
    """A library of so many wishes, and some of intimacy, on levels 1, 2, 3, 1…"""
    plain = [Wish(f"wish-{n}", TOPICS[n % 4], f"I would like number {n}.") for n in range(count)]
    return plain + [Wish(f"close-{n}", "intimacy", f"Closeness {n}.", n % 3 + 1) for n in range(intimate)]


@dataclass
class Person:
    """One of the two: what only they can open, and their side of the table."""

    opens: bool
    other: str
    sheet: Sheet = field(default_factory=Sheet)
    record: Record | None = None
    side: Side | None = None

    def found(self) -> dict[str, int]:
        """What has met, as this person knows it."""
        record = self.record
        return {} if record is None else {w: f for w, f in zip(record.wishes, record.found, strict=True) if f}


@dataclass
class Two:
    """A couple: Anna opens, Ben answers. Randomness is a function of `seed`, so that a life can be lived again."""

    library: list[Wish]
    seed: str = ""
    own: list[Any] = field(default_factory=list)
    visits: int = 0

    def __post_init__(self) -> None:
        self.anna, self.ben = Person(True, "ben"), Person(False, "anna")

    def other(self, who: Person) -> Person:
        """The other of the two."""
        return self.ben if who is self.anna else self.anna

    def wishes(self) -> tuple[Listed, ...]:
        """The list of both, at this moment."""
        return listed(self.library, self.own)

    def write(self, who: Person, text: str, topic: str = "time", level: int = 0) -> str:
        """Put a wish on both lists. Returns its id."""
        value, entry = OwnWish(text, topic, level), UUID(int=len(self.own) + 1)
        self.own.append(SimpleNamespace(id=entry, value=value, mine=who is self.anna))
        return f"own-{entry.hex}"

    def open_sheet(self, who: Person) -> Sheet:
        """Their sheet as their page shows it."""
        who.sheet = laid_out(who.sheet, who.other, self.wishes())
        return who.sheet

    def answer(self, who: Person, *answers: tuple[str, str], **settings: Any) -> None:
        """They answer some wishes: (wish, "y", "m", "l", "n" or "")."""
        sheet = msgspec.structs.replace(self.open_sheet(who), **settings)
        for wish, answer in answers:
            sheet = answered(sheet, wish, answer)
        who.sheet = sheet

    def look(self, who: Person, week: int) -> Visit:
        """All that a step of theirs would depend on."""
        sheet, chance = self.open_sheet(who), hashlib.sha256(f"{self.seed}{self.visits}".encode()).digest()
        standing = Standing(who.opens, week, who.other, who.record, who.side, self.other(who).side)
        return Visit(standing, self.wishes(), sheet, chance)

    def visit(self, who: Person, week: int) -> Step | None:
        """They come by: whatever is due is done."""
        self.visits += 1
        look = self.look(who, week)
        found = step(look)
        assert look.standing.due or not found
        if found:
            who.record, who.side = found.record, found.side
        return found

    def week(self, week: int, rounds: int = 2) -> None:
        """A week in which both come by, in turns."""
        for _ in range(rounds):
            self.visit(self.anna, week)
            self.visit(self.ben, week)
