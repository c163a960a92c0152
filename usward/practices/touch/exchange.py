"""The week's deck: drawn from what both are comfortable with, as it stood when the week began. Pure.

It is the same for the two whichever of them asks, and however often; nothing is kept of it, nor of what was looked at.
"""

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta

from usward.content.schema import PLACES, Gesture
from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.touch.entries import Bounds, Comfort

A_WEEK = timedelta(days=7)
IN_A_DECK = 24
HERE = {
    "home": ("anywhere", "home"),
    "out": ("anywhere", "out"),
    "apart": ("apart",),
}  # where one is → what can be done


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def in_week(value: Comfort, week: date) -> Bounds:
    """What of somebody's comfort counts in a week."""
    return value.now if value.since <= week.isoformat() else value.before


def changed(stands: Comfort, now: Bounds, week: date) -> Comfort:
    """A change of mind in some week: the draw of that week stays as it was, the next one follows."""
    return Comfort(now, in_week(stands, week), (week + A_WEEK).isoformat())


def allows(bounds: Bounds, gesture: Gesture) -> bool:
    """Whether a gesture lies within somebody's bounds."""
    near = gesture.warmth <= bounds.warmth and gesture.energy <= bounds.energy
    return bounds.yes and near and gesture.place in bounds.places and gesture.id not in bounds.aside


def shuffled(gestures: Sequence[Gesture], key: bytes, about: str) -> list[Gesture]:
    """Gestures in an order that whoever lacks the key cannot tell."""
    return sorted(gestures, key=lambda one: hashlib.blake2b(f"{about}\0{one.id}".encode(), key=key[:32]).digest())


def deck(one: Bounds, other: Bounds, week: date, key: bytes, gestures: Sequence[Gesture]) -> list[Gesture]:
    """The deck of a week: within both bounds, as many of each place, and others next week until all have come.

    It takes at most half of what there is of a place, so that next week brings something else.
    """
    fit = [gesture for gesture in gestures if allows(one, gesture) and allows(other, gesture)]
    by_place = [found for place in PLACES if (found := [gesture for gesture in fit if gesture.place == place])]
    chosen: list[Gesture] = []
    for found in by_place:
        share = min(IN_A_DECK // len(by_place), (len(found) + 1) // 2)
        start = week.toordinal() // A_WEEK.days * share
        order = shuffled(found, key, "deck")
        chosen += [order[(start + n) % len(order)] for n in range(share)]
    return chosen


@joint
def drawn(
    mine: list[Said[Comfort]], theirs: list[Said[Comfort]], week: date, key: bytes, gestures: Sequence[Gesture]
) -> list[Gesture]:
    """The deck of a week as I see it: what I have ruled out since it was drawn is gone from my own view at once."""
    if not mine or not theirs:
        return []
    own, other = mine[-1].value, theirs[-1].value
    found = deck(in_week(own, week), in_week(other, week), week, key, gestures)
    return [gesture for gesture in found if allows(own.now, gesture)]


def for_now(gestures: Sequence[Gesture], place: str, energy: int, minutes: int) -> list[Gesture]:
    """Those that fit the moment; an empty place, or nought, asks for nothing."""
    return [
        gesture
        for gesture in gestures
        if gesture.place in HERE.get(place, PLACES)
        and gesture.energy <= (energy or gesture.energy)
        and gesture.minutes <= (minutes or gesture.minutes)
    ]
