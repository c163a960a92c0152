"""A listening talk on two phones, live and without a reload; and on one phone that is passed between the two."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import Person
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser


def accessible(*pages: Page) -> None:
    for page in pages:
        usable(page, page.url)


def begin(person: Person, button: str) -> Page:
    page = person.go("/talk/listening/")
    accessible(page)
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name=button).click()
    expect(page.locator("#floor")).to_be_visible()
    return page


def test_two_phones(two):
    anna, ben = two
    a = begin(anna, "each on your own phone")
    b = ben.page  # on Today, where a card comes by itself
    b.locator(".card", has_text="Anna has one small thing to tell you").get_by_role("link").click()
    expect(b.locator("#floor")).to_contain_text("Anna has the floor")
    a.get_by_label("One small thing").fill("I slept four hours.")
    a.get_by_role("button", name="Send it to Ben").click()
    expect(b.locator("#floor")).to_contain_text("I slept four hours.")
    accessible(a, b)
    b.get_by_role("button", name="For you it was").click()
    b.get_by_label("What you heard").press_sequentially("a short night.")
    b.get_by_role("button", name="Send it back").click()
    expect(a.locator("#floor")).to_contain_text("For you it was a short night.")
    accessible(a)
    a.get_by_role("button", name="Partly").click()
    expect(b.locator("#floor")).to_contain_text("Partly")
    pause_while_typing(anna, ben)
    a.get_by_role("button", name="Yes, that’s it").click()
    expect(b.get_by_role("heading", name="You have the floor")).to_be_visible()
    b.get_by_role("button", name="I have said it aloud").click()
    a.get_by_role("button", name="I have said it back aloud").click()
    b.get_by_role("button", name="Yes, that’s it").click()
    for page in (a, b):
        expect(page.get_by_role("heading", name="You have both been heard")).to_be_visible()
    the_others_side(a, b)
    b.get_by_role("button", name="Mostly").click()
    expect(b.locator("#heard")).to_contain_text("kept, for you alone")
    assert "kept, for you alone" not in a.locator("#heard").inner_text()
    accessible(a)
    b.get_by_role("link", name="See or change it").click()
    expect(b.get_by_role("button", name="Mostly")).to_have_attribute("aria-pressed", "true")
    accessible(b)


def pause_while_typing(anna: Person, ben: Person) -> None:
    """What Ben is typing outlives Anna's pause, and is what he sends after it."""
    a, b = anna.page, ben.page
    b.get_by_label("What you heard").fill("You are worn out.")
    a.locator("summary", has_text="A pause").click()
    a.get_by_label("in 20 minutes").check()
    a.get_by_role("button", name="Pause now").click()
    expect(b.locator("#pause")).to_contain_text("Anna asked for it")
    b.get_by_role("button", name="Send it back").click()
    expect(b.get_by_role("alert")).to_contain_text("You are worn out.")
    ben.troubles.clear()  # the 409 is told on the console
    accessible(b)
    b.get_by_role("button", name="That suits me").click()
    expect(a.locator("#pause")).to_contain_text("You go on at")
    a.get_by_role("button", name="We are both back").click()
    expect(b.get_by_label("What you heard")).to_have_value("You are worn out.")
    b.get_by_role("button", name="Send it back").click()
    expect(a.locator("#floor")).to_contain_text("You are worn out.")


def the_others_side(a: Page, b: Page) -> None:
    a.locator("#otherside-mine summary", has_text="Try it").click()
    a.get_by_label("What I feel").fill("I am cold.\nI am proud.")
    a.get_by_role("button", name="Send it to Ben").click()
    card = b.locator("#otherside-theirs")
    card.get_by_role("group", name="I am cold.").get_by_label("Yes").check()
    proud = card.get_by_role("group", name="I am proud.")
    expect(proud.get_by_label("How it is for you")).to_be_hidden()
    proud.get_by_label("Here is how").check()
    proud.get_by_label("How it is for you").fill("Relieved, more.")
    accessible(b)
    card.get_by_role("button", name="Tell Anna").click()
    expect(a.locator("#otherside-mine")).to_contain_text("Relieved, more.")


def test_one_phone(two):
    anna, ben = two
    a = begin(anna, "this one phone")
    for speaker, listener in (("Anna", "Ben"), ("Ben", "Anna")):
        expect(a.get_by_role("heading", name=f"{speaker} has the floor")).to_be_visible()
        a.get_by_role("button", name=f"{speaker} has said it", exact=True).click()
        a.get_by_role("button", name=f"{listener} has said it back").click()
        expect(a.locator("#floor")).to_contain_text(f"The phone goes to {speaker}")
        a.get_by_role("button", name="Yes, that’s it").click()
    expect(a.get_by_role("heading", name="You have both been heard")).to_be_visible()
    accessible(a)
    b = ben.go("/talk/listening/")
    b.get_by_role("link", name="today").first.click()
    expect(b.get_by_role("heading", name="How heard did Ben feel?")).to_be_visible()
    a.get_by_role("button", name="Talk on, without the phone").click()
    expect(b.get_by_text("Enough for today. What was said stays here")).to_be_visible()
