"""Hours that belong to the two: proposed, taken back, agreed, declined, and in the week of both."""

import re
from datetime import date, time
from uuid import uuid4

from tests.given import frozen
from tests.practices.plan import FRIDAY, agree, propose, version, week
from tests.talkback.signs import signs
from usward.plans.rules import ONCE, WEEK, When
from usward.practices.plan.entries import PLAN, Once, exchange_of


def test_an_hour_is_proposed_and_belongs_to_both_once_the_other_says_yes(two, stranger):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, title="Fish and a film", note="I find the film.")
        assert "Waits for Ben" in anna.page("/plan/") and "once Ben says yes" in anna.page(where)
        assert signs(ben) == ["Anna would like an hour with you"] and signs(anna) == []
        assert "Fish and a film" in ben.page("/plan/") and "Fish" not in " ".join(week(ben))
        assert stranger.get(where).status_code == 404 and "Fish" not in stranger.page("/plan/")
        agree(ben, where)
        assert signs(ben) == [] and signs(anna) == ["Ben says yes: the hour is yours"]
        for person in two:
            assert "19:30–21:30 Fish and a film" in week(person)[0]
            assert "You have both said yes" in person.page(where)
        assert "Today belongs to you two" in anna.page("/")
        assert 'href="/ideas/"' in anna.page("/") and "What shall we do?" in ben.page("/")
        assert "It is your turn to see to it" in anna.page("/") and "Anna sees to it this time" in ben.page("/")


def test_what_was_proposed_can_be_taken_back_until_it_is_agreed(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, title="Fish and a film", every=ONCE)
        assert "Take it back" in anna.page(where) and "Take it back" not in ben.page(where)
        assert 'value="let-go"' not in anna.page(where) + ben.page(where)
        assert signs(ben) == [] and ben.post(where, act="take-back").status_code == 303
        assert "Fish and a film" in ben.page("/plan/")
        answer = anna.post(where, act="take-back")
        assert answer.status_code == 303 and answer["Location"] == "/plan/"
        for person in two:
            assert "Fish and a film" not in person.page("/plan/") and person.get(where).status_code == 404

        again = propose(anna, title="Soup", every=WEEK)
        assert signs(ben) == ["Anna would like an hour with you"]
        anna.post(again, act="take-back")
        assert signs(ben) == []

        agreed = propose(anna, title="A long walk", every=ONCE)
        agree(ben, agreed)
        assert "Take it back" not in anna.page(agreed) and 'value="let-go"' in anna.page(agreed)
        anna.post(agreed, act="take-back")
        assert "A long walk" in ben.page("/plan/")


def test_whose_turn_it_is_alternates(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna)
        agree(ben, where)
        turns = re.findall(r">(You see|Ben sees) to it\.", anna.page(where))
        assert turns == ["You see", "Ben sees"] * 3
        assert re.findall(r">(You see|Anna sees) to it\.", ben.page(where)) == ["Anna sees", "You see"] * 3


def test_an_hour_from_before_months_had_marks_is_found_and_stays_so(two):
    anna, ben = two
    with frozen(FRIDAY):
        entry = uuid4()
        name, when = exchange_of(entry.hex), When(date(2026, 11, 28), time(20), 90, "Europe/Copenhagen")
        anna.inside.writer.put(Once("date", when, "Old soup"), exchange=name, step=PLAN, slot=name, entry_id=entry)
        anna.page("/")
        agree(ben, f"/plan/{entry}/")
        propose(anna, title="New bread", day="2026-11-29", every=ONCE)
        assert all("Old soup" in " ".join(week(person)) for person in two)


def test_no_to_an_hour_offers_another_and_can_be_taken_back(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, every=ONCE)
        assert ben.post(where, act="no", to=version(ben.page(where))).status_code == 303
        assert signs(anna) == ["Ben cannot at that hour"] and "Another hour is needed" in anna.page("/plan/")
        agree(ben, where)
        assert "Date night" in week(anna)[0]


def test_a_day_that_they_celebrate_stands_in_the_week_of_both(two, stranger):
    anna, ben = two
    with frozen(FRIDAY):
        named = ben.post("/keep/letters/day/", title="Our first winter", day="2026-11-29", id=str(uuid4()))
        ben.post("/keep/letters/day/", title="A later one", day="2026-12-06", id=str(uuid4()))
        propose(anna, what="celebration", day="2026-12-01", time="19:00", every="year")
        agree(ben, anna.page("/plan/").split('id="waits"')[1].split('href="')[1].split('"')[0])
        for person in two:
            assert "Our first winter" in week(person)[2] and "A later one" not in " ".join(week(person))
            assert "A day to celebrate" in week(person)[4]
            assert f'href="{named["Location"]}"' in person.page("/plan/")
        assert "Our first winter" not in stranger.page("/plan/")


def test_alone_an_hour_waits_for_whoever_comes(stranger):
    with frozen(FRIDAY):
        where = propose(stranger)
        assert "as soon as they are here" in stranger.page(where) and "Date night" in week(stranger)[0]


def test_what_is_wrong_is_said_and_what_was_typed_stays(two):
    anna, _ = two
    with frozen(FRIDAY):
        wrong = {
            "Choose a day from today on": {"day": "2026-11-26"},
            "not a day in the calendar": {"day": "soon"},
            "Choose a time of the day": {"time": "late"},
            "Say how long": {"minutes": "7"},
            "not the last Friday of its month": {"day": "2026-12-04", "every": "last"},
            "lies before the first": {"until": "2026-11-01"},
            "Say what the hour is for": {"what": "nothing"},
        }
        for sentence, given in wrong.items():
            page = propose(anna, 422, title="Soup", **given)
            assert sentence in page and 'value="Soup"' in page
        where = propose(anna)
        assert anna.post(where, act="move", of="2026-11-27", day="2026-11-01", time="20:00").status_code == 422
        assert anna.post(where, act="let-go", of="2026-11-26").status_code == 422
        assert anna.post(where, act="dance").status_code == 422
        sent = {
            "what": "date",
            "day": "2026-12-24",
            "time": "18:00",
            "minutes": "60",
            "every": ONCE,
            "id": str(uuid4()),
        }
        first, again = (anna.post("/plan/new/", **sent) for _ in range(2))
        assert first["Location"] == again["Location"], "a double tap is one tap"
