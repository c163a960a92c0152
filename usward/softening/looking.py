"""Finds blame in a text. Deterministic, never raises for any text, and takes time in proportion to its length."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from usward.softening.grammar import Blame, Grammar, grammar
from usward.softening.phrases import Line
from usward.softening.words import Sentence, Word


class Finding(NamedTuple):
    """A place in a text that may sound like blame, of which kind, and why another wording is easier to hear.

    `sentence` is the place of the sentence around it: what `reword` says anew.
    """

    start: int
    end: int
    category: str
    reason: str
    sentence: tuple[int, int]


class Place(NamedTuple):
    """A finding as the grammar knows it: its words in their sentence, and its group of phrases."""

    first: int
    after: int
    blame: Blame


def look(text: str, language: str = "en") -> tuple[Finding, ...]:
    """The findings in `text`, in order; they never overlap. Raises LookupError for a language without a grammar."""
    known = grammar(language)
    return tuple(
        _finding(place, sentence) for sentence, line in known.read(text) for place in places(known, sentence, line)
    )


def _finding(place: Place, sentence: Sentence) -> Finding:
    start, end = sentence.words[place.first].start, sentence.words[place.after - 1].end
    return Finding(start, end, place.blame.category, place.blame.reason, (sentence.start, sentence.end))


def places(known: Grammar, sentence: Sentence, line: Line) -> Iterator[Place]:
    """Where `sentence` blames: from left to right, the longest phrase first, none that the grammar pardons."""
    spared = _spared(known, sentence.words, line)
    at = 0
    while at < len(spared):
        fitting = (Place(at, after, blame) for after, blame in known.blames.at(line, at))
        standing = [place for place in fitting if not any(spared[at : place.after])]
        if standing:
            # Of equals the first: its group stands first in the file.
            place = max(standing, key=lambda place: place.after)
            yield place
            at = _next_typed(sentence.words, place.after)
        else:
            at += 1


def _next_typed(words: Sequence[Word], at: int) -> int:
    """The next place that is not the second half of a typed word."""
    while at < len(words) and words[at].start == words[at - 1].start:
        at += 1
    return at


def _spared(known: Grammar, words: Sequence[Word], line: Line) -> list[bool]:
    """Which words are pardoned: quoted ones, and those that a pardon covers within their part of the sentence."""
    spared = [word.quoted for word in words]
    turns = [at for at, word in enumerate(line.words) if word in known.turns]
    for start, stop in zip([0, *turns], [*turns, len(words)], strict=True):
        told = stop
        for at in range(start, stop):
            for after, scope in known.pardons.at(line, at) if not words[at].quoted else ():
                if scope == "itself":
                    spared[at:after] = [True] * (after - at)
                else:
                    told = min(told, start if scope == "whole" else after)
        spared[told:stop] = [True] * (stop - told)
    return spared
