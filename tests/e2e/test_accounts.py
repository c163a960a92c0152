"""Two people in two browsers: a new passphrase, a second factor, and being let in again a day later."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import Person
from tests.e2e.steps import PHRASE, pair

pytestmark = pytest.mark.browser
NEW, FRESH = "quite another passphrase", "a passphrase from scratch"
MEANT = re.compile("422|WebSocket|ERR_CONNECTION_REFUSED")  # what the browser itself notes on its console


def code_now(secret: str) -> str:
    """The six digits that an authenticator app shows (RFC 6238)."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(page: Page, address: str, phrase: str) -> None:
    page.get_by_label("Your e-mail address").fill(address)
    page.get_by_label("Your passphrase").fill(phrase)
    page.get_by_role("button", name="Sign in").click()


def settle(*people: Person) -> None:
    """Forget the refusals that were meant, and the sockets of a server that was stopped."""
    for person in people:
        person.troubles[:] = [trouble for trouble in person.troubles if not MEANT.search(trouble)]


def test_a_new_passphrase_and_a_second_factor(someone):
    anna, ben, laptop = someone(), someone(), someone()
    pair(anna, ben)
    sign_in(laptop.go("/sign-in/?next=/settings/devices/"), "anna@example.org", PHRASE.format("Anna"))
    expect(laptop.page.get_by_role("heading", name="Your devices")).to_be_visible()
    live = laptop.go("/")
    expect(live.locator("html[data-live]")).to_be_attached()

    page = anna.go("/settings/passphrase/")
    page.get_by_label("Your present passphrase").fill(PHRASE.format("Anna"))
    page.get_by_label("A new passphrase").fill(NEW)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_text("Your passphrase is new.")).to_be_visible()
    expect(live.get_by_text("Tell Ben")).to_have_count(0)  # cut at once, without a tap
    expect(anna.go("/").get_by_text("Tell Ben").first).to_be_visible()
    expect(anna.page.get_by_role("heading", name="On your account")).to_be_visible()
    expect(ben.go("/").get_by_role("heading", name="On your account")).to_have_count(0)

    page = anna.go("/settings/second-factor/on/")
    page.get_by_label("Your passphrase").fill(NEW)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("img", name="A code for your authenticator app")).to_be_visible()
    secret = page.locator("[data-secret]").get_attribute("data-secret") or ""
    page.get_by_label("The six digits").fill(code_now(secret))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()
    spare = page.locator(".spare li").first.inner_text()

    page = laptop.go("/sign-in/")
    sign_in(page, "anna@example.org", NEW)
    expect(page.get_by_role("heading", name="The code from your app")).to_be_visible()
    expect(laptop.go("/settings/devices/").get_by_role("heading", name="The code from your app")).to_be_visible()
    laptop.page.get_by_label("Six digits").fill(spare)
    laptop.page.get_by_role("button", name="Sign in").click()
    expect(laptop.page.get_by_role("heading", name="Your devices")).to_have_count(0)
    expect(laptop.page.get_by_text("Tell Ben").first).to_be_visible()


def test_let_in_again_a_day_later(house, someone):
    anna, ben, stranger = someone(), someone(), someone()
    pair(anna, ben)
    anna.page.locator("#checkin").get_by_label("Tired").check()
    anna.page.get_by_label("A line, if you like").fill("A line from before.")
    anna.page.locator("#checkin").get_by_role("button", name="Tell Ben").click()
    expect(ben.page.locator("#their-checkin")).to_contain_text("A line from before.")

    lost = someone()
    page = lost.go("/sign-in/")
    page.get_by_role("link", name="I have lost my passphrase").click()
    page.get_by_role("link", name="Ask my partner").click()
    page.get_by_label("The address").fill("anna@example.org")
    page.get_by_label("A new passphrase").fill(FRESH)
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.locator(".words4 li")).to_have_count(4)
    words = page.locator(".words4 li").all_inner_texts()

    card = ben.page.locator("#let-in")
    expect(card).to_contain_text("Anna asks to be let in again")  # live, without a reload
    assert card.locator(".words4 li").all_inner_texts() == words
    expect(anna.page.locator("#let-in-mine")).to_contain_text("That is not me: stop it")
    card.get_by_label("Your own passphrase").fill("not my passphrase at all")
    card.get_by_role("button", name="The same four words").click()
    expect(card).to_contain_text("This is not your present passphrase")
    card.get_by_label("Your own passphrase").fill(PHRASE.format("Ben"))
    card.get_by_role("button", name="The same four words").click()
    expect(card).to_contain_text("You have said yes")

    sign_in(lost.go("/sign-in/"), "anna@example.org", FRESH)
    expect(lost.page.get_by_text("Not yet.")).to_be_visible()
    sign_in(stranger.go("/sign-in/"), "anna@example.org", "a guess of a stranger")
    expect(stranger.page.get_by_text("do not go together")).to_be_visible()

    house.begin_again(after=24 * 3600 + 60)
    sign_in(lost.go("/sign-in/"), "anna@example.org", FRESH)
    expect(lost.page.get_by_text("Tell Ben").first).to_be_visible()
    expect(anna.go("/").get_by_text("Tell Ben")).to_have_count(0)  # every session of before has ended
    checkin = lost.page.locator("#checkin")
    checkin.get_by_label("Bright").check()
    checkin.get_by_role("button", name="Tell Ben").click()
    expect(checkin).to_contain_text("You, today")
    expect(ben.go("/").locator("#their-checkin")).to_contain_text("Bright")
    settle(anna, ben, lost, stranger)
