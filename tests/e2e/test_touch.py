"""Touch by two browsers: what suits both is drawn from Monday on; a change shows to oneself, and to nobody else."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, Person
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser
A_WEEK = 7 * 24 * 3600


def next_week(house: House, *people: Person) -> None:
    house.begin_again(after=A_WEEK)
    for person in people:
        person.go("/us/touch/")
        person.troubles.clear()  # the socket was refused while the server was away


def set_comfort(person: Person, warmth: str) -> None:
    page = person.go("/us/touch/comfort/")
    page.get_by_label("Yes, from what suits us both").check()
    page.get_by_label(warmth).check()
    page.get_by_label("Wherever we are together").check()
    page.get_by_label("Some", exact=True).check()
    page.get_by_role("button", name="Keep it so").click()
    expect(page.get_by_text("What you have set counts from")).to_be_visible()


def test_what_suits_both_is_offered(two, house):
    anna, ben = two
    page = anna.go("/us/")
    page.get_by_role("link", name="Touch").click()
    usable(page, "before anything is set")
    page.get_by_role("link", name="Say what suits you").click()
    usable(page, "what suits me")
    set_comfort(anna, "A long embrace")
    usable(page, "before Monday")
    set_comfort(ben, "A fingertip, a shoulder")
    next_week(house, anna, ben)
    gesture = anna.page.locator(".gesture .big-question")
    first = gesture.inner_text()
    anna.page.get_by_role("link", name="Another").click()
    expect(gesture).not_to_have_text(first)
    anna.page.get_by_text("For right now").click()
    anna.page.get_by_label("A moment").check()
    anna.page.get_by_role("button", name="Show me what fits").click()
    expect(anna.page.locator(".gesture")).to_contain_text("a moment, anywhere")
    usable(anna.page, "for right now")
    theirs = ben.page.locator("main").inner_text()
    away = gesture.inner_text()
    anna.page.get_by_role("button", name="Not for me, this one").click()
    expect(anna.page.locator(".notice")).to_contain_text("Put aside")
    usable(anna.page, "put aside")
    seen = set()
    for n in range(13):
        anna.go(f"/us/touch/?n={n}")
        seen.add(gesture.inner_text())
    assert away not in seen and len(seen) > 5
    assert ben.go("/us/touch/").locator("main").inner_text() == theirs
    assert re.search("Nobody keeps count", theirs)
