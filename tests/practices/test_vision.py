"""The years ahead: apart, then both at once; last year's words beside; what both mark, on one phone or two."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import frozen, the_two
from tests.talkback.signs import signs
from usward.content.loader import library
from usward.kit import clock
from usward.practices.vision import actions, cards
from usward.practices.vision.entries import DIFFERS, MEETS, Carried, Line, Mark, Vision, exchange_name
from usward.practices.vision.exchange import ASKED, EVERY_YEAR, LOOKING_BACK, TOGETHER, ask, rows, standing

SAME, LESS = "vision-stay-the-same", "vision-less-of"
VISION = [one for one in library().dream_questions if one.stage == "vision"]


def this_year(person) -> int:
    return person.me.space.day_reached.year


def write(person, **answers: str) -> Any:
    fields = {
        "act": "words",
        "id": str(uuid4()),
        **{f"vision-{name.replace('_', '-')}": text for name, text in answers.items()},
    }
    return person.post(f"/us/vision/{this_year(person)}/", **fields)


def test_both_open_at_the_same_moment(two, stranger):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    before = ben.page("/us/vision/")
    assert write(anna, stay_the_same="The lamp in the hall").status_code == 303
    assert "Yours is written." in anna.page(where) and "yours is written" in anna.page("/us/")
    assert "The lamp" not in ben.page(where) and signs(ben) == []
    masks = r'(value="[^"]*"|nonce="[^"]*")'
    assert re.sub(masks, "", ben.page("/us/vision/")) == re.sub(masks, "", before), "what waits is not seen"
    write(ben, stay_the_same="Sunday soup", less_of="Ten evenings of screens")
    assert signs(anna) == ["You have both written about the years ahead"] and signs(ben) == []
    for person in two:
        page = person.page(where)
        assert all(text in page for text in ("The lamp in the hall", "Sunday soup", "Ten evenings"))
    assert signs(anna) == [], "whoever has been there is not called again"
    assert "The lamp" not in stranger.page(where) and "Write alone" in stranger.page(where)


def test_asking_along_says_nothing_of_what_is_written(two):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    anna.post(where, act="along")
    assert signs(ben) == ["Anna would like to look at the years ahead with you"]
    assert "Ben finds a card on Today." in anna.page(where)


NEW_YEARS_EVE = datetime(2026, 12, 31, 12, tzinfo=UTC)


@pytest.fixture
def new_years_eve():
    """It is New Year's Eve, before anybody is there: no space has reached a later day."""
    with frozen(NEW_YEARS_EVE):
        yield


def test_whoever_was_asked_along_before_the_new_year_finds_the_way_after_it(new_years_eve, two, stranger):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    anna.page("/us/vision/")
    write(anna, stay_the_same="The lamp")
    anna.post(where, act="along")
    with frozen(NEW_YEARS_EVE + timedelta(days=2)):
        assert f'href="{where}"' in ben.page("/"), "the card still leads there"
        assert "Write alone" in ben.page(where) and "The lamp" not in ben.page(where)
        assert stranger.get(where).status_code == 404, "the years of others are not there"
        answer = ben.post(where, act="words", id=str(uuid4()), **{SAME: "The soup"})
        assert answer.headers["Location"] == where
        assert all("The lamp" in p.page(where) and "The soup" in p.page(where) for p in two)


def test_whoever_wrote_alone_is_not_betrayed_by_last_years_address(new_years_eve, two):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    anna.page("/us/vision/")
    write(anna, stay_the_same="The lamp")
    with frozen(NEW_YEARS_EVE + timedelta(days=2)):
        assert ben.get(where).status_code == 404 and anna.get(where).status_code == 200


def test_words_that_were_changed_after_both_have_read_say_so(two):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    write(anna, stay_the_same="The lamp")
    write(ben, stay_the_same="The soup")
    assert ">changed<" not in ben.page(where)
    stands = anna.inside.reader.latest(Vision, 1, mine=True)[0].id
    anna.post(where, act="words", id=str(uuid4()), replaces=str(stands), **{SAME: "The stove"})
    assert "The stove" in ben.page(where) and ">changed<" in ben.page(where)


def test_they_mark_on_either_phone(two):
    anna, ben = two
    where = f"/us/vision/{this_year(anna)}/"
    anna.post(where, act="mark", question=SAME, how=MEETS)
    anna.post(where, act="carry", carry="Too early", id=str(uuid4()))
    write(anna, stay_the_same="The lamp")
    write(ben, stay_the_same="The soup")
    pressed = re.compile(r'value="[^"]*" aria-pressed="true">.*?</svg>([^<]+)<')
    assert not pressed.findall(anna.page(where)) and "Too early" not in anna.page(where)
    for person, how, words in (
        (anna, MEETS, "We meet here"),
        (ben, DIFFERS, "Here we differ"),
        (anna, MEETS, "We meet here"),
    ):
        assert person.post(where, act="mark", question=SAME, how=how).status_code == 303
        assert pressed.findall(anna.page(where)) == pressed.findall(ben.page(where)) == [words]
    ben.post(where, act="mark", question=SAME, how="")
    assert not pressed.findall(anna.page(where))
    anna.post(where, act="mark", question="vision-of-nobody", how=MEETS)
    assert len(anna.inside.reader.latest(Mark, 9)) == 2
    assert anna.post(where, act="mark", question=SAME, how="win").status_code == 422
    for person, text in ((anna, "The lamp stays on"), (ben, "Soup on Sundays")):
        assert person.post(where, act="carry", carry=text, id=str(uuid4())).status_code == 303
    assert all("The lamp stays on" in p.page(where) and "Soup on Sundays" in p.page(where) for p in two)
    again = anna.post(where, act="carry", carry="Something else", id=str(uuid4()))
    assert again.status_code == 409 and "Something else" in again.content.decode()


def test_two_devices_lose_nothing_and_a_double_tap_is_one(two):
    anna, _ = two
    where, ticket = f"/us/vision/{this_year(anna)}/", str(uuid4())
    for text, status in (("A garden", 303), ("A garden", 303), ("A balcony", 409)):
        answer = anna.post(where, act="words", id=ticket, **{SAME: text})
        assert answer.status_code == status
    page = answer.content.decode()
    assert "A garden" in page and "A balcony</textarea>" in page and "A balcony" in anna.page(where + "?change=yes")
    standing_id = re.search(r'name="replaces" value="([^"]+)"', page)[1]
    anna.post(where, act="words", id=str(uuid4()), replaces=standing_id, **{SAME: "A balcony"})
    assert "A balcony" in anna.page(where) and "A garden" not in anna.page(where)


def test_bad_input(two):
    anna, _ = two
    where = f"/us/vision/{this_year(anna)}/"
    assert write(anna).status_code == 422
    assert anna.post(where, act="fly").status_code == 404
    assert anna.post(where, act="carry", carry="").status_code == 422
    for other in (this_year(anna) + 1, 1999, "0000", "soon", "-1", "99999"):
        assert anna.get(f"/us/vision/{other}/").status_code == 404
        assert anna.post(f"/us/vision/{other}/", act="words", **{SAME: "x"}).status_code == 404
    long = write(anna, stay_the_same="x" * 9000)
    assert long.status_code == 422 and "x" * 9000 in long.content.decode()


def put(person, year: int, **lines: str) -> None:
    said = tuple(Line(id.replace("_", "-"), f"{id}?", text) for id, text in lines.items())
    actions.write(person.inside, year, said, uuid4(), None)


@pytest.mark.django_db(transaction=True)
def test_last_years_words_lie_beside_once_both_have_written_this_years():
    anna, ben = the_two()
    year = anna.inside.me.space.day_reached.year
    put(anna, year, vision_stay_the_same="The lamp", vision_less_of="Hurry")
    put(ben, year, vision_stay_the_same="The soup")
    actions.carry_on(anna.inside, year, "Sundays", uuid4(), None)
    with clock.travel(timedelta(days=366)):
        put(anna, year + 1, vision_stay_the_same="The lamp still")
        early = cards.context(anna.inside, year + 1)
        assert early["last"] is None and early["rows"] == [] and early["earlier"] == [year]
        assert LOOKING_BACK in [one.id for one, _ in early["fields"]]
        put(ben, year + 1, vision_stay_the_same="More soup")
        found = cards.context(ben.inside, year + 1)
        row = found["rows"][0]
        assert (row.mine, row.theirs, row.mine_before, row.theirs_before) == (
            "More soup",
            "The lamp still",
            "The soup",
            "The lamp",
        )
        assert [(one.id, one.theirs) for one in found["alone"]] == [(LESS, "Hurry")]
        assert [one.value.text for one in found["last"].carried] == ["Sundays"]
    with clock.travel(timedelta(days=3 * 366)):
        assert cards.context(anna.inside, year + 3)["last"] is None
        for person in (anna, ben):
            put(person, year + 3, vision_stay_the_same="Yes")
        assert cards.context(anna.inside, year + 3)["last_year"] == year + 1, "a year that was left out is no gap"


@pytest.mark.django_db(transaction=True)
def test_a_page_opens_no_more_after_many_years():
    anna, ben = the_two()
    year, counts = anna.inside.me.space.day_reached.year, []
    for n in range(16):
        with clock.travel(timedelta(days=366 * n)):
            for person in (anna, ben):
                put(person, year + n, vision_stay_the_same=f"Year {n}")
            inside = anna.inside
            cards.context(inside, year + n)
            counts.append(inside.reader.opened)
    assert counts[-1] == counts[-2] == counts[cards.SHOWN_YEARS] <= 40


def said(step: str, value: Any, mine: bool, seq: int) -> Any:
    return SimpleNamespace(step=step, value=value, mine=mine, seq=seq)


MARKS = st.tuples(st.booleans(), st.sampled_from([SAME, LESS]), st.sampled_from([MEETS, DIFFERS, ""]))
CARRIES = st.tuples(st.booleans(), st.just("carry"), st.text(max_size=3))


@for_all(st.lists(st.one_of(MARKS, CARRIES), max_size=12), st.randoms())
def test_any_order_and_replay_of_marks_is_the_same_and_the_newest_counts(acts, chance):
    def seen(by: bool) -> list[Any]:
        return [
            said("carry", Carried(how), mine == by, seq)
            if what == "carry"
            else said("mark", Mark(what, how), mine == by, seq)
            for seq, (mine, what, how) in enumerate(acts)
        ]

    mixed = seen(True) * 2
    chance.shuffle(mixed)
    here, there = standing(mixed), standing(seen(False))
    newest = {what: how for _, what, how in acts if what != "carry"}
    assert here.marks == there.marks == {what: how for what, how in newest.items() if how}
    assert [one.value for one in here.carried] == [one.value for one in there.carried]
    assert len(here.carried) == len({mine for mine, what, _ in acts if what == "carry"})


TEXTS = st.dictionaries(st.sampled_from([one.id for one in VISION]), st.text(min_size=1, max_size=5))


@for_all(TEXTS, TEXTS, TEXTS, TEXTS)
def test_no_words_are_lost_between_two_years(mine, theirs, mine_before, theirs_before):
    def year(*two: dict[str, str]) -> Any:
        return standing([
            said("words", Vision(1, tuple(Line(id, id, text) for id, text in texts.items())), whose, seq)
            for seq, (texts, whose) in enumerate(zip(two, (True, False), strict=True))
        ])  # fmt: skip

    beside, alone = rows(year(mine, theirs), year(mine_before, theirs_before))
    shown = sorted(
        text for row in [*beside, *alone] for text in (row.mine, row.theirs, row.mine_before, row.theirs_before) if text
    )
    assert shown == sorted(text for texts in (mine, theirs, mine_before, theirs_before) for text in texts.values())
    assert len({row.id for row in [*beside, *alone]}) == len(beside) + len(alone)


def test_what_is_asked_is_a_handful_and_some_of_it_stays():
    years = range(clock.now().year, clock.now().year + 12)
    for year, following in pairwise(years):
        first, second = ask(VISION, year, again=True), ask(VISION, following, again=True)
        assert len(first) == len({one.id for one in first}) == ASKED
        assert [one.id for one in first[:4]] == [*EVERY_YEAR, LOOKING_BACK] == [one.id for one in second[:4]]
        assert first[4:] != second[4:] and TOGETHER not in {one.id for one in first}
    assert LOOKING_BACK not in {one.id for one in ask(VISION, 2026, again=False)}
    assert len(ask(VISION, 2026, again=False)) == ASKED and ask([], 2026, again=False) == []
    assert exchange_name(2026) == "vision:2026"
