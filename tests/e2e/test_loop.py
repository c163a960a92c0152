"""Two people, two browsers: the daily two minutes, from the first question on."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import pair

pytestmark = pytest.mark.browser


def test_two_people_live_a_day(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    a, b = anna.page, ben.page

    a.locator("#checkin").get_by_label("Tired").check()
    a.locator("#checkin").get_by_label("A hug").check()
    a.get_by_label("A line, if you like").fill("Slept badly, but the meeting went fine.")
    a.locator("#checkin").get_by_role("button", name="Tell Ben").click()
    expect(a.locator("#checkin")).to_contain_text("You, today")
    expect(b.locator("#their-checkin")).to_contain_text("Slept badly")
    expect(b.locator("#their-checkin")).to_contain_text("Anna would like a hug")

    b.locator("#their-checkin").get_by_role("button", name="Come here.").click()
    b.locator("#their-checkin").get_by_role("button", name="Send").click()
    expect(a.locator("#checkin")).to_contain_text("Come here.")

    question = a.locator("#question .question").inner_text()
    assert b.locator("#question .question").inner_text() == question
    a.locator("#question").get_by_label("Your answer").fill("A purple canary of an answer.")
    a.get_by_role("button", name="Keep my answer").click()
    expect(a.locator("#question")).to_contain_text("both, once you have both answered")
    assert "canary" not in b.content()
    b.reload()
    assert "canary" not in b.content()
    b.locator("#question").get_by_label("Your answer").fill("Mine is green.")
    b.get_by_role("button", name="Keep my answer").click()
    expect(b.locator("#question")).to_contain_text("A purple canary of an answer.")
    expect(a.locator("#question")).to_contain_text("Mine is green.")

    b.locator("#thanks").get_by_label("What did Anna do").fill("You made the long call for me.")
    b.locator("#thanks").get_by_role("button", name="Tell Anna").click()
    expect(a.locator("#came-thanks")).to_contain_text("You made the long call for me.")
