"""The grammar of blame of one language: read from its file, checked, and made ready for looking."""

from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from usward.softening.phrases import Line, Members, PhraseError, Phrases
from usward.softening.words import Sentence, Spell, is_word, plain, read

FOLDER = Path(__file__).parent
CATEGORIES = (
    *("absolute", "label", "mind", "contempt", "fine"),
    *("command", "should", "comparison", "disguised", "rhetorical"),
)
PARTS = ("saw", "felt", "need", "ask")  # what a text may be one part of: what I saw, felt, need, ask
MOST_ENDINGS = 2  # as in shouldn't've

Mark = TypeVar("Mark")


class GrammarError(ValueError):
    """Something wrong in a grammar's file, in words for the one who writes it."""


Ways = tuple[str, str]


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class Parts(_Part, frozen=True):
    """Two frames for a text that stands in a field of its own: what I saw, felt, need, ask."""

    saw: Ways
    felt: Ways
    need: Ways
    ask: Ways


class _Fitting(_Part, frozen=True):
    """Two ways for each such field, where there are better ones than its frames."""

    saw: Ways | None = None
    felt: Ways | None = None
    need: Ways | None = None
    ask: Ways | None = None

    def ways(self, whole: Ways, part: str) -> Ways | None:
        """The two ways for a part; `whole` where the text is no part of anything."""
        return getattr(self, part) if part else whole


class Blame(_Fitting, frozen=True, kw_only=True):
    """Phrases that blame in one way, one a line; why another wording is easier to hear; and two frames for it.

    In a frame, {said} is what stands from the phrase to the end of its clause.
    """

    category: str
    reason: str
    say: str
    instead: Ways


class Pardon(_Part, frozen=True):
    """Phrases that take blame away: from what follows, from their whole part of the sentence, from themselves."""

    follows: str
    whole: str
    itself: str


class Rewording(_Fitting, frozen=True, kw_only=True):
    """How a clause with one of the phrases is said anew, in two ways. {rest} is what stands after the phrase.

    `led` and `saw_led` stand for the second way and for `saw` after a half that leads to the clause (“when I come home,
    …”), with whose tense they go. `only` names the categories of blame that it is for; without it, all.
    """

    see: str
    say: Ways
    led: str = ""
    saw_led: Ways | None = None
    only: tuple[str, ...] = CATEGORIES


class Joints(_Part, frozen=True):
    """Words at which a sentence can be taken apart, with commas between them; docs/say-it.md says which is which."""

    openers: str
    turns: str
    subjects: str
    leads: str
    settings: str
    cuts: str
    capitals: str
    walls: str
    also: str
    on: str


class Source(_Part, frozen=True):
    """The file as it is written; docs/say-it.md explains each part."""

    spelling: dict[str, str]
    endings: dict[str, str]
    joints: Joints
    sets: dict[str, str]
    pardon: Pardon
    blame: tuple[Blame, ...]
    reword: tuple[Rewording, ...]
    frames: Ways
    parts: Parts


class Grammar(NamedTuple):
    """What looking and rewording need of a language."""

    spell: Spell
    openers: frozenset[str]
    turns: frozenset[str]
    subjects: frozenset[str]
    leads: frozenset[str]
    settings: frozenset[str]
    cuts: frozenset[str]
    capitals: frozenset[str]
    also: str
    on: str
    pardons: Phrases[str]
    blames: Phrases[Blame]
    rewordings: Phrases[tuple[int, Rewording]]
    frames: Ways
    parts: Parts

    def frames_for(self, part: str) -> Ways:
        """The two frames for when nothing else fits."""
        return getattr(self.parts, part) if part else self.frames

    def read(self, text: str) -> list[tuple[Sentence, Line]]:
        """The sentences of `text`, each with its words and the places where clauses begin and end."""
        return [(sentence, self._line(sentence)) for sentence in read(text, self.spell)]

    def _line(self, sentence: Sentence) -> Line:
        words = [word.plain for word in sentence.words]
        apart = {nth for nth, word in enumerate(sentence.words) if word.apart}
        openers = {nth for nth, word in enumerate(words) if word in self.openers}
        begins = {0} | apart | {nth + 1 for nth in openers}
        ends = {len(words)} | apart | openers
        return Line(words, frozenset(begins), frozenset(ends))


@cache
def grammar(language: str = "en") -> Grammar:
    """The grammar of `language`, read once. Raises LookupError where there is none, GrammarError where it is wrong."""
    known = {path.stem: path for path in FOLDER.glob("*.toml")}
    if language not in known:
        raise LookupError(f"There is no grammar of blame for the language {language!r}.")
    return parse(known[language].read_bytes())


def parse(content: bytes) -> Grammar:
    """The grammar that `content`, a TOML file, describes. Raises GrammarError."""
    try:
        return _made_of(msgspec.toml.decode(content, type=Source))
    except (msgspec.DecodeError, PhraseError) as wrong:
        raise GrammarError(str(wrong)) from wrong


def _made_of(source: Source) -> Grammar:
    spell = _speller(source.spelling, source.endings)
    sets = {name: _members(listed, spell) for name, listed in source.sets.items()}
    strange = {blame.category for blame in source.blame}.difference(CATEGORIES)
    if strange:
        raise GrammarError(f"“{min(strange)}” is no category; there are: {', '.join(CATEGORIES)}.")

    def words(listed: str) -> frozenset[str]:
        return frozenset(one for member in _members(listed, spell) for one in member)

    walls = words(source.joints.walls)

    def phrases(groups: list[tuple[str, Mark]]) -> Phrases[Mark]:
        tree: Phrases[Mark] = Phrases(sets, spell, walls)
        for lines, mark in groups:
            for phrase in filter(None, map(str.strip, lines.splitlines())):
                tree.add(phrase, mark)
        return tree

    pardon, joints = source.pardon, source.joints
    return Grammar(
        spell=spell,
        openers=words(joints.openers),
        turns=words(joints.turns),
        subjects=words(joints.subjects),
        leads=words(joints.leads),
        settings=words(joints.settings),
        cuts=words(joints.cuts),
        capitals=words(joints.capitals),
        also=joints.also,
        on=joints.on,
        pardons=phrases([(pardon.follows, "follows"), (pardon.whole, "whole"), (pardon.itself, "itself")]),
        blames=phrases([(blame.say, blame) for blame in source.blame]),
        rewordings=phrases([(one.see, (nth, one)) for nth, one in enumerate(source.reword)]),
        frames=source.frames,
        parts=source.parts,
    )


def _speller(spelling: dict[str, str], endings: dict[str, str]) -> Spell:
    """Gives the plain words that a typed word stands for: “dont” and “don’t” are both “do not”."""
    known = {word: tuple(stands.split()) for word, stands in spelling.items()}

    def spell(word: str) -> tuple[str, ...]:
        tail: tuple[str, ...] = ()
        for _ in range(MOST_ENDINGS):
            ending = next((one for one in endings if word not in known and word.endswith(one) and word != one), "")
            if ending:
                word, tail = word.removesuffix(ending), (endings[ending], *tail)
        return (*known.get(word, (word,)), *tail)

    return spell


def _members(listed: str, spell: Spell) -> Members:
    strange = [word for word in listed.replace(",", " ").split() if not is_word(word)]
    if strange:
        raise GrammarError(f"“{strange[0]}” stands among words, and is none.")
    members = (tuple(one for word in member.split() for one in spell(plain(word))) for member in listed.split(","))
    return tuple(member for member in members if member)
