"""The first ten minutes, the two minutes of a day, and those whom an invitation does not let in."""

import time

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, source
from tests.e2e.steps import answer_first_question, pair, sign_up

pytestmark = pytest.mark.browser
WORDS_A_MINUTE = 25


def test_the_first_shared_moment_takes_under_two_minutes_and_six_screens(someone):
    anna, ben = someone(), someone()
    screens: list[str] = []
    for person in (anna, ben):
        person.page.on("domcontentloaded", lambda page: screens.append(page.title()))
    began = time.monotonic()
    answer_first_question(anna, "The way you hum when you cook.")
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill("Your notes on the fridge.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(ben.page.get_by_text("The way you hum when you cook.")).to_be_visible()
    seen = [title for number, title in enumerate(screens) if number == 0 or screens[number - 1] != title]
    typed = 6 + 4 + 5 + 4  # words: two answers, a passphrase of five, a name and an address
    assert time.monotonic() - began + typed * 60 / WORDS_A_MINUTE < 120
    assert len(seen) <= 6, seen


def test_back_after_signing_up_leads_to_a_page(someone):
    """The page with the account's fields answers a form, and the browser would ask whether to send that once more."""
    anna, ben = someone(), someone()
    answer_first_question(anna, "The way you hum when you cook.")
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    anna.page.go_back()
    expect(anna.page.get_by_role("heading", name="How are you, today?")).to_be_visible()
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill("Your notes on the fridge.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    sign_up(ben, "Ben", "Keep both answers")
    expect(ben.page.get_by_role("heading", name="Four words")).to_be_visible()
    ben.page.go_back()
    ben.page.get_by_role("link", name="Back to your page").click()
    expect(ben.page.get_by_role("heading", name="Four words")).to_be_visible()


def test_a_whole_day_takes_two_minutes(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    page = anna.page
    said = [
        "Long day, short fuse, better now.",
        "The smell of rain on the school yard.",
        "You fetched the parcel though you were tired.",
    ]
    words = sum(len(text.split()) for text in said)
    assert words <= 30
    began = time.monotonic()
    anna.go("/")
    page.locator("#checkin").get_by_label("Tired").check()
    page.locator("#checkin").get_by_label("Listen").check()
    page.get_by_label("A line, if you like").fill(said[0])
    page.locator("#checkin").get_by_role("button", name="Tell Ben").click()
    expect(page.locator("#checkin")).to_contain_text("You, today")
    page.locator("#question").get_by_label("Your answer").fill(said[1])
    page.get_by_role("button", name="Keep my answer").click()
    expect(page.locator("#question")).to_contain_text(said[1])
    page.locator("#thanks").get_by_label("What did Ben do").fill(said[2])
    page.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    expect(page.locator("#thanks")).to_contain_text(said[2])
    assert time.monotonic() - began + words * 60 / WORDS_A_MINUTE < 120


def test_a_draft_survives_a_closed_page(someone):
    anna = someone()
    answer_first_question(anna, "Tea.")
    sign_up(anna, "Anna", "Keep my answer")
    page = anna.go("/")
    page.locator("#question").get_by_label("Your answer").fill("Half a thought, not sent")
    expect(page.locator("#question [data-save-state]")).to_have_text("kept as a draft, for you")
    page.close()
    anna.page = anna.context.new_page()
    page = anna.go("/")
    expect(page.locator("#question").get_by_label("Your answer")).to_have_value("Half a thought, not sent")


def test_words_that_somebody_types_outlive_a_ping(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    field = ben.page.locator("#question").get_by_label("Your answer")
    field.press_sequentially("I am in the middle of")
    anna.page.locator("#thanks").get_by_label("What did Ben do").fill("You warmed the car.")
    anna.page.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    expect(ben.page.locator("#came-thanks")).to_contain_text("You warmed the car.")
    expect(field).to_have_value("I am in the middle of")
    expect(field).to_be_focused()


def test_a_link_lets_one_person_in_and_nobody_after(someone):
    anna, ben, eve = someone(), someone(), someone()
    answer_first_question(anna, "Tea.")
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill("Coffee.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(ben.page.get_by_text("Tea.")).to_be_visible()
    eve.page.goto(link)
    expect(eve.page.get_by_role("heading", name="This invitation has been used")).to_be_visible()
    eve.troubles.clear()  # the 410 itself is told on the console
    assert "Tea." not in source(eve.page)
    anna.go("/invite/")
    sign_up(ben, "Ben", "Keep both answers")
    anna.go("/").get_by_role("button", name="No, end this invitation").click()
    expect(anna.page.get_by_role("heading", name="Ask your partner")).to_be_visible()
    ben.go("/")
    assert "Tea." not in source(ben.page)


def test_dead_links_say_why(someone, house: House):
    anna, ben = someone(), someone()
    answer_first_question(anna, "Tea.")
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    anna.page.get_by_role("button", name="Take it back").click()
    ben.page.goto(link)
    expect(ben.page.get_by_role("heading", name="This invitation was taken back")).to_be_visible()
    anna.page.get_by_role("button", name="Make an invitation").click()
    link = anna.page.get_by_label("The link").input_value()
    house.begin_again(after=25 * 3600)
    ben.page.goto("about:blank")
    ben.page.goto(link)
    expect(ben.page.get_by_role("heading", name="This invitation has run out")).to_be_visible()
    ben.troubles.clear()
    anna.troubles.clear()  # its socket was refused while the server was away
