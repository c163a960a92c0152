"""Every write about the years ahead."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.writer import Put
from usward.practices.vision.entries import CARRY, MARK, WORDS, Carried, Line, Mark, Vision, exchange_name
from usward.practices.vision.exchange import Standing
from usward.talkback import hour
from usward.talkback.beckon import beckon, been, sign

INVITED = sign("vision-invited", "{name} would like to look at the years ahead with you", "Come along")
BOTH = sign("vision-both", "You have both written about the years ahead", "Read it")


def composer(year: int) -> str:
    """The name of a year's draft."""
    return f"vision:{year}"


def path_of(year: int) -> str:
    """Where a year is found."""
    return f"us/vision/{year}/"


hour.leads("vision", "A talk about the years ahead", lambda year: path_of(int(year)))


@transaction.atomic
def write(inside: Insider, year: int, lines: tuple[Line, ...], entry_id: UUID, replaces: UUID | None) -> Put:
    """Write one's words of a year. The other is called once there is something that they can read."""
    exchange = exchange_name(year)
    put = inside.writer.put(
        Vision(year, lines), exchange=exchange, step=WORDS, slot=exchange, entry_id=entry_id, replaces=replaces
    )
    if put.conflict:
        return put
    inside.drafts.drop(composer(year))
    said = inside.reader.one(put.id)
    if put.outcome == "kept" and replaces is None and said is not None and said.open:
        been(inside, exchange)
        beckon(inside, exchange, BOTH, path_of(year))
    return put


def ask_along(inside: Insider, year: int) -> None:
    """Ask the other along: a card on their Today, which says nothing of what one has written."""
    beckon(inside, exchange_name(year), INVITED, path_of(year))


def mark(inside: Insider, year: int, now: Standing, question: str, how: str) -> None:
    """Say of a question that you meet there, or differ; with nothing, neither."""
    if now.marks.get(question, "") == how:
        return
    exchange = exchange_name(year)
    slot = f"{exchange}:{question}"
    put = inside.writer.put(Mark(question, how), exchange=exchange, step=MARK, slot=slot)
    if put.standing is not None:
        # Also where I have said the same before: what the other said since is newer.
        inside.writer.put(Mark(question, how), exchange=exchange, step=MARK, slot=slot, replaces=put.standing.id)


def carry_on(inside: Insider, year: int, text: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Name the one thing to carry on."""
    exchange = exchange_name(year)
    slot = f"{exchange}:carry"
    return inside.writer.put(
        Carried(text), exchange=exchange, step=CARRY, slot=slot, entry_id=entry_id, replaces=replaces
    )
