"""Every write of a round."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.models import Reveal
from usward.entries.writer import Put
from usward.practices.innerworld.entries import (
    ASKED,
    MARK,
    PASSED,
    Asked,
    Guess,
    Mark,
    Passed,
    Told,
    part_step,
    round_exchange,
)
from usward.practices.innerworld.exchange import Round, fold
from usward.spaces.models import Partner
from usward.talkback.beckon import beckon, been, sign

TOLD = sign("inner-told", "Guess what {name} said", "Have a guess")
GUESSED = sign("inner-guessed", "{name} has made a guess about you", "See the question")
BOTH = sign("inner-both", "A guess and an answer lie side by side", "Look at both")
MARKED = sign("inner-marked", "{name} has looked at your guess", "Read it")


@dataclass(frozen=True)
class Chosen:
    """A question about one of the two, before it is asked."""

    question: str
    text: str
    topic: str
    owner: Partner
    nth: int = 1

    @property
    def exchange(self) -> str:
        return round_exchange(self.question, self.owner.pk, self.nth)


def composer(exchange: str) -> str:
    """The name of the draft of one's part."""
    return f"inner:{exchange}"


def where(asked: UUID) -> str:
    """The address of a round, as from the root."""
    return f"talk/inner-world/{asked.hex}/"


@transaction.atomic
def begin(inside: Insider, chosen: Chosen, text: str, entry_id: UUID) -> tuple[Put, UUID]:
    """Ask a question, one's own part with it; the other is beckoned. Gives what became of the part, and the round's id.

    Where the other has asked the same meanwhile, it is one round.
    """
    exchange, mine = chosen.exchange, chosen.owner.pk == inside.me.pk
    if fold(inside.reader.exchange(exchange)) is None:
        value = Asked(chosen.question, chosen.text, chosen.topic, mine, chosen.nth)
        inside.writer.put(value, exchange=exchange, step=ASKED, slot=exchange, entry_id=entry_id)
        beckon(inside, exchange, TOLD if mine else GUESSED, where(entry_id))
    now = fold(inside.reader.exchange(exchange))
    assert now is not None
    return tell(inside, now, text, uuid5(entry_id, "part"), None), now.asked.id


def _part(now: Round, text: str, about_writer: bool, handed: bool) -> Told | Guess:
    asked = now.asked.value
    if about_writer:
        return Told(asked.question, asked.text, text, now.asked.id.hex, asked.nth, handed)
    return Guess(asked.text, text, handed)


def _step(inside: Insider, now: Round) -> str:
    owner = inside.me if now.about_me else inside.other
    return part_step(now.asked.value.topic, owner.pk) if owner else now.asked.step


@transaction.atomic
def tell(inside: Insider, now: Round, text: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Put one's part: the answer, where it is about oneself, else a guess. It opens when both are there."""
    exchange = now.asked.exchange
    put = inside.writer.put(
        _part(now, text, now.about_me, handed=False),
        exchange=exchange,
        step=_step(inside, now),
        slot=f"{exchange}:part",
        entry_id=entry_id,
        replaces=replaces,
    )
    if put.conflict:
        inside.drafts.keep(composer(exchange), {"text": text})
        return put
    inside.drafts.drop(composer(exchange))
    after = fold(inside.reader.exchange(exchange))
    if put.outcome == "kept" and after and after.both and not now.both:
        beckon(inside, exchange, BOTH, where(now.asked.id))
    return put


@transaction.atomic
def hand_over(inside: Insider, now: Round, text: str, entry_id: UUID) -> Put:
    """The other's part, typed by them on this phone: it says so, and with it one's own part opens."""
    exchange = now.asked.exchange
    put = inside.writer.put(
        _part(now, text, not now.about_me, handed=True),
        exchange=exchange,
        step=_step(inside, now),
        slot=f"{exchange}:handed",
        entry_id=entry_id,
        reveal=Reveal.AT_ONCE,
    )
    if not put.conflict and now.mine is not None:
        inside.writer.open_early(now.mine.id)
        inside.drafts.drop(composer(f"{exchange}:handed"))
    return put


@transaction.atomic
def mark(inside: Insider, now: Round, fits: str, line: str, entry_id: UUID, replaces: UUID | None) -> Put:
    """Say what fits; on one phone, as the other says it there."""
    exchange, handed = now.asked.exchange, not now.about_me
    put = inside.writer.put(
        Mark(fits, line, handed),
        exchange=exchange,
        step=MARK,
        slot=f"{exchange}:mark",
        entry_id=entry_id,
        replaces=replaces,
    )
    if put.outcome == "kept" and not now.one_phone and replaces is None:
        beckon(inside, exchange, MARKED, where(now.asked.id))
    return put


@transaction.atomic
def pass_by(inside: Insider, now: Round) -> None:
    """Not this one. Nobody else can know."""
    inside.writer.put(Passed(), exchange=now.asked.exchange, step=PASSED, slot=f"{now.asked.exchange}:passed")
    been(inside, now.asked.exchange)


def arrive(inside: Insider, now: Round) -> None:
    """Whoever has seen both side by side need not be beckoned to it any more."""
    if now.both:
        been(inside, now.asked.exchange)
