"""Ten years cost a page no more than a month: the entries that Today opens are as many."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import settings

from tests.given import frozen, the_two
from usward.home.today import today
from usward.kit import clock
from usward.practices.checkin.actions import check_in
from usward.practices.checkin.entries import CheckIn
from usward.practices.questions.actions import draw
from usward.practices.thanks.entries import Thanks

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def opened_by_today(years: int, step: int) -> list[int]:
    """How many entries Today opens for each of the two, after so many days of life."""
    with frozen(NOW):
        anna, ben = the_two()
        two = (anna.inside, ben.inside)
        with transaction.atomic():
            for days in [*range(years, 7, -step), 6, 5, 4, 3, 2, 1]:
                with clock.travel(timedelta(days=-days)):
                    for inside in two:
                        inside.writer.put(Thanks("thanks", f"day {days}"), exchange=f"thanks:{inside.me.pk}:{days}")
                    check_in(two[0], CheckIn("steady"), "both", uuid4(), None)
                    draw(two[days % 2], clock.today(two[0].me.zone))
        counts = []
        for who in (anna, ben):
            inside = who.inside
            today(inside, [])
            counts.append(inside.reader.opened)
        return counts


def test_today_opens_as_much_after_ten_years_as_after_a_month():
    step = 1 if settings().max_examples > 100 else 40
    month, decade = opened_by_today(30, 1), opened_by_today(3650, step)
    assert all(old <= new + 1 for new, old in zip(month, decade, strict=True)), (month, decade)
    assert max(month + decade) < 40
