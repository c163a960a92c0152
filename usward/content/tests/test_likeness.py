"""No two questions say the same thing, and the measure that says so finds those that do."""

import pytest

from usward.content import loader
from usward.content.tests.likeness import likeness, most_alike, normalised

# Reworded pairs (below) reach 0.52 and more. The most alike of 507 questions by two writers, once true repetitions were
# mended, reach 0.39, with a shared turn of phrase and not a shared thought; the weakest repetition that the measure
# found among them (two museums about the couple) had 0.417. It does not see one thought in wholly different words.
# The lists of Talk and Us are held to the same measure; what is asked anywhere, all together, reaches 0.395.
THRESHOLD = 0.40

LIBRARY = loader.library()
RUNGS = [rung.text for ladder in LIBRARY.ladders for rung in ladder.questions]
ASKED = [question.text for question in (*LIBRARY.questions, *LIBRARY.dream_questions)] + RUNGS
LISTS = {
    "questions": [question.text for question in LIBRARY.questions],
    "listening": [topic.text for topic in LIBRARY.topics],
    "repairs": [repair.text for repair in LIBRARY.repairs],
    "dreams": [question.text for question in LIBRARY.dream_questions],
    "letters": [prompt.text for prompt in LIBRARY.letter_prompts],
    "ladders": RUNGS,
    "all that is asked": ASKED,
}

PLANTED = [
    ("What did your school smell like first thing in the morning?", "How did your school smell early in the morning?"),
    (
        "Where was your best hiding place, and what did the world sound like from in there?",
        "What was your best hiding place as a child, and how did the world sound from inside?",
    ),
    ("Whose work would you pay double, if it were yours to decide?", "If you could decide, whose work is paid double?"),
    (
        "Who made your week a little easier without knowing it?",
        "Without knowing it, somebody made your week easier. Who?",
    ),
    ("When did you last feel chosen, and not simply there?", "When did you last feel that you were chosen?"),
    (
        "On your most honest days, what do you think happens after we die?",
        "What happens after we die, do you think, when you are honest?",
    ),
    (
        "What was the best lie you told as a child, and what was it protecting?",
        "What is the best lie that you told as a child?",
    ),
]


@pytest.mark.parametrize("name", LISTS)
def test_no_two_of_a_list_are_alike(name, capsys):
    pairs = most_alike(LISTS[name])
    with capsys.disabled():
        print(
            f"\nmost alike of {len(LISTS[name])}, {name}: {pairs[0].likeness:.3f}\n  {pairs[0].one}\n  {pairs[0].other}"
        )
    alike = [pair for pair in pairs if pair.likeness >= THRESHOLD]
    assert not alike


@pytest.mark.parametrize(("one", "other"), PLANTED)
def test_a_reworded_question_is_found(one, other):
    assert likeness(one, other) >= THRESHOLD


def test_planted_pairs_come_first_among_the_whole_library():
    texts = LISTS["all that is asked"]
    # Only the second of each pair is planted where the first is part of the library.
    planted = [text for pair in PLANTED for text in pair if text not in texts]
    found = [pair for pair in most_alike(texts + planted, count=len(PLANTED)) if pair.likeness >= THRESHOLD]
    assert len(found) == len(PLANTED)


def test_a_shared_frame_is_no_likeness():
    assert likeness("What would you like us to plant?", "What would you have us do on a boat?") < THRESHOLD


def test_likeness_knows_no_case_accent_or_sign():
    assert normalised("Your Café’s — WINDOW!") == ("your", "cafe", "window")
    assert likeness("the café", "The CAFE?") == 1.0
    assert likeness("moon", "bread") == 0.0
