"""The list of wishes, one person's answers to it, and what of it has met. Pure."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from usward.content.schema import INTIMACY, Wish
from usward.practices.wishes.entries import ANSWERS, MAYBE, OWN_PREFIX, UNSAID, YES, OwnWish, Record, Sheet

LIMIT, OWN_LIMIT = 320, 40
TEXT_LIMIT = 240  # characters, as in the library
WORD_BYTES = 4
MEETS_YES, MEETS_MAYBE = 1, 2  # the bits of a byte of `wants`, `found` and `seen`
FIELD = "sheet"
replace = msgspec.structs.replace


@dataclass(frozen=True, slots=True)
class Listed:
    """A wish as it stands on both lists. `entry` is the id of one that the two wrote themselves, `mine` if I did."""

    id: str
    text: str
    topic: str
    level: int
    mine: bool = False
    entry: str = ""

    @property
    def words(self) -> bytes:
        """A short hash of the text: a yes is a yes to the words that were read."""
        return hashlib.blake2b(self.text.encode(), digest_size=WORD_BYTES).digest()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sheet holds of one wish."""

    answer: str
    words: bytes
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """What both want. `maybe`: not both have said yes. `new`: not looked at yet. `leaving`: I no longer want it."""

    wish: Listed
    maybe: bool
    new: bool
    leaving: bool


def listed(library: Iterable[Wish], own: Iterable[Any]) -> tuple[Listed, ...]:
    """The list of both: the library in its order, all levels of it, then what the two wrote themselves.

    `own` are the living `Said[OwnWish]`, in the order in which they were said. A changed one is another wish.
    """
    shipped = [Listed(wish.id, wish.text, wish.topic, wish.level) for wish in library]
    written = [_written(said.id.hex, said.value, said.mine) for said in own]
    return (*shipped[: LIMIT - OWN_LIMIT], *written[:OWN_LIMIT])


def _written(entry_id: str, wish: OwnWish, mine: bool) -> Listed:
    level = max(wish.level, 1) if wish.topic == INTIMACY else 0
    return Listed(f"{OWN_PREFIX}{entry_id}", wish.text, wish.topic, level, mine, entry_id)


def laid_out(sheet: Sheet, toward: str, wishes: Sequence[Listed]) -> Sheet:
    """A sheet for this list and this partner: the answers that were given to these very words; else an empty one."""
    base = sheet if sheet.toward == toward else Sheet(toward)
    marks, before = [], by_wish(base)
    for wish in wishes:
        mark = before.get(wish.id)
        fits = mark is not None and mark.words == wish.words and mark.answer in ANSWERS
        marks.append(mark if mark and fits else Mark(UNSAID, wish.words))
    return replace(
        base,
        wishes=tuple(wish.id for wish in wishes),
        answers="".join(mark.answer for mark in marks),
        words=b"".join(mark.words for mark in marks),
        seen=bytes(mark.seen for mark in marks),
    )


def by_wish(sheet: Sheet) -> dict[str, Mark]:
    """What a sheet holds of each of its wishes."""
    words = [sheet.words[at : at + WORD_BYTES] for at in range(0, len(sheet.words), WORD_BYTES)]
    return {
        wish: Mark(answer, word, seen)
        for wish, answer, word, seen in zip(sheet.wishes, sheet.answers, words, sheet.seen, strict=False)
    }


def answered(sheet: Sheet, wish: str, answer: str) -> Sheet:
    """The sheet with one answer more, or changed, or taken back (""). What is not on the list changes nothing."""
    if wish not in sheet.wishes or answer not in (*ANSWERS, ""):
        return sheet
    at = sheet.wishes.index(wish)
    return replace(sheet, answers=sheet.answers[:at] + (answer or UNSAID) + sheet.answers[at + 1 :])


def wants(sheet: Sheet, wishes: Sequence[Listed]) -> bytes:
    """What this person would have meet, a byte for each wish of a sheet that was laid out for them.

    A yes meets a yes. A maybe meets a yes or a maybe, where both let maybes count. Nothing else ever meets, and nothing
    of a level that this person does not go along with.
    """
    return bytes(_want(sheet, answer, wish) for answer, wish in zip(sheet.answers, wishes, strict=True))


def _want(sheet: Sheet, answer: str, wish: Listed) -> int:
    if wish.level > sheet.level or answer not in (YES, MAYBE):
        return 0
    return (MEETS_YES if answer == YES else 0) | (MEETS_MAYBE if sheet.maybes else 0)


def matches(record: Record | None, sheet: Sheet, wishes: Sequence[Listed]) -> list[Match]:
    """What has met, in the order of the list, for a sheet that was laid out for it."""
    if record is None or record.sheet.toward != sheet.toward:
        return []
    found = dict(zip(record.wishes, record.found, strict=True))
    rows = zip(wishes, wants(sheet, wishes), sheet.seen, strict=True)
    return [
        Match(wish, not met & MEETS_YES, new=not seen, leaving=not met & want)
        for wish, want, seen in rows
        if (met := found.get(wish.id, 0))
    ]


def looked_at(sheet: Sheet, found: Iterable[Match]) -> Sheet:
    """The sheet of somebody who has looked at what has met. What has gone since is new when it comes again."""
    ids = {match.wish.id for match in found}
    return replace(sheet, seen=bytes(wish in ids for wish in sheet.wishes))


def to_fields(sheet: Sheet) -> dict[str, str]:
    """A sheet as the fields of a draft; as long for every sheet of one list."""
    return {FIELD: b64encode(msgspec.msgpack.encode(sheet)).decode()}


def from_fields(fields: dict[str, str]) -> Sheet | None:
    """The sheet in a draft, or None where there is none that can be read."""
    try:
        return msgspec.msgpack.decode(b64decode(fields.get(FIELD, ""), validate=True), type=Sheet)
    except ValueError:
        return None
