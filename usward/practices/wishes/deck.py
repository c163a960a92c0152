"""What of the list lies open before somebody: a handful of wishes of one topic, new ones or those they have answered. Pure.

Where they are in it stands in a sealed draft of theirs and never in an address, which a log keeps: a topic there would
tell how far somebody goes along.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import msgspec

from usward.content.schema import INTIMACY
from usward.practices.wishes.entries import UNSAID, Sheet
from usward.practices.wishes.sheet import LIMIT, Listed

HANDFUL = 8
REST = 15 * 60  # seconds after which somebody has come anew
NEW, ANSWERED = "new", "answered"
TOPICS = {
    "time": "Time",
    "home": "Home",
    "adventure": "Adventure",
    "tenderness": "Tenderness",
    INTIMACY: "Intimacy",
}
replace = msgspec.structs.replace


class Place(msgspec.Struct, frozen=True):
    """Where somebody is: a topic, how many of its pile they have gone past, which pile, since when (a moment in seconds);
    `seen` is the newest wish by the other that has lain before them (its seq), `kept` that answers were kept just now."""

    topic: str = ""
    past: int = 0
    pile: str = NEW
    at: int = 0
    seen: int = 0
    kept: bool = False

    def after(self, to: str, left: int) -> "Place":
        """Where they go: to a topic, to the other pile, or on past what is `left` in this one."""
        if to in TOPICS:
            return replace(self, topic=to, past=0)
        if to in (NEW, ANSWERED):
            return replace(self, pile=to, past=0)
        return replace(self, past=self.past + left)

    def come_to(self, now: int) -> "Place":
        """Where they are as they come: whoever comes anew may not be alone, and begins with something new and not too near."""
        if now - self.at > REST and (self.pile == ANSWERED or self.topic == INTIMACY):
            return Place(at=now, seen=self.seen)
        return replace(self, at=now)


@dataclass(frozen=True)
class Deck:
    """`shown` are wishes with their answers; `topics` those that there are for this person, by their labels."""

    place: Place
    topics: dict[str, str]
    shown: Sequence[tuple[Listed, str]]
    more: bool

    @property
    def answered(self) -> bool:
        """Whether these are wishes that they have answered."""
        return self.place.pile == ANSWERED


def deck(wishes: Sequence[Listed], sheet: Sheet, place: Place, fresh: Collection[str] = ()) -> Deck:
    """What lies open at a place, for a sheet that was laid out for the list.

    What the other wrote comes first, and lies on top in any topic while it is `fresh` (ids of its entries). Nothing of a
    level that this person does not go along with is ever there.
    """
    offered = [row for row in zip(wishes, sheet.answers, strict=True) if row[0].level <= sheet.level]
    topics = {slug: label for slug, label in TOPICS.items() if any(wish.topic == slug for wish, _ in offered)}
    new = [(wish, answer) for wish, answer in offered if answer == UNSAID]
    topic = place.topic if place.topic in topics else next((wish.topic for wish, _ in new), next(iter(topics), ""))
    rows = new if place.pile == NEW else [row for row in offered if row[1] != UNSAID]
    on_top = [row for row in rows if row[0].entry in fresh] if place.pile == NEW else []
    pile = [row for row in rows if row[0].topic == topic and row not in on_top]
    pile.sort(key=lambda row: row[0].mine or not row[0].entry)
    start = place.past % len(pile) if pile else 0
    shown = (on_top + pile[start:])[:HANDFUL]
    return Deck(replace(place, topic=topic, past=start), topics, shown, len(on_top + pile) > HANDFUL)


def to_fields(place: Place) -> dict[str, str]:
    """A place as the fields of a draft."""
    return {name: str(value) for name, value in msgspec.structs.asdict(place).items()}


def from_fields(fields: dict[str, str]) -> Place:
    """A place from a draft or a form; what is no place is the beginning."""
    try:
        found = msgspec.convert(fields, Place, strict=False)
    except msgspec.ValidationError:
        return Place()
    return found if 0 <= found.past <= LIMIT and found.pile in (NEW, ANSWERED) else Place()
