"""Two browsers whose clocks are wrong, and a page whose session ended while somebody was typing."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import pair
from usward.kit import clock

pytestmark = pytest.mark.browser


def test_two_devices_whose_clocks_are_twenty_minutes_apart(someone):
    """One is ten minutes late, the other ten minutes early: what one says is there for the other at once."""
    anna, ben = someone(), someone()
    for person, off in ((anna, -10), (ben, 10)):
        person.context.clock.install(time=clock.now() + timedelta(minutes=off))
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


def test_a_connection_that_is_lost_before_the_words_arrive(someone):
    """In a tunnel: what was typed stays, is kept as a draft by itself when the tunnel ends, and is sent then, once."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    card = anna.page.locator("#thanks")
    anna.context.set_offline(True)
    card.get_by_label("What did Ben do").fill("You held the door, in the rain.")
    expect(card.locator("[data-save-state]")).to_have_text("no network; still on this page")
    card.get_by_role("button", name="Tell Ben").click()
    expect(card.locator("[data-save-state]")).to_have_text("no network; your words are still here")
    expect(card.get_by_label("What did Ben do")).to_have_value("You held the door, in the rain.")
    card.get_by_label("What did Ben do").fill("You held the door, in the storm.")
    expect(card.locator("[data-save-state]")).to_have_text("no network; still on this page")
    anna.context.set_offline(False)
    expect(card.locator("[data-save-state]")).to_have_text("kept as a draft, for you", timeout=15_000)
    card.get_by_role("button", name="Tell Ben").click()
    expect(ben.page.locator("#came-thanks")).to_contain_text("in the storm")
    expect(ben.go("/thanks/").get_by_text("You held the door")).to_have_count(1)
    anna.troubles.clear()  # the browser notes each failure


def test_a_connection_that_is_lost_before_the_answer_arrives(someone):
    """The words have arrived, and nobody heard of it: the second tap doubles nothing."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    card = anna.page.locator("#thanks")

    def swallow(route) -> None:
        route.fetch(max_redirects=0)
        route.abort("connectionreset")

    anna.page.route("**/thanks/", swallow)
    card.get_by_label("What did Ben do").fill("You waited up for me.")
    card.get_by_role("button", name="Tell Ben").click()
    expect(ben.page.locator("#came-thanks")).to_contain_text("You waited up for me.")
    expect(card.locator("[data-save-state]")).to_have_text("no network; your words are still here")
    anna.page.unroute("**/thanks/")
    card.get_by_role("button", name="Tell Ben").click()
    expect(card).not_to_contain_text("no network")
    expect(ben.go("/thanks/").get_by_text("You waited up for me.")).to_have_count(1)
    anna.troubles.clear()


def test_a_reply_to_what_was_taken_back_meanwhile(someone):
    """Nobody looks on while it goes: the page says that nothing is there, and gives the words back."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    ben.page.locator("#thanks-text").fill("For the lamp.")
    ben.page.locator("#thanks button.go").click()
    anna.page.locator("#came-thanks").get_by_label("Your reply").fill("Gladly, and any time.")
    ben.page.locator("#thanks .notice a").click()
    ben.page.get_by_text("Take it back").click()
    ben.page.get_by_role("button", name="Take back your thank-you").click()
    expect(ben.page.get_by_role("heading", name="Thanks and compliments")).to_be_visible()
    anna.page.locator("#came-thanks").get_by_role("button", name="Send").click()
    expect(anna.page.get_by_role("heading", name="There is nothing here to answer any more")).to_be_visible()
    expect(anna.page.get_by_label("What you typed")).to_have_value("Gladly, and any time.")
    anna.troubles.clear()  # the browser notes each refusal
