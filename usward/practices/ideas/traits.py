"""What the ranking knows of an idea, and which ideas a moment allows. Pure."""

from math import log2

import msgspec

from usward.content.schema import IDEA_PLACES, IDEA_TOPICS, Idea

ANYWHERE = "anywhere"
PLACES = tuple(place for place in IDEA_PLACES if place != ANYWHERE)
FAR_APART = "far-apart"
ANY = "any"

_NUMBERS = ("minutes", "middling minutes", "money", "energy", "middling energy", "newness", "apart", "hobby")
MIDDLES = frozenset(place for place, name in enumerate(_NUMBERS, 1) if name.startswith("middling"))
_TOPIC = 1 + len(_NUMBERS)
_PLACE = _TOPIC + len(IDEA_TOPICS)
SIZE = _PLACE + len(PLACES)
"""How many weights a taste has: one for ideas at all, one a number, one a topic, one a place."""

Sparse = tuple[tuple[int, float], ...]
"""The places of a vector that are not nought, in order, each with its value."""


class Frame(msgspec.Struct, frozen=True):
    """What a moment allows. What is left as it stands here asks for nothing."""

    minutes: int = 0
    money: int = 3
    energy: int = 3
    place: str = ""
    season: str = ""
    daytime: str = ""
    apart: bool = False
    least: int = 0
    """Minutes that it takes at least: whoever has a day does not look for a quarter of an hour."""


def fits(idea: Idea, frame: Frame) -> bool:
    """Whether an idea lies within all limits of a moment. What is made for two who are far apart is for them alone."""
    return (
        frame.least <= idea.minutes <= (frame.minutes or idea.minutes)
        and idea.money <= frame.money
        and idea.energy <= frame.energy
        and (not frame.place or idea.place in (frame.place, ANYWHERE))
        and (not frame.season or not idea.seasons or frame.season in idea.seasons)
        and (not frame.daytime or idea.daytime in (frame.daytime, ANY))
        and (idea.apart if frame.apart else idea.topic != FAR_APART)
    )


def vector(idea: Idea) -> Sparse:
    """An idea's traits, each between −1 and 1; minutes on a scale on which each doubling counts alike, from 11 to 720.

    Minutes and energy are there twice: as they are, and by how far from either end, for those who like the middle.
    """
    length = max(-1.0, min(1.0, log2(max(1, idea.minutes) / 90) / 3))
    numbers = (
        length,
        1 - 2 * length**2,
        idea.money / 1.5 - 1,
        idea.energy / 1.5 - 1,
        1.0 if idea.energy in (1, 2) else -1.0,
        idea.newness - 1.0,
        1.0 if idea.apart else 0.0,
        1.0 if idea.hobby else 0.0,
    )
    found = [(0, 1.0), *enumerate(numbers, 1), (_TOPIC + IDEA_TOPICS.index(idea.topic), 1.0)]
    if idea.place != ANYWHERE:
        found.append((_PLACE + PLACES.index(idea.place), 1.0))
    return tuple((place, value) for place, value in found if value)


def spread(whole: float, number: float, topic: float, place: float) -> tuple[float, ...]:
    """One value for each weight: for ideas at all, for each number, each topic, each place."""
    return (whole, *[number] * len(_NUMBERS), *[topic] * len(IDEA_TOPICS), *[place] * len(PLACES))
