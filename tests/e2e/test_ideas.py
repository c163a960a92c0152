"""Ideas by two browsers: the same three, both like one and both see it at once, and a hobby's path to where both keep it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.usable import usable
from usward.content.loader import library
from usward.content.schema import Idea

pytestmark = pytest.mark.browser
THREE = ".idea h2"
PLAN = re.compile(r"^/plan/new/\?idea=[a-z0-9-]+$")


def say(page: Page, words: str, button: str) -> None:
    page.locator(".idea", has_text=words).get_by_role("button", name=button).click()


def met(anna, ben) -> str:
    """Both draw, and like one and the same; give its words. Ben's page lies open all the time."""
    page = anna.go("/plan/")
    page.get_by_role("link", name="What shall we do?").click()
    usable(page, "tonight's frame")
    page.get_by_label("Two or three", exact=True).check()
    page.get_by_role("button", name="Three ideas").click()
    expect(page.locator(THREE)).to_have_count(3)
    words = page.locator(THREE).all_inner_texts()
    ben.go("/ideas/")
    assert ben.page.locator(THREE).all_inner_texts() == words
    usable(page, "three ideas")
    say(page, words[0], "Not this one")
    expect(page.locator(".idea.passed")).to_have_count(1)
    say(page, words[1], "I would like that")
    expect(page.locator(".idea [aria-pressed=true]")).to_have_count(2)
    usable(page, "two of them answered")
    expect(ben.page.locator("[aria-pressed=true]")).to_have_count(0)
    say(ben.page, words[0], "I would like that")
    expect(ben.page.locator("[aria-pressed=true]")).to_have_count(1)
    expect(page.locator("#waiting")).to_have_count(0)
    say(ben.page, words[1], "I would like that")
    for person in (anna, ben):
        expect(person.page.locator(".idea.met")).to_contain_text("You would both like to")
        expect(person.page.locator("#waiting")).to_contain_text(words[1])
    usable(page, "a match")
    return words[1]


def test_the_same_three_and_a_match_on_both_at_once(two):
    anna, ben = two
    words = met(anna, ben)
    ben.page.get_by_role("link", name="How to begin").click()
    expect(ben.page.get_by_role("heading", name=words)).to_be_visible()
    expect(ben.page.get_by_role("link", name="Plan it")).to_have_attribute("href", PLAN)
    usable(ben.page, "the match")
    ben.page.get_by_role("button", name="Let it go").click()
    expect(ben.page.locator("#match")).to_contain_text("You let it go")
    expect(anna.page.locator("#waiting")).to_have_count(0)
    ben.page.get_by_role("button", name="Take it up again").click()
    expect(anna.page.locator("#waiting")).to_contain_text(words)
    expect(ben.go("/ideas/").locator("html")).to_have_attribute("data-live", "true")
    anna.page.get_by_role("button", name="Others, please").click()
    expect(anna.page.locator(THREE).first).not_to_have_text(words)
    others = anna.page.locator(f"#ideas > {THREE}").all_inner_texts()
    expect(ben.page.locator(f"#ideas > {THREE}")).to_have_text(others)  # the other's page has followed
    assert ben.go("/ideas/").locator(f"#ideas > {THREE}").all_inner_texts() == others
    ben.page.get_by_text("Shown a little earlier").click()
    expect(ben.page.locator(f"#earlier {THREE}")).to_have_count(1)
    usable(ben.page, "shown a little earlier")


def test_nothing_fits(two):
    page = two[0].go("/ideas/")
    for _ in range(20):
        if page.get_by_text("Another time, place or mood").count():
            page.get_by_text("Another time, place or mood").click()
        page.locator(".frame summary").first.click()
        for label in ("Half an hour", "Morning", "Nothing", "Little", "Away"):
            page.get_by_label(label, exact=True).check()
        with page.expect_navigation():
            page.get_by_role("button", name="Three ideas").click()
        if page.get_by_text("No idea fits that").count():
            break
    expect(page.get_by_text("No idea fits that; a little more time or another place?")).to_be_visible()
    usable(page, "nothing fits")


def test_a_hobby_is_tried_twice_and_kept(two):
    anna, ben = two
    where = _hobby_met(anna, ben)
    for person in two:
        person.go(where)
    anna.page.get_by_role("button", name="We did it").click()
    expect(ben.page.get_by_role("link", name="Plan the second try")).to_have_attribute("href", PLAN)
    usable(ben.page, "the second try")
    ben.page.get_by_role("button", name="We tried it again").click()
    expect(anna.page.get_by_text("Would you like it to stay?")).to_be_visible()
    usable(anna.page, "keep it, or not")
    anna.page.get_by_role("button", name="Keep it").click()
    expect(anna.page.get_by_text("You said: keep it.")).to_be_visible()
    expect(ben.page.locator("[aria-pressed=true]")).to_have_count(0)
    ben.page.get_by_role("button", name="Keep it").click()
    for person in two:
        expect(person.page.get_by_text("You both wanted to keep it.")).to_be_visible()
    usable(ben.page, "a hobby kept")
    expect(anna.go("/ideas/").locator("#kept")).to_be_visible()


def _hobby_met(anna, ben) -> str:
    """Draw, and others, until one of the three can become a hobby, which both like. Give where the match lies."""
    page = anna.go("/ideas/")
    page.get_by_role("button", name="Three ideas").click()
    for _ in range(30):
        expect(page.locator(f"#ideas > {THREE}")).to_have_count(3)
        ids = page.locator("#ideas > .idea").evaluate_all("all => all.map(one => one.id)")
        if found := [one for one in ids if library().one(Idea, one.removeprefix("idea-")).hobby]:
            break
        with page.expect_navigation():
            page.get_by_role("button", name="Others, please").click()
    for person in (anna, ben):
        card = person.go("/ideas/").locator(f"#{found[0]}")
        card.get_by_role("button", name="I would like that").click()
        expect(card.locator("[aria-pressed=true], .lights").first).to_be_visible()
    return str(ben.page.locator(f"#{found[0]} a").get_attribute("href"))
