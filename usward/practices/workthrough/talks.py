"""A talk as one of the two may read it now; the agreements that are in force; the hours that lie ahead."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.practices.workthrough.entries import AGREEMENTS, InForce, exchange_name
from usward.practices.workthrough.exchange import Standing, standing
from usward.talkback import hour
from usward.talkback.entries import When

BEGINNING = "workthrough:new"  # the name of the draft of a name


@dataclass(frozen=True)
class Talk:
    """A talk as this person may read it now; `path` is as from the root, without a slash before it."""

    id: str
    said: list[Said[Any]]
    now: Standing

    @property
    def exchange(self) -> str:
        return exchange_name(self.id)

    @property
    def path(self) -> str:
        return address(self.id)


def address(talk: str) -> str:
    """Where a talk is, as from the root, without a slash before it."""
    return f"talk/work-it-through/{talk}/"


def find(inside: Insider, talk: UUID) -> Talk | None:
    """A talk by its id, if there is one that this person may read."""
    return next((one for one in together(inside, [exchange_name(talk.hex)]) if one.now.begun), None)


def together(inside: Insider, exchanges: list[str]) -> list[Talk]:
    """Some talks, read at once."""
    said: dict[str, list[Said[Any]]] = {name: [] for name in exchanges}
    for one in inside.reader.exchanges(exchanges):
        said[one.exchange].append(one)
    return [Talk(name.partition(":")[2], some, standing(some)) for name, some in said.items()]


def composer(talk: Talk, form: str = "") -> str:
    """The name of the draft of a form of the present step."""
    return f"{talk.exchange}:{talk.now.key}{form}"


def part(talk: Talk, passed: bool) -> str:
    """The name of the form in which somebody writes apart at the present step: oneself, or on this phone the other."""
    return (":taught" if talk.now.at == "look" else "") + (":passed" if passed else "")


def in_force(inside: Insider) -> list[InForce]:
    """The agreements that stand, those first whose day comes first."""
    newest = {one.value.talk: one.value for one in inside.reader.exchange(AGREEMENTS) if isinstance(one.value, InForce)}
    return sorted((one for one in newest.values() if one.until), key=lambda one: one.until)


@hour.finds
def hours_ahead(inside: Insider, start: datetime, end: datetime) -> Iterator[hour.Ahead]:
    """The hours that both have agreed to, to talk or to come back at from a pause; for Plan's week."""
    named = [(one.exchange, one.value.moment) for one in inside.reader.latest(When, hour.NEWEST)]
    for talk in together(inside, list({exchange: None for exchange, at in named if at and start <= at < end})):
        now = talk.now
        hours = (now.pause or now.here).hours  # of other steps than "when" there are none
        if hours.agreed and hours.named and hours.named.value.moment and not now.stopped:
            yield hour.Ahead(hours.named.value.moment, f"A talk: {now.title}", talk.path)
