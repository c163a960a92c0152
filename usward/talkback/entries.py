"""What may follow anything that was revealed: a reply, an evening's talk, a line kept from it, an hour for a talk."""

from datetime import UTC, datetime

from usward.entries.kinds import Kind, Silent, Words, register
from usward.entries.models import Reveal, Scope

REPLY, TONIGHT, KEPT, BECKON = "reply", "tonight", "kept", "beckon"
HOUR = "hour"


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
    where it leads. As an own entry without a sign it says that its author has been there."""

    name, version, scope, reveal = "beckon", 1, Scope.SHARED, Reveal.AT_ONCE
    or_scopes = (Scope.OWN,)
    sign: str
    path: str


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
