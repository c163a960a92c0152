"""Plan by two browsers, a world apart: proposed on one, agreed on the other, moved by either, live."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import pair, walk_the_road
from tests.e2e.usable import usable
from usward.kit import clock

pytestmark = pytest.mark.browser
HERE, THERE = "Europe/Copenhagen", "Pacific/Auckland"


@pytest.fixture
def two(someone):
    anna, ben = someone(), someone(timezone_id=THERE)
    walk_the_road(anna, ben)  # each in a browser whose clock tells their zone
    return anna, ben


def test_an_hour_that_both_say_yes_to(two):
    anna, ben = two
    day = clock.today(HERE) + timedelta(days=2)
    evening = datetime(day.year, day.month, day.day, 20, 30, tzinfo=ZoneInfo(HERE))
    there = evening.astimezone(ZoneInfo(THERE))

    page = anna.go("/plan/")
    page.get_by_role("link", name="Plan one").click()
    page.get_by_label("A call").check()
    page.get_by_label("Your own name for it").fill("Breakfast and good night")
    page.get_by_label("Day, or the first one").fill(day.isoformat())
    page.get_by_label("Time", exact=True).fill("20:30")
    page.get_by_label("An hour", exact=True).check()
    expect(page.get_by_label("Until, if it ends")).to_be_hidden()
    page.get_by_label("How often?").select_option("week")
    expect(page.get_by_label("Until, if it ends")).to_be_visible()
    usable(page, "a new hour")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#the-plan")).to_contain_text("once Ben says yes")

    ben.go("/")
    ben.page.get_by_role("link", name="See when").click()
    expect(ben.page.locator("#the-plan")).to_contain_text(f"{there:%H:%M}")
    usable(ben.page, "asked")
    ben.page.get_by_role("button", name="Yes, that suits me").click()
    for person in two:
        expect(person.page.locator("#the-plan")).to_contain_text("You have both said yes")

    first = page.locator("#coming li").first
    first.get_by_text("Move it", exact=True).click()
    first.get_by_label("Time").fill("21:15")
    usable(page, "moving it")
    first.get_by_role("button", name="Move it, this once").click()
    expect(page.locator("#coming li").first).to_contain_text("21:15–22:15")
    expect(ben.page.locator("#coming li").first).to_contain_text(f"{there + timedelta(minutes=45):%H:%M}")
    ben.page.locator("#coming li").first.get_by_role("button", name="Let it go, this once").click()
    expect(page.locator("#coming li").first).to_contain_text("let go, this once")
    page.locator("#coming li").first.get_by_role("button", name="As planned after all").click()
    expect(ben.page.locator("#coming li").first).not_to_contain_text("let go")

    week = anna.go("/plan/").locator("#week")
    expect(week).to_contain_text("20:30–21:30")
    expect(week).to_contain_text(f"{there:%H:%M} for Ben")
    usable(anna.page, "the week")
    expect(ben.go("/plan/").locator("#week")).to_contain_text("Breakfast and good night")


def test_two_phones_go_down_and_each_keeps_a_line(someone, house):
    anna, ben = someone(), someone()
    pair(anna, ben)
    page = anna.go("/plan/")
    page.get_by_role("link", name="Put the phones down now").click()
    page.get_by_label("20 minutes").check()
    usable(page, "how long")
    page.get_by_role("button", name="Ask Ben to tap, too").click()
    expect(page.locator("#phones")).to_contain_text("as soon as Ben taps, too")

    ben.go("/").get_by_role("link", name="See for how long").click()
    ben.page.get_by_role("button", name="Yes, now").click()
    expect(ben.page.locator("#lamp")).to_contain_text("Until")
    usable(ben.page, "the lamp")
    expect(page.locator("#lamp")).to_contain_text("Until")  # Anna's page has followed by itself, into the dark
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("nav.bar")).to_have_count(0)
    page.reload()
    expect(page.locator("#lamp")).to_contain_text("Until")
    expect(ben.go("/").locator("#lamp")).to_contain_text(
        "Until"
    )  # whoever picks theirs up sees the lamp, and nothing else
    page.get_by_role("button", name="End early").click()
    expect(page.locator("#phones")).to_contain_text("Welcome back")
    ben.page.reload()  # the lamp asks nothing by itself before its time is over
    for person, line in ((anna, "We heard the rain."), (ben, "You laughed.")):
        shown = person.page
        shown.get_by_label("One line to keep of it?").fill(line)
        usable(shown, "a line")
        shown.get_by_role("button", name="Keep it").click()
    for person in (anna, ben):
        expect(person.page.locator("#phones")).to_contain_text("We heard the rain.")
        expect(person.page.locator("#phones")).to_contain_text("You laughed.")
    usable(anna.page, "both lines")


def test_a_page_of_today_that_is_open_goes_dark_with_the_others_tap(someone, house):
    anna, ben = someone(), someone()
    pair(anna, ben)
    ben.go("/")
    expect(ben.page.locator("html")).to_have_attribute("data-live", "true")
    anna.go("/plan/phones-down/").get_by_role("button", name="We sit together: begin").click()
    expect(ben.page.locator("#lamp")).to_contain_text("Until")
    assert "/plan/phones-down/" in ben.page.url
