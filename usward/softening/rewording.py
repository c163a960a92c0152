"""Says a text anew, in two ways: what I saw, what I felt, what I need, what I ask. Facts stand; gaps (…) are left open."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from usward.softening.grammar import PARTS, Grammar, Rewording, Ways, grammar
from usward.softening.looking import Place, look, places
from usward.softening.phrases import Line
from usward.softening.words import Sentence

SHORTEST_FACT = 3
"""A clause of fewer words beside a blaming one (“didn't you”, “Tom”) says nothing by itself."""


class Clause(NamedTuple):
    """A part of a sentence that can stand alone: its words, and the places in it that blame."""

    first: int
    after: int
    places: Sequence[Place]


class Piece(NamedTuple):
    """Something to say, in two ways. kind: a *fact* as it was written, what is *said* anew, or a *frame* to fill."""

    kind: str
    ways: tuple[str, str]


def reword(text: str, language: str = "en", part: str = "") -> Ways:
    """Two other ways to say `text`, one sentence or a whole message; `look` finds nothing in either.

    What does not blame stands word for word. Nothing is added but frames, with … where only the writer knows. `part` is
    one of PARTS where the text stands in a field for it alone: then no frame says what belongs into another field.
    Raises LookupError for a language without a grammar, ValueError for a part that is none.
    """
    if part not in ("", *PARTS):
        raise ValueError(f"{part!r} is none of the parts {PARTS}")
    known = grammar(language)
    pieces = [
        piece for sentence, line in known.read(text) for piece in _Teller(known, text, sentence, line, part).pieces()
    ]
    frames = known.frames_for(part)
    return _best(frames[0], pieces, 0, language), _best(frames[1], pieces, 1, language)


def _best(frame: str, pieces: Sequence[Piece], way: int, language: str) -> str:
    """The fullest of three wordings that itself blames nobody: all, the facts and an open frame, the frame alone."""
    facts = [piece.ways[way] for piece in pieces if piece.kind == "fact"]
    told = [piece.ways[way] for piece in pieces if piece.kind != "frame"]
    frames = [piece.ways[way] for piece in pieces if piece.kind == "frame"][:1]
    full = told if len(told) > len(facts) else told + frames
    for wording in (full, facts + frames, [*facts, frame]):
        if len(wording) > len(facts) and not look(" ".join(wording), language):
            return " ".join(wording)
    return frame


class _Teller:
    """Tells one sentence anew, clause by clause."""

    def __init__(self, known: Grammar, text: str, sentence: Sentence, line: Line, part: str) -> None:
        self.known, self.text, self.sentence, self.line, self.part = known, text, sentence, line, part
        self.found = list(places(known, sentence, line))

    def pieces(self) -> Iterator[Piece]:
        if not self.found:
            if not self.known.openers.issuperset(self.line.words):  # “Wow.” is no fact
                yield _fact(self.text[self.sentence.start : self.sentence.end])
            return
        for clause in self._clauses():
            if clause.places:
                yield self._anew(clause)
            elif len((typed := self._typed(clause.first, clause.after)).split()) >= SHORTEST_FACT:
                yield _fact(typed)

    def _typed(self, first: int, after: int) -> str:
        words = self.sentence.words
        return self.text[words[first].start : words[after - 1].end] if first < after else ""

    def _clauses(self) -> Iterator[Clause]:
        """Cut where somebody new begins to act, never inside a finding; neighbours that blame nobody stay together."""
        words = self.line.words
        inside = {at for place in self.found for at in range(place.first + 1, place.after)}
        cuts = [
            at
            for at in range(1, len(words))
            if words[at] in self.known.subjects and at not in inside and (self._apart(at) or self._joins(at - 1))
        ]
        led = cuts and words[0] in self.known.leads and self.found[0].first >= cuts[0]
        if led:  # "When I come home, you ...": the half that it leads to stays with it
            cuts = cuts[1:]
        clauses: list[Clause] = []
        found = list(reversed(self.found))
        for first, after in zip([0, *cuts], [*cuts, len(words)], strict=True):
            here = []
            while found and found[-1].first < after:
                here.append(found.pop())
            if clauses and not here and not clauses[-1].places:
                first = clauses.pop().first
            clauses.append(Clause(first, after, here))
        yield from filter(None, map(self._trimmed, clauses))

    def _apart(self, at: int) -> bool:
        return self.sentence.words[at].apart

    def _joins(self, at: int) -> bool:
        """Whether the word at `at` joins two clauses: “and”, or “because” after a comma, but not “so” in the midst of one."""
        word = self.line.words[at]
        return word in self.known.cuts or (word in self.known.openers and self._apart(at))

    def _trimmed(self, clause: Clause) -> Clause | None:
        """`clause` without the "and", "but", "oh" at its ends; none when nothing is left."""
        first, after, words = clause.first, clause.after, self.line.words
        while first < after and self._joins(after - 1):
            after -= 1
        while first < after and words[first] in self.known.openers:
            first += 1
        return clause._replace(first=first, after=after) if first < after else None

    def _anew(self, clause: Clause) -> Piece:
        """A blaming clause by the first rewording that fits it, or else by the frame of its kind."""
        category = clause.places[0].blame.category
        fitting = [
            (nth, at, -after, rewording)
            for at in range(clause.first, clause.after)
            for after, (nth, rewording) in self.known.rewordings.at(self.line, at)
            if category in rewording.only
            and (ways := rewording.ways(rewording.say, self.part))
            and (self._rest(clause, after) or "{rest}" not in ways[0])
        ]
        if fitting:
            _, at, after, rewording = min(fitting, key=lambda fit: fit[:3])
            return Piece("said", self._by(rewording, clause, at, self._rest(clause, -after)))
        place = clause.places[0]
        begins = self.line.words[place.first] in self.known.subjects
        said = self._small(self._typed(place.first if begins else clause.first, clause.after))
        frames = place.blame.ways(place.blame.instead, self.part) or self.known.frames_for(self.part)
        one, two = (frame.replace("{said}", said) for frame in frames)
        return Piece("frame", (one, two))

    def _rest(self, clause: Clause, after: int) -> str:
        """What stands between a phrase and the next thing in its clause that blames."""
        words = self.sentence.words
        stop = min((place.first for place in clause.places if place.first > after), default=clause.after)
        while after < stop and self._joins(stop - 1):
            stop -= 1
        if after >= stop or words[after].start < words[after - 1].end:  # never the second half of a typed word
            return ""
        return self._typed(after, stop)

    def _by(self, rewording: Rewording, clause: Clause, at: int, rest: str) -> Ways:
        """Both ways of `rewording`, after the words with which the writer had begun: “On Sunday, ...”, “When I cook ...”."""
        begins, known = self.line.words[clause.first], self.known
        if at == clause.first or begins not in known.leads | known.settings:
            # “… when I talk” goes with “you do”, not “did”.
            present = not known.leads.isdisjoint(rest.casefold().split())
            ways = self._after_a_lead(rewording, True) if present else rewording.ways(rewording.say, self.part)
            one, two = self._told(ways, rest)
            return one, two
        lead = self._typed(clause.first, at)
        lead = lead[0].upper() + lead[1:]
        one, two = self._told(self._after_a_lead(rewording, begins in known.leads), rest)
        return self._led(lead, one), self._led(lead, two)

    def _told(self, ways: Ways | None, rest: str) -> Iterator[str]:
        return (way.replace("{rest}", rest) for way in ways or self.known.frames_for(self.part))

    def _after_a_lead(self, rewording: Rewording, leads: bool) -> Ways | None:
        """The two ways as they go on from “when I come home, …”, or from a setting, “on Sunday, …”."""
        ways, present = rewording.ways(rewording.say, self.part), rewording.saw_led
        if leads and not self.part and rewording.led:
            return rewording.say[0], rewording.led
        if ways and present and self.part == "saw":
            return present if leads else (ways[0], present[1])
        return ways

    def _led(self, lead: str, way: str) -> str:
        """A way after the words that lead to it: “When I cook and you …”, “On Sunday, you …” (and no second day)."""
        known = self.known
        word, _, after = way.partition(" ")
        if word.casefold() in known.leads and lead.split()[0].casefold() in known.leads:
            return f"{lead} {known.also} {self._small(after)}"
        return f"{lead}, {self._small(way.removeprefix(known.on))}"

    def _small(self, said: str) -> str:
        """`said` as it stands in the middle of a sentence."""
        capital = said and self.known.spell(said.split()[0].casefold().replace("’", "'"))[0] in self.known.capitals
        return (said[:1].upper() if capital else said[:1].lower()) + said[1:]


def _fact(typed: str) -> Piece:
    """What was written, as a sentence of its own."""
    whole = typed[0].upper() + typed[1:] + ("." if typed[-1].isalnum() else "")
    return Piece("fact", (whole, whole))
