"""Seven minutes with a quarrel, seen with a kind eye. Whose quarrel it was with never learns that there were any."""

from usward.entries.kinds import Kind, Words, lines, register
from usward.entries.models import Reveal, Scope

PARTS = ("saw", "hinders", "plan")  # one for each step, in their order


@register
class KindEye(Kind, frozen=True):
    """What somebody who likes both would have seen, what makes it hard to see so, and one plan."""

    name, version, scope, reveal = "kind-eye", 1, Scope.OWN, Reveal.NEVER
    saw: str
    hinders: str = ""
    plan: str = ""

    def words(self) -> Words:
        told = lines(("From the corner", self.saw), ("What gets in the way", self.hinders), ("My plan", self.plan))
        return Words("A kind eye", told)


def exchange_name(entry_id: str) -> str:
    """Each is an exchange of its own."""
    return f"kind-eye:{entry_id}"
