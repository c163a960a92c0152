"""What Usward asks and suggests, as typed values: questions, prompts, beginnings, help lines and whys.

Every value is frozen and comes from a TOML file (docs/content-format.md). The closed sets below are the whole
vocabulary of those files; the loader refuses anything else in words that a writer of questions understands.
"""

from collections.abc import Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec

TOPICS = ("childhood", "us", "dreams", "beliefs", "everyday", "play", "body", "hard", "distance")

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
SITUATIONS = ("low", "high", "hard", "tender", "dream", "disagree", "thanks", "any")
LINE_ABOUTS = ("violence", "crisis", "emergency")

SHALLOWEST, DEEPEST = 1, 5
LONGEST_TEXT = 240


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


class Library(msgspec.Struct, frozen=True, dict=True):
    """All content of one language, packs included, in the order of the files."""

    questions: tuple[Question, ...]
    prompts: tuple[Prompt, ...]
    beginnings: tuple[Beginning, ...]
    help: tuple[Country, ...]
    whys: dict[str, Why]

    @cached_property
    def _questions_by_id(self) -> dict[str, Question]:
        return {question.id: question for question in self.questions}

    def question(self, id: str) -> Question | None:
        """The question with this id, or None (a pack may have been taken away)."""
        return self._questions_by_id.get(id)

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
