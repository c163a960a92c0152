"""What a thank-you is, and a compliment."""

from usward.entries.kinds import Kind, Words, lines, register
from usward.entries.models import Reveal, Scope

THANKS, COMPLIMENT = "thanks", "compliment"


@register
class Thanks(Kind, frozen=True):
    """One concrete thing: what they did (or are), what it meant, what it shows of them. Now, or from a day."""

    name, version, scope, reveal = "thanks", 1, Scope.SHARED, Reveal.AT_ONCE
    kind: str
    text: str
    meant: str = ""
    shows: str = ""

    def words(self) -> Words:
        title = "A compliment" if self.kind == COMPLIMENT else "Thanks"
        return Words(title, lines(("", self.text), ("What it meant", self.meant), ("What it shows", self.shows)))


def exchange_name(entry_id: str) -> str:
    """Every thank-you is an exchange of its own."""
    return f"thanks:{entry_id}"
