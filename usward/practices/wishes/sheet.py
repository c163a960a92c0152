"""The list of wishes, and one person's answers to it. Pure."""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from usward.content.schema import INTIMACY, Wish
from usward.practices.wishes.entries import ANSWERS, MAYBE, OWN_PREFIX, UNSAID, YES, OwnWish, Sheet

LIMIT, OWN_LIMIT = 320, 40
WORD_BYTES = 4
MEETS_YES, MEETS_MAYBE = 1, 2  # the bits of a byte of `wants` and `found`
FIELD = "sheet"


@dataclass(frozen=True, slots=True)
class Listed:
    """A wish as it stands on both lists. `root` is the entry of one that the two wrote themselves."""

    id: str
    text: str
    topic: str
    level: int
    mine: bool = False
    root: str = ""

    @property
    def words(self) -> bytes:
        """A short hash of the text: a yes is a yes to the words that were read."""
        return hashlib.blake2b(self.text.encode(), digest_size=WORD_BYTES).digest()


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
    before = by_wish(sheet) if sheet.toward == toward else {}
    said = [before.get(wish.id, (UNSAID, wish.words)) for wish in wishes]
    kept = [answer if words == wish.words else UNSAID for wish, (answer, words) in zip(wishes, said, strict=True)]
    base = sheet if sheet.toward == toward else Sheet()
    return msgspec.structs.replace(
        base,
        toward=toward,
        wishes=tuple(wish.id for wish in wishes),
        answers="".join(kept),
        words=b"".join(wish.words for wish in wishes),
    )


def by_wish(sheet: Sheet) -> dict[str, tuple[str, bytes]]:
    """For each wish of a sheet the answer, and the hash of the words to which it was given."""
    words = [sheet.words[at : at + WORD_BYTES] for at in range(0, len(sheet.words), WORD_BYTES)]
    return {wish: (answer, word) for wish, answer, word in zip(sheet.wishes, sheet.answers, words, strict=False)}


def answered(sheet: Sheet, wish: str, answer: str) -> Sheet:
    """The sheet with one answer more, or changed, or taken back (""). What is not on the list changes nothing."""
    if wish not in sheet.wishes or answer not in (*ANSWERS, ""):
        return sheet
    at = sheet.wishes.index(wish)
    return msgspec.structs.replace(sheet, answers=sheet.answers[:at] + (answer or UNSAID) + sheet.answers[at + 1 :])


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


def to_fields(sheet: Sheet) -> dict[str, str]:
    """A sheet as the fields of a draft; as long for every sheet of one list."""
    return {FIELD: b64encode(msgspec.msgpack.encode(sheet)).decode()}


def from_fields(fields: dict[str, str]) -> Sheet | None:
    """The sheet in a draft, or None where there is none that can be read."""
    try:
        return msgspec.msgpack.decode(b64decode(fields.get(FIELD, ""), validate=True), type=Sheet)
    except ValueError:
        return None
