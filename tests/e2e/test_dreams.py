"""Dreams, and the years ahead, by two browsers: what the other may do follows what is wanted, without a reload."""

import pytest
from playwright.sync_api import expect

from tests.e2e.house import House, Person, source
from tests.e2e.test_practices import DAY, sign_in
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser


def want(anna: Person, support: str) -> None:
    card = anna.page.locator("#dream")
    if not card.locator("details.wish[open]").count():
        card.locator("details.wish > summary").click()
    card.get_by_label(support).check()
    card.get_by_role("button", name="Tell Ben").click()
    expect(card.locator("details.wish > summary")).to_contain_text(support)


def test_a_dream_between_two_phones(two):
    anna, ben = two
    page = anna.go("/us/dreams/new/")
    page.get_by_label("What do you see when you think of it?").fill("A boathouse with a lamp.")
    expect(page.get_by_label("Help me")).to_be_hidden()
    page.get_by_label("Both: it is mine").check()
    page.get_by_label("Help me").check()
    usable(page)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", name="A boathouse with a lamp.")).to_be_visible()
    usable(page)
    ben.page.get_by_role("link", name="Read it").click()
    told, peace = ben.page.locator("#told"), ben.page.locator("#peace")
    expect(told).to_contain_text("Anna could use a hand")
    usable(ben.page)
    want(anna, "Leave me be")
    expect(peace).to_be_visible()
    expect(told).to_have_count(0)
    usable(ben.page)
    peace.get_by_role("button", name="Leave a light").click()
    expect(peace).to_contain_text("Your light is on.")
    expect(page.locator("#dream")).to_contain_text("Ben left a light here today.")
    want(anna, "Advise me")
    expect(told).to_contain_text("Anna would like your advice")
    told.locator(".beginning").first.click()
    told.get_by_label("What would you try first?").press_sequentially("the cellar?")
    told.get_by_role("button", name="Give your advice").click()
    expect(page.locator("#told")).to_contain_text("the cellar?")
    steps = page.locator("#steps")
    steps.get_by_label("What is small enough for this week?").fill("Look at the cellar")
    steps.get_by_text("When this, then that").click()
    steps.get_by_label("When …").fill("the rain stops")
    steps.get_by_label("… then I").fill("go down with a torch")
    steps.get_by_role("button", name="Keep the step").click()
    expect(ben.page.locator("#steps")).to_contain_text("When the rain stops, then I go down with a torch.")
    page.locator("#told").get_by_label("Something happened?").fill("It is dry, and it has a hatch.")
    page.locator("#told").get_by_role("button", name="It went well").click()
    expect(told).to_contain_text("Be glad with Anna")
    usable(ben.page)
    ben.page.get_by_role("button", name="I dream this too").click()
    page.locator("#dream").get_by_role("button", name="Ours").click()
    for person in two:
        expect(person.page.locator("#dream")).to_contain_text("Ours")
    expect(page.locator("#talk")).to_contain_text("One for the two of you")
    page.locator("#talk summary").click()
    page.locator("#talk").get_by_label("Day").fill((page.locator("#talk [name=day]").get_attribute("max") or "")[:10])
    page.locator("#talk").get_by_label("Time").fill("20:30")
    page.get_by_role("button", name="Name this hour").click()
    ben.page.get_by_role("button", name="Yes, that hour").click()
    expect(page.locator("#talk")).to_contain_text("Your hour:")
    usable(page)
    for path in ("/us/dreams/", "/us/dreams/kept/"):
        usable(anna.go(path))


def write(person: Person, text: str) -> None:
    page = person.go("/us/vision/")
    page.get_by_label("A year from today").fill(text)
    usable(page)
    page.get_by_role("button", name="Keep it").click()


def a_year_on(house: House, *people: tuple[Person, str]) -> None:
    house.begin_again(after=366 * DAY)
    for person, name in people:
        sign_in(person, name)
        person.troubles.clear()  # the socket was refused while the server was away


def test_the_years_ahead_twice(two, house):
    anna, ben = two
    write(anna, "The lamp in the hall.")
    expect(anna.page.locator("#words")).to_contain_text("Yours is written.")
    usable(anna.page)
    write(ben, "Soup on Sundays.")
    for person in two:  # Anna's page was open all the while
        expect(person.page.locator("#vision")).to_contain_text("The lamp in the hall.")
        expect(person.page.locator("#vision")).to_contain_text("Soup on Sundays.")
    ben.page.get_by_role("button", name="We meet here").click()
    expect(anna.page.get_by_role("button", name="We meet here")).to_have_attribute("aria-pressed", "true")
    anna.page.locator("#carry-on").get_by_label("One thing to carry on").fill("The soup.")
    anna.page.get_by_role("button", name="Carry it on").click()
    expect(ben.page.locator("#carry-on")).to_contain_text("The soup.")
    usable(ben.page)
    a_year_on(house, (anna, "Anna"), (ben, "Ben"))
    write(anna, "The lamp, still.")
    expect(anna.page.locator("#vision")).to_contain_text("The lamp, still.")
    assert "Soup on Sundays." not in source(anna.page)
    write(ben, "More soup.")
    for person in two:
        for text in ("The lamp in the hall.", "Soup on Sundays.", "The lamp, still.", "More soup.", "The soup."):
            expect(person.page.locator("#vision")).to_contain_text(text)
    usable(anna.page)
    anna.page.set_viewport_size({"width": 1280, "height": 800})
    years = [one.bounding_box() or {} for one in anna.page.locator(".two-years .year").all()]
    assert years[0]["y"] == years[1]["y"] and years[0]["x"] < years[1]["x"], "side by side"
    anna.page.set_viewport_size({"width": 390, "height": 844})
    years = [one.bounding_box() or {} for one in anna.page.locator(".two-years .year").all()]
    assert years[0]["x"] == years[1]["x"] and years[0]["y"] < years[1]["y"], "one below the other on a phone"
