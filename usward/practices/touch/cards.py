"""The door to touch, its quiet card for Today, and what its pages need."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from usward.content.loader import library
from usward.content.schema import Gesture
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import MORE, US, Card, Offer
from usward.kit.forms import Fields
from usward.practices.touch.entries import SLOT, Bounds, Comfort
from usward.practices.touch.exchange import A_WEEK, drawn, for_now, shuffled, week_of
from usward.vault.derive import subkey

WARMTH = {
    "1": "a look, a word",
    "2": "a fingertip, a shoulder",
    "3": "a hand, a head to lean on",
    "4": "a hug",
    "5": "a long embrace",
}
PLACES = {
    "anywhere": "Wherever we are together",
    "home": "At home, which we share",
    "out": "Out, among people",
    "apart": "From afar, when we are apart",
}
ENERGY = {"1": "Next to none", "2": "Some", "3": "Plenty"}
HERE = {"home": "At home", "out": "Out", "apart": "Apart"}
MINUTES = {"1": "A moment", "5": "Five minutes", "20": "Twenty"}
EVERY_DAYS = 3  # a card a day would be a task
WHERE = {"anywhere": "anywhere", "home": "at home", "out": "out and about", "apart": "from afar"}


@dataclass(frozen=True)
class Asked:
    """What fits the moment, and which of it to show."""

    place: str = ""
    energy: str = ""
    minutes: str = ""
    turn: int = 0

    def path(self, turn: int) -> str:
        """The address of another turn of the same."""
        said = {"place": self.place, "energy": self.energy, "minutes": self.minutes, "n": turn or ""}
        query = urlencode({name: value for name, value in said.items() if value})
        return "us/touch/" + (f"?{query}" if query else "")


def deal(inside: Insider) -> list[Gesture]:
    """This week's deck, in an order of my own that is new every day."""
    week, key = week_of(inside.me.space.day_reached), subkey(inside.keyring.ring.index_key, "touch")
    found = inside.reader.joint(drawn, Comfort, week, key, library().gestures)
    day = clock.today(inside.me.zone).isoformat()
    return shuffled(found, subkey(inside.unlocked.personal, "touch"), day)


def words(gesture: Gesture) -> dict[str, str]:
    """A gesture as a page shows it."""
    long = "a moment" if gesture.minutes < 2 else f"{gesture.minutes} minutes"
    return {"id": gesture.id, "text": gesture.text, "long": long, "where": WHERE[gesture.place]}


def for_today(inside: Insider, _: Sequence[Said[Any]] = ()) -> list[Card]:
    """One gesture, offered every few days; none where nothing was drawn."""
    its_day = clock.today(inside.me.zone).toordinal() % EVERY_DAYS == 0
    found = deal(inside) if inside.other and its_day else []
    return [Card("touch", "touch/card.html", {"gesture": words(found[0])}, MORE, 20)] if found else []


def offers(_: Insider) -> list[Offer]:
    """The way in, the same whatever was set or drawn."""
    sentence = "A small gesture that suits you both, from a glance to a long embrace."
    return [Offer(US, "Touch", sentence, "us/touch/", "hand", "a moment", "", 80)]


def context(inside: Insider, asked: Asked, put_aside: bool = False) -> dict[str, Any]:
    """The page of the draw; with what was put aside last, to be brought back. No address tells which that was."""
    stands = inside.reader.own(Comfort, SLOT)
    mine = stands.value if stands else Comfort()
    week = week_of(inside.me.space.day_reached)
    found = deal(inside) if inside.other else []
    fitting = for_now(found, asked.place, int(asked.energy or 0), int(asked.minutes or 0))
    aside = library().one(Gesture, mine.now.aside[-1]) if put_aside and mine.now.aside else None
    return {
        "asked": asked,
        "another": asked.path(asked.turn + 1) if len(fitting) > 1 else "",
        "again": bool(fitting) and asked.turn >= len(fitting),
        "gesture": words(fitting[asked.turn % len(fitting)]) if fitting else None,
        "drawn": bool(found),
        "mine": mine.now,
        "waits": mine.since > week.isoformat() and not mine.before.yes,
        "monday": week + A_WEEK,
        "aside": words(aside) if aside else None,
        "filters": (("place", "Where are you?", HERE, asked.place),
                    ("energy", "How much is in you?", ENERGY, asked.energy),
                    ("minutes", "How long?", MINUTES, asked.minutes)),
        "why": library().whys.get("touch"),
    }  # fmt: skip


def composer(inside: Insider, bounds: Bounds, chose: str, errors: dict[str, str] | None = None) -> dict[str, Any]:
    """The page on which one says what one is comfortable with. `chose` is "yes", "no", or nothing yet."""
    aside = [one for name in bounds.aside if (one := library().one(Gesture, name))]
    return {
        "chose": chose,
        "bounds": bounds,
        "aside": [words(one) for one in aside],
        "choices": {"warmth": WARMTH, "places": PLACES, "energy": ENERGY},
        "monday": week_of(inside.me.space.day_reached) + A_WEEK,
        "errors": Fields(errors or {}),
    }
