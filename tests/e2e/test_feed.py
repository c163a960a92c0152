"""Hours in one's own calendar, in a browser: the address is made, read by a calendar, renewed and switched off."""

from datetime import timedelta
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import walk_the_road
from tests.e2e.usable import usable
from usward.kit import clock

pytestmark = pytest.mark.browser
HERE = "Europe/Copenhagen"


def status(link: str) -> int:
    try:
        with urlopen(link) as answer:
            return int(answer.status)
    except HTTPError as error:
        return error.code


def read(link: str) -> str:
    with urlopen(link) as answer:
        return str(answer.read().decode()).replace("\r\n ", "")


def test_an_address_for_ones_own_calendar(someone):
    anna, ben = someone(), someone()
    walk_the_road(anna, ben)
    day = clock.today(HERE) + timedelta(days=2)
    page = anna.go("/plan/new/")
    page.get_by_label("Your own name for it").fill("Soup; and a film")
    page.get_by_label("Day, or the first one").fill(day.isoformat())
    page.get_by_label("Time", exact=True).fill("20:30")
    page.get_by_role("button", name="Propose it").click()
    expect(page.locator("#the-plan")).to_contain_text("once Ben says yes")
    where = page.url

    anna.go("/plan/")
    page.get_by_role("link", name="Your hours in your own calendar").click()
    usable(page, "before there is an address")
    page.get_by_label("What the hour is").check()
    page.get_by_role("button", name="Make an address").click()
    field = page.get_by_label("The address, for")
    link = field.input_value()
    assert link.startswith("http") and link.endswith(".ics")
    assert page.get_by_role("link", name="Open it").get_attribute("href") == "webcal:" + link.partition(":")[2]
    page.get_by_text("For another device").click()
    expect(page.get_by_role("img", name="The address, as a code")).to_be_visible()
    usable(page, "the address")
    assert "BEGIN:VEVENT" not in read(link)

    ben.page.goto(where)
    ben.page.get_by_role("button", name="Yes, that suits me").click()
    expect(ben.page.locator("#the-plan")).to_contain_text("You have both said yes")
    assert f"DTSTART;TZID={HERE}:{day:%Y%m%d}T203000" in read(link) and "SUMMARY:Soup\\; and a film" in read(link)
    with ben.page.expect_download() as file:
        ben.page.get_by_role("link", name="As a file for your calendar").click()
    assert file.value.suggested_filename == "hours.ics"

    page.get_by_label("Busy").check()
    page.get_by_role("button", name="Let it say that").click()
    expect(page.locator("#feed-says [value=busy]")).to_have_attribute("checked", "")
    assert "SUMMARY:Busy" in read(link) and "Soup" not in read(link)

    page.get_by_role("button", name="Make a new address").click()
    expect(field).not_to_have_value(link)
    fresh = field.input_value()
    assert (status(link), status(fresh)) == (404, 200)
    page.get_by_role("button", name="Switch it off").click()
    expect(page.get_by_role("button", name="Make an address")).to_be_visible()
    expect(page.locator("#feed-end")).to_have_count(0)
    assert status(fresh) == 404
