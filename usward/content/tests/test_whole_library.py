"""The promise in numbers: how much the whole library holds."""

from usward.content import loader
from usward.content.schema import ABOUTS, KINDS, SITUATIONS, TOPICS

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
    assert {beginning.situation for beginning in LIBRARY.beginnings} == set(SITUATIONS)


def test_help_and_whys_are_there():
    assert len(LIBRARY.help) >= 20
    assert LIBRARY.whys
