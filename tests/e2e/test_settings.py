"""Settings in a real browser: a name that the other reads at once, leaving in a hurry, leaving for good, the export."""

import contextlib
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, TimeoutError, expect

from tests.e2e.house import source
from tests.e2e.steps import PHRASE, pair

pytestmark = pytest.mark.browser


def test_two_people_part(someone, browser, tmp_path: Path):
    anna, ben = someone(), someone()
    pair(anna, ben)
    a, b = anna.page, ben.page

    a.locator("#thanks").get_by_label("What did Ben do").fill("You filled the kettle before I was up.")
    a.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    expect(b.locator("#came-thanks")).to_contain_text("kettle")

    anna.go("/settings/")
    a.locator(".list").get_by_role("link", name="Anna").click()
    a.get_by_label("What Ben calls you").fill("Annabel")
    a.get_by_label("wave").check()
    a.get_by_role("button", name="Keep it").click()
    expect(a.locator(".notice.good")).to_be_visible()
    expect(b.locator("#came-thanks")).to_contain_text("Annabel")  # without a reload

    a.get_by_role("link", name="Take everything along").click()
    with a.expect_download() as coming:
        a.get_by_role("button", name="Make the file").click()
    coming.value.save_as(tmp_path / "export.zip")
    read_export(browser, tmp_path)

    anna.go("/settings/leave/")
    a.get_by_label("Your passphrase").fill(PHRASE.format("Anna"))
    a.get_by_role("button", name="Leave Ben").click()
    expect(a.get_by_text("You are in a place of your own now.")).to_be_visible()
    anna.go("/")
    expect(a.get_by_text("Make an invitation")).to_be_visible()
    assert "kettle" not in source(a)
    expect(b.get_by_role("heading", name="This place is closed now")).to_be_visible()  # the page looked again by itself
    expect(b.locator("#main [data-card]").first).to_have_id("closed")
    b.get_by_role("link", name="Take it along").click()
    expect(b.get_by_role("button", name="Go on alone, and destroy what the other wrote")).to_be_visible()


def read_export(browser, folder: Path) -> None:
    """The folder opens by itself, from the disk, without a network, a script or a complaint."""
    with zipfile.ZipFile(folder / "export.zip") as file:
        file.extractall(folder)
    index = next(folder.glob("usward-*/index.html"))
    context = browser.new_context(offline=True, java_script_enabled=True)
    page, troubles = context.new_page(), []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(request.url))
    page.goto(index.as_uri())
    expect(page.get_by_role("heading", name="Annabel and Ben")).to_be_visible()
    page.locator(".years a").first.click()
    expect(page.get_by_text("You filled the kettle before I was up.")).to_be_visible()
    assert page.evaluate("document.fonts.check('16px Fraunces')")
    assert troubles == []
    context.close()


def twice(page: Page) -> None:
    """Escape, and again within 0.7 s: a busy machine may need several tries for that."""
    for _ in range(9):
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        with contextlib.suppress(TimeoutError):
            return page.wait_for_url("**/exit/done/", timeout=5000)


def signed_out(page: Page) -> None:
    """The page does not wait longer than 0.6 s for the answer that takes the cookies away; a test does."""
    for _ in range(100):
        left = [one for one in page.context.cookies() if one["name"] in ("usward", "usward_unlock")]
        if not left:
            return
        page.wait_for_timeout(100)
    raise AssertionError(left)


@pytest.mark.parametrize("how", ["button", "escape", "plain"])
def test_leaving_in_a_hurry(someone, how):
    anna, ben = someone(java_script_enabled=how != "plain"), someone()
    pair(anna, ben) if how == "button" else anna.go("/safety/")
    page = anna.page
    page.bring_to_front()
    if how == "escape":
        page.evaluate("localStorage.setItem('words', 'not sent')")
        page.keyboard.press("Escape")
        page.wait_for_timeout(1000)
        expect(page).to_have_url(anna.house.url + "/safety/")  # once is not enough
        twice(page)
    else:
        page.get_by_role("button", name="Leave quickly").click()
    expect(page).to_have_url(anna.house.url + "/exit/done/")
    expect(page).to_have_title("Kitchen measures")
    signed_out(page)
    if how == "escape":
        assert page.evaluate("localStorage.length") == 0
    if how == "button":
        assert anna.context.request.get(anna.house.url + "/settings/", max_redirects=0).status == 302
        expect(ben.page.locator("#closed")).to_have_count(0)  # the other sees nothing of it


def test_on_an_open_page_of_whoever_rests_there_appears_what_concerns_access(two, someone):
    """Live, as on any Today: from then on the day counts in which it can be stopped, so it must be in sight."""
    anna, _ = two
    anna.go("/settings/pause/").get_by_role("button", name="A month").click()
    expect(anna.page.get_by_text("Usward is put aside")).to_be_visible()
    page = anna.go("/")
    expect(page.locator("#resting")).to_be_visible()
    asking = someone().go("/sign-in/lost/ask/")
    asking.locator("[name=email]").fill("anna@example.org")
    asking.locator("[name=passphrase]").fill("a passphrase from scratch")
    asking.locator("main form .go").first.click()
    expect(asking.locator(".words4")).to_be_visible()
    stop = page.get_by_role("button", name="That is not me: stop it")
    expect(stop).to_be_visible()
    expect(page.locator("#resting")).to_be_visible()
    stop.click()
    expect(stop).to_have_count(0)
    page.get_by_role("button", name="Come back now").click()
    expect(page.locator("#resting")).to_have_count(0)
    expect(page.locator("#checkin")).to_be_visible()
