"""What Usward asks and suggests, as typed values: questions, prompts, gestures, wishes, help lines, whys and more.

Every value is frozen and comes from a TOML file (docs/content-format.md). The closed sets below are the whole
vocabulary of those files; the loader refuses anything else in words that a writer of questions understands.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

Item = TypeVar("Item", bound=msgspec.Struct)

TOPIC_NAMES = {
    "childhood": "Childhood",
    "us": "The two of us",
    "dreams": "Dreams",
    "beliefs": "Beliefs",
    "everyday": "Every day",
    "play": "Play",
    "body": "Body and senses",
    "hard": "Hard things",
    "distance": "Far apart",
}
TOPICS = tuple(TOPIC_NAMES)

NOT_FOR: Mapping[str, str] = MappingProxyType(
    {
        "apart": "two who live in different places",
        "living-together": "two who share a home",
        "new-couple": "two who have known each other for less than about half a year",
        "hard-childhood": "someone whose early years still hurt",
        "grief": "someone who has lately lost somebody",
        "no-faith": "someone to whom faith means nothing",
        "no-work": "someone without paid work or studies",
        "no-children": "two without children",
        "trying-for-children": "two who hope for a child, or have lost one",
        "illness": "someone who is ill, or cares for someone who is",
        "trauma": "someone who has lived through violence or terror",
        "body-image": "someone who finds it hard to like their own body",
    }
)
"""The tags of `not_for`, each with the person or couple whom a question so marked may not suit."""

KINDS = ("thanks", "compliment")
ABOUTS = ("deed", "support", "presence", "looks", "accomplishment", "character", "effort")
SITUATIONS = (
    *("low", "high", "hard", "tender", "dream", "disagree", "thanks"),
    *("setback", "success", "letter", "view", "agreement", "any"),
)
LINE_ABOUTS = ("violence", "crisis", "emergency")
TOPIC_KINDS = ("stress outside", "us", "glad", "wish")
USES = ("pause", "own", "soften", "appreciate", "return", "ask")
STAGES = ("find", "understand", "support", "step", "setback", "success", "vision")
OCCASIONS = ("now", "day", "fight", "miss", "sleep", "anniversary")
PLACES = ("anywhere", "home", "out", "apart")
WISH_TOPICS = ("time", "home", "adventure", "tenderness", "intimacy")
INTIMACY = "intimacy"
IDEA_TOPICS = (
    *("home", "food", "dance", "craft", "nature", "volunteering", "learning", "culture"),
    *("play", "rest", "movement", "town", "trip", "closeness", "far-apart"),
)
IDEA_PLACES = ("home", "outside", "town", "away", "anywhere")
SEASONS = ("spring", "summer", "autumn", "winter")
DAYTIMES = ("any", "morning", "day", "evening")

LONGEST_TEXT = 240
LEVELS, ON_A_LEVEL = 3, 4
RUNGS = LEVELS * ON_A_LEVEL


class Question(msgspec.Struct, frozen=True):
    """One open question that both answer apart. `depth` goes from 1 (light) to 5 (deep)."""

    id: str
    topic: str
    depth: int
    text: str
    not_for: tuple[str, ...] = ()


class Prompt(msgspec.Struct, frozen=True):
    """A nudge against empty phrases, under the composer of thanks and compliments."""

    id: str
    kind: str
    about: str
    text: str


class Beginning(msgspec.Struct, frozen=True):
    """The first words of a reply that shows one has listened; its writer finishes the sentence."""

    id: str
    situation: str
    text: str


class Line(msgspec.Struct, frozen=True):
    """One help line. `phone` may be empty where `web` is not."""

    name: str
    about: str
    phone: str
    web: str = ""
    hours: str = ""
    note: str = ""


class Country(msgspec.Struct, frozen=True):
    """The help lines of one country; `code` is its ISO 3166 alpha-2 code."""

    code: str
    name: str
    lines: tuple[Line, ...] = ()


class Why(msgspec.Struct, frozen=True):
    """Two honest sentences about a practice: why it helps, and how sure anyone is."""

    practice: str
    helps: str
    sure: str


class Topic(msgspec.Struct, frozen=True):
    """One small thing to talk about in a listening talk. `depth` goes from 1 (light) to 3 (deep)."""

    id: str
    kind: str
    depth: int
    text: str


class Repair(msgspec.Struct, frozen=True):
    """A sentence to say aloud, or to send, in the middle of a hard talk; `use` is what it is good for."""

    id: str
    use: str
    text: str


class DreamQuestion(msgspec.Struct, frozen=True):
    """A question to someone about their dream, at one stage of it."""

    id: str
    stage: str
    text: str


class Rung(msgspec.Struct, frozen=True):
    """One question of a ladder."""

    text: str


class Ladder(msgspec.Struct, frozen=True):
    """An evening of twelve questions that climbs three levels of four; `sentence` says what kind of evening."""

    id: str
    title: str
    sentence: str
    questions: tuple[Rung, ...] = ()


class LetterPrompt(msgspec.Struct, frozen=True):
    """A way into a letter; `occasion` is when that letter is to be opened."""

    id: str
    occasion: str
    text: str


class Gesture(msgspec.Struct, frozen=True):
    """A small affection, never sexual. `warmth` goes from 1 (a glance) to 5 (a long embrace), `energy` from 1 to 3."""

    id: str
    warmth: int
    place: str
    energy: int
    minutes: int
    text: str


class Wish(msgspec.Struct, frozen=True):
    """One wish, readable as said by either. `level` is 0, or 1 to 3 for intimacy: how far the two have opted in."""

    id: str
    topic: str
    text: str
    level: int = 0


class Idea(msgspec.Struct, frozen=True):
    """Something that the two could do together, and its traits as the ranking sees them (practices/ideas/traits.py).

    `minutes` is what it takes, a whole day being 600; `money` goes from 0 (none) to 3, `energy` from 0 (seated) to 3,
    `newness` from 0 (most have done it) to 2. No `seasons` is all year. `apart`: two who are far apart can do it;
    `hobby`: it can become one. `words` is its name, `how` what makes it good, `first_step` takes two minutes.
    """

    id: str
    topic: str
    minutes: int
    money: int
    energy: int
    place: str
    newness: int
    words: str
    how: str
    first_step: str
    seasons: tuple[str, ...] = ()
    daytime: str = "any"
    apart: bool = False
    hobby: bool = False


class KindEye(msgspec.Struct, frozen=True):
    """One of the three steps of looking at a quarrel as someone who wishes both well would."""

    step: int
    minutes: int
    title: str
    text: str


class Library(msgspec.Struct, frozen=True, dict=True):
    """All content of one language, packs included, in the order of the files."""

    questions: tuple[Question, ...]
    prompts: tuple[Prompt, ...]
    beginnings: tuple[Beginning, ...]
    help: tuple[Country, ...]
    whys: dict[str, Why]
    topics: tuple[Topic, ...] = ()
    repairs: tuple[Repair, ...] = ()
    dream_questions: tuple[DreamQuestion, ...] = ()
    ladders: tuple[Ladder, ...] = ()
    letter_prompts: tuple[LetterPrompt, ...] = ()
    gestures: tuple[Gesture, ...] = ()
    wishes: tuple[Wish, ...] = ()
    ideas: tuple[Idea, ...] = ()
    kind_eye: tuple[KindEye, ...] = ()

    @cached_property
    def _by_id(self) -> dict[tuple[type, str], Any]:
        tuples = (
            *(self.questions, self.prompts, self.beginnings, self.topics, self.repairs, self.dream_questions),
            *(self.ladders, self.letter_prompts, self.gestures, self.wishes, self.ideas),
        )
        return {(type(value), value.id): value for values in tuples for value in values}

    def one(self, kind: type[Item], id: str) -> Item | None:
        """The value of this kind (Topic, Wish, Ladder …) with this id, or None (a pack may have been taken away)."""
        found: Item | None = self._by_id.get((kind, id))
        return found

    def question(self, id: str) -> Question | None:
        """The question with this id, or None."""
        return self.one(Question, id)

    def country(self, code: str) -> Country | None:
        """The country with this code, in capitals or not, or None."""
        return next((country for country in self.help if country.code == code.upper()), None)

    def prompts_for(self, kind: str) -> tuple[Prompt, ...]:
        """The prompts for "thanks" or for "compliment"."""
        return tuple(prompt for prompt in self.prompts if prompt.kind == kind)

    def beginnings_for(self, situation: str) -> tuple[Beginning, ...]:
        """The beginnings written for this situation, then those that suit any."""
        own = tuple(beginning for beginning in self.beginnings if beginning.situation == situation)
        return own if situation == "any" else own + self.beginnings_for("any")
