"""Something hard, carefully said; and the same while its author sleeps on it."""

from usward.entries.kinds import Kind, Words, lines, register
from usward.entries.models import Reveal, Scope
from usward.talkback.beckon import sign

PARTS = {"saw": "What I saw", "felt": "What I felt", "need": "What I need", "ask": "What I ask"}
SAY, WAIT = "say", "wait"
CAREFULLY = sign("sayit", "{name} has something to tell you, carefully said", "Read it when you have a quiet moment")


class Parts(Kind, frozen=True):
    """Four parts, of which what was seen and one other have words."""

    saw: str
    felt: str = ""
    need: str = ""
    ask: str = ""

    def words(self) -> Words:
        return Words("Carefully said", lines(*((label, getattr(self, part)) for part, label in PARTS.items())))


@register
class Carefully(Parts, frozen=True):
    """It is said: the other may read it at once."""

    name, version, scope, reveal = "sayit", 1, Scope.SHARED, Reveal.AT_ONCE


@register
class Waiting(Parts, frozen=True):
    """To be read again first. Its author's alone, and no version of it is kept; what is sent later is a new thing, from
    which nobody can tell that it has waited."""

    name, version, scope, reveal = "sayit-waits", 1, Scope.OWN, Reveal.NEVER
    history = False

    def words(self) -> Words:
        told = super().words()
        return Words("Not said yet, to be read again first", told.lines)


def exchange_name(entry_id: str) -> str:
    """Each thing said is an exchange of its own."""
    return f"sayit:{entry_id}"


def waiting_name(entry_id: str) -> str:
    """And so is each thing that waits."""
    return f"sayit-waits:{entry_id}"


def path_of(exchange: str) -> str:
    """Where either is, as from the root."""
    kind, _, name = exchange.partition(":")
    return f"talk/say-it/waits/{name}/" if kind == "sayit-waits" else f"talk/say-it/{name}/"
