"""Every write around ideas: a round, a like or a pass, what becomes of a match, and the path into a hobby."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit import clock
from usward.live import ping_on_commit
from usward.practices.ideas import moment
from usward.practices.ideas.choose import REST_DAYS, REST_ROUNDS, Answer, Round, takes_answers
from usward.practices.ideas.entries import (
    DECIDE,
    LEFT,
    MATCH,
    OPEN,
    OVER,
    SECOND,
    SLOT,
    STEP,
    Answers,
    Drawn,
    HobbyStep,
    Match,
    Over,
    Verdict,
    hobby_exchange,
    idea_exchange,
    round_exchange,
)
from usward.practices.ideas.exchange import (
    DROPPED,
    KEPT,
    Standing,
    answered,
    closed,
    drawn,
    met,
    next_by_author,
    standings,
    verdict_step,
)
from usward.practices.ideas.traits import Frame
from usward.talkback.beckon import SHOWN_DAYS, beckon, been, sign
from usward.vault.derive import subkey

MET = sign("idea-match", "There is something that you would both like to do", "See what it is")
FEW_ROUNDS = 6
ALL_OVERS = 2000
FROM = {DECIDE: (SECOND,), LEFT: (SECOND, DECIDE, KEPT), SECOND: (LEFT, DROPPED)}


def path_of(match: str) -> str:
    """Where a match is found."""
    return f"ideas/{UUID(match)}/"


def newest(inside: Insider) -> Said[Drawn] | None:
    """The last round that was drawn, however long ago.

    Where the two live on two dates it need not be that of the latest day: each round's place names the one before it, so
    from any of them the chain leads to its end.
    """
    at: Said[Drawn] | None = max(inside.reader.latest(Drawn, FEW_ROUNDS), key=lambda one: one.seq, default=None)
    while at is not None and (following := inside.reader.exchange(round_exchange(at.root.hex))):
        at = following[0]
    return at


def rounds(inside: Insider) -> list[Said[Drawn]]:
    """The newest rounds that still take answers, the present one first."""
    last = newest(inside)
    found = {one.id: one for one in [*inside.reader.latest(Drawn, FEW_ROUNDS), *([last] if last else [])]}
    in_order = sorted(found.values(), key=lambda one: -one.seq)
    return [one for one in in_order if takes_answers(as_round(one.value), inside.me.space.day_reached)]


def as_round(value: Drawn) -> Round:
    """A round as the choosing reads it."""
    return Round(value.day, value.ideas)


@transaction.atomic
def draw(inside: Insider, frame: Frame, after: UUID | None, entry_id: UUID) -> bool:
    """Draw a round after the one that was seen; where another has been drawn since, that one stands. False if nothing fits.

    Days are those that both have reached, which never go back: so no draw reads an answer of its own week.
    """
    before = newest(inside)
    if (before.root if before else None) != after:
        return True
    frame = moment.trimmed(frame)
    found = inside.reader.joint(
        drawn,
        Answers,
        inside.other.pk if inside.other else None,
        frame,
        inside.me.space.day_reached,
        _resting_rounds(inside),
        closed(inside.reader.latest(Over, ALL_OVERS)),
        library().ideas,
        subkey(inside.keyring.ring.index_key, "ideas"),
    )
    if found:
        place = round_exchange(after.hex if after else "")
        value = Drawn(inside.me.space.day_reached, frame, found)
        put = inside.writer.put(value, exchange=place, slot=place, entry_id=entry_id)
        if inside.other is not None and put.outcome == "kept":
            # A round is quiet, but an open page that shows the one before it looks again.
            ping_on_commit(inside.other.pk)
    return bool(found)


def _resting_rounds(inside: Insider) -> list[Round]:
    """The rounds whose ideas may still rest."""
    today, a_day = clock.today(inside.me.zone), timedelta(days=1)
    lately = inside.reader.on_days(Drawn, today - (REST_DAYS + 2) * a_day, today + 2 * a_day)
    found = {one.id: one for one in [*lately, *inside.reader.latest(Drawn, REST_ROUNDS + 2)]}
    return [as_round(one.value) for one in found.values()]


@transaction.atomic
def answer(inside: Insider, shown: Said[Drawn], nth: int, liked: bool) -> None:
    """Like or pass an idea of a round, by its place in it. Nothing is told to anybody, unless both like it now: then both are."""
    day = inside.me.space.day_reached
    if inside.other is None or not takes_answers(as_round(shown.value), day):
        return
    idea = shown.value.ideas[nth]
    so_far = standings(inside.reader.exchange(idea_exchange(idea)))
    if so_far and (so_far[-1].how == OPEN or so_far[-1].match.seq > shown.seq):
        return  # it is a match already, or was one since it was shown
    _keep(inside, Answer(idea, liked, day))
    over = closed([one.over for one in so_far if one.over])
    if liked and inside.reader.joint(met, Answers, inside.other.pk, idea, over):
        _meet(inside, idea)


def _keep(inside: Insider, new: Answer) -> None:
    stands = inside.reader.own(Answers, SLOT)
    said = stands.value.said if stands else ()
    if new not in said:
        value = Answers(answered(said, new))
        inside.writer.put(value, exchange=SLOT, slot=SLOT, replaces=stands.id if stands else None)


def _meet(inside: Insider, idea: str) -> None:
    before = max(inside.reader.latest(Match, 2), key=lambda one: one.seq, default=None)
    value = Match(idea, next_by_author(before))
    put = inside.writer.put(value, exchange=idea_exchange(idea), step=MATCH)
    beckon(inside, _calls(put.id.hex), MET, path_of(put.id.hex))


def one_match(inside: Insider, match: UUID) -> Standing | None:
    """A match by its id, with all that became of it."""
    found = inside.reader.one(match)
    if found is None or not isinstance(found.value, Match):
        return None
    said = inside.reader.exchanges([idea_exchange(found.value.idea), hobby_exchange(match.hex)])
    return next((one for one in standings(said) if one.id == match.hex), None)


@transaction.atomic
def end(inside: Insider, now: Standing, how: str) -> None:
    """Say what became of a match; OPEN takes it up again."""
    later = [one for one in standings(inside.reader.exchange(idea_exchange(now.idea))) if one.match.seq > now.match.seq]
    if how != now.how and not (how == OPEN and later):  # what both have come to like anew stands there already
        value = Over(now.idea, now.id, how, inside.me.space.day_reached)
        inside.writer.put(value, exchange=idea_exchange(now.idea), step=OVER)


@transaction.atomic
def go_on(inside: Insider, now: Standing, to: str) -> None:
    """On the path: it was tried a second time (DECIDE), it is left at that (LEFT), or taken up again (SECOND)."""
    if now.path in FROM[to]:
        inside.writer.put(HobbyStep(now.idea, to), exchange=hobby_exchange(now.id), step=STEP)


@transaction.atomic
def decide(inside: Insider, now: Standing, keep: bool, entry_id: UUID) -> Put | None:
    """Keep it or not, for oneself. The other learns of it when both have said, and of nothing before. After each second try
    both say anew."""
    if now.path != DECIDE or now.step is None or (now.mine and now.mine.value.keep is keep):
        return None
    name, step = hobby_exchange(now.id), verdict_step(now.step)
    replaces = now.mine.id if now.mine else None
    return inside.writer.put(
        Verdict(now.idea, keep),
        exchange=name,
        step=step,
        slot=f"{name}:{step}",
        entry_id=entry_id,
        replaces=replaces,
    )


def looked(inside: Insider, seen: Sequence[Standing]) -> None:
    """Take away the cards that called here, as far as they may still hang."""
    first = clock.today(inside.me.zone) - timedelta(days=SHOWN_DAYS + 1)
    for one in seen:
        if not one.match.mine and one.match.day >= first:
            been(inside, _calls(one.id))


def _calls(match: str) -> str:
    """Where the card lies that calls to a match: beside it, so that reading a match reads none of them."""
    return f"idea-calls:{match}"
