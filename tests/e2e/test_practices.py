"""The daily practices in depth, by two browsers and a clock that can be moved."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, Person, source
from tests.e2e.steps import PHRASE, ask

pytestmark = pytest.mark.browser
DAY = 24 * 3600


def move_clock(house: House, days: int, *people: Person) -> None:
    """Stop the server and start it again some days later."""
    house.begin_again(after=days * DAY)
    for person in people:
        person.go("/")
        person.troubles.clear()  # the socket was refused while the server was away


def sign_in(person: Person, name: str) -> None:
    page = person.go("/sign-in/")
    page.get_by_label("mail").fill(f"{name.lower()}@example.org")
    page.locator("input[type=password]").fill(PHRASE.format(name))
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.locator("#checkin")).to_be_visible()


def check_in(person: Person, mood: str, need: str, line: str = "") -> None:
    card = person.page.locator("#checkin")
    card.get_by_label(mood).check()
    card.get_by_label(need).check()
    card.get_by_label("A line, if you like").fill(line)
    card.locator("button.go").click()
    expect(card).to_contain_text("You, today")


def test_good_news_gets_a_glad_answer_and_a_conversation(two):
    anna, ben = two
    check_in(anna, "Bright", "Celebrate with me", "I got the place on the course!")
    theirs = ben.page.locator("#their-checkin")
    expect(theirs).to_contain_text("Anna has good news to celebrate")
    expect(theirs).to_contain_text("Two questions")
    theirs.get_by_role("button", name="Which moment of it do you want to keep?").click()
    theirs.get_by_role("button", name="Send").click()
    mine = anna.page.locator("#checkin")
    expect(mine).to_contain_text("Which moment of it do you want to keep?")
    mine.get_by_label("Your reply").fill("When she said my name right.")
    mine.get_by_role("button", name="Send").click()
    expect(theirs).to_contain_text("When she said my name right.")


def test_a_check_in_can_stay_mine_and_is_seen_until_tomorrow_ends(two, house):
    anna, ben = two
    check_in(anna, "Low", "Space", "not today")
    expect(ben.page.locator("#their-checkin")).to_contain_text("not today")
    anna.page.get_by_role("link", name="Change").click()
    anna.page.get_by_label("Only me").check()
    anna.page.get_by_role("button", name="Keep it for myself").click()
    expect(ben.page.locator("#their-checkin")).to_have_count(0)
    ben.page.reload()
    assert "not today" not in source(ben.page)
    check_in(ben, "Steady", "Listen", "all right here")
    expect(anna.page.locator("#their-checkin")).to_contain_text("all right here")
    move_clock(house, 1, anna, ben)
    expect(anna.page.locator("#their-checkin")).to_contain_text("all right here")
    move_clock(house, 2, anna, ben)
    expect(anna.page.locator("#checkin")).to_be_visible()
    expect(anna.page.locator("#their-checkin")).to_have_count(0)


def test_thanks_for_tomorrow_arrive_tomorrow_and_kind_words_wait_for_a_hard_day(two, house):
    anna, ben = two
    card = ben.page.locator("#thanks")
    card.get_by_label("A compliment").check()
    card.get_by_label("What did Anna do").fill("The way you let the old man finish his story.")
    card.get_by_text("Now, or on a later day").click()
    card.get_by_label("Tomorrow").check()
    card.get_by_role("button", name="Tell Anna").click()
    expect(card).to_contain_text("Anna finds it tomorrow")
    anna.page.reload()
    assert "old man" not in source(anna.page)
    assert "old man" not in source(anna.go("/thanks/"))
    move_clock(house, 1, anna, ben)
    expect(anna.page.locator("#came-thanks")).to_contain_text("Ben noticed something")
    expect(anna.page.locator("#came-thanks")).to_contain_text("The way you let the old man finish his story.")
    move_clock(house, 5, anna, ben)
    expect(anna.page.locator("#kind-words")).to_have_count(0)
    check_in(anna, "Low", "A hug")
    expect(anna.page.locator("#kind-words")).to_be_visible()
    assert "old man" not in source(anna.page)
    anna.page.locator("#kind-words").get_by_role("link", name="Show me").click()
    expect(anna.page.locator("blockquote")).to_contain_text("The way you let the old man finish his story.")


def test_skipping_leaves_no_trace_and_another_is_private_until_it_is_answered(two):
    anna, ben = two
    before = ben.go("/").locator("#main").inner_text()
    anna.page.locator("#question").get_by_role("button", name="Put this one aside").click()
    expect(anna.page.locator("#question .question")).to_have_count(0)
    anna.page.reload()
    expect(anna.page.locator("#question .question")).to_have_count(0)
    assert ben.go("/").locator("#main").inner_text() == before
    ben.page.locator("#question").get_by_role("button", name="One more").click()
    expect(ben.page).to_have_url(re.compile("offer=yes"))
    asked = ben.page.locator(".question").inner_text()
    assert anna.go("/").get_by_text(asked).count() == 0
    ben.page.get_by_label("Your answer").fill("Only the blue ones.")
    ben.page.get_by_role("button", name="Keep my answer").click()
    offer = anna.page.locator("#offer")
    expect(offer).to_contain_text(asked)
    assert "Only the blue ones." not in source(anna.page)
    offer.get_by_role("link", name="Answer, when you like").click()
    anna.page.get_by_label("Your answer").fill("The green too.")
    anna.page.get_by_role("button", name="Keep my answer").click()
    expect(anna.page.locator("#question")).to_contain_text("Only the blue ones.")


def test_a_question_of_ones_own_and_a_card_for_tonight(two):
    anna, ben = two
    ask(anna, "Which of our walks was the best?", "The one in the fog.")
    expect(anna.page.locator(".question")).to_have_text("Which of our walks was the best?")
    expect(ben.page.locator("#offer")).to_contain_text("Anna asks you something")
    ben.page.locator("#question").get_by_role("button", name="Say it tonight").click()
    expect(ben.page.locator(".tonight .question")).to_be_visible()
    anna.go("/")
    anna.page.locator("#question").get_by_role("link", name="Open the card for tonight").click()
    expect(anna.page.locator(".tonight .question")).to_be_visible()
    anna.page.get_by_label("We talked").fill("We both miss the sea.")
    anna.page.get_by_role("button", name="Keep it").click()
    ben.go("/")
    expect(ben.page.locator("#question")).to_contain_text("We both miss the sea.")


def test_the_same_question_a_year_later_side_by_side(two, house):
    anna, ben = two
    asked = anna.page.locator("#question .question").inner_text()
    for person, text in ((anna, "Twice a week, with music."), (ben, "Never before noon.")):
        person.go("/")
        person.page.locator("#question").get_by_label("Your answer").fill(text)
        person.page.get_by_role("button", name="Keep my answer").click()
        expect(person.page.locator("#question")).to_contain_text(text)
    house.begin_again(after=365 * DAY)
    for person, name in ((anna, "Anna"), (ben, "Ben")):
        sign_in(person, name)
        person.troubles.clear()
    expect(anna.page.locator("#question")).to_contain_text("The same question, a year later")
    assert anna.page.locator("#question .question").inner_text() == asked
    assert "Never before noon." not in source(anna.page)
    for person, text in ((anna, "Daily now."), (ben, "At ten, even.")):
        person.page.locator("#question").get_by_label("Your answer").fill(text)
        person.page.get_by_role("button", name="Keep my answer").click()
    for person in (anna, ben):
        card = person.page.locator("#question")
        for text in ("Twice a week, with music.", "Never before noon.", "Daily now.", "At ten, even."):
            expect(card).to_contain_text(text)


def test_two_devices_that_say_different_things_lose_nothing(two, someone):
    anna, _ = two
    second = someone()
    sign_in(second, "Anna")
    second.page.locator("#question").get_by_label("Your answer").fill("What the tablet said.")
    anna.page.locator("#question").get_by_label("Your answer").fill("What the phone said.")
    anna.page.get_by_role("button", name="Keep my answer").click()
    expect(anna.page.locator("#question")).to_contain_text("What the phone said.")
    second.page.get_by_role("button", name="Keep my answer").click()
    expect(second.page.locator("#question")).to_contain_text("You have answered this on another device")
    expect(second.page.locator("#question")).to_contain_text("What the phone said.")
    expect(second.page.locator("#question").get_by_label("Your answer")).to_have_value("What the tablet said.")
    second.troubles.clear()  # the 409 itself is told on the console
