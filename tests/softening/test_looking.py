"""Properties of looking and rewording, for whatever anybody types; and that time grows no faster than the text."""

import re
import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.softening.sentences import TUNE, tune
from usward.softening import look, reword
from usward.softening.grammar import CATEGORIES, FOLDER
from usward.softening.phrases import Phrases

SOURCE = tomllib.loads((FOLDER / "en.toml").read_text(encoding="utf-8"))
FRAMES = [
    *SOURCE["frames"],
    *(frame for blame in SOURCE["blame"] for frame in blame["instead"]),
    *(frame for rewording in SOURCE["reword"] for frame in rewording["say"]),
]
SENTENCES = [one.text for name in TUNE for one in tune(name)]
WHOLE = [text for text in SENTENCES if re.fullmatch(r"[A-Z][^.!?…\n]{20,}[.!?]", text)]
BLAMING = [text for text in WHOLE if look(text)]
KIND = [text for text in WHOLE if not look(text)]
WORDS = """
you u You're never always don't I feel like that when if why can't what wrong with is so lazy selfish the dishes said "
' “ ” , . … ! ? : ; ( ) - – but and because my ex would mother's just want to stop shouting at me fine whatever not once
every single time have had 🙄 ❤ :) \n
""".split(" ")

anything = st.text(max_size=200)
word_salad = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)
messages = st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join)
texts = anything | word_salad | messages


def words_of(text):
    return set(re.findall(r"[^\W_]+", text.casefold()))


@given(texts)
def test_findings_lie_in_the_text_in_order_and_apart(text):
    findings = look(text)
    assert findings == look(text)
    end = 0
    for finding in findings:
        assert end <= finding.start < finding.end <= len(text)
        assert finding.sentence[0] <= finding.start and finding.end <= finding.sentence[1] <= len(text)
        assert finding.category in CATEGORIES and finding.reason
        end = finding.end


@given(texts)
def test_a_rewording_blames_nobody_and_has_the_writers_words_and_frames_alone(text):
    known = words_of(text + " " + " ".join(FRAMES) + " " + SOURCE["joints"]["also"])
    for wording in reword(text):
        assert wording
        assert look(wording) == (), wording
        assert words_of(wording) <= known, wording


@given(st.lists(st.sampled_from(KIND), min_size=1, max_size=3), st.sampled_from(BLAMING))
def test_sentences_that_blame_nobody_stand_word_for_word(kind, blaming):
    before = " ".join(kind)
    for wording in reword(f"{before} {blaming}"):
        assert wording.startswith(before)
        assert "…" in wording[len(before) :]


def test_no_frame_blames():
    for frame in FRAMES:
        assert look(frame.replace("{rest}", "…").replace("{said}", "…")) == (), frame


AWKWARD = [
    "you ",
    "You never help and you are so lazy. ",
    "if you ",
    '"you ',
    ".",
    "…x",
    "'ve",
    "a",
    "\n",
    "when i come, you ",
]


@pytest.mark.parametrize("piece", AWKWARD)
def test_twice_the_text_takes_twice_the_steps(piece, monkeypatch):
    steps = 0
    after = Phrases._after

    def counting(self, node, word):
        nonlocal steps
        steps += 1
        return after(self, node, word)

    monkeypatch.setattr(Phrases, "_after", counting)

    def counted(size):
        nonlocal steps
        steps = 0
        look((piece * size)[:size])
        return steps

    half, whole = counted(20_000), counted(40_000)
    assert whole <= 2.1 * half + 1000


@pytest.mark.parametrize(("act", "piece"), [(look, "you "), (reword, "You never help and you are so lazy. ")])
def test_a_hundred_kilobytes_take_seconds(act, piece):
    start = time.process_time()
    act((piece * 100_000)[:100_000])
    assert time.process_time() - start < 20  # one to four on a machine of 2020
