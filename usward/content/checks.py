"""From a parsed table to a typed value, or to one clear sentence about what is wrong with it."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec

from usward.content import schema
from usward.content.schema import Beginning, DreamQuestion, Idea, Item, Line, Question, Rung, Wish
from usward.content.source import Source

ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
WEB = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d+)?(/[^\s<>\"]*)?")
LONGEST_ID = 80
QUESTION_MARKS = "?？؟\u037e"

CHOICES: Mapping[tuple[type, str], Collection[str]] = {
    (Question, "topic"): schema.TOPICS,
    (schema.Prompt, "kind"): schema.KINDS,
    (schema.Prompt, "about"): schema.ABOUTS,
    (Beginning, "situation"): schema.SITUATIONS,
    (Line, "about"): schema.LINE_ABOUTS,
    (schema.Topic, "kind"): schema.TOPIC_KINDS,
    (schema.Repair, "use"): schema.USES,
    (DreamQuestion, "stage"): schema.STAGES,
    (schema.LetterPrompt, "occasion"): schema.OCCASIONS,
    (schema.Gesture, "place"): schema.PLACES,
    (Wish, "topic"): schema.WISH_TOPICS,
    (Idea, "topic"): schema.IDEA_TOPICS,
    (Idea, "place"): schema.IDEA_PLACES,
    (Idea, "daytime"): schema.DAYTIMES,
}


class Range(NamedTuple):
    """The least and the most of a number, and what these two mean."""

    least: int
    least_is: str
    most: int
    most_is: str


RANGES: Mapping[tuple[type, str], Range] = {
    (Question, "depth"): Range(1, "light", 5, "deep"),
    (schema.Topic, "depth"): Range(1, "light", 3, "deep"),
    (schema.Gesture, "warmth"): Range(1, "a glance", 5, "a long embrace"),
    (schema.Gesture, "energy"): Range(1, "next to none", 3, "on one’s feet or wheels"),
    (schema.Gesture, "minutes"): Range(1, "a moment", 60, "an hour"),
    (Wish, "level"): Range(0, "for everyone", 3, "the most intimate"),
    (Idea, "minutes"): Range(10, "ten minutes", 4320, "three days"),
    (Idea, "money"): Range(0, "nothing", 3, "costly"),
    (Idea, "energy"): Range(0, "seated", 3, "sporty"),
    (Idea, "newness"): Range(0, "most have done it", 2, "new to most"),
    (schema.KindEye, "step"): Range(1, "the first", 3, "the last"),
    (schema.KindEye, "minutes"): Range(1, "a moment", 7, "all the time there is"),
}
TAGS: Mapping[str, tuple[Collection[str], str]] = {
    "not_for": (schema.NOT_FOR, '["grief", "apart"]'),
    "seasons": (schema.SEASONS, '["spring", "autumn"]'),
}
"""Keys that hold a list: what may stand in it, and an example."""
ASKING = (Question, DreamQuestion, Rung)
NESTED = ("lines", "questions")
MAY_BE_EMPTY = {(Line, "phone"), (Line, "web"), (Line, "hours"), (Line, "note")}
WANTED = {
    str: "words between quotation marks",
    int: "a whole number without quotation marks",
    bool: "true or false, without quotation marks",
}


def read(struct: type[Item], table: Any, source: Source, line: int, extra: Collection[str] = ()) -> Item:
    """The value that `table`, whose header stands on `line`, describes; keys in `extra` are left to the caller.

    Raises ContentError with the line of the offending key.
    """
    if not isinstance(table, dict):
        raise source.error(line, "a section is expected here, with one key = value on each line.")
    fields = _fields(struct)
    known: list[str] = [name for name in fields if name not in NESTED]
    for key in table:
        if key not in known and key not in extra:
            raise source.error(source.line_of_key(key, line), unknown(key, [*known, *extra]))
    values: dict[str, Any] = {}
    for name in known:
        if name in table:
            values[name] = _value(struct, fields[name], table[name], source, source.line_of_key(name, line))
        elif fields[name].required:
            raise source.error(line, f'"{name}" is missing here; add a line that begins with {name} =')
    if struct is Wish and (values["topic"] == schema.INTIMACY) != (values.get("level", 0) > 0):
        raise source.error(
            source.line_of_key("level", line), 'a wish of "intimacy" has a level of 1 to 3, others none.'
        )
    return struct(**values)


@cache
def _fields(struct: type[msgspec.Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    """The fields of a value by name: looked up once, since the library has two thousand values of a dozen kinds."""
    return {field.name: field for field in msgspec.structs.fields(struct)}


def unknown(word: str, known: Collection[str]) -> str:
    """A sentence that says `word` is not among the `known` ones, and which was probably meant."""
    close = difflib.get_close_matches(word, known, n=1)
    meant = f'did you mean "{close[0]}"?' if close else f"possible are: {', '.join(known)}."
    return f'"{word}" is not known here; {meant}'


def _value(struct: type, field: msgspec.structs.FieldInfo, value: Any, source: Source, line: int) -> Any:
    name = field.name
    if name in TAGS:
        return _tags(name, value, source, line)
    if type(value) is not field.type:
        raise source.error(line, f'"{name}" wants {WANTED[field.type]}.')
    if isinstance(value, bool):
        return value
    if span := RANGES.get((struct, name)):
        if not span.least <= value <= span.most:
            ends = f"from {span.least} ({span.least_is}) to {span.most} ({span.most_is})"
            raise source.error(line, f'"{name}" goes {ends}; {value} is outside.')
        return value
    open_ended = struct is Beginning and name == "text"
    _check_words(name, value, source, line, may_be_empty=(struct, name) in MAY_BE_EMPTY, open_ended=open_ended)
    choices = CHOICES.get((struct, name))
    if choices and value not in choices:
        raise source.error(line, f'in "{name}": {unknown(value, choices)}')
    if problem := _problem(struct, name, value):
        raise source.error(line, problem)
    return f"https://{value}" if name == "web" and value and "://" not in value else value


def _check_words(name: str, value: str, source: Source, line: int, *, may_be_empty: bool, open_ended: bool) -> None:
    if not value.strip() and not may_be_empty:
        raise source.error(line, f'"{name}" is empty.')
    if len(value) > schema.LONGEST_TEXT:
        raise source.error(line, f'"{name}" has {len(value)} characters; {schema.LONGEST_TEXT} is the most.')
    # A beginning may end with a space: there its writer goes on.
    if value != value.strip() and not (open_ended and value == f"{value.strip()} "):
        raise source.error(line, f'"{name}" begins or ends with a space or a new line; take it away.')
    if any(unicodedata.category(letter) == "Cc" for letter in value):
        raise source.error(
            line, f'"{name}" holds a new line, a tab or a sign that cannot be seen; keep it to one line.'
        )


def _problem(struct: type, name: str, value: str) -> str:
    """What is wrong with a text that is otherwise well formed, or nothing."""
    if name in ("id", "practice") and (not ID.match(value) or len(value) > LONGEST_ID):
        return f'"{name}" wants small letters a to z, digits and single hyphens, as in summer-kitchen.'
    if name == "code" and not re.fullmatch(r"[A-Z]{2}", value):
        return '"code" wants the two capital letters of the country, as in FR.'
    if name == "web" and value and not WEB.fullmatch(value):
        return '"web" wants an address as in https://hut.example or hut.example'
    if name == "phone" and value and not any(sign.isdigit() for sign in value):
        return '"phone" holds no digit.'
    if struct in ASKING and name == "text" and not any(mark in value for mark in QUESTION_MARKS):
        return "a question needs a question mark."
    return ""


def _tags(name: str, value: Any, source: Source, line: int) -> tuple[str, ...]:
    known, example = TAGS[name]
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise source.error(line, f'"{name}" wants a list in square brackets, as in {example}.')
    for tag in value:
        if tag not in known:
            raise source.error(line, f'in "{name}": {unknown(tag, known)}')
        if value.count(tag) > 1:
            raise source.error(line, f'in "{name}": "{tag}" stands twice.')
    return tuple(value)
