"""Hours of two who live by different clocks."""

from datetime import time, timedelta

from tests.given import frozen
from tests.practices.plan import FRIDAY, agree, propose, week
from usward.kit import clock
from usward.plans.rules import ONCE
from usward.spaces.models import Partner


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
