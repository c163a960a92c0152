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


@pytest.mark.parametrize("question", LIBRARY.questions, ids=lambda question: question.id)
def test_an_id_is_its_topic_and_two_to_four_words(question):
    topic, *words = question.id.split("-")
    assert topic == question.topic
    assert 2 <= len(words) <= 4


def test_ids_are_unique():
    for items in (LIBRARY.questions, LIBRARY.prompts, LIBRARY.beginnings):
        ids = [item.id for item in items]
        assert len(ids) == len(set(ids))


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
