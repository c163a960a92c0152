"""Deep talks between two browsers: on two phones, live; on one phone that lies on the table; and enough for tonight."""

import pytest
from playwright.sync_api import expect

from tests.e2e.house import Person, source
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser


def begin(person: Person, phones: str, ladder: str) -> None:
    page = person.go("/talk/")
    page.get_by_role("link", name="Deep talks").click()
    page.get_by_label(phones).check()
    page.get_by_role("button", name=ladder).click()
    expect(page.locator(".big-question")).to_be_visible()


def asked(person: Person) -> str:
    return person.page.locator(".big-question").inner_text()


def test_two_phones_climb_together_live_until_it_is_enough(two):
    anna, ben = two
    anna.go("/talk/evening/")
    usable(anna.page)
    begin(anna, "Each with our own", "At the table")
    expect(ben.page.locator("#arrived")).to_contain_text("Anna would like an evening of questions with you")
    ben.page.get_by_role("link", name="Come along").click()
    first = asked(anna)
    expect(ben.page.locator(".big-question")).to_have_text(first)
    expect(anna.page.locator("#evening")).to_contain_text("You begin")
    expect(ben.page.locator("#evening")).to_contain_text("Anna begins")
    usable(ben.page)

    for person, text in ((anna, "Toast, standing up."), (ben, "Soup, from the pot.")):
        person.page.get_by_text("Write it instead").click()
        person.page.get_by_label("Your answer").fill(text)
        person.page.get_by_role("button", name="Keep it").click()
        expect(person.page.locator("#evening")).to_contain_text(text)
        if person is anna:
            assert "Toast" not in source(ben.page)
    expect(anna.page.locator("#evening")).to_contain_text("Soup, from the pot.")
    usable(anna.page)

    ben.page.get_by_role("button", name="The next one").click()
    expect(anna.page.locator(".big-question")).not_to_have_text(first)
    expect(ben.page.locator(".big-question")).to_have_text(asked(anna))
    expect(anna.page.locator("#evening")).to_contain_text("Ben begins")
    for person in (anna, ben, anna):
        before = person.page.locator(".asked").inner_text()
        person.page.get_by_role("button", name="Not this one").click()
        for each in two:
            expect(each.page.locator(".asked")).not_to_have_text(before, use_inner_text=True)
    expect(ben.page.get_by_role("heading", name="That was the first stretch.")).to_be_visible()
    usable(ben.page)
    ben.page.get_by_role("button", name="Go on").click()
    expect(anna.page.locator(".climb [aria-current]")).to_have_text("nearer")

    anna.page.get_by_role("button", name="Enough for tonight").click()
    for person in two:
        expect(person.page.get_by_role("heading", name="Enough for tonight")).to_be_visible()
        expect(person.page.locator("#evening")).to_contain_text("Toast, standing up.")
    anna.page.get_by_label("Keep one line of it?").fill("We eat like birds when nobody looks.")
    anna.page.get_by_role("button", name="Keep it").click()
    expect(ben.page.locator(".kept")).to_contain_text("We eat like birds when nobody looks.")
    usable(anna.page)
    expect(ben.go("/talk/").locator("#closer")).not_to_contain_text("is open")


def test_one_phone_on_the_table_asks_nobody_else(two):
    anna, ben = two
    before = ben.page.locator("#main").inner_text()
    begin(anna, "Together, with one phone", "Lost and found")
    page = anna.page
    expect(page.locator("#evening")).to_contain_text("The phone can lie on the table.")
    expect(page.get_by_text("Write it instead")).to_have_count(0)
    box = page.get_by_role("button", name="The next one").bounding_box()
    assert box["y"] > anna.page.viewport_size["height"] / 2
    turns = []
    for _ in range(4):
        turns.append(page.locator(".begins > span").inner_text())
        before_it = asked(anna)
        page.get_by_role("button", name="The next one").click()
        expect(page.locator(".asked")).not_to_contain_text(before_it)
    assert turns == ["Anna begins", "Ben begins", "Anna begins", "Ben begins"]
    expect(page.get_by_role("heading", name="That was the first stretch.")).to_be_visible()
    page.get_by_role("button", name="Enough for tonight").click()
    expect(page.get_by_role("heading", name="Enough for tonight")).to_be_visible()
    usable(anna.page)
    assert ben.page.locator("#main").inner_text() == before
    expect(ben.go("/talk/evening/").get_by_role("link", name="Lost and found")).to_be_visible()
