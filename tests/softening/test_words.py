"""How a text falls into sentences and words, and what counts as quoted."""

import pytest

from usward.softening import look
from usward.softening.words import read


def sentences(text):
    return [text[one.start : one.end] for one in read(text, lambda word: (word,))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two! Three?? Four", ["One.", "Two!", "Three??", "Four"]),
        ("At 9.30 it was 3.5 km.", ["At 9.30 it was 3.5 km."]),
        ("one\ntwo\r\n\r\nthree", ["one", "two", "three"]),
        ("... !!! ,,, 🙂", ["🙂"]),
        ("", []),
        (" \n ", []),
        ("Ich höre – наконец. 你好。", ["Ich höre – наконец.", "你好"]),
    ],
)
def test_sentences(text, parts):
    assert sentences(text) == parts


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('You said "you never listen" and left.', "you never listen"),
        ("You said “you never listen” and left.", "you never listen"),
        ("You said ‘you never listen’ and left.", "you never listen"),
        ("You said 'you don't ever listen' and left.", "you don't ever listen"),
        ("You said «you never listen» and left.", "you never listen"),
        ("Your friends' wives don't wait", ""),
        ('An open " mark that nobody shuts', ""),
        ('A mark " in one line\nand " in the next', ""),
    ],
)
def test_what_stands_between_quotation_marks_is_quoted(text, quoted):
    words = [word for sentence in read(text, lambda word: (word,)) for word in sentence.words if word.quoted]
    assert (text[words[0].start : words[-1].end] if words else "") == quoted


def test_long_drawn_letters_and_capitals_and_crooked_apostrophes_are_the_same_words():
    for text in ("you are sooooo lazy", "YOU ARE SO LAZY", "You’re so lazy", "youre so lazy"):
        assert [finding.category for finding in look(text)] == ["label"]
