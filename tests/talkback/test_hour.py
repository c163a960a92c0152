"""An hour for a talk: agreed is what both have said, whatever came in which order; the day's card comes on the day."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from tests.given import the_two
from tests.talkback.signs import signs
from usward.kit import clock
from usward.kit.forms import Form
from usward.talkback import hour, when
from usward.talkback.entries import HOUR, Hour

X = "x:1"


def in_days(days: int, at: str = "20:30", person=None) -> dict[str, str]:
    day = clock.today(person.row.zone if person else "Europe/Copenhagen") + timedelta(days=days)
    return {"day": day.isoformat(), "time": at}


def take(person, act: str, **fields: str) -> dict[str, str]:
    form = Form(SimpleNamespace(POST=fields))
    hour.take(form, person.inside, X, "thanks/", act)
    return form.errors


def now(person) -> hour.Standing:
    return hour.standing(person.inside.reader.exchange(X))


@pytest.mark.django_db(transaction=True)
def test_one_names_the_other_says_yes():
    anna, ben = the_two()
    assert not take(anna, hour.SAY, **in_days(5))
    assert (now(anna).state(clock.now()), now(ben).state(clock.now())) == ("mine", "theirs")
    assert signs(ben) == ["Anna would like an hour to talk with you"] and signs(anna) == []
    assert not take(ben, hour.AGREE, at=now(ben).theirs.value.at)
    assert now(anna).agreed and now(ben).agreed
    assert signs(anna) == ["Ben says yes to an hour to talk"] and signs(ben) == []
    with clock.travel(timedelta(days=5)):
        assert signs(anna) == ["An hour to talk, with Ben"] and signs(ben) == ["An hour to talk, with Anna"]
    with clock.travel(timedelta(days=6)):
        assert now(anna).state(clock.now()) == "over"


@pytest.mark.django_db(transaction=True)
def test_another_hour_takes_the_place_of_the_first_and_its_day_is_forgotten():
    anna, ben = the_two()
    take(anna, hour.SAY, **in_days(4))
    take(anna, hour.SAY, **in_days(9))
    take(ben, hour.SAY, **in_days(9, "18:00"))
    assert (now(anna).state(clock.now()), now(anna).agreed) == ("theirs", False)
    with clock.travel(timedelta(days=4)):
        assert signs(ben) == [], "the day that was named first is forgotten"
    stale = now(anna).theirs.value.at
    take(ben, hour.SAY, **in_days(9, "19:00"))
    take(anna, hour.AGREE, at=stale)
    assert not now(anna).agreed, "nobody agrees to what they have not seen"
    take(anna, hour.AGREE, at=now(anna).theirs.value.at)
    assert now(ben).agreed
    take(ben, hour.DROP)
    assert not now(anna).agreed and now(ben).mine is None and signs(anna) == []


@pytest.mark.django_db(transaction=True)
def test_the_day_calls_both_where_both_have_said_it_and_nobody_else():
    anna, ben = the_two()
    take(anna, hour.SAY, **in_days(5))
    with clock.travel(timedelta(days=5)):
        assert signs(ben) == signs(anna) == [], "only Anna has named it"
    take(ben, hour.AGREE, at=now(ben).theirs.value.at)
    take(anna, hour.SAY, **in_days(7))
    with clock.travel(timedelta(days=5)):
        assert signs(ben) == signs(anna) == [], "Anna has named another since"
    take(ben, hour.AGREE, at=now(ben).theirs.value.at)
    take(ben, hour.DROP)
    with clock.travel(timedelta(days=7)):
        assert signs(ben) == signs(anna) == [], "Ben has taken it back"


@pytest.mark.django_db(transaction=True)
def test_two_zones_see_one_moment_each_in_their_own_words():
    anna, ben = the_two(other_zone="America/New_York")
    take(anna, hour.SAY, **in_days(5, "01:30", anna))
    said = ben.inside.reader.exchange(X)
    shown = hour.context(ben.inside, said, "thanks/")
    assert shown["state"] == "theirs" and shown["words"] != shown["there"]
    assert shown["there"].endswith("at 01:30") and not shown["words"].endswith("at 01:30")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "fields",
    [{}, {"day": "2031-13-01", "time": "20:30"}, {"day": "9999-12-31", "time": "23:59"}, {"day": "soon", "time": "x"}],
)
def test_what_is_no_hour_is_said_so(fields):
    anna, _ = the_two()
    assert take(anna, hour.SAY, **fields)["day"]
    assert take(anna, hour.SAY, **in_days(-1))["day"] and take(anna, hour.SAY, **in_days(500))["day"]
    assert now(anna).named is None


def test_how_an_hour_is_said():
    at = datetime(2026, 7, 9, 18, 30, tzinfo=UTC)
    assert when.words(at, "UTC", date(2026, 7, 9)) == "today at 18:30"
    assert when.words(at, "Europe/Copenhagen", date(2026, 7, 8)) == "tomorrow at 20:30"
    assert when.words(at, "UTC", date(2026, 7, 1)) == "Thursday 9 July at 18:30"
    assert Hour("not a moment").moment.year == 1970 and "09.07.2026" in Hour(at.isoformat()).words().lines[0][1]


HOURS = [f"2031-05-0{day}T18:30+00:00" for day in (1, 2, 3)]
SAYINGS = st.lists(st.tuples(st.booleans(), st.sampled_from(HOURS)), max_size=8)


@for_all(SAYINGS, st.randoms(), st.booleans())
def test_agreed_is_what_both_said_last_in_any_order_and_however_often(sayings, chance, swapped):
    def said(mine_is: bool):
        return [
            SimpleNamespace(step=HOUR, seq=seq, mine=mine == mine_is, value=Hour(at))
            for seq, (mine, at) in enumerate(sayings)
        ]

    acts = said(True) + said(True)
    chance.shuffle(acts)
    here, there = hour.standing(acts), hour.standing(said(False))
    last = {who: next((at for mine, at in reversed(sayings) if mine == who), None) for who in (True, False)}
    assert here.agreed == (last[True] is not None and last[True] == last[False]) == there.agreed
    assert (here.mine.value.at if here.mine else None) == last[True]
    early = datetime(2031, 1, 1, tzinfo=UTC)
    seen = {"mine": "theirs", "theirs": "mine"}
    assert there.state(early) == seen.get(here.state(early), here.state(early))
    assert here.state(datetime(2032, 1, 1, tzinfo=UTC)) in ("none", "over")
