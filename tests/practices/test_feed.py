"""Hours in one's own calendar: an address that opens one file to whoever has it, and nothing to whoever has not."""

import re
from datetime import timedelta

from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from tests.given import frozen
from tests.practices.feed import TITLE, address, asked, hours, made
from tests.practices.plan import FRIDAY, agree, propose
from usward.entries.models import Feed
from usward.spaces.models import Partner


def test_an_address_tells_what_both_have_agreed_to_and_follows_every_change(two):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, title=TITLE)
        path, bens = made(anna), made(ben, "busy")
        assert hours(path) == hours(bens) == [], "what waits for a yes is nobody's hour yet"
        agree(ben, where)
        weekly = ["27 Nov 18:30", "04 Dec 18:30", "11 Dec 18:30"]
        assert hours(path) == [(at, TITLE) for at in weekly] and hours(bens) == [(at, "Busy") for at in weekly]
        assert anna.post(where, act="move", of="2026-11-27", day="2026-11-28", time="20:00").status_code == 303
        assert hours(bens)[0] == ("28 Nov 19:00", "Busy")
        assert ben.post(where, act="let-go", of="2026-12-04").status_code == 303
        assert [at for at, _ in hours(path)] == ["28 Nov 19:00", "11 Dec 18:30"]
        assert anna.post(where, act="restore", of="2026-11-27").status_code == 303
        assert anna.post(where, act="restore", of="2026-12-04").status_code == 303
        assert [at for at, _ in hours(bens)] == weekly
        assert ben.post(where, act="end").status_code == 303
        assert hours(path) == hours(bens) == []
        assert ben.post(where, act="go-on").status_code == 303
        assert [at for at, _ in hours(path)] == weekly
        page = anna.page(where + "change/")
        sent = {"what": "walk", "day": "2026-11-28", "time": "10:00", "minutes": "60", "every": "week", "title": ""}
        sent |= {"replaces": re.search(r'name="replaces" value="([^"]+)"', page)[1]}
        sent |= {"id": "5b0a3c1e-0f6d-4e53-9f0c-111111111111"}
        assert anna.post(where + "change/", **sent).status_code == 303
        assert hours(path) == hours(bens) == [], "a change asks anew"
        agree(ben, where)
        assert hours(path)[0] == ("28 Nov 09:00", "A walk")


def test_what_becomes_of_a_time_years_ahead_is_told(two):
    anna, ben = two
    with frozen(FRIDAY):
        where, path = propose(anna, every="year"), made(anna)
        agree(ben, where)
        assert anna.post(where, act="let-go", of="2030-11-27").status_code == 303
        assert "let go, this once" in ben.page(where)
        assert [at[:6] for at, _ in hours(path, 366 * 5)] == ["27 Nov"] * 5 and "EXDATE" in asked(path).content.decode()
        assert anna.post(where, act="restore", of="2030-11-27").status_code == 303
        assert "EXDATE" not in asked(path).content.decode()


def test_a_newer_version_says_that_it_is_newer_and_keeps_its_name(two):
    anna, ben = two
    with frozen(FRIDAY):
        where, path = propose(anna), made(anna)
        agree(ben, where)

    def event():
        return next(iter(Calendar.from_ical(asked(path).content).walk("VEVENT")))

    before = event()
    with frozen(FRIDAY + timedelta(hours=30)):
        anna.post(where, act="let-go", of="2026-12-04")
    after = event()
    assert after["UID"] == before["UID"] and after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt - before["DTSTAMP"].dt == timedelta(days=1)
    assert after["DTSTAMP"].dt.hour == 0, "at which hour something was said is not for the calendar's company"
    bens = Calendar.from_ical(asked(made(ben)).content)
    assert next(iter(bens.walk("VEVENT")))["UID"] != after["UID"], "two calendars do not show that they belong together"


def test_each_reads_by_their_own_clocks(two):
    anna, ben = two
    Partner.objects.filter(pk=ben.me.pk).update(zone="Pacific/Auckland")
    with frozen(FRIDAY):
        paths = made(anna), made(ben)
        once, weekly = propose(anna, every="once", day="2026-12-24"), propose(anna)
        for where in (once, weekly):
            agree(ben, where)
        mine, theirs = (asked(path).content.decode() for path in paths)
    assert "DTSTART;TZID=Europe/Copenhagen:20261224T193000" in mine
    assert "DTSTART;TZID=Pacific/Auckland:20261225T073000" in theirs
    assert "DTSTART;TZID=Europe/Copenhagen:20261127T193000" in theirs, "a rule keeps the hour of whoever made it"
    assert mine.count("BEGIN:VTIMEZONE") == 1 and theirs.count("BEGIN:VTIMEZONE") == 2
    assert hours(paths[0]) == hours(paths[1])


def test_somebody_who_travels_reads_by_the_clocks_of_there(two):
    anna, ben = two
    with frozen(FRIDAY):
        path = made(anna)
        agree(ben, propose(anna, every="once"))
        assert "TZID=Europe/Copenhagen" in asked(path).content.decode()
        before = hours(path)
        assert anna.post("/settings/day/", zone="Asia/Kolkata").status_code == 303
        assert "DTSTART;TZID=Asia/Kolkata:20261128T000000" in asked(path).content.decode() and hours(path) == before


def test_what_is_ones_own_affair_leaves_no_trace_in_the_others_calendar(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna))
        bens, file = made(ben), bytes(Feed.objects.get(partner=ben.me).body)
    with frozen(FRIDAY + timedelta(days=40)):  # what is written then begins and ends at other times
        made(anna, "busy")
        anna.post("/plan/feed/", act="choose", says="titles")
        anna.post("/settings/day/", zone="Asia/Kolkata")
        Feed.objects.filter(partner=anna.me).update(body=b"")
        anna.page("/plan/feed/")
        anna.post("/plan/feed/", act="end")
        assert bytes(Feed.objects.get(partner=ben.me).body) == file and asked(bens).status_code == 200


def test_what_it_says_is_its_owners_choice_and_can_change(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, title=TITLE))
        path = made(anna, "busy")
        assert TITLE not in asked(path).content.decode()
        assert anna.post("/plan/feed/", act="choose", says="titles").status_code == 303
        assert TITLE in asked(path).content.decode() and address(anna) == path
        assert anna.post("/plan/feed/", act="choose", says="busy").status_code == 303
        assert TITLE not in asked(path).content.decode()
        assert ben.post("/plan/feed/", act="choose", says="titles").status_code == 303, "and nobody else's"
        assert TITLE not in asked(path).content.decode() and "Make an address" in ben.page("/plan/feed/")


def test_a_new_address_ends_the_old_one_and_off_is_off(two):
    anna, ben = two
    first = made(anna)
    second = made(anna)
    assert first != second and asked(first).status_code == 404 and asked(second).status_code == 200
    bens = made(ben)
    assert anna.post("/plan/feed/", act="end").status_code == 303
    assert asked(second).status_code == 404 and "Make an address" in anna.page("/plan/feed/")
    assert asked(bens).status_code == 200, "the other's is their own"
    assert "does not see whether" in anna.page("/plan/feed/") and bens not in anna.page("/plan/feed/")
    assert anna.post("/plan/feed/", act="dance").status_code == 422
    assert anna.post("/plan/feed/", act="make", says="all").status_code == 422


def test_alone_there_is_nothing_to_tell(stranger):
    assert "when there are two of you" in stranger.page("/plan/feed/")
    assert stranger.post("/plan/feed/", act="make", says="busy").status_code == 303 and not Feed.objects.exists()


def test_what_a_calendar_is_answered(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna))
        path = made(anna)
    answer = asked(path)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8" and not answer.cookies
    assert answer["Cache-Control"] == "no-store" and "inline" in answer["Content-Disposition"]
    assert "Cookie" not in answer.get("Vary", "")
    for tag in (answer["ETag"], "W/" + answer["ETag"], f'"other", {answer["ETag"]}'):
        again = asked(path, HTTP_IF_NONE_MATCH=tag)
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", answer["ETag"])
    assert asked(path, HTTP_IF_NONE_MATCH='"other"').status_code == 200
    head = Client().head(path)
    assert head.status_code == 200 and head["ETag"] == answer["ETag"] and not head.content
    assert Client().post(path).status_code == 405
    with frozen(FRIDAY + timedelta(days=3)):
        ben.post("/plan/feed/", act="make", says="busy")
    assert asked(path)["ETag"] == answer["ETag"], "what has not changed is the same file"
    with frozen(FRIDAY):
        anna.post(propose(anna, day="2026-12-01"), act="move", of="2026-12-01", day="2026-12-02", time="20:00")
    assert asked(path)["ETag"] == answer["ETag"], "what was not agreed to changes nothing"


def test_whoever_guesses_learns_nothing(two):
    path = made(two[0])
    gone = made(two[0])
    two[0].post("/plan/feed/", act="end")
    almost = path[:-6] + ("A" if path[-6] != "A" else "B") + path[-5:]
    answers = [asked(one) for one in (path, gone, almost, "/feed/x.ics", f"/feed/{'y' * 3000}.ics", "/feed/ö.ics")]
    assert {(one.status_code, one.content, one["Content-Type"]) for one in answers} == {
        (404, b"There is nothing here.", "text/plain")
    }
    assert not any(one.cookies for one in answers)
    cache.clear()
    often = [Client().get(almost).status_code for _ in range(70)]
    assert often[:60] == [404] * 60 and set(often[60:]) == {429}


def test_one_plan_as_a_file(two, stranger):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, title=TITLE, every="once")
        file = where + "invitation.ics"
        assert file in anna.page(where) and file in ben.page(where)
        for person in two:
            answer = person.get(file)
            [event] = Calendar.from_ical(answer.content).walk("VEVENT")
            assert (event["SUMMARY"], event["STATUS"]) == (TITLE, "TENTATIVE")
            assert answer["Content-Disposition"].startswith("attachment") and b"METHOD:PUBLISH" in answer.content
            assert b"ATTENDEE" not in answer.content and b"ORGANIZER" not in answer.content
        agree(ben, where)
        assert b"STATUS:CONFIRMED" in anna.get(file).content
        feed = Calendar.from_ical(asked(made(anna)).content)
        [mine] = Calendar.from_ical(anna.get(file).content).walk("VEVENT")
        assert [one["UID"] for one in feed.walk("VEVENT")] == [mine["UID"]], "imported twice it is one"
        assert stranger.get(file).status_code == 404 and Client().get(file).status_code == 302
        anna.post(where, act="let-go", of="2026-11-27")
        assert anna.get(file).status_code == 404 and hours(address(anna)) == []


def test_the_address_ends_when_one_of_the_two_leaves(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna))
        paths = made(anna), made(ben)
        assert ben.post("/settings/leave/", passphrase=ben.phrase).status_code == 303
    assert [asked(path).status_code for path in paths] == [404, 404] and not Feed.objects.exists()
    assert "when there are two of you" in anna.page("/plan/feed/") and "when there are two" in ben.page("/plan/feed/")
    assert anna.post("/plan/feed/", act="make", says="busy").status_code == 303 and not Feed.objects.exists()


def test_with_other_keys_the_address_goes_on_but_is_shown_no_more(two):
    anna, _ = two
    path = made(anna)
    Feed.objects.update(secret=anna.unlocked.seal("something else", b"x"))
    page = anna.page("/plan/feed/")
    assert "can’t be shown any more" in page and "webcal:" not in page and asked(path).status_code == 200
