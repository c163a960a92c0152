"""Every write around phones that are down."""

from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.writer import Put
from usward.kit import clock
from usward.practices.phonesdown.entries import DOWN, JOINED, LINE, UP, Down, Joined, Kept, Up, exchange_of
from usward.practices.phonesdown.exchange import OVER, RUNS, WAITS, Standing, standing
from usward.talkback.beckon import beckon, been, sign

INVITED = sign("phones-down", "{name} would like to put the phones down with you", "See for how long")


def path_of(down: str) -> str:
    """Where one time is found."""
    return f"plan/phones-down/{UUID(down)}/"


def composer(down: str) -> str:
    """The name of the draft of one's line."""
    return f"phones-down:{down}"


def current(inside: Insider) -> Standing | None:
    """The newest time, as long as it waits or runs."""
    newest = next(iter(inside.reader.latest(Down, 1)), None)
    now = standing(inside.reader.exchange(newest.exchange)) if newest else None
    return now if now and now.state(clock.now()) in (WAITS, RUNS) else None


@transaction.atomic
def begin(inside: Insider, minutes: int, together: bool, entry_id: UUID) -> str:
    """Put the phones down for both, or ask the other to. Gives its id; where one waits or runs already, the id of that."""
    there = current(inside)
    if there is not None:
        return there.id
    name = exchange_of(entry_id.hex)
    value = Down(minutes, together or inside.other is None)
    put = inside.writer.put(value, exchange=name, step=DOWN, slot=name, entry_id=entry_id)
    if put.outcome == "kept" and not value.together:
        beckon(inside, _calls(entry_id.hex), INVITED, path_of(entry_id.hex))
    return entry_id.hex


@transaction.atomic
def join(inside: Insider, now: Standing) -> None:
    """Put one's own down, too."""
    if now.state(clock.now()) == WAITS and not now.down.mine:
        inside.writer.put(Joined(), exchange=exchange_of(now.id), step=JOINED, slot=f"{exchange_of(now.id)}:joined")


@transaction.atomic
def rise(inside: Insider, now: Standing) -> None:
    """Up again before the time; or, before it began, not now after all."""
    if now.state(clock.now()) in (WAITS, RUNS):
        inside.writer.put(Up(), exchange=exchange_of(now.id), step=UP, slot=f"{exchange_of(now.id)}:up")


@transaction.atomic
def keep(inside: Insider, now: Standing, text: str, entry_id: UUID, replaces: UUID | None) -> Put | None:
    """Keep one line of it. None before it is over."""
    if now.state(clock.now()) != OVER:
        return None
    name = exchange_of(now.id)
    slot = f"{name}:{LINE}"
    put = inside.writer.put(Kept(text), exchange=name, step=LINE, slot=slot, entry_id=entry_id, replaces=replaces)
    if not put.conflict:
        inside.drafts.drop(composer(now.id))
    return put


def looked(inside: Insider, now: Standing) -> None:
    """Take the card away that led here."""
    been(inside, _calls(now.id))


def _calls(down: str) -> str:
    """Where the card lies that calls the other."""
    return f"phones-down-calls:{down}"
