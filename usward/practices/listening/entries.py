"""A listening talk. All that passes between the two is shared at once: it is said to the other. How heard one felt is own.

On one phone that is passed on, one of the two puts in what both say; `passed` says that it is the other's.
"""

from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope

TALK, SPOKEN, JUDGED, PAUSED, MOVED, HEARD = "talk", "spoken", "judged", "paused", "moved", "heard"
SAY, BACK, JUDGE = "say", "back", "judge"
YES, PARTLY, AGAIN = "yes", "partly", "again"
ANSWERS = {YES: "Yes, that’s it", PARTLY: "Partly", AGAIN: "Let me say it again"}
FELT = {5: "Fully", 4: "Mostly", 3: "Half and half", 2: "A little", 1: "Not really"}


@register
class Talk(Kind, frozen=True):
    """A talk that one of the two has begun, about one small thing; `other_begins` where the other speaks first."""

    name, version, scope, reveal = "listening", 1, Scope.SHARED, Reveal.AT_ONCE
    topic: str
    kind: str = ""
    other_begins: bool = False
    one_phone: bool = False

    def words(self) -> Words:
        return Words("A listening talk", under=self.topic)


@register
class Spoken(Kind, frozen=True):
    """The speaker says it (`part` SAY), or the listener says it back (BACK). Without `text` it was said aloud."""

    name, version, scope, reveal = "listening-spoken", 1, Scope.SHARED, Reveal.AT_ONCE
    part: str
    turn: int
    attempt: int
    text: str = ""
    passed: bool = False

    def words(self) -> Words:
        title = "Said, in a listening talk" if self.part == SAY else "Said back"
        return Words(title, [("", self.text or "aloud")])


@register
class Judged(Kind, frozen=True):
    """What the speaker answers to what was said back. A yes passes the floor; nothing else does."""

    name, version, scope, reveal = "listening-judged", 1, Scope.SHARED, Reveal.AT_ONCE
    turn: int
    attempt: int
    answer: str
    missing: str = ""
    passed: bool = False

    def words(self) -> Words:
        return Words("Was that it?", [("", "\n".join(filter(None, (ANSWERS.get(self.answer), self.missing))))])


@register
class Paused(Silent, frozen=True):
    """Somebody needs a pause, and names when they come back (seconds since 1970); `number` counts the pauses of a talk."""

    name, version, scope, reveal = "listening-paused", 1, Scope.SHARED, Reveal.AT_ONCE
    number: int
    back: float


@register
class Moved(Silent, frozen=True):
    """Agreed to a return (`about` which proposal), back from a pause, one round more, or the end."""

    name, version, scope, reveal = "listening-moved", 1, Scope.SHARED, Reveal.AT_ONCE
    what: str
    number: int = 0
    about: str = ""


@register
class Heard(Kind, frozen=True):
    """How heard one felt, 1 to 5. Nobody else ever reads it."""

    name, version, scope, reveal = "listening-heard", 1, Scope.OWN, Reveal.NEVER
    felt: int
    topic: str

    def words(self) -> Words:
        return Words("How heard I felt", lines(("", FELT.get(self.felt, ""))), under=self.topic)


def exchange_name(talk: str) -> str:
    """One exchange a talk."""
    return f"listening:{talk}"
