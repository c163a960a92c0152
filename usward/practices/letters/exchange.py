"""Where letters stand, for one of the two: folded from what they may read. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from usward.entries.reader import Said
from usward.practices.letters.entries import AGREED, MOMENTS, OPENED, SAY, Letter, OneDay, opened_exchange, path_of


@dataclass(frozen=True)
class Lying:
    """A letter as it lies before somebody: `closed` is what the other wrote and they have not opened yet."""

    said: Said[Letter]
    closed: bool

    @property
    def moment(self) -> bool:
        """Whether its reader chooses when."""
        return self.said.value.occasion in MOMENTS

    @property
    def path(self) -> str:
        """Where it is read."""
        return path_of(self.said.exchange)


def lying(said: Sequence[Said[Any]]) -> Lying | None:
    """The letter of an exchange with what its reader noted; None where there is none (or it was taken back)."""
    found = next((one for one in said if one.step == SAY), None)
    opened = any(one.step == OPENED and one.mine for one in said)
    return Lying(found, not found.mine and not opened) if found else None


def opened_of(marks: Sequence[Said[Any]]) -> set[str]:
    """The exchanges that have been opened, by their notes."""
    return {one.exchange for one in marks if one.step == OPENED and one.mine}


def lay_out(letters: Sequence[Said[Letter]], opened: Collection[str]) -> list[Lying]:
    """Some letters as they lie before somebody who has opened these."""
    return [Lying(one, not one.mine and opened_exchange(one.exchange) not in opened) for one in letters]


@dataclass(frozen=True)
class TwoLetters:
    """Two letters for one day. Theirs is here from that day on; `closed` until both are opened at once."""

    exchange: str
    agreed: Said[OneDay] | None
    mine: Said[Letter] | None
    theirs: Said[Letter] | None
    closed: bool
    day: date | None
    come: bool

    @property
    def path(self) -> str:
        """Where they are."""
        return path_of(self.exchange)

    @property
    def title(self) -> str:
        """What the day is called."""
        return self.agreed.value.title if self.agreed else "A day of ours"

    @property
    def shown(self) -> list[Said[Letter]]:
        """The letters whose words may be on the page, in the order in which they were written."""
        if not self.come or self.closed:
            return []
        return sorted((one for one in (self.mine, self.theirs) if one), key=lambda one: one.seq)

    @property
    def next_year(self) -> date | None:
        """The same day a year later; after 29 February it is 1 March."""
        if self.day is None:
            return None
        leap = (self.day.month, self.day.day) == (2, 29)
        return date(self.day.year + 1, 3, 1) if leap else self.day.replace(year=self.day.year + 1)


def two_letters(said: Sequence[Said[Any]], reached: date) -> TwoLetters | None:
    """Fold the exchange of a day; `reached` is the day that has begun for both. None where nothing is there."""
    agreed = next((one for one in said if one.step == AGREED), None)
    letters = [one for one in said if one.step == SAY]
    mine = next((one for one in letters if one.mine), None)
    theirs = next((one for one in letters if not one.mine), None)
    opened = any(one.step == OPENED and one.mine for one in said)
    if not (agreed or letters):
        return None
    day = date.fromisoformat(agreed.value.day) if agreed else letters[0].reveal_day
    come = day is not None and day <= reached
    return TwoLetters(said[0].exchange, agreed, mine, theirs, theirs is not None and not opened, day, come)
