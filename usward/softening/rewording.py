"""Says a text anew, in two ways: what I saw, what I felt, what I need, what I ask. Facts stand; gaps (…) are left open."""

from collections.abc import Iterator
from typing import NamedTuple

from usward.softening.grammar import Grammar, grammar
from usward.softening.looking import Place, look, places
from usward.softening.phrases import Line
from usward.softening.words import Sentence

SHORTEST_FACT = 3
"""A clause of fewer words beside a blaming one (“didn't you”, “Tom”) says nothing by itself."""

Pair = tuple[str, str]


class Clause(NamedTuple):
    """A part of a sentence that can stand alone: its words, and the first place in it that blames."""

    first: int
    after: int
    place: Place | None


class Piece(NamedTuple):
    """Something to say, in two ways. kind: a *fact* as it was written, what is *said* anew, or a *frame* to fill."""

    kind: str
    ways: Pair


def reword(text: str, language: str = "en") -> Pair:
    """Two other ways to say `text`, one sentence or a whole message; `look` finds nothing in either.

    What does not blame stands word for word. Nothing is added but frames, with … where only the writer knows.
    Raises LookupError for a language without a grammar.
    """
    known = grammar(language)
    pieces = [piece for sentence, line in known.read(text) for piece in _pieces(known, text, sentence, line)]
    return _best(known, pieces, 0, language), _best(known, pieces, 1, language)


def _best(known: Grammar, pieces: list[Piece], way: int, language: str) -> str:
    """The fullest of three wordings that itself blames nobody: all, the facts and an open frame, the frame alone."""
    facts = [piece.ways[way] for piece in pieces if piece.kind == "fact"]
    told = [piece.ways[way] for piece in pieces if piece.kind != "frame"]
    frames = [piece.ways[way] for piece in pieces if piece.kind == "frame"]
    anew = len(told) > len(facts)
    full = told if anew else [*told, *frames[:1]]
    for wording in (full, [*facts, *frames[:1]], [*facts, known.frames[way]]):
        if len(wording) > len(facts) and not look(" ".join(wording), language):
            return " ".join(wording)
    return known.frames[way]


def _pieces(known: Grammar, text: str, sentence: Sentence, line: Line) -> Iterator[Piece]:
    found = list(places(known, sentence, line))
    if not found:
        yield _fact(text[sentence.start : sentence.end])
        return
    words = sentence.words
    for clause in _clauses(known, sentence, line, found):
        typed = text[words[clause.first].start : words[clause.after - 1].end]
        if clause.place:
            yield _anew(known, text, sentence, line, clause)
        elif clause.after - clause.first >= SHORTEST_FACT:
            yield _fact(typed)


def _fact(typed: str) -> Piece:
    """What was written, as a sentence of its own."""
    whole = typed[0].upper() + typed[1:] + ("." if typed[-1].isalnum() else "")
    return Piece("fact", (whole, whole))


def _clauses(known: Grammar, sentence: Sentence, line: Line, found: list[Place]) -> Iterator[Clause]:
    """The parts of a sentence: cut where somebody new begins to act, never inside a finding; those that do not blame joined."""
    at_word = {at: place for place in found for at in range(place.first, place.after)}
    inside = {at for place in found for at in range(place.first + 1, place.after)}
    cuts = [at for at in range(1, len(line.words)) if at in line.begins and line.words[at] in known.subjects]
    cuts = [at for at in cuts if at not in inside]
    if line.words[0] in known.leads:  # "When I come home, you ...": what belongs to its second half stays with it
        cuts = cuts[1:]
    clauses: list[Clause] = []
    for first, after in zip([0, *cuts], [*cuts, len(line.words)], strict=True):
        place = next((at_word[at] for at in range(first, after) if at in at_word), None)
        if clauses and not place and not clauses[-1].place:
            first = clauses.pop().first
        clauses.append(Clause(first, after, place))
    for clause in clauses:
        first, after = clause.first, clause.after
        while first < after and line.words[after - 1] in known.openers:
            after -= 1
        while first < after and line.words[first] in known.openers:
            first += 1
        if first < after:
            yield Clause(first, after, clause.place)


def _anew(known: Grammar, text: str, sentence: Sentence, line: Line, clause: Clause) -> Piece:
    """A blaming clause said anew by the first rewording that fits it, or the frame of its kind."""
    words = sentence.words

    def typed(first: int, after: int) -> str:
        return text[words[first].start : words[after - 1].end] if first < after else ""

    fitting = [
        (nth, at, -after, rewording)
        for at in range(clause.first, clause.after)
        for after, (nth, rewording) in known.rewordings.at(line, at)
        if after < clause.after and words[after].start > words[after - 1].start
    ]
    assert clause.place
    if not fitting:
        said = typed(clause.place.first, clause.after)
        one, two = (frame.replace("{said}", said) for frame in clause.place.blame.instead)
        return Piece("frame", (one, two))
    _, at, after, rewording = min(fitting, key=lambda fit: fit[:3])
    lead = typed(clause.first, at) if line.words[clause.first] in known.leads | known.settings else ""
    one, two = (_led(known, lead, way.replace("{rest}", typed(-after, clause.after))) for way in rewording.say)
    return Piece("said", (one, two))


def _led(known: Grammar, lead: str, said: str) -> str:
    """`said` after the words with which the writer had begun: “On Sunday, ...”, “When I come home and when you ...”."""
    if not lead:
        return said
    opening = said.split(maxsplit=1)[0]
    both_lead = opening.casefold() in known.leads and lead.split(maxsplit=1)[0].casefold() in known.leads
    said = said if opening == opening.upper() else said[0].lower() + said[1:]
    return f"{lead[0].upper()}{lead[1:]}{f' {known.also} ' if both_lead else ', '}{said}"
