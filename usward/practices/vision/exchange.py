"""What is asked in a year, and where that year stands: folded from what may be read of it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from usward.content.schema import DreamQuestion
from usward.entries.reader import Said
from usward.practices.vision.entries import CARRY, MARK, WORDS, Vision

ASKED = 5
# The same every year, so that the words of two years can lie side by side.
EVERY_YEAR = ("vision-stay-the-same", "vision-less-of", "vision-next-room")
# From the second year on; and what the two do together afterwards.
LOOKING_BACK, TOGETHER = "vision-without-noticing", "vision-carry-on"


def ask(found: Sequence[DreamQuestion], year: int, again: bool) -> list[DreamQuestion]:
    """A handful of questions, the same for both: some stay, the others change with the years."""
    vision = {one.id: one for one in found if one.stage == "vision"}
    kept = [vision[id] for id in (*EVERY_YEAR, *([LOOKING_BACK] if again else [])) if id in vision]
    turning = [one for id, one in vision.items() if id not in (*EVERY_YEAR, LOOKING_BACK, TOGETHER)]
    missing = min(ASKED - len(kept), len(turning))
    return kept + [turning[(year * missing + i) % len(turning)] for i in range(missing)]


@dataclass(frozen=True)
class Standing:
    """A year between the two: what each wrote, as far as it may be read; what they marked; what they carry on."""

    mine: Said[Vision] | None = None
    theirs: Said[Vision] | None = None
    marks: dict[str, str] = field(default_factory=dict)
    carried: Sequence[Said[Any]] = ()

    @property
    def both(self) -> bool:
        """Whether both have written, and may read each other."""
        return self.mine is not None and self.theirs is not None

    @property
    def lit(self) -> str:
        """What the lamps show."""
        return "both" if self.both else "mine" if self.mine else "none"

    def texts(self, mine: bool) -> dict[str, str]:
        """What one of the two wrote, by question."""
        said = self.mine if mine else self.theirs
        return {line.id: line.text for line in said.value.lines} if said else {}

    @property
    def asked(self) -> dict[str, str]:
        """The questions to which somebody wrote, in their order, with their words of that year."""
        found: dict[str, str] = {}
        for said in (self.mine, self.theirs):
            for line in said.value.lines if said else ():
                found.setdefault(line.id, line.asked)
        return found


def standing(said: Sequence[Said[Any]]) -> Standing:
    """Fold a year. The newest mark on a question counts, whoever of the two made it, in whatever order they come."""
    mine = theirs = None
    marks: dict[str, str] = {}
    carried: dict[bool, Said[Any]] = {}
    for one in sorted(said, key=lambda one: one.seq):
        if one.step == WORDS:
            mine, theirs = (one, theirs) if one.mine else (mine, one)
        elif one.step == MARK:
            marks[one.value.question] = one.value.how
        elif one.step == CARRY:
            carried[one.mine] = one
    living = {question: how for question, how in marks.items() if how}
    return Standing(mine, theirs, living, sorted(carried.values(), key=lambda one: one.seq))


@dataclass(frozen=True)
class Row:
    """One question: what both wrote this year, and what both wrote the last time."""

    id: str
    asked: str
    mine: str
    theirs: str
    mine_before: str = ""
    theirs_before: str = ""
    mark: str = ""

    @property
    def before(self) -> bool:
        """Whether there is something to lay beside it."""
        return bool(self.mine_before or self.theirs_before)


def rows(now: Standing, last: Standing) -> tuple[list[Row], list[Row]]:
    """This year's questions with last time's words beside; and last time's that were not asked again."""
    mine, theirs, mine_before, theirs_before = (
        year.texts(whose) for year, whose in ((now, True), (now, False), (last, True), (last, False))
    )
    beside = [
        Row(
            id=id,
            asked=asked,
            mine=mine.get(id, ""),
            theirs=theirs.get(id, ""),
            mine_before=mine_before.get(id, ""),
            theirs_before=theirs_before.get(id, ""),
            mark=now.marks.get(id, ""),
        )
        for id, asked in now.asked.items()
    ]
    gone = {id: asked for id, asked in last.asked.items() if id not in now.asked}
    alone = [Row(id, asked, mine_before.get(id, ""), theirs_before.get(id, "")) for id, asked in gone.items()]
    return beside, alone


def years_before(found: Sequence[Said[Vision]], year: int) -> list[int]:
    """The earlier years whose words both may read, newest first."""
    return sorted({one.value.year for one in found if one.open and one.value.year < year}, reverse=True)
