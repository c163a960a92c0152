"""Rounds as one of the two sees them, and the question that begins one."""

from collections.abc import Sequence
from typing import Any

from usward.content.loader import library
from usward.content.schema import Question
from usward.entries.door import Insider
from usward.entries.kinds import registered
from usward.entries.reader import Said
from usward.kit import clock
from usward.practices.innerworld.actions import Chosen
from usward.practices.innerworld.entries import Asked, Told, round_exchange
from usward.practices.innerworld.exchange import Round, fold, handful, suited
from usward.spaces.models import Partner
from usward.vault.derive import subkey

TRIES = 3
LIMITS = "limits"  # those of the daily questions: a kind of another practice, met by its name alone


def owner_of(inside: Insider, about_me: bool) -> Partner | None:
    """The partner whom a question is about."""
    return inside.me if about_me else inside.other


def rounds(inside: Insider, names: Sequence[str]) -> list[Round]:
    """Those of some exchanges in which something was asked, in one query."""
    said: dict[str, list[Said[Any]]] = {name: [] for name in names}
    for one in inside.reader.exchanges(list(said)):
        said[one.exchange].append(one)
    return [now for some in said.values() if (now := fold(some))]


def open_rounds(inside: Insider, limit: int, mine: bool | None = None) -> list[Round]:
    """Of the newest rounds those that I have neither written my part of nor put by. What the other did plays no part."""
    asked = inside.reader.latest(Asked, limit, mine=mine)
    return [now for now in rounds(inside, [one.exchange for one in asked]) if not now.mine and not now.passed]


def suited_questions(inside: Insider) -> list[Question]:
    """What may be asked: within the limits of both as they stood when the day began, and within mine as they stand now."""
    questions, limits = library().questions, registered().get(LIMITS)
    if limits is None:
        return suited([], [], (), questions)
    mine = inside.reader.own(limits, LIMITS)
    day = inside.me.space.day_reached
    return inside.reader.joint(suited, limits, (mine.value,) if mine else (), questions, before=day)


def propose(inside: Insider, of_me: bool, turn: int) -> Chosen | None:
    """A question about one of the two that has not been asked yet: light ones first, the same all day long, and another
    for every turn. None where there is nobody to ask about, or where all that we looked at has been asked."""
    owner = owner_of(inside, of_me)
    questions, key = suited_questions(inside), subkey(inside.unlocked.personal, "innerworld")
    for nth in range(TRIES if owner else 0):
        assert owner is not None
        some = handful(questions, key, f"{owner.pk.hex} {clock.today(inside.me.zone)} {nth}")
        names = {round_exchange(one.id, owner.pk, 1): one for one in some}
        met = {now.asked.exchange for now in rounds(inside, list(names))}
        left = [one for name, one in names.items() if name not in met]
        if left:
            one = left[turn % len(left)]
            return Chosen(one.id, one.text, one.topic, owner)
    return None


def choose(inside: Insider, of_me: bool, question: str, nth: int) -> Chosen | None:
    """A question that somebody named: one that may be asked, or one that was asked already, of either of the two."""
    owner = owner_of(inside, of_me)
    if owner is None:
        return None
    if nth > 1 and fold(inside.reader.exchange(round_exchange(question, owner.pk, nth - 1))) is None:
        return None
    known = next((one for one in suited_questions(inside) if one.id == question), None)
    if known is not None:
        return Chosen(known.id, known.text, known.topic, owner, nth)
    both = [one.pk for one in (inside.me, inside.other) if one]
    before = rounds(inside, [round_exchange(question, one, 1) for one in both])
    asked = before[0].asked.value if before else None
    return Chosen(question, asked.text, asked.topic, owner, nth) if asked else None


def earlier(inside: Insider, question: str, owner: Partner | None, nth: int) -> Said[Told] | None:
    """The answer of the time before, where this is asked again."""
    if owner is None or nth < 2:
        return None
    before = fold(inside.reader.exchange(round_exchange(question, owner.pk, nth - 1)))
    return before.answer if before and before.answer and before.answer.open else None
