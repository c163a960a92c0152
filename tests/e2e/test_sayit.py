"""Say it by two browsers: blame becomes something to answer, it arrives by itself, and it is answered."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, Person
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser
A_DAY = 24 * 3600
BLAME = "You never help with the dishes."


def test_blame_becomes_something_that_is_heard(two):
    anna, ben = two
    page = anna.go("/talk/say-it/")
    usable(page, "before anything is said")
    page.route("**/js/soften*.js", lambda script: None)
    page.get_by_role("link", name="Say something hard").click()
    saw = page.get_by_label("What I saw")
    saw.press_sequentially(BLAME)
    expect(page.get_by_text("Look at my words")).to_be_hidden()  # and moves nothing when the script comes
    page.unroute("**/js/soften*.js")
    softer = page.locator(".softer")
    expect(softer.locator("q")).to_have_text("You never")
    usable(page, "gentler words")
    softer.get_by_role("button", name="Use this").nth(1).click()
    expect(saw).to_have_value("On …, you did not help with the dishes.")
    page.get_by_role("button", name="Undo").click()
    expect(saw).to_have_value(BLAME)
    softer.get_by_role("button", name="Use this").nth(1).click()
    page.keyboard.insert_text("Tuesday")
    expect(saw).to_have_value(re.compile("^On Tuesday, you did not help with the dishes"))
    saw.fill("On Tuesday the dishes stood there until midnight.")
    page.get_by_label("What I felt").fill("Alone with it.")
    page.get_by_label("What I ask").fill("Would you do them with me tomorrow?")
    expect(softer).to_have_count(0)
    usable(page, "ready to be said")
    ben.go("/")
    page.get_by_role("button", name="Tell Ben now").click()
    expect(page.get_by_role("heading", name="What you told Ben")).to_be_visible()
    usable(page, "said")
    card = ben.page.get_by_text("Anna has something to tell you, carefully said")
    expect(card).to_be_visible()
    ben.page.get_by_role("link", name="Read it when you have a quiet moment").click()
    expect(ben.page.get_by_text("On Tuesday the dishes stood there until midnight.")).to_be_visible()
    usable(ben.page, "heard")
    ben.page.locator(".beginning").first.click()
    ben.page.get_by_label("Your reply").fill("I can see why that felt lonely.")
    ben.page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("I can see why that felt lonely.")).to_be_visible()


def later(house: House, days: int, *people: Person) -> None:
    house.begin_again(after=days * A_DAY)
    for person in people:
        person.go("/")
        person.troubles.clear()  # the socket was refused while the server was away


def test_a_night_and_a_kind_eye_alone(two, house):
    anna, ben = two
    page = anna.go("/talk/say-it/new/")
    page.get_by_label("What I saw").fill("The letter lay open on the table.")
    page.get_by_label("What I felt").fill("Small.")
    page.get_by_role("button", name="Read it again tomorrow first").click()
    expect(page.get_by_text("it comes back tomorrow")).to_be_visible()
    usable(page, "something waits")
    anna.go("/us/").get_by_role("link", name="A kind eye").click()
    usable(page, "nothing seen yet")
    page.get_by_role("link", name="Sit down in the corner").click()
    page.get_by_role("button", name="Start the clock").first.click()
    expect(page.get_by_text("About three minutes left")).to_be_visible()
    expect(page.get_by_label("From the chair in the corner")).to_be_focused()
    usable(page, "seven minutes")
    page.get_by_label("From the chair in the corner").fill("Two people who were hungry.")
    page.get_by_label("One plan for next time").fill("Bread first.")
    page.get_by_role("button", name="Keep it for me").click()
    expect(page.locator("#plan")).to_contain_text("Bread first.")
    usable(page, "a plan")
    page.get_by_role("link", name="Two people who were hungry.").click()
    usable(page, "seen earlier")
    later(house, 1, anna, ben)
    expect(anna.go("/talk/").get_by_text("something of yours to read again")).to_be_visible()
    page.get_by_role("link", name="Say it").click()
    page.get_by_role("link", name="Something you wrote yesterday").click()
    usable(page, "read again")
    page.get_by_role("button", name="Tell Ben now").click()
    expect(page.get_by_role("heading", name="What you told Ben")).to_be_visible()
    ben.go("/talk/say-it/").get_by_role("link", name="The letter lay open").click()
    expect(ben.page.locator("#carefully")).to_contain_text("Small.")
    expect(ben.page.locator("#carefully .when")).to_have_text("today")


def test_without_network_the_words_stay_on_the_page_and_go_once_there_is_one(two):
    """Also those of a page that is left when they are sent: a browser's own error page would have taken their place."""
    anna, _ = two
    page = anna.go("/talk/say-it/new/")
    anna.context.set_offline(True)
    page.get_by_label("What I saw").fill("You came at ten.")
    page.get_by_label("What I felt").fill("Alone.")
    page.get_by_role("button", name="Tell Ben now").click()
    expect(page.locator("[data-save-state]")).to_have_text("no network; your words are still here")
    expect(page.get_by_label("What I saw")).to_have_value("You came at ten.")
    anna.context.set_offline(False)
    page.get_by_role("button", name="Tell Ben now").click()
    expect(page.get_by_role("heading", name="What you told Ben")).to_be_visible()
    page = anna.go("/talk/listening/")
    page.get_by_label("Or in your own words").fill("the late trains")
    anna.context.set_offline(True)
    page.get_by_role("button", name="Begin on this one phone").click()
    expect(page.locator("#said")).to_have_text("No network just now. Your words are still here.")
    anna.context.set_offline(False)
    page.get_by_role("button", name="Begin on this one phone").click()
    expect(page.locator(".topic-now")).to_have_text("the late trains")
    anna.troubles.clear()  # the network that was not there is told on the console
