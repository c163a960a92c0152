"""An evening of twelve questions. All of it is shared; what is typed waits until both have typed theirs."""

from usward.entries.kinds import Kind, Silent, Words, register
from usward.entries.models import Reveal, Scope

BEGUN, MOVED, ENDED = "begun", "moved", "ended"


@register
class Evening(Kind, frozen=True):
    """An evening that one of the two has begun. Its questions stand in it, so that it can be read for ever."""

    name, version, scope, reveal = "evening", 1, Scope.SHARED, Reveal.AT_ONCE
    ladder: str
    title: str
    questions: tuple[str, ...]
    one_phone: bool = False

    def words(self) -> Words:
        return Words("An evening of questions", under=self.title)


@register
class Moved(Silent, frozen=True):
    """Either of the two went on to a place: whether they talked or skipped is nobody's business."""

    name, version, scope, reveal = "evening-moved", 1, Scope.SHARED, Reveal.AT_ONCE
    to: int


@register
class Told(Kind, frozen=True):
    """What somebody typed to one of the questions, for two who are not in one room."""

    name, version, scope, reveal = "evening-told", 1, Scope.SHARED, Reveal.WHEN_BOTH
    question: str
    text: str

    def words(self) -> Words:
        return Words("Told, one evening", [("", self.text)], under=self.question)


@register
class Ended(Silent, frozen=True):
    """Enough for tonight."""

    name, version, scope, reveal = "evening-ended", 1, Scope.SHARED, Reveal.AT_ONCE


def exchange_name(evening: str) -> str:
    """One exchange an evening."""
    return f"evening:{evening}"


def path_of(evening: str) -> str:
    """Where an evening is, as from the root."""
    return f"talk/evening/{evening}/"


def told_step(question: int) -> str:
    """Each question is a step of its own: what is typed to it opens when both have typed."""
    return f"q{question}"
