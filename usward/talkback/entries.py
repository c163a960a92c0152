"""What may follow anything that was revealed: a reply, an evening's talk, a line kept from it, the other's side, an hour for
a talk."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from usward.entries.kinds import Fields, Kind, Silent, Words, lines, register, upcast
from usward.entries.models import Reveal, Scope

REPLY, TONIGHT, KEPT, BECKON, VIEW, MARKS = "reply", "tonight", "kept", "beckon", "other-view", "view-marks"
HOUR, OFFER, LOOKED = "hour", "offer", "looked"
MARKED = {"yes": "Yes", "not-quite": "Not quite", "how": "Here is how"}


@register
class Reply(Kind, frozen=True):
    """An answer to what was shared, in a thread under it."""

    name, version, scope, reveal = "reply", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str

    def words(self) -> Words:
        return Words("Reply", [("", self.text)])


@register
class Tonight(Kind, frozen=True):
    """ "Let us say it tonight": nothing typed; a card that both open together. `text` is what the card shows."""

    name, version, scope, reveal = "tonight", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str

    def words(self) -> Words:
        return Words("Said aloud, one evening", under=self.text)


@register
class Kept(Kind, frozen=True):
    """One line that somebody keeps of a talk."""

    name, version, scope, reveal = "kept", 1, Scope.SHARED, Reveal.AT_ONCE
    line: str

    def words(self) -> Words:
        return Words("Kept from the talk", [("", self.line)])


@register
class Beckon(Silent, frozen=True):
    """ "Come and look": a card that a practice puts on the other's Today. `sign` says which words (see beckon.py), `path`
    where it leads; with `both` it stands on its author's as well. Without a sign nobody is called, and as an own entry
    without one it says that its author has been there."""

    name, version, scope, reveal = "beckon", 2, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    sign: str
    path: str
    both: bool = False


@upcast("beckon", 1)
def _for_the_other_alone(fields: Fields) -> Fields:
    return fields


@register
class Looked(Silent, frozen=True):
    """Which of the other's replies somebody has looked at: by exchange, when the newest of them was said."""

    name, version, scope, reveal = "looked", 1, Scope.OWN, Reveal.NEVER
    history = False
    until: dict[str, float]


@register
class OtherView(Kind, frozen=True):
    """How something may be for the other, told as if one were them; a thought each. `passed` says that on one phone the
    other of its author wrote it. It is addressed to the one whose view it tells, so it is there at once."""

    name, version, scope, reveal = "other-view", 1, Scope.SHARED, Reveal.AT_ONCE
    feels: tuple[str, ...]
    matters: tuple[str, ...] = ()
    passed: bool = False

    def words(self) -> Words:
        told = lines(
            ("What I may be feeling", "\n".join(self.feels)), ("Why it matters to me", "\n".join(self.matters))
        )
        return Words("The other’s side, told as if I were them", told)


class Mark(msgspec.Struct, frozen=True):
    """What the one whose view it is says to one thought: yes, not quite, here is how (or nothing yet)."""

    thought: str
    mark: str = ""
    words: str = ""


@register
class ViewMarks(Kind, frozen=True):
    """The marks on one view, a mark a thought, in their order. `passed` as above."""

    name, version, scope, reveal = "view-marks", 1, Scope.SHARED, Reveal.AT_ONCE
    view: str
    marks: tuple[Mark, ...]
    passed: bool = False

    def words(self) -> Words:
        said = [(one.thought, "\n".join(filter(None, (MARKED.get(one.mark), one.words)))) for one in self.marks]
        return Words("My side, told by the other: what fits", lines(*said))


@register
class Hour(Kind, frozen=True):
    """When somebody would talk, in UTC. Where both have said the same, it is agreed (see hour.py)."""

    name, version, scope, reveal = "hour", 1, Scope.SHARED, Reveal.AT_ONCE
    at: str

    @property
    def moment(self) -> datetime:
        """The moment; one that is no moment is long gone."""
        try:
            return datetime.fromisoformat(self.at).astimezone(UTC)
        except (ValueError, OverflowError):
            return datetime(1970, 1, 1, tzinfo=UTC)

    def words(self) -> Words:
        return Words("An hour to talk", [("", f"{self.moment:%d.%m.%Y, %H:%M} UTC")])


@register
class When(Kind, frozen=True):
    """When to talk, or to come back: a day and a time where one lives, or "tonight" on a day; a day alone is any hour. What
    it is about is said by its step (see when.py)."""

    name, version, scope, reveal = "workthrough-hour", 1, Scope.SHARED, Reveal.AT_ONCE
    day: str
    time: str = ""
    zone: str = "UTC"
    tonight: bool = False
    passed: bool = False

    @property
    def moment(self) -> datetime | None:
        """The moment that was meant, if a time was named."""
        if not self.time:
            return None
        return datetime.combine(date.fromisoformat(self.day), time.fromisoformat(self.time), ZoneInfo(self.zone))

    def words(self) -> Words:
        return Words("An hour for it", [("", f"{self.day} {self.time}".strip())])
