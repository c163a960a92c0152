"""Every write of a listening talk. Each takes where the talk stands, and does nothing that is not to be done there."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit import clock
from usward.practices.listening.entries import (
    AGAIN,
    BACK,
    HEARD,
    JUDGED,
    MOVED,
    PAUSED,
    SAY,
    SPOKEN,
    TALK,
    Heard,
    Judged,
    Moved,
    Paused,
    Spoken,
    Talk,
    exchange_name,
)
from usward.practices.listening.exchange import AGREED, BACK_AGAIN, ENDED, ROUND, Standing, standing
from usward.talkback.beckon import beckon, been, call_both, sign
from usward.talkback.entries import BECKON

LISTEN = sign("listening-listen", "{name} has one small thing to tell you", "Come and listen")
SPEAK = sign("listening-speak", "{name} would like to listen to you", "Come and talk")
TURN = sign("listening-turn", "It is your turn in the talk with {name}", "Go on")
BOTH = sign("listening-both", "You have both been heard", "Go there")
PAUSE = sign("listening-pause", "{name} asked for a pause in your talk", "Agree when to go on")
RETURN = sign("listening-return", "{name} and you meant to go on with your talk today", "Go on")
LIVE = timedelta(minutes=15)


def composer(exchange: str) -> str:
    """The name of the draft of what is typed at the present place."""
    return f"listening:{exchange}"


def path_of(talk: UUID) -> str:
    """Where a talk is, as from the root."""
    return f"talk/listening/{talk.hex}/"


@transaction.atomic
def begin(inside: Insider, value: Talk, entry_id: UUID) -> Put:
    """Begin a talk; on two phones the other is asked along."""
    exchange = exchange_name(entry_id.hex)
    put = inside.writer.put(value, exchange=exchange, step=TALK, slot=exchange, entry_id=entry_id)
    if put.outcome == "kept" and not value.one_phone:
        beckon(inside, exchange, SPEAK if value.other_begins else LISTEN, path_of(entry_id))
    return put


def may_move(now: Standing) -> bool:
    """Whether what comes next is done by the one signed in: it is their turn, or the phone is passed between the two."""
    open_talk = now.talk is not None and now.place is not None and not now.ended and now.pause is None
    return open_talk and (now.my_turn or (now.talk is not None and now.talk.value.one_phone))


@transaction.atomic
def speak(inside: Insider, now: Standing, text: str, entry_id: UUID) -> Put | None:
    """Say it, or say it back: typed, or without a text aloud. None where it is not to be done."""
    if now.talk is None or now.place is None or not may_move(now) or now.place.phase not in (SAY, BACK):
        return None
    at, exchange = now.place, now.talk.exchange
    value = Spoken(at.phase, at.turn, at.attempt, text, passed=not now.my_turn)
    put = inside.writer.put(value, exchange=exchange, step=SPOKEN, slot=f"{exchange}:{at}", entry_id=entry_id)
    if not put.conflict:
        inside.drafts.drop(composer(exchange))
        _tell(inside, now.talk)
    return put


@transaction.atomic
def judge(inside: Insider, now: Standing, answer: str, missing: str, entry_id: UUID) -> Put | None:
    """The speaker says whether that was it. None where it is not to be done.

    What they wrote before choosing to say it again is what they say again.
    """
    if now.talk is None or now.place is None or not may_move(now) or now.place.phase in (SAY, BACK):
        return None
    at, exchange, passed = now.place, now.talk.exchange, not now.my_turn
    value = Judged(at.turn, at.attempt, answer, "" if answer == AGAIN else missing, passed)
    put = inside.writer.put(value, exchange=exchange, step=JUDGED, slot=f"{exchange}:{at}", entry_id=entry_id)
    if put.conflict:
        return put
    if answer == AGAIN and missing:
        said = Spoken(SAY, at.turn, at.attempt + 1, missing, passed)
        inside.writer.put(said, exchange=exchange, step=SPOKEN, slot=f"{exchange}:{at.turn}.{at.attempt + 1}.{SAY}")
    inside.drafts.drop(composer(exchange))
    _tell(inside, now.talk)
    return put


def _tell(inside: Insider, talk: Said[Talk]) -> None:
    """On two phones: whose turn it is, and nothing else, is told.

    An open page looks again by itself. A card on the other's Today is for somebody who was not here just now, and one is
    enough until they have done something.
    """
    said = inside.reader.exchange(talk.exchange)
    now = standing(said)
    if talk.value.one_phone or now.my_turn:
        return
    theirs = [one for one in said if not one.mine and one.step != BECKON]
    signs = [one for one in said if one.mine and one.step == BECKON]
    since = max((one.seq for one in theirs), default=0)
    here = bool(theirs) and clock.now() - theirs[-1].at < LIVE
    if not here and not any(one.seq > since for one in signs):
        beckon(inside, talk.exchange, TURN if now.place else BOTH, path_of(talk.id))


def again(inside: Insider, now: Standing) -> None:
    """One round more, once both have been heard."""
    if now.talk is not None and now.place is None and not now.ended:
        _move(inside, now.talk, Moved(ROUND, now.rounds))
        _tell(inside, now.talk)


@transaction.atomic
def pause(inside: Insider, now: Standing, back: datetime, entry_id: UUID) -> None:
    """Pause at once, or name another return in a pause. The other is asked whether it suits them."""
    if now.talk is None or now.ended:
        return
    put = inside.writer.put(
        Paused(now.pauses, back.timestamp()), exchange=now.talk.exchange, step=PAUSED, entry_id=entry_id
    )
    if put.outcome != "kept":
        return
    if not now.talk.value.one_phone:
        beckon(inside, now.talk.exchange, PAUSE, path_of(now.talk.id))
    _remind(inside, now.talk, back)


@transaction.atomic
def agree(inside: Insider, now: Standing, proposal: str) -> None:
    """Agree to the return that the other has named."""
    if now.talk is None or now.pause is None or now.pause.agreed or now.pause.proposed.mine:
        return
    if now.pause.proposed.id.hex == proposal:
        _move(inside, now.talk, Moved(AGREED, now.pause.number, proposal))


def go_on(inside: Insider, now: Standing, number: str) -> None:
    """Back from a pause, by the number that the page had for it."""
    if now.talk is not None and now.pause is not None and str(now.pause.number) == number:
        _move(inside, now.talk, Moved(BACK_AGAIN, now.pause.number))


def end(inside: Insider, now: Standing) -> None:
    """Enough for today."""
    if now.talk is not None and not now.ended:
        _move(inside, now.talk, Moved(ENDED))


def _move(inside: Insider, talk: Said[Talk], value: Moved) -> None:
    slot = f"{talk.exchange}:{value.what}:{value.number}:{value.about}"
    inside.writer.put(value, exchange=talk.exchange, step=MOVED, slot=slot)


def returning(talk: Said[Talk]) -> str:
    """Where the card for the day of the return lies."""
    return f"{talk.exchange}:return"


def _remind(inside: Insider, talk: Said[Talk], back: datetime) -> None:
    """Where the return is on another day, both find a card on that day, be it agreed by then or not."""
    day = back.astimezone(ZoneInfo(inside.me.zone)).date()
    call_both(inside, returning(talk), RETURN, path_of(talk.id), day)


def been_there(inside: Insider, now: Standing) -> None:
    """Take the cards of this talk off one's own Today, now that one is here. The other learns nothing of it."""
    if now.talk is None:
        return
    been(inside, now.talk.exchange, *([] if now.pause else [returning(now.talk)]))


@transaction.atomic
def feel_heard(inside: Insider, talk: Said[Talk], felt: int, entry_id: UUID) -> None:
    """Keep how heard one felt, for oneself; the newest counts."""
    before = inside.reader.own(Heard, heard_slot(talk))
    inside.writer.put(
        Heard(felt, talk.value.topic),
        exchange=talk.exchange,
        step=HEARD,
        slot=heard_slot(talk),
        entry_id=entry_id,
        replaces=before.id if before else None,
    )


def heard_slot(talk: Said[Talk]) -> str:
    """Where one's own answer to "how heard did you feel" stands."""
    return f"{talk.exchange}:{HEARD}"
