"""A text as the grammar sees it: sentences of plain words that know where they stand. Linear in the length of the text."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

# Each alternative is a run of letters of one kind, or three letters at most: nothing is ever searched twice.
TOKEN = re.compile(
    r"(?P<word>[^\W_]+(?:['’][^\W_]+)*)|(?P<stop>[.!?…]+|[\n\r]+)|(?P<sign>[\u2600-\u27bf\U0001f300-\U0001faff]|[:;]-?[)D])"
    r"|(?P<mark>[,;:()–—-])|(?P<quote>[\"“”„«»'‘’])"
)
LONG_DRAWN = re.compile(r"(.)\1{2,}")
QUOTES = {"“": "”", "„": "“”", "«": "»", '"': '"', "'": "'’", "‘": "’"}
"""What opens a quotation, with what may close it."""

Spell = Callable[[str], tuple[str, ...]]


class Word(NamedTuple):
    """One plain word (“don’t” makes two) and the place of what was typed. `apart`: a comma or the like stands before it."""

    plain: str
    start: int
    end: int
    apart: bool
    quoted: bool


class Sentence(NamedTuple):
    """What stands between two full stops: its place, end mark included, and its words, one at least."""

    start: int
    end: int
    words: tuple[Word, ...]


def plain(word: str) -> str:
    """`word` in small letters, with straight apostrophes, and “sooooo” as “so”."""
    return LONG_DRAWN.sub(r"\1", word.casefold().replace("’", "'"))


def is_word(typed: str) -> bool:
    """Whether `typed` is one word, or one picture such as ❤."""
    token = TOKEN.fullmatch(typed)
    return token is not None and token.lastgroup in ("word", "sign")


def read(text: str, spell: Spell) -> Iterator[Sentence]:
    """The sentences of `text`; `spell` gives the plain words that a typed one stands for."""
    tokens = list(TOKEN.finditer(text))
    quoted = _quoted(text, tokens)
    words: list[Word] = []
    apart = False
    for token, inside in zip(tokens, quoted, strict=True):
        start, end = token.span()
        if token.lastgroup in ("word", "sign"):
            for one in spell(plain(token.group())):
                words.append(Word(one, start, end, apart, inside))
                apart = False
            apart = token.lastgroup == "sign"
        elif token.lastgroup != "stop" or _goes_on(text, token):
            apart = True
        elif words:
            yield Sentence(words[0].start, end if token.group().strip() else words[-1].end, tuple(words))
            words, apart = [], False
    if words:
        yield Sentence(words[0].start, words[-1].end, tuple(words))


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """A point between two letters or digits, as in 9.30, ends nothing."""
    around = text[max(stop.start() - 1, 0) : stop.end() + 1]
    return len(around) == 3 and around[1] == "." and around[0].isalnum() and around[2].isalnum()


def _quoted(text: str, tokens: list[re.Match[str]]) -> list[bool]:
    """Which tokens stand between quotation marks that open and close on one line."""
    inside = [False] * len(tokens)
    opened: int | None = None
    for nth, token in enumerate(tokens):
        mark = token.group()
        if token.lastgroup == "stop" and not mark.strip():
            opened = None
        elif token.lastgroup != "quote":
            continue
        elif opened is not None and _closes(text, token, tokens[opened].group()):
            inside[opened:nth] = [True] * (nth - opened)
            opened = None
        elif opened is None and _opens(text, token):
            opened = nth
    return inside


def _opens(text: str, token: re.Match[str]) -> bool:
    start, end = token.span()
    after_letter = start > 0 and text[start - 1].isalnum()
    return token.group() in QUOTES and not after_letter and end < len(text) and not text[end].isspace()


def _closes(text: str, token: re.Match[str], opening: str) -> bool:
    before_letter = token.end() < len(text) and text[token.end()].isalnum()
    return token.group() in QUOTES[opening] and not before_letter
