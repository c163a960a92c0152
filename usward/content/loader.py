"""Reads the shipped library of one language, and the packs that a couple or a therapist has put beside their data."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from usward.content import checks, kept
from usward.content.schema import (
    IDEA_TOPICS,
    RUNGS,
    TOPICS,
    Beginning,
    Country,
    DreamQuestion,
    Gesture,
    Idea,
    KindEye,
    Ladder,
    LetterPrompt,
    Library,
    Line,
    Prompt,
    Question,
    Repair,
    Rung,
    Topic,
    Why,
    Wish,
)
from usward.content.source import ContentError, Source
from usward.kit.datafolder import PACKS, data_folder

__all__ = ["LIBRARY", "ContentError", "library"]

LIBRARY = Path(__file__).parent / "library"
Named = Question | Prompt | Beginning | Topic | Repair | DreamQuestion | Ladder | LetterPrompt | Gesture | Wish | Idea
Value = Named | Country | Why | KindEye

STRUCTS: dict[str, type[Value]] = {
    "question": Question,
    "prompt": Prompt,
    "beginning": Beginning,
    "country": Country,
    "why": Why,
    "listening": Topic,
    "repair": Repair,
    "dream": DreamQuestion,
    "ladder": Ladder,
    "letter": LetterPrompt,
    "gesture": Gesture,
    "wish": Wish,
    "idea": Idea,
    "kindeye": KindEye,
}

TOPICS_OF = {"question": TOPICS, "idea": IDEA_TOPICS}
"""The sections for which a file may name one topic at its top."""


@cache
def library(locale: str = "en", packs: Path | None = None) -> Library:
    """All content in `locale`, with every pack in the folder `packs` if there is one; read once.

    Without `packs` it is the folder of that name in the data folder, where what was read is kept for the next start.

    Raises LookupError for a language that is not shipped, ContentError for the first thing wrong in a file.
    """
    if locale not in {folder.name for folder in LIBRARY.iterdir() if folder.is_dir()}:
        raise LookupError(f"There is no content in the language {locale!r}.")
    shipped = sorted((LIBRARY / locale).rglob("*.toml"))
    own = sorted((packs or data_folder() / PACKS).glob("*.toml"))
    if packs:
        return _gathered(shipped, own)
    place, known = data_folder() / f"library-{locale}.msgpack", kept.stamp([*shipped, *own])
    found = kept.take(place, known)
    if found is None:
        found = _gathered(shipped, own)
        kept.keep(place, known, found)
    return found


def _gathered(shipped: list[Path], packs: list[Path]) -> Library:
    shelf = Shelf()
    for path in shipped:
        shelf.add_file(path, pack=False)
    for path in packs:
        shelf.add_file(path, pack=True)
    return shelf.library()


class Shelf:
    """Values gathered file by file; each key (an id, a country, a practice) may stand once."""

    def __init__(self) -> None:
        self._values: dict[str, dict[str, Value]] = {section: {} for section in STRUCTS}
        self._origin: dict[tuple[str, str], tuple[Source, int, bool]] = {}

    def add_file(self, path: Path, *, pack: bool) -> None:
        """Reads one file; in a pack, ids get the file's name in front."""
        source = Source(path)
        prefix = _prefix(source) if pack else ""
        topic = _check_top(source)
        for section, nth, table in _tables(source):
            line = source.line_of(section, nth)
            if topic and topic in TOPICS_OF.get(section, ()) and isinstance(table, dict):
                table = {"topic": topic, **table}
            value = _read(section, table, source, line)
            if prefix and isinstance(value, Named) and not value.id.startswith(prefix):
                value = msgspec.structs.replace(value, id=prefix + value.id)
            self._add(section, value, source, line, pack)

    def library(self) -> Library:
        """What has been gathered."""
        return Library(
            questions=self._all("question"),
            prompts=self._all("prompt"),
            beginnings=self._all("beginning"),
            help=self._all("country"),
            whys={why.practice: why for why in self._all("why")},
            topics=self._all("listening"),
            repairs=self._all("repair"),
            dream_questions=self._all("dream"),
            ladders=self._all("ladder"),
            letter_prompts=self._all("letter"),
            gestures=self._all("gesture"),
            wishes=self._all("wish"),
            ideas=self._all("idea"),
            kind_eye=tuple(sorted(self._all("kindeye"), key=lambda eye: eye.step)),
        )

    def _all(self, section: str) -> tuple[Any, ...]:
        return tuple(self._values[section].values())

    def _add(self, section: str, value: Value, source: Source, line: int, pack: bool) -> None:
        field, key = _key(value)
        shelf, origin = self._values[section], self._origin.get((section, key))
        line = source.line_of_key(field, line)
        if origin and isinstance(value, Country) and pack and not origin[2]:
            # A pack may add a country's local lines; it can never take the shipped ones away.
            known = shelf[key]
            assert isinstance(known, Country)
            shelf[key] = msgspec.structs.replace(known, lines=value.lines + known.lines)
        elif origin:
            first, first_line, shipped = origin[0], origin[1], not origin[2]
            where = f"on line {first_line}" if first.path == source.path else f"in {first.path.name}"
            whose = " of Usward's own library" if pack and shipped else ""
            raise source.error(line, f'the {field} "{key}" already stands {where}{whose}; choose another.')
        else:
            shelf[key], self._origin[section, key] = value, (source, line, pack)


def _prefix(source: Source) -> str:
    name = re.sub(r"[^a-z0-9]+", "-", source.path.stem.lower()).strip("-")
    if not name:
        raise source.error(1, "give this file a name of plain letters a to z or digits, as in our-questions.toml.")
    return f"{name}-"


def _check_top(source: Source) -> str:
    """Refuses unknown sections; gives the topic of the whole file, if it has one."""
    for key, content in source.data.items():
        line = source.line_of(key, 0)
        if key != "topic" and key not in STRUCTS:
            raise source.error(line, checks.unknown(key, ["topic", *STRUCTS]))
        if key in STRUCTS and not isinstance(content, list):
            raise source.error(line, f"write [[{key}]] with two brackets on each side, once for every {key}.")
    topic = source.data.get("topic", "")
    known = sorted({one for section, topics in TOPICS_OF.items() if section in source.data for one in topics}) or TOPICS
    if "topic" in source.data and topic not in known:
        raise source.error(source.line_of_key("topic", 0), f'in "topic": {checks.unknown(str(topic), known)}')
    return str(topic)


def _tables(source: Source) -> Iterator[tuple[str, int, Any]]:
    for section in STRUCTS:
        for nth, table in enumerate(source.data.get(section, [])):
            yield section, nth, table


def _read(section: str, table: Any, source: Source, line: int) -> Value:
    if section == "country":
        country = checks.read(Country, table, source, line, extra=["line"])
        return msgspec.structs.replace(country, lines=tuple(_lines(table.get("line", []), source, line)))
    if section == "ladder":
        ladder = checks.read(Ladder, table, source, line, extra=["question"])
        return msgspec.structs.replace(ladder, questions=tuple(_rungs(table.get("question", []), source, line)))
    return checks.read(STRUCTS[section], table, source, line)


def _lines(tables: Any, source: Source, header: int) -> Iterator[Line]:
    if not isinstance(tables, list) or not tables:
        raise source.error(header, "this country has no help line; add one under [[country.line]].")
    for nth, table in enumerate(tables):
        at = source.line_of_child("country.line", header, nth)
        line = checks.read(Line, table, source, at)
        if not line.phone and not line.web:
            raise source.error(at, 'a help line needs a "phone" or a "web" address.')
        yield line


def _rungs(tables: Any, source: Source, header: int) -> Iterator[Rung]:
    if not isinstance(tables, list) or len(tables) != RUNGS:
        there = len(tables) if isinstance(tables, list) else 0
        raise source.error(
            header, f"a ladder has {RUNGS} questions, each under [[ladder.question]]; this one has {there}."
        )
    for nth, table in enumerate(tables):
        yield checks.read(Rung, table, source, source.line_of_child("ladder.question", header, nth))


def _key(value: Value) -> tuple[str, str]:
    match value:
        case Country():
            return "code", value.code
        case Why():
            return "practice", value.practice
        case KindEye():
            return "step", str(value.step)
        case _:
            return "id", value.id
