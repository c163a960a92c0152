"""The demo couple in one browser: act left, watch right; and every trace of them goes."""

import contextlib
import re
import sqlite3
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.demo_house import running_demo
from tests.e2e.house import House, Person
from tests.e2e.steps import answer_first_question, sign_up

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 800}


def rows(house: House) -> dict[str, int]:
    """How many rows each of our tables has."""
    [database] = house.data.glob("usward-demo-*/usward.sqlite3")
    with contextlib.closing(sqlite3.connect(database)) as connection:
        ours = re.compile("^(accounts|vault|spaces|entries)_")
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {n: connection.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names if ours.match(n)}


def test_act_on_one_phone_and_watch_the_other(browser, tmp_path):
    with running_demo(tmp_path) as house:
        visitor = Person(house, browser.new_context(viewport=WIDE, locale="en-GB"))
        page = visitor.go("/demo/")
        left, right = page.frame_locator("iframe[name=left]"), page.frame_locator("iframe[name=right]")
        for name in ("left", "right"):
            box = page.locator(f"iframe[name={name}]").bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= 1280 and box["y"] + box["height"] <= 800
            expect(page.frame_locator(f"iframe[name={name}]").locator("html")).to_have_attribute(
                "data-live", "true", timeout=60_000
            )

        right.locator("#checkin").get_by_label("Steady").check()
        right.get_by_label("A line, if you like").fill("A line typed on the right.")
        right.locator("#checkin").get_by_role("button", name="Tell Runa").click()
        expect(left.locator("#their-checkin")).to_contain_text("A line typed on the right.")

        expect(left.locator("#question")).to_contain_text("A museum opens about the two of us")
        expect(left.locator("#question .lights")).to_have_attribute("data-lit", "mine")
        right.locator("#question").get_by_label("Your answer").fill("The stairs, all of them.")
        right.get_by_role("button", name="Keep my answer").click()
        expect(left.locator("#question")).to_contain_text("The stairs, all of them.")
        for phone in (left, right):
            expect(phone.locator("#question .lights")).to_have_attribute("data-lit", "both")
            expect(phone.locator("#question")).to_contain_text("A year ago you said")
            expect(phone.locator("#question")).to_contain_text("The twelfth is expected.")

        left.locator("#thanks").get_by_label("What did Matteo do").fill("Typed on the left.")
        left.locator("#thanks").get_by_role("button", name="Tell Matteo").click()
        expect(right.locator("#came-thanks")).to_contain_text("Typed on the left.")
        assert all(cookie["path"] == "/demo/" for cookie in visitor.context.cookies() if "left_" in cookie["name"])

        assert rows(house)["entries_entry"] > 900
        page.get_by_role("button", name="Wipe them").click()
        expect(page.get_by_role("button", name="Keep it, and ask my partner")).to_be_visible()
        left_over = {name: count for name, count in rows(house).items() if count}
        assert set(left_over) <= {"entries_deletion"}, left_over  # ids alone, without a word: the ledger keeps them
        assert visitor.troubles == []
        visitor.context.close()
    assert list(tmp_path.iterdir()) == []


def test_the_demo_opens_from_the_first_page_and_ends_where_somebody_lives(house, someone):
    visitor = someone(viewport=WIDE)
    page = visitor.go("/")
    page.get_by_role("button", name="See how two people use it").click(timeout=120_000)
    expect(page.frame_locator("iframe[name=right]").locator("#question")).to_be_visible(timeout=120_000)
    page.get_by_role("button", name="Begin your own").click()
    answer_first_question(visitor, "The way you hum.")
    sign_up(visitor, "Anna", "Keep my answer")
    expect(page.get_by_label("The link")).to_be_visible()
    for path in ("/demo/", "/demo/left/", "/demo/right/questions/"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(house.url + path, timeout=10)
