"""Every write around a question."""

from datetime import date, timedelta
from itertools import islice
from uuid import UUID

from django.db import transaction

from usward.content.loader import library
from usward.content.schema import Question
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import NotYours, Put
from usward.kit import clock
from usward.practices.questions import deck
from usward.practices.questions.entries import (
    ANSWER,
    Another,
    Answer,
    Draw,
    Limits,
    Offer,
    Place,
    Skip,
    draw_exchange,
    drawn_on,
    question_exchange,
    skipped,
)
from usward.practices.questions.exchange import frame, standing
from usward.talkback.beckon import beckon, met, sign
from usward.talkback.entries import OFFER
from usward.vault.derive import subkey

A_YEAR = timedelta(days=364)
AGAIN_WINDOW, AGAIN_PAUSE = 7, timedelta(days=14)
LOOK_AHEAD = 24
LATELY_ASKED = LATELY_DRAWN = 5
LONGEST_AWAY = timedelta(days=365)
LIMITS_SLOT = "limits"
OWN = "question-own"  # the draft of a question of one's own, and of one's answer to it
OPENED = sign("question-opened", "{name} lets you read an answer", "Read it")
BOTH = sign("question-both", "{name} has answered, too", "See both answers")


def composer(exchange: str) -> str:
    """The name of the draft of an answer."""
    return f"answer:{exchange}"


@transaction.atomic
def draw(inside: Insider, day: date) -> Said[Draw] | None:
    """The question of a day. The first of the two to come draws it; for the other it is there."""
    name = draw_exchange(day.isoformat())
    there: list[Said[Draw]] = inside.reader.exchange(name)
    if there:
        return there[0]
    for one in (*_missed(inside, day), day):
        value = due(inside, one, again=one == day)
        if value is None:
            return None
        inside.writer.put(value, exchange=(of_day := draw_exchange(one.isoformat())), slot=of_day)
    found: list[Said[Draw]] = inside.reader.exchange(name)
    return found[0] if found else None


def _missed(inside: Insider, day: date) -> list[date]:
    """The days since the last draw on which nobody came. Each gets its question, too: of days without one the other could tell
    that neither was here, and of a day with one, that somebody was."""
    last = max((drawn_on(drawn) for drawn in inside.reader.latest(Draw, LATELY_DRAWN)), default=day)
    first = max(last + timedelta(days=1), day - LONGEST_AWAY)
    return [first + timedelta(days=n) for n in range((day - first).days)]


def due(inside: Insider, day: date, again: bool = True) -> Draw | None:
    """The question that a day would draw now; with `again` it may be the one of a year ago, which waits for a day on which
    somebody comes."""
    # The last draw that was made, not the one of the day before: where the two live on two dates, tomorrow's may come first.
    before = max(inside.reader.latest(Draw, LATELY_DRAWN), key=lambda drawn: drawn.seq, default=None)
    place = before.value.place if before else Place()
    return (_year_later(inside, day, place) if again else None) or _next_question(inside, day, place)


def _next_question(inside: Insider, day: date, place: Place) -> Draw | None:
    questions = library().questions
    key = subkey(inside.keyring.ring.index_key, "deck")
    allowed = inside.reader.joint(frame, Limits)
    dealt = deck.deal(questions, key, day, place, allowed, seen=_met(inside, questions, key, place))
    if dealt is None:
        return None
    question, round_number, then = dealt
    return Draw(question.id, question.text, question_exchange(question.id, round_number), then)


def _met(inside: Insider, questions: tuple[Question, ...], key: bytes, place: Place) -> set[str]:
    """Of the cards that come next, those that the two have met otherwise (offered, or answered by me alone)."""
    ahead: list[str] = []
    for band in (deck.LIGHT, deck.MIDDLE, deck.DEEP):
        cards = deck.upcoming(questions, key, band, place.used.get(band, 0))
        ahead += [card.id for card, round_number, _ in islice(cards, LOOK_AHEAD) if round_number == 1]
    said = inside.reader.exchanges([question_exchange(i) for i in ahead])
    return {one.value.question for one in said if isinstance(one.value, Offer)}


def _year_later(inside: Insider, day: date, place: Place) -> Draw | None:
    """The same question a year later, where both answered it then and would be asked it now; at most once in two weeks."""
    if place.last_again and day - date.fromisoformat(place.last_again) < AGAIN_PAUSE:
        return None
    last_year, allowed = day - A_YEAR, inside.reader.joint(frame, Limits)
    for draw_then in inside.reader.on_days(Draw, last_year - timedelta(days=AGAIN_WINDOW), last_year):
        value: Draw = draw_then.value
        question = library().question(value.question)
        if value.again or question is None or not allowed.allows(question):
            continue
        deep = deck.BANDS[question.depth] == deck.DEEP
        if (deep and not deck.rested(place, day)) or standing(inside.reader.exchange(value.exchange)).lit != "both":
            continue
        then = Place(place.used, place.turn, day.isoformat() if deep else place.last_deep, day.isoformat())
        return Draw(value.question, value.text, f"{value.exchange}:again:{day.year}", then, again=value.exchange)
    return None


@transaction.atomic
def answer(inside: Insider, exchange: str, value: Answer, entry_id: UUID, replaces: UUID | None, offer: bool) -> Put:
    """Answer a question. With `offer`, a question that was not the day's is held out to the other."""
    put = inside.writer.put(
        value, exchange=exchange, step=ANSWER, slot=_place(inside, exchange), entry_id=entry_id, replaces=replaces
    )
    if put.conflict:
        inside.drafts.keep(composer(exchange), {"text": value.text})
        return put
    inside.drafts.drop(composer(exchange))
    if offer and put.outcome == "kept" and replaces is None:
        held_out = Offer(value.question, value.question_text, exchange, own=value.question.startswith("own-"))
        inside.writer.put(held_out, exchange=exchange, step=OFFER, slot=f"offer:{exchange}")
    if put.outcome == "kept" and replaces is None and standing(inside.reader.exchange(exchange)).lit == "both":
        beckon(inside, met(exchange), BOTH, f"questions/{exchange}/")  # their day's question may be another by now
    return put


def _place(inside: Insider, exchange: str) -> str:
    """Where one's answer stands: there is one, beside those that were said to somebody who is gone."""
    gone = sum(one.step == ANSWER and one.mine and one.never for one in inside.reader.exchange(exchange))
    return f"answer:{exchange}" + (f":{gone}" if gone else "")


def asked_today(inside: Insider, question: str, text: str) -> str:
    """The exchange of one's own question, where it was asked today with this very answer; or "".

    A page that Back leads to has the same words and another id: browsers put back what was typed, and nothing else.
    """
    for said in inside.reader.latest(Answer, LATELY_ASKED, mine=True):
        value = said.value
        same = (value.question_text, value.text) == (question, text) and value.question.startswith("own-")
        if same and said.day == clock.today(inside.me.zone):
            return said.exchange
    return ""


def skip(inside: Insider, exchange: str) -> None:
    """Not this one. Nobody else can know."""
    inside.writer.put(Skip(exchange), exchange=skipped(exchange), slot=skipped(exchange))


def bring_back(inside: Insider, exchange: str) -> None:
    """This one after all. Nobody else can know of that, either."""
    put_aside = inside.reader.own(Skip, skipped(exchange))
    if put_aside is not None:
        inside.writer.withdraw(put_aside.id)


@transaction.atomic
def open_early(inside: Insider, entry_id: UUID) -> None:
    """Let the other read one's answer before theirs is there, and tell them where. Raises NotYours."""
    before = inside.reader.version(entry_id)
    if before is not None and not isinstance(before.value, Answer):
        raise NotYours
    inside.writer.open_early(entry_id)
    now = inside.reader.version(entry_id)
    if before and now and now.open and not before.open:
        beckon(inside, met(now.exchange), OPENED, f"questions/{now.exchange}/")


def another(inside: Insider) -> tuple[str, str] | None:
    """A private draw: (id, text) of a question that nobody has met. None when there is no more."""
    questions = library().questions
    key = subkey(inside.unlocked.personal, "deck")
    last = inside.reader.latest(Another, 1)
    number = last[0].value.number + 1 if last else 0
    allowed = inside.reader.joint(frame, Limits)
    for step in range(number, number + len(questions)):
        question = deck.private_draw(questions, key, step, allowed)
        if question is None:
            return None
        if not inside.reader.exchange(question_exchange(question.id)):
            inside.writer.put(Another(question.id, step), exchange="another", step=str(step))
            return question.id, question.text
    return None


def set_limits(inside: Insider, value: Limits) -> None:
    """Change how deep questions may go. Both are offered only what both allow, from the next draw on."""
    standing_one = inside.reader.own(Limits, LIMITS_SLOT)
    inside.writer.put(value, exchange="limits", slot=LIMITS_SLOT, replaces=standing_one.id if standing_one else None)
