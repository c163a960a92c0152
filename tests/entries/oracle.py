"""Who may read what, told a second time and on purpose naively: the whole story is gone through again at every moment.

It shares no code with usward.entries; where the two disagree, one of them is wrong.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

NOBODY = UUID(int=0)


@dataclass(frozen=True)
class Event:
    """One thing that somebody did. `root` names the thing; a version of it has an id of its own."""

    who: str
    verb: str  # say, open, withdraw
    root: UUID
    id: UUID = NOBODY
    text: str = ""
    place: tuple[str, str] = ("", "")
    scope: str = "shared"
    rule: str = "once"  # once, both, day, never
    day: date | None = None


@dataclass
class Thing:
    """Something as it stands at one moment."""

    event: Event
    gone: bool = False


def things_at(story: list[Event]) -> dict[UUID, Thing]:
    """Everything that was said, as it stands at the end of this much of the story."""
    found: dict[UUID, Thing] = {}
    for event in story:
        if event.verb == "say":
            found[event.root] = Thing(event)
        elif event.verb == "withdraw":
            found[event.root].gone = True
    return found


def has_said(who: str, place: tuple[str, str], things: dict[UUID, Thing], rules: tuple[str, ...]) -> bool:
    """Whether somebody has something living at a place, by one of these rules, that counts for "when both"."""
    return any(
        not t.gone
        and t.event.who == who
        and t.event.place == place
        and t.event.scope == "shared"
        and t.event.rule in rules
        for t in things.values()
    )


def side_is_open(who: str, place: tuple[str, str], story: list[Event]) -> bool:
    """Whether there was one moment at which both had said something there, or at which the author opened theirs."""
    for moment in range(1, len(story) + 1):
        things, event = things_at(story[:moment]), story[moment - 1]
        others = {t.event.who for t in things.values()} - {who}
        waits = has_said(who, place, things, ("both",))
        if waits and any(has_said(other, place, things, ("both", "once")) for other in others):
            return True
        if event.verb == "open" and event.who == who:
            opened = things[event.root]
            said = opened.event
            if not opened.gone and (said.place, said.scope, said.rule) == (place, "shared", "both"):
                return True
    return False


def opened_early(root: UUID, story: list[Event]) -> bool:
    """Whether its author opened this very thing before its day."""
    return any(event.verb == "open" and event.root == root for event in story)


def may_read(reader: str, thing: Thing, story: list[Event], day_reached: date) -> bool:
    """Whether somebody may read a thing at the end of the story."""
    said = thing.event
    if thing.gone:
        return False
    if said.who == reader:
        return True
    if said.scope != "shared" or said.rule == "never":
        return False
    if said.rule == "once":
        return True
    if said.rule == "both":
        return side_is_open(said.who, said.place, story)
    return (said.day is not None and said.day <= day_reached) or opened_early(said.root, story)
