"""What may follow anything that was revealed: a reply, an evening's talk, a line kept from it."""

from usward.entries.kinds import Kind, register
from usward.entries.models import Reveal, Scope

REPLY, TONIGHT, KEPT = "reply", "tonight", "kept"


@register
class Reply(Kind, frozen=True):
    """An answer to what was shared, in a thread under it."""

    name, version, scope, reveal = "reply", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str


@register
class Tonight(Kind, frozen=True):
    """ "Let us say it tonight": nothing typed; a card that both open together. `text` is what the card shows."""

    name, version, scope, reveal = "tonight", 1, Scope.SHARED, Reveal.AT_ONCE
    text: str


@register
class Kept(Kind, frozen=True):
    """One line that somebody keeps of a talk."""

    name, version, scope, reveal = "kept", 1, Scope.SHARED, Reveal.AT_ONCE
    line: str
