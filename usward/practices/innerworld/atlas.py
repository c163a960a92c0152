"""The map of what one knows of the other: by topic and by age, read a page at a time, whatever the years."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from usward.content.loader import library
from usward.content.schema import TOPIC_NAMES
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.practices.innerworld.entries import OWN, ROOMS, Told, part_step
from usward.practices.innerworld.exchange import A_YEAR, age_words, aged, glow
from usward.practices.innerworld.rounds import open_rounds, owner_of, rounds, suited_questions
from usward.spaces.models import Partner

ICONS = {
    "childhood": "shell",
    "us": "users",
    "dreams": "telescope",
    "beliefs": "compass",
    "everyday": "lamp",
    "play": "puzzle",
    "body": "hand",
    "hard": "cloud-rain",
    "distance": "map",
}
ROOM = {topic: (TOPIC_NAMES[topic], icon) for topic, icon in ICONS.items()} | {OWN: ("Your own questions", "pencil")}
ROOM_PAGE, AGAIN_WINDOW, OPEN_SHOWN = 12, timedelta(days=30), 4


@dataclass(frozen=True)
class Window:
    """One topic on the map: how brightly it is lit, and by how old a thing."""

    topic: str
    title: str
    icon: str
    glow: str
    age: str


def world(inside: Insider, of_me: bool) -> dict[str, Any]:
    """The map, and what is open."""
    today, owner = clock.today(inside.me.zone), owner_of(inside, of_me)
    old = a_year_ago(inside, today)
    return {
        "of_me": of_me,
        "alone": inside.other is None,
        "open": open_rounds(inside, OPEN_SHOWN),
        "windows": windows(inside, owner, today) if owner else [],
        "old": old,
        "old_about_me": old is not None and about_me(old),
        "old_age": age_words(old.day, today) if old else "",
        "why": library().whys.get("innerworld"),
    }


def windows(inside: Insider, owner: Partner, today: date) -> list[Window]:
    """Every topic with the newest thing that lies open of one of the two: a page of three for each, whatever the years."""
    found = []
    for topic in ROOMS:
        page = inside.reader.page(Told, 3, step=part_step(topic, owner.pk))
        day = next((one.day for one in page.items if one.open), None)
        if day or topic != "distance":
            title, icon = ROOM[topic]
            found.append(Window(topic, title, icon, glow(day, today), age_words(day, today) if day else "not yet"))
    return found


def room(inside: Insider, of_me: bool, topic: str, cursor: str) -> dict[str, Any]:
    """A page of one topic: what I know of the other there, or the other of me."""
    today, owner = clock.today(inside.me.zone), owner_of(inside, of_me)
    page = inside.reader.page(Told, ROOM_PAGE, cursor, step=part_step(topic, owner.pk)) if owner else None
    found = page.items if page else []
    again = asked_again(inside, [one for one in found if aged(one.day, today)])
    return {
        "of_me": of_me,
        "title": ROOM[topic][0],
        "told": [(one, age_words(one.day, today), aged(one.day, today) and one.exchange not in again) for one in found],
        "next": page.next if page else "",
    }


def asked_again(inside: Insider, told: Sequence[Said[Told]]) -> set[str]:
    """Of some exchanges those whose question has been asked anew since."""
    after = {_next(one.exchange): one.exchange for one in told}
    return {after[now.asked.exchange] for now in rounds(inside, list(after))}


def _next(exchange: str) -> str:
    name, _, nth = exchange.rpartition(":")
    return f"{name}:{int(nth) + 1}"


def a_year_ago(inside: Insider, today: date) -> Said[Told] | None:
    """One thing from a year ago that may be asked and has not been asked since; another tomorrow."""
    last, suited = today - A_YEAR, {one.id for one in suited_questions(inside)}
    found = [one for one in inside.reader.on_days(Told, last - AGAIN_WINDOW, last) if one.open]
    found = [one for one in found if one.value.question in suited or one.value.question.startswith(OWN)]
    again = asked_again(inside, found)
    left = [one for one in found if one.exchange not in again]
    return left[today.toordinal() % len(left)] if left else None


def about_me(told: Said[Told]) -> bool:
    """Whether what was told is of myself."""
    return told.mine != told.value.handed
