"""Two browsers whose clocks are wrong, and a page whose session ended while somebody was typing."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import pair

pytestmark = pytest.mark.browser


def test_two_devices_whose_clocks_are_twenty_minutes_apart(someone):
    """One is ten minutes late, the other ten minutes early: what one says is there for the other at once."""
    anna, ben = someone(), someone()
    for person, off in ((anna, -10), (ben, 10)):
        person.context.clock.install(time=datetime.now(UTC) + timedelta(minutes=off))
    pair(anna, ben)
    for mine, theirs, name in ((anna, ben, "Ben"), (ben, anna, "Anna")):
        box = mine.page.locator("#thanks")
        box.get_by_label(f"What did {name} do").fill(f"You waited for me, {name}.")
        box.get_by_role("button", name=f"Tell {name}").click()
        expect(theirs.page.locator("#came-thanks")).to_contain_text(f"You waited for me, {name}.")
    anna.page.reload()
    expect(anna.page.locator("#came-thanks")).to_contain_text("You waited for me, Anna.")


@pytest.mark.parametrize(
    ("cookie", "sentence"),
    [("usward_unlock", "You were signed out meanwhile"), ("usward_csrf", "That page had grown old")],
)
def test_words_that_could_not_be_sent_are_given_back(someone, cookie, sentence):
    """The session, or the form's token, is not what it was when the page came."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    page = anna.page
    page.locator("#thanks").get_by_label("What did Ben do").fill("Half a letter, typed with care.")
    anna.context.clear_cookies(name=cookie)
    page.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    expect(page.get_by_role("heading", name=sentence)).to_be_visible()
    expect(page.get_by_label("What you typed")).to_have_value("Half a letter, typed with care.")
    anna.troubles.clear()  # the browser notes each refusal
    expect(ben.page.locator("#came-thanks")).to_have_count(0)
