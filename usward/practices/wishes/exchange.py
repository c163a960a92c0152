"""What passes between two people about their wishes, step by step. Pure; docs/wishes.md says why it is so.

Each keeps one `Side` on the table, where both could read it, and one `Record` of their own. An exchange is

    opened      points for all wishes, new at the first visit of a week, whatever was answered since
    answered    points of the other's, and tags: what they say if both want it
    closed      the tags that say it too, of those that meet, and silence about the rest. Now its opener knows what meets
    heard       and now the other does

One of the two always opens and closes; the other answers and hears. Each step is taken at a visit of whoever's turn it
is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import replace as replaced
from functools import cached_property

from usward.practices.wishes.entries import Record, Sheet, Side
from usward.practices.wishes.sheet import Listed, replace, wants
from usward.practices.wishes.standing import (
    CHANNELS,
    NOBODY_YET,
    STAMP_BYTES,
    Standing,
    Step,
    points_of,
    questions,
    tags_of,
)
from usward.vault.derive import subkey
from usward.vault.meeting import TAG_BYTES, Tags, Unfit, points, silence, tags
from usward.vault.password import same


@dataclass(frozen=True)
class Visit:
    """Somebody comes by: where they stand, the list, their sheet as it is now and laid out for it, and 32 random bytes."""

    standing: Standing
    wishes: Sequence[Listed]
    sheet: Sheet
    chance: bytes

    @cached_property
    def wanted(self) -> dict[str, int]:
        """What they would have meet, at this moment."""
        return dict(zip(self.sheet.wishes, wants(self.sheet, self.wishes), strict=True))

    def of(self, wishes: Iterable[str]) -> bytes:
        """What they would have meet of these wishes; nothing of those that their list does not have."""
        return bytes(self.wanted.get(wish, 0) for wish in wishes)


def step(visit: Visit) -> Step | None:
    """What this visit brings, or None where nothing is due."""
    try:
        return _step(visit)
    except Unfit:  # points that no program of ours has made: as good as none
        return _step(replaced(visit, standing=replaced(visit.standing, theirs=None)))


def _step(visit: Visit) -> Step | None:
    at = visit.standing
    if at.now and at.to_hear:
        heard = _close(visit, at.now, at.to_hear) if at.opens else _hear(at.now, at.to_hear)
        at = replaced(at, record=heard.record, mine=heard.side)
    if not at.to_lay_out:
        return at.now if at is not visit.standing else None
    if at.opens:
        return _open(visit, at.now, at.across)
    return _answer(visit, at.now, at.across) if at.across else None


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
    return Step(record, replace(fresh.side, said_to=theirs.stamp, tags=b"".join(tag.say for tag in may)))


def _close(visit: Visit, now: Step, theirs: Side) -> Step:
    """Hear the answer, and confirm what meets and is still wanted: about the rest, wanted or not, there is silence."""
    record = now.record
    may, still = _may_pass(now, theirs), bits(visit.of(record.wishes))
    heard = zip(may, tags_of(theirs.tags), still, strict=True)
    met = [same(tag.hear, said) and wanted for tag, said, wanted in heard]
    rows = zip(questions(record.wishes), points_of(theirs), may, met, strict=True)
    said = [tag.say if meets else silence(record.seed, question, point) for question, point, tag, meets in rows]
    closed = replace(record, said_to=theirs.stamp, heard=True, found=_bytes(met))
    return Step(closed, replace(now.side, said_to=theirs.stamp, tags=b"".join(said)))


def _hear(now: Step, theirs: Side) -> Step:
    """Hear what was confirmed."""
    heard = zip(tags_of(now.record.hear), tags_of(theirs.tags), strict=True)
    return Step(replace(now.record, heard=True, found=_bytes([same(*both) for both in heard])), now.side)


def _laid(visit: Visit, before: Step | None, wishes: tuple[str, ...]) -> Step:
    """New points for some wishes, from what is wanted now. What has met before stays known, if it is still wanted."""
    wanted = visit.of(wishes)
    known = dict(zip(before.record.wishes, before.record.found, strict=True)) if before else {}
    seed, stamp = subkey(visit.chance, "wishes/seed"), subkey(visit.chance, "wishes/stamp", length=STAMP_BYTES)
    laid = points(seed, questions(wishes), bits(wanted))
    nothing = bytes(len(laid) * TAG_BYTES)
    record = Record(
        week=visit.standing.week,
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
    return tags(record.seed, questions(record.wishes), bits(record.wants), points_of(now.side), points_of(theirs))


def _what_still_stands(visit: Visit, before: Step, theirs: Side) -> bytes:
    """The tags that wait to be heard, less those of a match that is no longer wanted.

    About what has not met there was silence. It stays the same silence, whatever is wanted now: where it changed, a
    change of mind would show.
    """
    wishes = before.record.wishes
    still = dict(zip(questions(wishes), bits(visit.of(wishes)), strict=True))
    gone = {question for question, met in _still_waits(before).items() if met and not still[question]}
    seed = subkey(visit.chance, "wishes/silence")
    waiting = zip(questions(theirs.wishes), tags_of(before.side.tags), strict=False)
    return b"".join(silence(seed, question, b"") if question in gone else tag for question, tag in waiting)


def _still_waits(before: Step) -> dict[bytes, bool]:
    """For each question, whether it has met and waits to be heard."""
    return dict(zip(questions(before.record.wishes), bits(before.record.found), strict=True))


def bits(each: Iterable[int]) -> list[bool]:
    """The bytes of `wants` or `found` as one truth for every question."""
    return [bool(byte & bit) for byte in each for bit, _ in CHANNELS]


def _bytes(truths: Sequence[bool]) -> bytes:
    """And back."""
    each = zip(*(truths[at :: len(CHANNELS)] for at in range(len(CHANNELS))), strict=True)
    return bytes(sum(bit for (bit, _), truth in zip(CHANNELS, one, strict=True) if truth) for one in each)
