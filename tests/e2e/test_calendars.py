"""Two calendars and an hour that suits both: added on one phone, found on the other, met by what comes up, and moved."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.e2e.house import source
from tests.e2e.usable import usable
from usward.kit import clock

pytestmark = pytest.mark.browser
HERE = ZoneInfo("Europe/Copenhagen")


def ics(*spans: tuple[datetime, datetime]) -> dict[str, object]:
    """A calendar file, as a browser takes one."""
    lines = ["BEGIN:VCALENDAR"]
    for number, (start, end) in enumerate(spans):
        times = [f"DTSTART:{start.astimezone(UTC):%Y%m%dT%H%M%SZ}", f"DTEND:{end.astimezone(UTC):%Y%m%dT%H%M%SZ}"]
        lines += ["BEGIN:VEVENT", f"UID:{number}-{start:%H%M}", "SUMMARY:Nobody’s business", *times, "END:VEVENT"]
    data = "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
    return {"name": "mine.ics", "mimeType": "text/calendar", "buffer": data}


def add(person, file: dict[str, object]) -> None:
    page = person.go("/plan/calendars/")
    before = page.locator("#calendars li").count()
    page.get_by_label("A calendar file (.ics)").set_input_files(files=[file])
    page.get_by_role("button", name="Read this file").click()
    # It is read behind the page, which then changes by itself.
    expect(page.locator("#calendars li").nth(before)).to_contain_text("Read on", timeout=20_000)
    assert "business" not in source(page)


def test_from_two_calendars_to_an_hour_that_is_kept(two):
    anna, ben = two
    today = clock.now().astimezone(HERE).replace(hour=0, minute=0, second=0, microsecond=0)
    free = today + timedelta(days=5)
    add(anna, ics((today, free)))
    usable(anna.page, "calendars")
    add(ben, ics((free + timedelta(days=1), today + timedelta(days=20))))

    page = ben.go("/plan/")
    page.get_by_role("link", name="Find an hour").click()
    page.get_by_label("Evening").check()
    page.get_by_role("button", name="Look again").click()
    offers = page.locator("#offers li")
    expect(offers).to_have_count(1)
    expect(offers).to_contain_text("Evening for both of you")
    usable(page, "an hour is found")
    offers.get_by_role("link").click()
    expect(page.get_by_label("Day, or the first one")).to_have_value(free.date().isoformat())
    page.get_by_label("Your own name for it").fill("Soup, and the long way home")
    page.get_by_role("button", name="Propose it").click()
    anna.go("/")
    anna.page.get_by_role("link", name="See when").click()
    anna.page.get_by_role("button", name="Yes, that suits me").click()
    expect(page.locator("#the-plan")).to_contain_text("You have both said yes")

    # Later something stands in Anna's calendar that evening. Ben, whose calendar it is not, comes first.
    evening = free + timedelta(hours=18)
    add(anna, ics((evening, evening + timedelta(hours=3))))
    card = ben.go("/").locator("#plan-clash")
    expect(card).to_contain_text("meets something in one of your calendars")
    card.get_by_role("link", name="Keep it, move it, or let it go").click()
    expect(page.get_by_role("heading", name="Something has come up")).to_be_visible()
    usable(page, "it meets a calendar")
    anna.go("/")
    expect(anna.page.locator("#plan-clash")).to_be_visible()
    page.get_by_role("button", name="Keep it as it is").click()
    expect(page.get_by_role("heading", name="Something has come up")).to_have_count(0)
    expect(anna.page.locator("#plan-clash")).to_have_count(0)


def test_a_ritual_is_one_when_both_call_it_so(two):
    anna, ben = two
    page = anna.go("/plan/new/")
    page.get_by_label("Your own name for it").fill("Pancakes on Sunday")
    page.get_by_label("Day, or the first one").fill(
        (clock.now().astimezone(HERE).date() + timedelta(days=3)).isoformat()
    )
    page.get_by_label("Time", exact=True).fill("10:00")
    page.get_by_label("How often?").select_option("week")
    page.get_by_role("button", name="Propose it").click()
    ben.go("/").get_by_role("link", name="See when").click()
    ben.page.get_by_role("button", name="Yes, that suits me").click()
    for person, why in ((anna, "It is when we laugh."), (ben, "My grandmother did it so.")):
        box = person.page.locator("#ritual-say")
        expect(box).to_contain_text("Is it a ritual?")
        assert "laugh" not in source(ben.page)
        box.get_by_label("Why it matters to you").fill(why)
        usable(person.page, "a ritual")
        box.get_by_role("button", name="Call it a ritual").click()
        expect(box).to_contain_text(why)
    for person in two:
        expect(person.page.locator("#ritual")).to_contain_text("A ritual of yours")
        expect(person.page.locator("#ritual")).to_contain_text("laugh")
    expect(anna.go("/plan/").locator("#rituals")).to_contain_text("My grandmother did it so.")
