"""The door to letters, and what their pages need."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from usward.content.loader import library
from usward.content.schema import OCCASIONS, LetterPrompt
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import KEEP, Offer
from usward.practices.letters.entries import Letter, MomentLetter, OneDay, opened_exchange, path_of
from usward.practices.letters.exchange import Lying, TwoLetters, lay_out, opened_of, two_letters
from usward.talkback import days
from usward.talkback.days import OfDay
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

PROMPTS, LATELY, SHELF, DAYS = 3, timedelta(days=60), 24, 6
NAMED = 40  # days, as many as may still lie ahead


def offers(inside: Insider) -> list[Offer]:
    """The way in; and whether a letter of the other's lies here unopened, which is no more than its reader knows."""
    newest = lying_among(inside, inside.reader.latest(Letter, 1, mine=False))
    state = "A letter lies here, not opened yet" if newest and newest[0].closed else ""
    words = "Typed, by hand or with a photo: for now, for a day, or for a moment when it is wanted."
    return [Offer(KEEP, "Letters", words, "keep/letters/", "mail", "as long as you like", state, 90)]


def lying_among(inside: Insider, letters: Sequence[Said[Any]]) -> list[Lying]:
    """Some letters as they lie before this person, with one look at what they have opened."""
    theirs = [opened_exchange(one.exchange) for one in letters if not one.mine]
    return lay_out(letters, opened_of(inside.reader.exchanges(theirs)))


def shelf(inside: Insider) -> list[Lying]:
    """What the other wrote and this person has not opened: for a moment, or come of late; the newest first."""
    lately = inside.reader.lately((Letter,), clock.today(inside.me.zone) - LATELY)
    moments = inside.reader.latest(MomentLetter, SHELF, mine=False)
    found = lying_among(inside, [one for one in lately if not one.mine] + list(moments))
    return sorted((one for one in found if one.closed), key=lambda one: (one.said.since, one.said.seq), reverse=True)


def coming(inside: Insider) -> list[TwoLetters]:
    """The days that are named for two letters and have not come, the nearest first."""
    reached = inside.me.space.day_reached
    named = [one.exchange for one in inside.reader.latest(OneDay, DAYS) if date.fromisoformat(one.value.day) > reached]
    said = inside.reader.exchanges(named)
    found = [two_letters([one for one in said if one.exchange == name], reached) for name in named]
    return sorted((one for one in found if one and one.day), key=lambda one: one.day or reached)


@days.finds
def _celebrated(inside: Insider, _: date, __: date) -> Iterable[OfDay]:
    """A day that is named for two letters is one that they celebrate."""
    for one in inside.reader.latest(OneDay, NAMED):
        yield OfDay(date.fromisoformat(one.value.day), one.value.title, path_of(one.exchange))


def prompts(inside: Insider) -> list[tuple[str, tuple[LetterPrompt, ...]]]:
    """For each occasion a few ways in: others tomorrow."""
    today = clock.today(inside.me.zone).toordinal()
    found = []
    for occasion in OCCASIONS:
        suited = [one for one in library().letter_prompts if one.occasion == occasion]
        turn = [suited[(today * PROMPTS + n) % len(suited)] for n in range(min(PROMPTS, len(suited)))]
        found.append((occasion, tuple(turn)))
    return found


def talk(inside: Insider, exchange: str, said: Sequence[Said[Any]], where: str) -> Any:
    """What is said under an opened letter."""
    name = reply_composer(exchange)
    return thread(inside, exchange, said, "letter", inside.drafts.read([name]).get(name, {}).get("text", ""), where)
