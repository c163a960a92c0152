"""Working something through over more than one day: a look again, another hour, a pause, a stop."""

from datetime import timedelta

import pytest

from tests.practices.workthrough import Side, to_agreement, to_needs, to_views, today_is_meant_for
from usward.kit import clock


def agreed(anna, ben, again="14"):
    to_agreement(anna, ben)
    anna.act("propose", what="Ben packs.", by="Monday", notice="No shouting.", again=again)
    ben.agree()
    assert anna.now.at == "look"


def test_the_day_comes_and_they_look_again(sides):
    anna, ben = sides
    agreed(anna, ben)
    with clock.travel(timedelta(days=13)):
        assert anna.signs() == ben.signs() == []
    with clock.travel(timedelta(days=14)):
        today_is_meant_for("looking again, with {}", anna, ben)
        for side in sides:
            assert "time to look again" in side.person.page("/talk/")
        anna.act("write", text="He hums when he is rested.")
        assert "hums" not in ben.page()
        ben.act("write", text="She plans so as not to be afraid.")
        assert "hums" in ben.page() and "so as not to be afraid" in anna.page()
        anna.act("propose", verdict="keep", again="30")
        assert "keep it, and look again" in ben.page()
        ben.act("propose", verdict="change")
        anna.agree()
        assert anna.now.at == "agreement" and "As it stands until you change it" in anna.page()
        ben.act("propose", what="Anna packs, Ben cooks.", by="", notice="", again="90")
        anna.agree()
        assert anna.now.at == "look" and "Anna packs" in anna.page() and "Ben packs." in anna.page()
        anna.act("propose", verdict="keep", again="14")
        ben.agree()
        assert ben.now.at == "look" and ben.now.again == clock.today("Europe/Copenhagen") + timedelta(days=14)
        ben.act("propose", verdict="retire")
        anna.agree()
        for side in sides:
            assert side.now.at == "end" and "It has done its work" in side.page() and "hums" in side.page()
            home = side.person.page("/talk/work-it-through/")
            assert "In force" not in home and "Earlier" in home


@pytest.mark.parametrize(("near", "far"), [(2, 4), (6, 11)])
def test_another_hour_is_called_on_its_own_day_alone(sides, near, far):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen")
    anna.act("propose", day=(day + timedelta(days=near)).isoformat(), time="20:00")
    ben.act("propose", day=(day + timedelta(days=far)).isoformat(), time="21:00")
    with clock.travel(timedelta(days=near)):
        assert "Today is meant for your talk with Anna" not in ben.signs(), "he has named another"
    anna.agree()
    for side in sides:
        side.page()
    for days, expected in ((near, 0), (far, 1)):
        with clock.travel(timedelta(days=days)):
            for side in sides:
                side.person.get("/")
                assert len(side.signs()) == expected, (days, side.signs())


def test_what_was_begun_early_or_stopped_calls_nobody_on_its_day(two):
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    for how in ("ready", "stop"):
        anna, ben = (Side(person) for person in two)
        ben.path = anna.begin(f"the {how} thing")
        ben.agree()
        anna.act("propose", day=day.isoformat(), time="20:00")
        ben.agree()
        for side in (anna, ben):
            if not side.now.stopped:
                side.act(how)
        for side in (anna, ben):
            side.page()
        with clock.travel(timedelta(days=2)):
            for side in (anna, ben):
                side.person.get("/")
                assert side.signs() == [], how


def test_one_who_is_ready_in_the_morning_is_not_ready_at_night(sides):
    anna, ben = sides
    ben.agree()
    anna.act("ready")
    with clock.travel(timedelta(hours=9)):
        assert "ready to begin now" not in ben.page()
        ben.act("ready")
        assert ben.now.at == "when"
        anna.act("ready")
        assert ben.now.at == "views"


def test_a_pause_comes_back_when_both_do(sides):
    anna, ben = sides
    to_views(anna, ben)
    anna.act("pause", back="soon")
    assert "Anna comes back" in ben.page() and not ben.now.open
    assert "Words for when it gets hard" in ben.page() and "Quiet help is here" in ben.page()
    ben.act("write", 409, difference="Typed while she went.")
    ben.act("pause", back="tomorrow")
    assert "Ben comes back" in anna.page() and "tomorrow" in anna.page()
    anna.act("agree", step="pause", to=anna.now.pause.newest.id.hex)
    assert "You both come back" in ben.page() and anna.page()
    assert "paused, back tomorrow" in anna.person.page("/talk/work-it-through/")
    with clock.travel(timedelta(days=1)):
        today_is_meant_for("going on, with {}, after a pause", anna, ben)
    anna.act("back")
    assert "Anna is back" in ben.page() and ben.now.pause
    ben.act("back")
    assert anna.now.open and anna.now.at == "views"


def test_a_day_that_only_one_named_calls_nobody(sides):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    ben.page()
    with clock.travel(timedelta(days=2)):
        for side in sides:
            side.person.get("/")
            assert side.signs() == [], "an hour of Anna's that Ben has said nothing to"


def test_on_one_phone_a_day_is_agreed_and_calls_both(sides):
    anna, ben = sides
    anna.act("pass", on="yes")
    anna.act("agree", to=anna.now.here.newest.id.hex)
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    assert "A card comes to both of you" in anna.page() and "A card comes to both of you" in ben.page()
    with clock.travel(timedelta(days=2)):
        today_is_meant_for("your talk with {}", anna, ben)
        for side in sides:
            side.page()
        anna.act("pause", back="tomorrow")
        for side in sides:
            assert "You both come back" in side.page() and "That suits me" not in side.page()
    with clock.travel(timedelta(days=3)):
        today_is_meant_for("going on, with {}, after a pause", anna, ben)


def test_an_hour_that_was_put_aside_calls_again_when_it_is_taken_up(sides):
    anna, ben = sides
    ben.agree()
    day = clock.today("Europe/Copenhagen") + timedelta(days=2)
    anna.act("propose", day=day.isoformat(), time="20:00")
    ben.agree()
    ben.act("stop")
    anna.act("up")
    for side in sides:
        side.page()
    with clock.travel(timedelta(days=2)):
        today_is_meant_for("your talk with {}", anna, ben)


def test_a_stop_needs_no_reason_and_loses_nothing(sides):
    anna, ben = sides
    to_needs(anna, ben)
    before = ben.signs()
    anna.act("stop")
    for side in sides:
        assert "Quiet help is here" in side.page()
        assert "Enough for now" in side.page() and "Ben feels alone" in side.page()
    assert before == ben.signs() or ben.signs() == [], "nobody is called to an end"
    assert "put aside" in ben.person.page("/talk/work-it-through/")
    ben.act("write", 409, text="Too late.")
    assert "Too late, too." in ben.act("other-view", 409, feels="Too late, too.")
    ben.act("up")
    assert anna.now.open and anna.now.at == "needs"
