"""What ships is complete, well spread, kindly worded, and says nothing that the voice of Usward would not say."""

import re
from collections import Counter

import pytest

from usward.content import loader
from usward.content.schema import NOT_FOR, TOPICS, Question

LIBRARY = loader.library()
WRITTEN_HERE = ("childhood", "us", "dreams", "beliefs", "everyday")

FORBIDDEN = re.compile(
    r"\b(should|shouldn't|ought|forgot|only|streak|soulmates?|husband|wife|boyfriend|girlfriend|spouse|marriage|married"
    r"|wedding|sexy|hubby|toxic|trigger(s|ed)?|boundaries|trauma|healing|journaling|mindful(ness)?|closure|attachment"
    r"|codependent)\b"
)
FORBIDDEN_PHRASES = (
    "love language",
    "bucket list",
    "inner child",
    "comfort zone",
    "better half",
    "quality time",
    "dinner with anyone",
    "safe space",
    "hold space",
    "red flag",
)
TALK_AND_US = {
    "listening": [(topic.kind, topic.text) for topic in LIBRARY.topics],
    "repairs": [(repair.use, repair.text) for repair in LIBRARY.repairs],
    "dreams": [(question.stage, question.text) for question in LIBRARY.dream_questions],
    "letters": [(prompt.occasion, prompt.text) for prompt in LIBRARY.letter_prompts],
    "ladders": [(ladder.id, rung.text) for ladder in LIBRARY.ladders for rung in ladder.questions],
}
SAID = [text for pairs in TALK_AND_US.values() for _, text in pairs]
# A pause that names no way back is a door shut.
WAY_BACK = re.compile(r"\b(back|again|then|next|once|at eight|i’ll|after breakfast)\b", re.IGNORECASE)
YES_OR_NO = re.compile(r"^(are|is|was|were|do|does|did|have|has|had|can|could|will|would|shall|may) ", re.IGNORECASE)


def of(topic: str) -> list[Question]:
    return [question for question in LIBRARY.questions if question.topic == topic]


@pytest.mark.parametrize("topic", WRITTEN_HERE)
def test_a_topic_has_enough_questions_well_spread_in_depth(topic):
    questions = of(topic)
    depths = Counter(question.depth for question in questions)
    light, middle, deep = depths[1] + depths[2], depths[3], depths[4] + depths[5]
    assert len(questions) >= 55
    assert 0.35 <= light / len(questions) <= 0.45
    assert 0.30 <= middle / len(questions) <= 0.40
    assert 0.20 <= deep / len(questions) <= 0.30
    assert all(depths[depth] >= 5 for depth in range(1, 6))


@pytest.mark.parametrize("question", LIBRARY.questions, ids=lambda question: question.id)
def test_a_question_is_in_our_voice(question):
    plain = question.text.casefold().replace("’", "'")
    assert question.text.endswith("?")
    assert "!" not in question.text
    assert "'" not in question.text, "write the curved apostrophe ’"
    assert not FORBIDDEN.search(plain)
    assert not [phrase for phrase in FORBIDDEN_PHRASES if phrase in plain]
    assert not YES_OR_NO.match(question.text)


@pytest.mark.parametrize("text", SAID)
def test_what_talk_and_us_say_is_in_our_voice(text):
    plain = text.casefold().replace("’", "'")
    assert "!" not in text
    assert "'" not in text, "write the curved apostrophe ’"
    assert not FORBIDDEN.search(plain)
    assert not [phrase for phrase in FORBIDDEN_PHRASES if phrase in plain]
    assert len(text) < 130


def test_what_is_asked_in_talk_and_us_is_open():
    asked = [text for name in ("dreams", "ladders") for _, text in TALK_AND_US[name]]
    assert [text for text in asked if not text.endswith("?") or YES_OR_NO.match(text)] == []


@pytest.mark.parametrize("name", TALK_AND_US)
def test_no_opening_rules_a_list_of_talk_and_us(name):
    pairs = TALK_AND_US[name]
    openings = Counter(" ".join(text.split()[:2]) for _, text in pairs)
    assert openings.most_common(1)[0][1] <= len(pairs) * 0.1
    for group in {group for group, _ in pairs}:
        firsts = [text.split()[0] for one, text in pairs if one == group]
        assert Counter(firsts).most_common(1)[0][1] <= len(firsts) / 2


def test_every_pause_names_a_way_back():
    assert [text for use, text in TALK_AND_US["repairs"] if use == "pause" and not WAY_BACK.search(text)] == []


@pytest.mark.parametrize("question", LIBRARY.questions, ids=lambda question: question.id)
def test_an_id_is_its_topic_and_two_to_four_words(question):
    topic, *words = question.id.split("-")
    assert topic == question.topic
    assert 2 <= len(words) <= 4


def test_ids_are_unique():
    of_talk_and_us = (LIBRARY.topics, LIBRARY.repairs, LIBRARY.dream_questions, LIBRARY.letter_prompts, LIBRARY.ladders)
    for items in (LIBRARY.questions, LIBRARY.prompts, LIBRARY.beginnings, *of_talk_and_us):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))


def test_an_id_of_talk_and_us_begins_with_its_group():
    grouped = [(topic.kind.split()[-1], topic.id) for topic in LIBRARY.topics]
    grouped += [(repair.use, repair.id) for repair in LIBRARY.repairs]
    grouped += [(question.stage, question.id) for question in LIBRARY.dream_questions]
    grouped += [(prompt.occasion, prompt.id) for prompt in LIBRARY.letter_prompts]
    assert [id for group, id in grouped if not id.startswith(f"{group}-")] == []


@pytest.mark.parametrize("topic", WRITTEN_HERE)
def test_most_questions_fit_one_look(topic):
    short = [question for question in of(topic) if len(question.text) < 120]
    assert len(short) / len(of(topic)) > 0.9


@pytest.mark.parametrize("topic", WRITTEN_HERE)
def test_no_beginning_rules_a_topic(topic):
    beginnings = Counter(" ".join(question.text.split()[:2]) for question in of(topic))
    assert beginnings.most_common(1)[0][1] <= len(of(topic)) * 0.18


def test_topics_and_tags_are_known():
    assert {question.topic for question in LIBRARY.questions} <= set(TOPICS)
    assert {tag for question in LIBRARY.questions for tag in question.not_for} <= set(NOT_FOR)
