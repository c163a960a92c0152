"""Inner world by two browsers: a guess and an answer meet live; then once more on one phone that is handed over."""

import pytest
from playwright.sync_api import expect

from tests.e2e.house import Person, source
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser


def begin(person: Person, about_me: bool, text: str) -> str:
    """From Talk to a round. Gives its question."""
    page = person.go("/talk/")
    page.get_by_role("link", name="Inner world").click()
    usable(page, "the house")
    page.get_by_role("link", name="Guess about").click()
    if about_me:
        page.get_by_role("link", name="About you instead").click()
    usable(page, "a question")
    asked = page.locator(".question").inner_text()
    page.get_by_label("Your answer" if about_me else "Your guess").fill(text)
    page.locator("#new button.go").click()
    expect(page.locator("#round .lights")).to_have_attribute("data-lit", "mine")
    usable(page, "waiting")
    return asked


def test_guess_and_learn_on_two_phones(two):
    anna, ben = two
    ben.go("/")
    asked = begin(anna, True, "The one with the lighthouse.")
    card = ben.page.locator("#beckon-0")
    expect(card).to_contain_text("Guess what Anna said")
    assert "lighthouse" not in source(ben.page)
    card.get_by_role("link", name="Have a guess").click()
    expect(ben.page.locator(".question")).to_have_text(asked)
    usable(ben.page, "guessing")
    ben.page.get_by_label("Your guess").fill("The chipped one.")
    ben.page.get_by_role("button", name="Keep my guess").click()
    for person in two:
        for text in ("The one with the lighthouse.", "The chipped one."):
            expect(person.page.locator("#round")).to_contain_text(text)
        expect(person.page.locator("#round .lights")).to_have_attribute("data-lit", "both")
    usable(anna.page, "side by side, to mark")
    anna.page.get_by_label("Close").check()
    anna.page.get_by_label("A line, if you like").fill("It chipped in May.")
    anna.page.get_by_role("button", name="Keep it").click()
    expect(ben.page.locator("#round .kept")).to_contain_text("Close. It chipped in May.")
    ben.page.get_by_label("Your reply").fill("That was me.")
    ben.page.get_by_role("button", name="Send").click()
    expect(anna.page.locator("#round")).to_contain_text("That was me.")
    ben.page.get_by_role("link", name="The other way round").click()
    expect(ben.page.locator(".question")).to_have_text(asked)
    ben.go("/talk/inner-world/").locator(".windows a.lit").click()
    expect(ben.page.locator("blockquote")).to_have_text("The one with the lighthouse.")
    usable(ben.page, "a topic")


def test_one_phone_passed_between_the_two(two):
    anna, ben = two
    begin(anna, False, "Something with tea in it.")
    anna.page.get_by_role("link", name="pass the phone").click()
    expect(anna.page.get_by_role("heading", name="This is for Ben now")).to_be_visible()
    assert "Something with tea" not in source(anna.page)
    usable(anna.page, "handed over")
    anna.page.get_by_label("Ben’s own answer").fill("Coffee, always.")
    anna.page.get_by_role("button", name="Show us both").click()
    expect(anna.page.locator("#round .lights")).to_have_attribute("data-lit", "both")
    expect(anna.page.locator("#round")).to_contain_text("on your phone")
    anna.page.get_by_label("Something new").check()
    anna.page.get_by_role("button", name="Keep it").click()
    expect(anna.page.locator("#round .kept")).to_contain_text("Ben: Something new")
    page = ben.go(anna.page.url.partition("?")[0].removeprefix(anna.house.url))
    expect(page.locator("#round")).to_contain_text("Coffee, always.")
    expect(page.locator("#round")).to_contain_text("on Anna’s phone")
