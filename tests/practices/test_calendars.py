"""Calendars that the two add: read behind the pages, kept as busy hours that nobody sees, compared, and met by plans."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection

from tests.given import frozen
from tests.practices.calendars import SECRET, ics, read_all
from tests.practices.plan import FRIDAY, propose
from usward.calendars import fetch
from usward.freebusy import work
from usward.freebusy.deposits import STEP
from usward.freebusy.models import Calendar
from usward.kit import clock
from usward.vault.envelope import SealBroken
from usward.vault.keys import Pair


def offered(person, **wish: str) -> list[str]:
    """What is offered to somebody, as they read it."""
    page = person.page(f"/plan/hours/?{urlencode(wish)}")
    offers = page[page.index('id="offers"') : page.index('id="wish"')]
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)).strip() for one in re.findall(r"<li.*?</li>", offers, re.S)
    ]


def all_that_is_kept() -> bytes:
    """Every cell of the database."""
    found = b""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += repr(cursor.fetchall()).encode()
    return found


def test_a_file_is_read_behind_the_page_and_only_busy_hours_are_kept(two, stranger, adds):
    anna, ben = two
    with frozen(FRIDAY):
        adds(anna, ics(("20261127T183300", "20261127T184700")))
        assert "Being read" in anna.page("/plan/calendars/")
        read_all()
        page = anna.page("/plan/calendars/")
        assert "Read on" in page and "Being read" not in page
        for person in (anna, ben, stranger):
            for where in ("/plan/calendars/", "/plan/hours/", "/plan/", "/"):
                shown = person.page(where)
                assert SECRET not in shown and "19:33" not in shown and "19:47" not in shown
        assert "From a file" not in ben.page("/plan/calendars/")
    row = Calendar.objects.get()
    assert SECRET.encode() not in all_that_is_kept()
    assert len(row.deposit) % STEP == 48  # the same for one event as for hundreds
    with pytest.raises(SealBroken):
        Pair.new().open(bytes(row.deposit))


def test_what_is_offered_is_free_for_both_and_by_their_wish(two, adds):
    anna, ben = two
    busy = [(anna, ("20261128T000000", "20261201T000000")), (ben, ("20261201T000000", "20261204T160000"))]
    with frozen(FRIDAY):
        before = offered(anna)
        assert len(before) == 4 and all("evening for both of you" in one.casefold() for one in before)
        for person, times in busy:
            adds(person, ics(times))
        read_all()
        evenings = offered(anna, part="evening", weeks="2", minutes="180")
        days = [one.split(",")[0] for one in evenings]
        assert days == ["Friday 27 November", "Friday 4 December", "Saturday 5 December", "Sunday 6 December"]
        assert offered(ben, part="evening", weeks="2", minutes="180") == evenings
        assert offered(anna, part="evening", weeks="1", minutes="180", days="5") == []
        assert "No hour suits you both" in anna.page("/plan/hours/?days=5&weeks=1&minutes=180")


def test_an_offered_hour_is_planned_in_one_tap_and_then_offered_no_more(two):
    anna, _ = two
    with frozen(FRIDAY):
        page = anna.page("/plan/hours/")
        where = re.search(r'href="(/plan/new/\?day=[^"]+)"', page)[1].replace("&amp;", "&")
        form = anna.page(where)
        day, at = re.search(r"day=([\d-]+)&time=([\d:]+)", where).groups()
        assert f'name="day" min="2026-11-27" value="{day}"' in form and f'name="time" value="{at}"' in form
        first = offered(anna)[0]
        propose(anna, day=day, time=at, minutes="90", every="once")
        assert first not in offered(anna)


def test_sleep_is_kept_out_and_is_nobodys_to_read(two):
    anna, ben = two
    with frozen(FRIDAY):
        assert offered(ben, part="evening")
        assert anna.post("/plan/calendars/", act="sleep", first="17:00", last="16:00").status_code == 303
        assert offered(ben, part="evening") == offered(anna, part="evening") == []
        assert 'value="17:00"' in anna.page("/plan/calendars/") and 'value="17:00"' not in ben.page("/plan/calendars/")
        assert anna.post("/plan/calendars/", act="sleep", first="23:00", last="07:00").status_code == 303
        assert offered(ben, part="evening")
        assert anna.post("/plan/calendars/", act="sleep", first="late", last="07:00").status_code == 422


def test_an_address_is_asked_again_and_again_and_kept_from_the_database(two, adds, monkeypatch):
    anna, _ = two
    asked, answers = [], [fetch.Fetched(ics(("20261127T180000", "20261127T220000")), '"one"', "")]

    def ask(address, etag="", modified=""):
        asked.append((address, etag))
        answer = answers[-1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(fetch, "fetch", ask)
    with frozen(FRIDAY):
        adds(anna, address="webcal://calendar.example/private-abc/basic.ics")
        read_all()
        assert asked == [("https://calendar.example/private-abc/basic.ics", "")]
        assert b"calendar.example" not in all_that_is_kept() and "calendar.example" not in anna.page("/plan/calendars/")
        work.wake()
        read_all()
        assert len(asked) == 1
        deposit = Calendar.objects.get().deposit
    answers.append(fetch.Fetched(None, '"one"', ""))
    with frozen(FRIDAY + work.AGAIN):
        work.wake()
        read_all()
        assert asked[-1][1] == '"one"' and Calendar.objects.get().deposit == deposit
    answers.append(fetch.Refused("That address does not answer. It is tried again later."))
    with frozen(FRIDAY + 2 * work.AGAIN):
        work.wake()
        read_all()
        assert "It is tried again later." in anna.page("/plan/calendars/")
        assert Calendar.objects.get().deposit == deposit
    answers.append(fetch.Fetched(ics(), '"two"', ""))
    with frozen(FRIDAY + timedelta(days=31)):
        work.wake()
        read_all()
        assert asked[-1][1] == "" and Calendar.objects.get().deposit != deposit
        assert "It is tried again" not in anna.page("/plan/calendars/")


@pytest.mark.parametrize("address", ["http://127.0.0.1/a.ics", "https://10.0.0.1/", "http://[::1]:80/"])
def test_an_address_in_the_house_is_not_asked(two, adds, address):
    anna, _ = two
    adds(anna, address=address)
    read_all()
    assert "lies in a private network" in anna.page("/plan/calendars/")


@pytest.mark.parametrize(
    ("address", "words"),
    [("", "Paste the address"), ("ftp://x", "begins with https"), ("https://me:pw@x/", "a name or a password")],
)
def test_what_is_no_address_is_said_at_once_and_stays_in_the_form(two, adds, address, words):
    anna, _ = two
    page = adds(anna, address=address, expect=422)
    assert words in page and f'value="{address}"' in page
    assert not Calendar.objects.exists()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html>", "This is no calendar"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT", "One event was not counted: it has no beginning."),
    ],
)
def test_what_was_skipped_or_is_no_calendar_is_told_in_a_sentence(two, adds, data, words):
    anna, ben = two
    adds(anna, data)
    read_all()
    assert words in anna.page("/plan/calendars/") and words not in ben.page("/plan/calendars/")


def test_a_double_tap_adds_one_and_eight_are_enough(two, adds):
    anna, ben = two
    once = str(uuid4())
    adds(anna, ics(), id=once)
    adds(anna, ics(), id=once)
    assert Calendar.objects.count() == 1
    for _ in range(7):
        adds(anna, ics())
    assert "8 calendars are enough" in adds(anna, ics(), expect=422)
    adds(ben, ics())


def test_mine_alone_is_mine_to_take_away(two, stranger, adds):
    anna, ben = two
    adds(anna, ics())
    row = Calendar.objects.get()
    for person in (ben, stranger):
        person.post("/plan/calendars/", act="away", calendar=str(row.pk))
        assert Calendar.objects.filter(pk=row.pk).exists()
    anna.post("/plan/calendars/", act="away", calendar=str(row.pk))
    assert not Calendar.objects.exists()
    read_all()  # it is still waiting to be read
    assert not Calendar.objects.exists()


def test_leaving_takes_ones_calendars_away(two, adds):
    anna, ben = two
    adds(anna, ics())
    adds(ben, ics())
    parted = anna.post("/settings/leave/", passphrase=anna.phrase)
    assert parted.status_code == 303, parted.content.decode()
    assert [row.partner_id for row in Calendar.objects.all()] == [ben.me.pk]


def test_a_file_that_was_never_read_says_so(two, adds):
    anna, _ = two
    with frozen(FRIDAY):
        adds(anna, ics())
    work._waiting.get()  # the server stops
    with frozen(FRIDAY + timedelta(minutes=3)):
        assert "Add it once more" in anna.page("/plan/calendars/")


def test_now_is_now(two):
    """The tests above hold the clock; without it the pages work as well."""
    anna, _ = two
    assert "Find an hour" in anna.page("/plan/hours/") and clock.now() > datetime(2026, 1, 1, tzinfo=UTC)
