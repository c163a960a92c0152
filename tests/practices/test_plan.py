"""Hours that belong to the two: proposed, agreed, moved, let go, and taken back, in two zones."""

import re
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

from hypothesis import given as for_all
from hypothesis import strategies as some

from tests.given import frozen
from tests.talkback.signs import signs
from usward.kit import clock
from usward.plans.rules import FORTNIGHT, ONCE, WEEK, When, next_days
from usward.practices.plan.entries import (
    ANSWER,
    AS_PLANNED,
    END,
    LET_GO,
    MOVED,
    PLAN,
    TURN,
    Answer,
    Ended,
    Once,
    Rule,
    Turn,
    exchange_of,
)
from usward.practices.plan.exchange import standing
from usward.spaces.models import Partner

A_DAY = timedelta(days=1)
FRIDAY = datetime.fromisoformat("2026-11-27T09:00:00+00:00")


def propose(person, expect: int = 303, **given: str) -> str:
    typed = {
        "what": "date",
        "day": "2026-11-27",
        "time": "19:30",
        "minutes": "120",
        "every": WEEK,
        "id": str(uuid4()),
    } | given
    answer = person.post("/plan/new/", **typed)
    assert answer.status_code == expect, answer.content.decode()
    return answer["Location"] if expect == 303 else answer.content.decode()


def version(page: str) -> str:
    found = re.search(r'name="to" value="([0-9a-f]+)"', page)
    assert found, "nothing to answer here"
    return found[1]


def agree(person, where: str) -> None:
    assert person.post(where, act="yes", to=version(person.page(where))).status_code == 303


def week(person) -> list[str]:
    """The seven days, as somebody reads them."""
    page = person.page("/plan/")
    days = page[page.index('<ol class="days">') : page.index("</ol>")]
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in days.split("<li")[1:]]
    return [row.split("> ", 1)[-1] for row in rows]


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


def test_no_to_an_hour_offers_another_and_can_be_taken_back(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, every=ONCE)
        assert ben.post(where, act="no", to=version(ben.page(where))).status_code == 303
        assert signs(anna) == ["Ben cannot at that hour"] and "Another hour is needed" in anna.page("/plan/")
        agree(ben, where)
        assert "Date night" in week(anna)[0]


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


def test_each_reads_it_by_their_own_clocks(two):
    anna, ben = two
    Partner.objects.filter(pk=anna.inside.me.pk).update(zone="Europe/Copenhagen")
    Partner.objects.filter(pk=ben.inside.me.pk).update(zone="Pacific/Auckland")
    with frozen(FRIDAY):
        where = propose(anna, what="call", minutes="60", time="20:30")
        assert "28 November, 08:30–09:30" in ben.page(where)
        agree(ben, where)
        assert "20:30–21:30 · Saturday 08:30 for Ben A call" in week(anna)[0]
        assert (
            "08:30–09:30 · Friday 20:30 for Anna A call"
            in week(ben)[1 if clock.today("Pacific/Auckland").day == 27 else 0]
        )


def test_two_clocks_the_hours_that_are_day_for_both_and_the_days_until_a_visit(two):
    anna, ben = two
    with frozen(FRIDAY):
        assert all('id="clocks"' not in person.page("/") for person in two), (
            "by the same clocks there is nothing to show"
        )
        Partner.objects.filter(pk=anna.inside.me.pk).update(zone="Europe/Copenhagen")
        Partner.objects.filter(pk=ben.inside.me.pk).update(
            zone="America/New_York", quiet_from=time(22), quiet_until=time(8)
        )
        where = propose(anna, what="visit", day="2026-12-04", every=ONCE)
        for path in ("/", "/plan/"):
            page = anna.page(path)
            assert ">10:00<" in page and ">04:00<" in page and "Day for both 13:00–23:00, by your clock." in page
            assert "until you see each other" not in page
        agree(ben, where)
        assert "7 days until you see each other." in anna.page("/")
        assert "Day for both 07:00–17:00, by your clock." in ben.page("/plan/")
    with frozen(FRIDAY + timedelta(hours=6)):
        assert "Day for both 13:00–23:00, by your clock." in anna.page("/"), "while it is day for both"
    with frozen(FRIDAY):
        Partner.objects.filter(pk__in=[one.inside.me.pk for one in two]).update(zone="Europe/Copenhagen")
        page = anna.page("/")
        assert "7 days until you see each other." in page and ">10:00<" not in page, "apart, by the same clocks"
        Partner.objects.filter(pk=anna.inside.me.pk).update(zone="Pacific/Kiritimati")
        Partner.objects.filter(pk=ben.inside.me.pk).update(zone="Pacific/Niue")
        assert ">23:00<" in anna.page("/") and "yesterday" in anna.page("/")
        with frozen(FRIDAY + timedelta(hours=1, minutes=30)):
            assert "Thursday" in anna.page("/"), "two days apart"
        Partner.objects.filter(pk=anna.inside.me.pk).update(zone="Europe/Copenhagen")
        Partner.objects.filter(pk=ben.inside.me.pk).update(zone="Pacific/Honolulu")
        assert "yesterday" in anna.page("/"), "on the other side of midnight"


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


whens = some.builds(
    When,
    day=some.dates(date(2026, 1, 1), date(2026, 12, 31)),
    at=some.times().map(lambda one: one.replace(second=0, microsecond=0)),
    minutes=some.integers(20, 480),
    zone=some.sampled_from(("Europe/Copenhagen", "America/New_York", "Pacific/Auckland")),
    every=some.sampled_from((ONCE, WEEK, FORTNIGHT)),
)


@for_all(
    whens,
    some.lists(some.tuples(some.integers(0, 5), some.sampled_from((MOVED, LET_GO, AS_PLANNED)), some.integers(-5, 5))),
)
def test_every_hour_is_where_its_newest_word_put_it(when, turns):
    """However many words were said on it: no hour is lost, and none is there twice."""
    near = next_days(when, when.day, 6)
    kind = Once if when.every == ONCE else Rule
    said, last = [heard(1, PLAN, kind("date", when))], {}
    for seq, (number, how, days) in enumerate(turns, 2):
        if number < len(near):
            of = near[number].day
            to = {"day": of + days * A_DAY, "at": time(12), "zone": when.zone} if how == MOVED else {}
            said.append(heard(seq, TURN, Turn(of, how, **to)))
            last[of] = said[-1].value
    now = standing(reversed(said))
    start, end = near[0].start - 9 * A_DAY, near[-1].end + 9 * A_DAY
    hours = {hour.of: hour for hour in now.hours(start, end)}
    assert len(hours) == len(now.hours(start, end))
    for one in near:
        turn = last.get(one.day)
        assert hours[one.day].how == (turn.how if turn else AS_PLANNED)
        moved = turn is not None and turn.how == MOVED
        assert (hours[one.day].start == one.start) or moved
        assert hours[one.day].end - hours[one.day].start == one.end - one.start
    before = start - 30 * A_DAY
    coming = {hour.of for hour in now.coming(before, 30, before.date())}
    assert {one.day for one in near} <= coming, "none is lost to whoever looks ahead"


@for_all(some.permutations(range(5)))
def test_the_newest_word_counts_in_whatever_order_words_come(order):
    when = When(date(2026, 11, 27), time(19, 30), 60, "UTC", WEEK)
    plan = heard(1, PLAN, Rule("date", when))
    yes, no = Answer(plan.id.hex, True), Answer(plan.id.hex, False)
    said = [
        plan,
        heard(2, ANSWER, no),
        heard(3, ANSWER, yes),
        heard(4, END, Ended(date(2027, 1, 1))),
        heard(5, END, Ended(None)),
    ]
    now = standing([said[place] for place in order])
    assert (now.answer, now.over_from) == (True, None)


def heard(seq, step, value):
    """Something that was said."""
    return SimpleNamespace(seq=seq, step=step, value=value, id=uuid4(), root=uuid4(), mine=True)
