"""Hours that both have agreed to: one time moved, let go or restored, the plan changed, ended and gone on with."""

import re
from datetime import datetime
from uuid import uuid4

from tests.given import frozen
from tests.practices.plan import FRIDAY, agree, propose, version, week
from tests.talkback.signs import signs
from usward.plans.rules import ONCE, WEEK


def test_one_time_is_moved_let_go_and_taken_back_by_either(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna)
        agree(ben, where)
        anna.page(where)
        assert ben.post(where, act="move", of="2026-11-27", day="2026-11-28", time="20:00").status_code == 303
        assert signs(anna) == ["Ben has moved an hour of yours"]
        for person in two:
            assert "19:30" not in week(person)[0] and "20:00–22:00 · moved Date night" in week(person)[1]
        assert anna.post(where, act="let-go", of="2026-11-27").status_code == 303
        assert all("Date night" not in " ".join(week(person)) for person in two)
        assert "let go, this once" in ben.page(where) and "4 December" in ben.page(where)
        assert ben.post(where, act="restore", of="2026-11-27").status_code == 303
        assert all("19:30–21:30 Date night" in week(person)[0] for person in two)


def test_what_is_moved_far_away_is_not_lost(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, every=ONCE)
        agree(ben, where)
        assert anna.post(where, act="move", of="2026-11-27", day="2027-02-14", time="20:00").status_code == 303
        for person in two:
            assert "14 February" in person.page(where) and "moved" in person.page(where)
    with frozen(datetime.fromisoformat("2027-02-12T12:00:00+00:00")):
        assert all("20:00–22:00 · moved Date night" in week(person)[2] for person in two)
        assert ben.post(where, act="move", of="2026-11-27", day="2027-02-13", time="19:00").status_code == 303
        assert all("19:00–21:00" in week(person)[1] for person in two)


def test_one_time_of_many_that_is_moved_beyond_the_next_ones_can_be_taken_back(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna)
        agree(ben, where)
        assert anna.post(where, act="move", of="2026-11-27", day="2027-02-14", time="20:00").status_code == 303
        assert "14 February" in ben.page(where) and "Date night" not in " ".join(week(ben))
        assert ben.post(where, act="restore", of="2026-11-27").status_code == 303
        assert all("19:30–21:30 Date night" in week(person)[0] for person in two)


def test_a_change_asks_anew_and_a_yes_to_what_was_there_before_does_not_count(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna)
        seen = version(ben.page(where))
        page = anna.page(where + "change/")
        replaces = re.search(r'name="replaces" value="([^"]+)"', page)
        typed = {"what": "walk", "day": "2026-11-28", "time": "10:00", "minutes": "60", "every": WEEK}
        sent = typed | {"id": str(uuid4()), "replaces": replaces[1] if replaces else ""}
        assert anna.post(where + "change/", **sent).status_code == 303
        assert ben.post(where, act="yes", to=seen).status_code == 303
        assert week(anna) == week(ben) and "A walk" not in " ".join(week(anna))
        agree(ben, where)
        assert "10:00–11:00 A walk" in week(anna)[1]
        other = {**sent, "id": str(uuid4()), "day": "2026-11-29"}
        assert anna.post(where + "change/", **other).status_code == 409, "against a version that is gone"
        assert "10:00–11:00 A walk" in week(anna)[1]
        assert ben.get(where + "change/").status_code == 404


def test_a_rule_ends_kindly_and_goes_on_after_all(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna)
        agree(ben, where)
        assert ben.post(where, act="end").status_code == 303
        assert all("Date night" not in " ".join(week(person)) for person in two)
        assert "comes round no more" in anna.page(where)
        assert anna.post(where, act="go-on").status_code == 303
        assert all("Date night" in week(person)[0] for person in two)
