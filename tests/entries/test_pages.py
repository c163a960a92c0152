"""Ten years cost a page no more than one: the entries that Today opens are as many."""

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
# The last month, and the week a year ago at which the first of a day looks for a question to ask again.
LATELY = [*range(372, 362, -1), *range(30, 0, -1)]


def opened_by_today(before: range) -> list[int]:
    """How many entries Today opens for each of the two, after a year of life and so many days before it."""
    with frozen(NOW):
        anna, ben = the_two()
        two = (anna.inside, ben.inside)
        with transaction.atomic():
            for days in [*before, *LATELY]:
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


def test_today_opens_as_much_after_ten_years_as_after_one():
    step = 1 if settings().max_examples > 100 else 40
    year, decade = opened_by_today(range(0)), opened_by_today(range(3650, 372, -step))
    assert all(old <= new + 1 for new, old in zip(year, decade, strict=True)), (year, decade)
    assert max(year + decade) < 40
