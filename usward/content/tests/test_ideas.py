"""Ideas: the promised numbers, spread over all that an evening may allow, no two alike, in words that presume nothing."""

import re
from collections import Counter

import pytest

from usward.content import loader
from usward.content.schema import DAYTIMES, IDEA_PLACES, IDEA_TOPICS, SEASONS, Idea
from usward.content.tests.likeness import most_alike
from usward.content.tests.test_library import FORBIDDEN, FORBIDDEN_PHRASES
from usward.content.tests.test_likeness import THRESHOLD

IDEAS = loader.library().ideas


def plain(idea: Idea) -> str:
    return f"{idea.words} {idea.how} {idea.first_step}".casefold().replace("’", "'")


def test_the_promised_numbers_are_there():
    assert len(IDEAS) >= 320
    topics = Counter(idea.topic for idea in IDEAS)
    assert set(topics) == set(IDEA_TOPICS)
    assert min(topics.values()) >= 16, topics


def share(found: list[Idea]) -> float:
    return len(found) / len(IDEAS)


@pytest.mark.parametrize(
    ("least", "most", "part"), [(0, 30, 0.15), (31, 75, 0.15), (76, 180, 0.2), (181, 960, 0.08), (961, 4320, 0.05)]
)
def test_every_length_has_its_share(least, most, part):
    assert share([idea for idea in IDEAS if least <= idea.minutes <= most]) >= part


@pytest.mark.parametrize(("trait", "parts"), [("money", (0.4, 0.2, 0.1, 0.05)), ("energy", (0.35, 0.25, 0.1, 0.05)),
                                              ("newness", (0.1, 0.35, 0.35))])  # fmt: skip
def test_every_cost_energy_and_newness_has_its_share(trait, parts):
    found = Counter(getattr(idea, trait) for idea in IDEAS)
    assert set(found) == set(range(len(parts)))
    for value, part in enumerate(parts):
        assert found[value] >= part * len(IDEAS), (trait, value)


def test_places_and_times_of_day_have_their_share():
    places = Counter(idea.place for idea in IDEAS)
    assert set(places) == set(IDEA_PLACES)
    assert min(places.values()) >= 40
    assert {idea.daytime for idea in IDEAS} == set(DAYTIMES)


@pytest.mark.parametrize("season", SEASONS)
def test_a_season_has_enough_of_its_own_and_what_belongs_to_others_is_not_much(season):
    assert len([idea for idea in IDEAS if season in idea.seasons]) >= 20
    assert share([idea for idea in IDEAS if not idea.seasons or season in idea.seasons]) >= 0.75


def test_a_quarter_or_more_can_become_a_hobby():
    assert share([idea for idea in IDEAS if idea.hobby]) >= 0.25
    assert len({idea.topic for idea in IDEAS if idea.hobby}) >= 8


@pytest.mark.parametrize("season", SEASONS)
def test_two_who_are_tired_on_a_weekday_evening_have_enough(season):
    fit = [
        idea
        for idea in IDEAS
        if idea.minutes <= 60
        and idea.money <= 1
        and idea.energy <= 1
        and idea.place in ("home", "anywhere")
        and idea.daytime in ("any", "evening")
        and (not idea.seasons or season in idea.seasons)
        and idea.topic != "far-apart"
    ]
    assert len(fit) >= 60
    assert len({idea.topic for idea in fit}) >= 8


def test_two_who_are_apart_have_enough():
    fit = [idea for idea in IDEAS if idea.apart]
    evenings = [idea for idea in fit if idea.minutes <= 60 and idea.energy <= 1 and idea.daytime in ("any", "evening")]
    assert len(fit) >= 60 and len(evenings) >= 40
    assert len({idea.topic for idea in fit}) >= 8
    assert all(idea.apart for idea in IDEAS if idea.topic == "far-apart")


def test_no_two_are_alike(capsys):
    pairs = most_alike(f"{idea.words} {idea.how}" for idea in IDEAS)
    with capsys.disabled():
        top = pairs[0]
        print(f"\nmost alike of {len(IDEAS)} ideas: {top.likeness:.3f}\n  {top.one}\n  {top.other}")
    assert not [pair for pair in pairs if pair.likeness >= THRESHOLD]


def test_no_name_stands_twice():
    names = Counter(idea.words.casefold().rstrip(".") for idea in IDEAS)
    assert not [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("idea", IDEAS, ids=lambda idea: idea.id)
def test_words_are_in_our_voice(idea):
    assert len(idea.words) <= 80 and len(idea.how) <= 320 and len(idea.first_step) <= 160
    assert idea.how.endswith((".", "?", "”")) and idea.first_step.endswith((".", "?", "”"))
    assert not re.search(r"[!'\"]|--", f"{idea.words}{idea.how}{idea.first_step}"), (
        "curved marks, and nothing that shouts"
    )
    assert not FORBIDDEN.search(plain(idea))
    assert not [phrase for phrase in FORBIDDEN_PHRASES if phrase in plain(idea)]
