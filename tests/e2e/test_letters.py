"""Letters between two browsers: drawn with a finger, kept through a reload, opened by choice; a photo; two for one day."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.house import Person, source
from tests.e2e.steps import pair
from tests.e2e.test_practices import move_clock
from tests.e2e.usable import usable
from usward.kit import clock

pytestmark = pytest.mark.browser
PATHS = "all => all.map(one => [one.getAttribute('class'), one.getAttribute('d')])"


@pytest.fixture
def two(someone):
    anna, ben = someone(has_touch=True), someone(has_touch=True)
    pair(anna, ben)
    return anna, ben


def finger(page: Page, surface: Locator, points: list[tuple[float, float]]) -> None:
    """Draw one stroke with a finger. Points are parts of the sheet's width and height."""
    surface.scroll_into_view_if_needed()
    box, client = surface.bounding_box(), page.context.new_cdp_session(page)
    at = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in points]
    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at[0]]})
    for point in at[1:]:
        client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    client.detach()


def shown(person: Person) -> str:
    return person.page.locator("#main").inner_text()


def test_drawn_with_a_finger_kept_through_a_reload_and_opened_when_its_reader_likes(two):
    anna, ben = two
    page = ben.go("/keep/letters/write/")
    page.get_by_label("When Anna misses me").check()
    page.get_by_label("Your letter").fill("The way home, drawn from memory.")
    page.get_by_text("Write or draw by hand").click()
    surface, lines = page.locator(".surface"), page.locator(".surface path")
    finger(page, surface, [(0.1, 0.2), (0.2, 0.24), (0.35, 0.2), (0.5, 0.3), (0.7, 0.28)])
    page.get_by_role("button", name="Blue").click()
    page.get_by_role("button", name="Broad").click()
    finger(page, surface, [(0.5, 0.5)])
    finger(page, surface, [(0.2, 0.6), (0.8, 0.6)])
    page.get_by_role("button", name="Undo").click()
    expect(lines).to_have_count(2)
    page.get_by_role("button", name="Clear the sheet").click()
    expect(lines).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(lines).to_have_count(2)
    assert lines.nth(1).get_attribute("class") == "tide broad"
    expect(page.locator("[data-save-state]")).to_have_text("kept as a draft, for you")
    drawn = lines.evaluate_all(PATHS)
    usable(ben.page)
    page.reload()
    expect(page.get_by_label("When Anna misses me")).to_be_checked()
    expect(lines).to_have_count(2)
    assert lines.evaluate_all(PATHS) == drawn
    page.get_by_role("button", name="Leave it for Anna").click()
    expect(page.locator(".letter")).to_contain_text("drawn from memory")
    assert page.locator(".letter .drawn path").evaluate_all(PATHS) == drawn
    usable(ben.page)
    expect(page.get_by_role("button", name="Print")).to_be_visible()
    before = shown(ben)

    expect(anna.page.locator("#arrived")).to_contain_text("Ben has left you a letter, for a moment that you choose")
    assert "memory" not in source(anna.page)
    anna.page.get_by_role("link", name="See where it lies").click()
    expect(anna.page.get_by_role("heading", name="For when you miss Ben")).to_be_visible()
    assert "memory" not in source(anna.page)
    usable(anna.page)
    anna.go("/keep/letters/").locator(".shelf a").click()
    anna.page.get_by_role("button", name="Open it").click()
    expect(anna.page.locator(".letter")).to_contain_text("drawn from memory")
    assert anna.page.locator(".letter .drawn path").evaluate_all(PATHS) == drawn
    usable(anna.page)
    anna.page.emulate_media(media="print")
    expect(anna.page.locator(".letter")).to_be_visible()
    assert not any(one.is_visible() for one in anna.page.locator("nav, header.top, button, textarea, form").all())
    anna.page.emulate_media(media="screen")
    assert shown(ben) == before
    anna.page.get_by_label("Your reply").fill("I walked along it with a finger.")
    anna.page.get_by_role("button", name="Send").click()
    expect(ben.page.locator("#talk")).to_contain_text("I walked along it with a finger.")
    anna.go("/keep/letters/")
    expect(anna.page.locator(".shelf")).to_have_count(0)
    usable(anna.page)


def a_photo() -> dict[str, object]:
    """One that is more than a page takes elsewhere."""
    Image.effect_noise((1600, 1200), 90).convert("RGB").save(large := io.BytesIO(), "JPEG", quality=96)
    assert len(large.getvalue()) > 1024 * 1024
    return {"name": "sea.jpg", "mimeType": "image/jpeg", "buffer": large.getvalue()}


def is_small(page: Page) -> None:
    expect(page.locator("#photo-shown")).to_be_visible()
    assert page.evaluate("document.getElementById('photo').files[0].size") <= 700 * 1024


def test_what_needs_a_script_waits_for_it_and_a_photo_that_came_first_is_made_small(two):
    page, scripts = two[1].page, "**/js/*.js"
    page.route(scripts, lambda script: None)
    page.goto(two[1].house.url + "/keep/letters/write/", wait_until="commit")
    page.get_by_text("Add a photo").click()
    page.get_by_label("A photo", exact=True).set_input_files(a_photo())
    expect(page.get_by_text("Write or draw by hand")).to_be_hidden()
    page.unroute(scripts)
    expect(page.get_by_text("Write or draw by hand")).to_be_visible()
    is_small(page)
    page.get_by_label("Your letter").fill("The sea.")
    page.route(scripts, lambda script: None)
    page.get_by_role("button", name="Leave it for Anna").click()
    expect(page.locator(".letter")).to_be_visible()
    expect(page.get_by_text("Print")).to_be_hidden()
    page.unroute(scripts)
    expect(page.get_by_role("button", name="Print")).to_be_visible()


def test_two_letters_for_one_day_one_with_a_photo(two, house):
    anna, ben = two
    page = anna.go("/keep/letters/day/")
    page.get_by_label("What day is it?").fill("Four years")
    page.get_by_label("Which day").fill((clock.today("UTC") + timedelta(days=3)).isoformat())
    usable(anna.page)
    page.get_by_role("button", name="Name the day").click()
    page.get_by_role("link", name="Write yours").click()
    page.get_by_label("Your letter").fill("I would choose the ferry again.")
    page.get_by_text("Add a photo").click()
    page.get_by_label("A photo", exact=True).set_input_files(a_photo())
    is_small(page)
    page.get_by_role("button", name="Keep it for the day").click()
    expect(page.get_by_text("Yours lies ready")).to_be_visible()
    usable(anna.page)
    where = re.sub(r"^https?://[^/]+", "", page.url)

    expect(ben.page.locator("#arrived")).to_contain_text("Anna would like two letters for one day")
    ben.page.get_by_role("link", name="See which day").click()
    expect(ben.page.get_by_role("heading", name="Four years")).to_be_visible()
    assert "ferry" not in source(ben.page) and "ready" not in source(ben.page)
    ben.page.get_by_role("link", name="Write yours").click()
    usable(ben.page)
    ben.page.get_by_label("Your letter").fill("I would choose the fog.")
    ben.page.get_by_role("button", name="Keep it for the day").click()
    expect(ben.page.get_by_text("Yours lies ready")).to_be_visible()
    assert "fog" not in source(anna.go(where))

    move_clock(house, 3, anna, ben)
    anna.page.reload()
    expect(anna.page.locator("#arrived")).to_contain_text("A letter from Ben may be opened now")
    anna.go(where).get_by_role("button", name="Open both").click()
    expect(anna.page.locator(".letter")).to_have_count(2)
    expect(anna.page.locator("#letters")).to_contain_text("I would choose the fog.")
    photo = anna.page.locator(".letter-photo")
    expect(photo).to_be_visible()
    assert photo.evaluate("photo => photo.decode().then(() => photo.naturalWidth)") >= 1000
    usable(anna.page)
    expect(ben.go(where).get_by_role("button", name="Open both")).to_be_visible()
    assert "ferry" not in source(ben.page)
