"""The promise in numbers: how much the whole library holds."""

from collections import Counter
from itertools import product

from usward.content import loader
from usward.content.schema import (
    ABOUTS,
    KINDS,
    OCCASIONS,
    RUNGS,
    SITUATIONS,
    STAGES,
    TOPIC_KINDS,
    TOPICS,
    USES,
    Ladder,
)

LIBRARY = loader.library()


def test_questions_cover_nine_topics():
    assert len(LIBRARY.questions) >= 420
    assert {question.topic for question in LIBRARY.questions} == set(TOPICS)


def test_prompts_cover_every_kind_and_subject():
    assert len(LIBRARY.prompts) >= 80
    assert all(LIBRARY.prompts_for(kind) for kind in KINDS)
    assert {prompt.about for prompt in LIBRARY.prompts} == set(ABOUTS)


def test_beginnings_cover_every_situation():
    assert len(LIBRARY.beginnings) >= 60
    situations = Counter(beginning.situation for beginning in LIBRARY.beginnings)
    assert [situation for situation in SITUATIONS if situations[situation] < 6] == []


def test_help_and_whys_are_there():
    assert len(LIBRARY.help) >= 20
    assert LIBRARY.whys


def test_there_is_something_to_listen_to_of_every_kind_and_depth():
    assert len(LIBRARY.topics) >= 36
    assert {(topic.kind, topic.depth) for topic in LIBRARY.topics} == set(product(TOPIC_KINDS, (1, 2, 3)))
    kinds = Counter(topic.kind for topic in LIBRARY.topics)
    assert [kind for kind in TOPIC_KINDS if kinds[kind] < 9] == []


def test_there_is_a_repair_for_every_use():
    assert len(LIBRARY.repairs) >= 60
    uses = Counter(repair.use for repair in LIBRARY.repairs)
    assert [use for use in USES if uses[use] < 10] == []


def test_a_dream_has_questions_at_every_stage():
    assert len(LIBRARY.dream_questions) >= 80
    stages = Counter(question.stage for question in LIBRARY.dream_questions)
    assert [stage for stage in STAGES if stages[stage] < 10] == []


def test_ladders_are_evenings_of_their_own():
    assert len(LIBRARY.ladders) >= 10
    assert [ladder.id for ladder in LIBRARY.ladders if len(ladder.questions) != RUNGS] == []
    for said in ("title", "sentence"):
        assert len({getattr(ladder, said) for ladder in LIBRARY.ladders}) == len(LIBRARY.ladders)
    assert LIBRARY.one(Ladder, "before-we-met")


def test_a_letter_can_be_begun_for_every_occasion():
    assert len(LIBRARY.letter_prompts) >= 40
    occasions = Counter(prompt.occasion for prompt in LIBRARY.letter_prompts)
    assert [occasion for occasion in OCCASIONS if occasions[occasion] < 6] == []
