"""What passes between two people about their wishes, step by step. Pure; docs/wishes.md says why it is so.

Each keeps one `Side` on the table, where both could read it, and one `Record` of their own. An exchange is

    opened      points for all wishes, new at the first visit of a week, whatever was answered since
    answered    points of the other's, and tags: what they say if both want it
    closed      the tags that say it too, of those that meet, and silence about the rest. Now its opener knows what meets
    heard       and now the other does

One of the two always opens and closes, the other answers and hears. Each step is taken at a visit of whoever's turn it
is, and whether one is due depends on days and stamps alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from usward.entries.joint import joint
from usward.entries.reader import Said
from usward.practices.wishes.entries import Record, Sheet, Side
from usward.practices.wishes.sheet import LIMIT, MEETS_MAYBE, MEETS_YES, Listed, wants
from usward.vault.derive import subkey
from usward.vault.meeting import POINT_BYTES, TAG_BYTES, Tags, Unfit, points, silence, tags
from usward.vault.password import same

CHANNELS = ((MEETS_YES, b"yes/"), (MEETS_MAYBE, b"maybe/"))
STAMP_BYTES = 16
NOBODY_YET = bytes(STAMP_BYTES)
_TO_FRIDAY = 2  # added to a day's ordinal, so that weeks begin on Fridays
replace = msgspec.structs.replace


def week_of(day: date) -> int:
    """The week to which a day belongs. Weeks begin on Fridays."""
    return (day.toordinal() + _TO_FRIDAY) // 7


@dataclass(frozen=True)
class Table:
    """What the two have laid out for each other: points, and tags among noise, of which nobody can read more."""

    mine: Said[Side] | None
    theirs: Said[Side] | None


@joint
def table(mine: list[Said[Side]], theirs: list[Said[Side]]) -> Table:
    """The newest side of each."""
    return Table(mine[-1] if mine else None, theirs[-1] if theirs else None)


@dataclass(frozen=True)
class Visit:
    """All that a step depends on. `opens` is whether this person is the one who opens; `chance` is 32 random bytes."""

    opens: bool
    week: int
    wishes: Sequence[Listed]
    sheet: Sheet  # as it is now, laid out for this list and the present partner
    record: Record | None
    mine: Side | None
    theirs: Side | None
    chance: bytes

    @property
    def wanted(self) -> dict[str, int]:
        """What this person would have meet, at this moment."""
        return dict(zip(self.sheet.wishes, wants(self.sheet, self.wishes), strict=True))


@dataclass(frozen=True)
class Step:
    """What is to be kept after a visit, both in one transaction."""

    record: Record
    side: Side


def step(visit: Visit) -> Step | None:
    """What this visit brings, or None where nothing is due."""
    before = standing(visit)
    theirs = visit.theirs if visit.theirs and sound(visit.theirs) else None
    try:
        now = _opener(visit, before, theirs) if visit.opens else _answerer(visit, before, theirs)
    except Unfit:  # points that no program of ours has made: as good as none
        now = _opener(visit, before, None) if visit.opens else before
    return None if now is before else now


def standing(visit: Visit) -> Step | None:
    """Where this person stands: their record and the side that belongs to it, if both are there and of this partner."""
    record, side = visit.record, visit.mine
    if record is None or side is None or record.sheet.toward != visit.sheet.toward or not sound(side):
        return None
    return Step(record, side) if (record.stamp, record.wishes) == (side.stamp, side.wishes) else None


def sound(side: Side) -> bool:
    """Whether a side has the form that ours have. What its points are is seen when they are used."""
    count = len(side.wishes)
    return (
        count <= LIMIT
        and len(set(side.wishes)) == count
        and len(side.stamp) == len(side.said_to) == STAMP_BYTES
        and side.stamp != NOBODY_YET
        and len(side.points) == count * len(CHANNELS) * POINT_BYTES
    )


def _opener(visit: Visit, now: Step | None, theirs: Side | None) -> Step | None:
    if now and theirs and theirs.said_to == now.record.stamp and not now.record.heard:
        now = _close(visit, now, theirs)
    if now is None or now.record.week < visit.week:
        now = _open(visit, now, theirs)
    return now


def _answerer(visit: Visit, now: Step | None, theirs: Side | None) -> Step | None:
    if theirs is None:
        return now
    if now and theirs.said_to == now.record.stamp and not now.record.heard:
        now = _hear(now, theirs)
    answered = now is not None and now.record.said_to == theirs.stamp
    if now is None or not answered or (now.record.week < visit.week and not now.record.heard):
        now = _answer(visit, now, theirs)
    return now


def _open(visit: Visit, before: Step | None, theirs: Side | None) -> Step:
    """New points for the present list and answers. What the other may not have heard yet stays on the table."""
    fresh = _laid(visit, before, visit.sheet.wishes)
    if before is None or theirs is None or before.side.said_to != theirs.stamp:
        return fresh
    said = _what_still_stands(visit, before, theirs)
    return Step(fresh.record, replace(fresh.side, said_to=theirs.stamp, tags=said))


def _answer(visit: Visit, before: Step | None, theirs: Side) -> Step:
    """Points of one's own for their wishes, with tags to theirs. Every answer has points of its own."""
    fresh = _laid(visit, before, theirs.wishes)
    may = _may_pass(fresh, theirs)
    record = replace(fresh.record, said_to=theirs.stamp, hear=b"".join(tag.hear for tag in may))
    side = replace(fresh.side, said_to=theirs.stamp, tags=b"".join(tag.say for tag in may))
    return Step(record, side)


def _close(visit: Visit, now: Step, theirs: Side) -> Step:
    """Hear the answer, and confirm what meets and is still wanted: the rest, wanted or not, is silence."""
    record, asked = now.record, questions(now.record.wishes)
    if theirs.wishes != record.wishes or len(theirs.tags) != len(asked) * TAG_BYTES:
        return now
    may, still = _may_pass(now, theirs), bits(visit.wanted.get(wish, 0) for wish in record.wishes)
    heard = zip(may, cut(theirs.tags, TAG_BYTES), still, strict=True)
    met = [same(tag.hear, said) and wanted for tag, said, wanted in heard]
    to = cut(theirs.points, POINT_BYTES)
    quiet = [silence(record.seed, question, point) for question, point in zip(asked, to, strict=True)]
    said = [tag.say if one else none for tag, one, none in zip(may, met, quiet, strict=True)]
    record = replace(record, said_to=theirs.stamp, heard=True, found=_bytes(met))
    return Step(record, replace(now.side, said_to=theirs.stamp, tags=b"".join(said)))


def _hear(now: Step, theirs: Side) -> Step:
    """Hear what was confirmed."""
    record = now.record
    if len(theirs.tags) != len(record.hear):
        return now
    heard = zip(cut(record.hear, TAG_BYTES), cut(theirs.tags, TAG_BYTES), strict=True)
    return Step(replace(record, heard=True, found=_bytes([same(*both) for both in heard])), now.side)


def _laid(visit: Visit, before: Step | None, wishes: tuple[str, ...]) -> Step:
    """New points for some wishes, from what is wanted now. What has met before stays known, if it is still wanted."""
    wanted = bytes(visit.wanted.get(wish, 0) for wish in wishes)
    known = dict(zip(before.record.wishes, before.record.found, strict=True)) if before else {}
    seed, stamp = subkey(visit.chance, "wishes/seed"), subkey(visit.chance, "wishes/stamp", length=STAMP_BYTES)
    laid = points(seed, questions(wishes), bits(wanted))
    nothing = bytes(len(laid) * TAG_BYTES)
    record = Record(
        week=visit.week,
        stamp=stamp,
        seed=seed,
        said_to=NOBODY_YET,
        wishes=wishes,
        wants=wanted,
        found=bytes(known.get(wish, 0) & want for wish, want in zip(wishes, wanted, strict=True)),
        hear=nothing,
        heard=False,
        sheet=visit.sheet,
    )
    return Step(record, Side(stamp, wishes, b"".join(laid), NOBODY_YET, nothing))


def _may_pass(now: Step, theirs: Side) -> list[Tags]:
    """What may pass about each question between my points and theirs, which are about the same wishes."""
    record = now.record
    mine, to = cut(now.side.points, POINT_BYTES), cut(theirs.points, POINT_BYTES)
    return tags(record.seed, questions(record.wishes), bits(record.wants), mine, to)


def _what_still_stands(visit: Visit, before: Step, theirs: Side) -> bytes:
    """The tags that wait to be heard, less those of a match that is no longer wanted.

    About what has not met there was silence. It stays the same silence, whatever is wanted now: where it changed, a
    change of mind would show.
    """
    wishes, wanted = before.record.wishes, visit.wanted
    still = dict(zip(questions(wishes), bits(wanted.get(wish, 0) for wish in wishes), strict=True))
    gone = {question for question, met in _still_waits(before).items() if met and not still[question]}
    seed = subkey(visit.chance, "wishes/silence")
    waiting = zip(questions(theirs.wishes), cut(before.side.tags, TAG_BYTES), strict=False)
    return b"".join(silence(seed, q, b"") if q in gone else tag for q, tag in waiting)


def _still_waits(before: Step) -> dict[bytes, bool]:
    """For each question, whether it has met and waits to be heard."""
    return dict(zip(questions(before.record.wishes), bits(before.record.found), strict=True))


def questions(wishes: Sequence[str]) -> list[bytes]:
    """Two questions a wish: do both say yes; would both have a maybe count."""
    return [channel + wish.encode() for wish in wishes for _, channel in CHANNELS]


def bits(each: Iterable[int]) -> list[bool]:
    """The bytes of `wants` or `found` as one truth for every question."""
    return [bool(byte & bit) for byte in each for bit, _ in CHANNELS]


def _bytes(truths: Sequence[bool]) -> bytes:
    channels = range(len(CHANNELS))
    each = (truths[at : at + len(CHANNELS)] for at in range(0, len(truths), len(CHANNELS)))
    return bytes(sum(CHANNELS[n][0] for n in channels if one[n]) for one in each)


def cut(whole: bytes, length: int) -> list[bytes]:
    """Bytes in equal pieces."""
    return [whole[at : at + length] for at in range(0, len(whole), length)]
