"""Inner world: which question comes, and what the two know of each other."""

import re
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.practices.innerworld import CUP, NEW, WORLD, begin, tell
from usward.content.loader import library
from usward.entries.reader import Reader
from usward.kit import clock
from usward.practices.innerworld import actions, rounds
from usward.practices.innerworld.entries import Asked
from usward.practices.innerworld.exchange import (
    A_YEAR,
    AHEAD,
    DEEPEST,
    fold,
)

pytestmark = pytest.mark.usefixtures("noon_in_june")


def test_questions_are_light_first_and_never_come_twice(two):
    anna, ben = two
    seen = []
    for _ in range(4):
        one = rounds.propose(anna.inside, False, 0)
        assert one.question not in seen
        assert one.text in anna.page(NEW) and one.text == rounds.propose(anna.inside, False, 0).text
        assert rounds.propose(anna.inside, False, 1).question != one.question
        begin(anna, about="them", question=one.question)
        seen.append(one.question)
    depths = [library().question(one).depth for one in seen]
    assert depths[0] == 1 and depths == sorted(depths)
    assert rounds.propose(ben.inside, True, 0).question not in seen
    assert len({rounds.propose(anna.inside, False, n).question for n in range(30)}) == AHEAD - len(seen)


def test_what_either_has_closed_is_not_asked(two):
    anna, ben = two
    topics = {"childhood", "us", "dreams", "beliefs", "play", "body", "hard"}
    ben.client.post("/questions/limits/", {"ceiling": "5", "closed": list(topics)})
    offered = lambda who: {one.topic for one in rounds.suited_questions(who.inside)}  # noqa: E731  (used thrice)
    assert offered(ben) == {"everyday"}, "mine count at once"
    assert topics <= offered(anna), "theirs from the next day on: nobody sees when they were set"
    with clock.travel(timedelta(days=1)):
        anna.page("/")
        assert offered(anna) == {"everyday"}


def test_a_year_later_it_is_asked_again(two):
    anna, ben = two
    hum = actions.Chosen("own-hum", "What do I hum?", "own", ben.me)
    with clock.travel(-A_YEAR - timedelta(days=2)):
        whole_round(anna, ben, rounds.choose(anna.inside, True, CUP, 1), "The blue one.")
        whole_round(ben, anna, hum, "The kettle song.")
    room = "/talk/inner-world/known/them/everyday/"
    page = ben.page(WORLD)
    assert "A year ago" in page and ("The blue one." in page or "The kettle song." in page)
    assert 'class="dim"' in page and "a year ago" in page
    again = re.search(r'href="/(talk/inner-world/new/[^"]+)">Is it still so', ben.page(room))[1]
    asked = ben.page("/" + again.replace("&amp;", "&"))
    assert "A year ago Anna said" in asked and "The blue one." in asked
    second = begin(ben, about="them", text="Blue still.", nth="2")["Location"]
    assert "A year ago you said" in anna.page(second)
    assert "Is it still so?" not in ben.page(room)
    tell(anna, second, "The green one now.")
    page = ben.page(second)
    assert "The green one now." in page and "A year ago Anna said" in page and "The blue one." in page
    assert ben.page(room).index("The green one now.") < ben.page(room).index("The blue one.")
    assert begin(ben, about="them", question="own-nothing", nth="2").status_code == 404
    third = begin(ben, question="own-hum", text="A march.", nth="2")["Location"]
    assert "What do I hum?" in anna.page(third) and "A year ago" not in anna.page(WORLD)


def whole_round(owner, other, chosen, text: str) -> None:
    """One answers, the other guesses, without a browser."""
    actions.begin(owner.inside, chosen, text, uuid4())
    now = fold(other.inside.reader.exchange(chosen.exchange))
    assert actions.tell(other.inside, now, "I guess.", uuid4(), None).outcome == "kept"


def test_what_was_just_told_is_not_asked_again(two):
    anna, ben = two
    with clock.travel(timedelta(days=1) - A_YEAR):
        whole_round(anna, ben, rounds.choose(anna.inside, True, CUP, 1), "The blue one.")
    page = ben.page(WORLD)
    assert "Is it still so?" not in page + ben.page("/talk/inner-world/known/them/everyday/")
    assert 'class="low"' in page and "nearly a year ago" in page


def test_ones_own_question_can_go_the_other_way_round(two):
    anna, ben = two
    where = begin(anna, question="", asked="What do I hum?", text="The kettle song.")["Location"]
    assert "What do I hum?" in ben.page(where)
    question = anna.inside.reader.latest(Asked, 1)[0].value.question
    assert "What do I hum?" in ben.page(f"{NEW}?about=me&q={question}")
    tell(ben, where, "A march.")
    assert "The kettle song." in ben.page("/talk/inner-world/known/them/own/")
    assert "The kettle song." in anna.page("/talk/inner-world/known/me/own/")


def test_nobody_is_scored(two):
    anna, ben = two
    for question in ("everyday-your-own-cup", "everyday-lost-again", "us-bad-dear-photo"):
        where = begin(anna, question=question)["Location"]
        tell(ben, where, "White.")
        anna.post(where, act="mark", fits="me", id=str(uuid4()))
    for path in (WORLD, f"{WORLD}?of=me", where, "/talk/inner-world/known/me/everyday/"):
        main = re.sub(r"<[^>]+>", " ", ben.page(path).split("<main")[1].split("<details")[0])
        assert not re.search(r"\b\d+ ?(%|of|right|points?)|score|streak|correct", main), path


def opened(person, path: str) -> tuple[int, int]:
    """How many entries a page opens, and how often it asks the database."""
    person.get(path)
    count, before = Counter(), Reader._said

    def said(self, row):
        count["opened"] += 1
        return before(self, row)

    Reader._said = said
    try:
        with CaptureQueriesContext(connection) as queries:
            assert person.get(path).status_code == 200
    finally:
        Reader._said = before
    return count["opened"], len(queries)


PATHS = (WORLD, f"{WORLD}?of=me", NEW, "/talk/inner-world/known/them/everyday/", "/talk/")


def test_the_map_opens_as_much_after_years_as_after_one(two):
    anna, ben = two
    everyday = [one.id for one in library().questions if one.topic == "everyday" and one.depth <= DEEPEST]
    others = [one.id for one in library().questions if one.topic in ("us", "play", "dreams") and one.depth <= DEEPEST]
    asked = [one for pair in zip(everyday, others, strict=False) for one in pair]

    def live(questions: list[str], years: int) -> None:
        """One a week of each of the two, up to some years ago."""
        for n, question in enumerate(questions):
            with clock.travel(-A_YEAR * years - timedelta(days=7) * n):
                for one, other in ((anna, ben), (ben, anna)):
                    whole_round(one, other, rounds.choose(one.inside, True, question, 1), "So it is.")

    for years in (0, 1):
        live(asked[20 * years : 20 * years + 20], years)
    two_years = [opened(ben, path) for path in PATHS]
    for years in (2, 3):
        live(asked[20 * years : 20 * years + 20], years)
    four_years = [opened(ben, path) for path in PATHS]
    for path, few, many in zip(PATHS, two_years, four_years, strict=True):
        lot = 4 * AHEAD if path == NEW else 2  # the questions of a lot are looked up: at most all have been asked
        assert many[0] <= few[0] + lot and many[1] <= few[1], (path, few, many)
        assert many[0] <= 60 and many[1] <= 24, (path, many)
