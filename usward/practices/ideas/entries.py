"""What is kept of ideas: the rounds, what each answered to them, the matches, and what became of these."""

from datetime import date

from usward.content.loader import library
from usward.content.schema import Idea
from usward.entries.kinds import Kind, Silent, Words, lines, register
from usward.entries.models import Reveal, Scope
from usward.practices.ideas.choose import Answer
from usward.practices.ideas.traits import Frame

SLOT = "ideas-answers"
MATCH, OVER, STEP, VERDICT = "match", "over", "step", "verdict"
DONE, NOT_FOR_US, LET_GO, OPEN = "done", "not-for-us", "let-go", "open"
SECOND, DECIDE, LEFT = "second", "decide", "left"
HOWS = (DONE, NOT_FOR_US, LET_GO, OPEN)


@register
class Drawn(Silent, frozen=True):
    """A round: what both were shown, and for which moment. One chain for the two; not a word of anybody's, and quiet."""

    name, version, scope, reveal, space_wide = "ideas-round", 1, Scope.SHARED, Reveal.AT_ONCE, True
    day: date
    frame: Frame
    ideas: tuple[str, ...]


@register
class Answers(Kind, frozen=True):
    """All that one person has answered: for each idea what counts in this week's draw, and what will in the next.

    Joint: two functions of both see it, and nobody is shown it. Each change takes the place of what stood.
    """

    name, version, scope, reveal, history = "ideas-answers", 1, Scope.JOINT, Reveal.NEVER, False
    said: tuple[Answer, ...] = ()

    def words(self) -> Words:
        latest = {answer.idea: answer.liked for answer in self.said}
        told = lines(*(("Liked" if liked else "Passed", title(idea)) for idea, liked in latest.items()))
        return Words("Ideas, as you answered them", told, told=bool(told))


@register
class Match(Kind, frozen=True):
    """Both like it. `by_author`: whoever said so plans it; else the other does."""

    name, version, scope, reveal = "idea-match", 1, Scope.SHARED, Reveal.AT_ONCE
    idea: str
    by_author: bool = False

    def words(self) -> Words:
        return Words("An idea that you both liked", lines(("", title(self.idea))))


@register
class Over(Kind, frozen=True):
    """What became of a match, by the hex of its id: done, done and not for us, let go; or open again after all."""

    name, version, scope, reveal = "idea-over", 1, Scope.SHARED, Reveal.AT_ONCE
    idea: str
    match: str
    how: str
    day: date

    def words(self) -> Words:
        how = {DONE: "Done together", NOT_FOR_US: "Tried, and not for us", LET_GO: "Let go", OPEN: "Taken up again"}
        return Words(how.get(self.how, self.how), under=title(self.idea))


@register
class HobbyStep(Kind, frozen=True):
    """Where the path into a hobby stands from now on: at the second try, at the decision after it, or left at that."""

    name, version, scope, reveal = "hobby-step", 1, Scope.SHARED, Reveal.AT_ONCE
    idea: str
    at: str

    def words(self) -> Words:
        at = {SECOND: "Taken up again", DECIDE: "Tried a second time", LEFT: "Left at that"}
        return Words(at.get(self.at, self.at), under=title(self.idea))


@register
class Verdict(Kind, frozen=True):
    """Keep or drop, after the second try. It opens when both have said."""

    name, version, scope, reveal = "hobby-verdict", 1, Scope.SHARED, Reveal.WHEN_BOTH
    idea: str
    keep: bool

    def words(self) -> Words:
        return Words("A hobby to keep" if self.keep else "Not a hobby for me", under=title(self.idea))


def title(idea: str) -> str:
    """An idea's name; its id, where the library no longer has it."""
    found = library().one(Idea, idea)
    return found.words if found else idea


def is_hobby(idea: str) -> bool:
    """Whether an idea can become a hobby."""
    found = library().one(Idea, idea)
    return found is not None and found.hobby


def round_exchange(after: str) -> str:
    """The exchange and the place of the round that follows another, by its hex; "" for the first. There is one only."""
    return f"ideas-round:{after}"


def idea_exchange(idea: str) -> str:
    """Where the matches on an idea lie, and what became of them."""
    return f"idea:{idea}"


def hobby_exchange(match: str) -> str:
    """Where the path lies that begins with a match, by its hex."""
    return f"hobby:{match}"
