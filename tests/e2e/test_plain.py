"""Without JavaScript the whole loop works, by plain forms: from the first question to a reply."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import Person, source
from tests.e2e.steps import answer_first_question, sign_up

pytestmark = pytest.mark.browser


def reload(page: Page) -> Page:
    page.reload()
    return page


def pair_by_code(anna: Person, ben: Person) -> None:
    """As steps.pair, but the code is typed: a link's fragment needs JavaScript."""
    answer_first_question(anna, "The way you hum when you cook.")
    sign_up(anna, "Anna", "Keep my answer")
    code = anna.page.locator("p.code").inner_text()
    ben.go("/i/").get_by_label("The code that you were given").fill(code.lower())
    ben.page.get_by_role("button", name="See the question").click()
    ben.page.get_by_label("Your answer").fill("Your notes on the fridge.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(ben.page.get_by_text("The way you hum when you cook.")).to_be_visible()
    sign_up(ben, "Ben", "Keep both answers")
    theirs = ben.page.locator(".words4 li").all_inner_texts()
    assert anna.go("/").locator(".words4 li").all_inner_texts() == theirs and len(theirs) == 4
    anna.page.get_by_role("button", name="Yes, the same four").click()
    expect(reload(ben.page).get_by_text("Tell Anna").first).to_be_visible()
    expect(reload(anna.page).get_by_text("Tell Ben").first).to_be_visible()


def test_the_loop_without_javascript(someone):
    anna, ben = someone(java_script_enabled=False), someone(java_script_enabled=False)
    pair_by_code(anna, ben)
    a, b = anna.page, ben.page

    # The boxes lie under their labels' faces, which is what a finger meets.
    a.locator("#checkin label.chip", has_text="Tired").click()
    a.locator("#checkin label.chip", has_text="A hug").click()
    a.get_by_label("A line, if you like").fill("Slept badly.")
    a.locator("#checkin").get_by_role("button", name="Tell Ben").click()
    expect(a.locator("#checkin")).to_contain_text("You, today")
    expect(reload(b).locator("#their-checkin")).to_contain_text("Anna would like a hug")
    b.locator("#their-checkin").get_by_label("Your reply").fill("Come here.")
    b.locator("#their-checkin").get_by_role("button", name="Send").click()
    expect(reload(a).locator("#checkin")).to_contain_text("Come here.")

    a.locator("#question").get_by_label("Your answer").fill("A purple canary of an answer.")
    a.get_by_role("button", name="Keep my answer").click()
    assert "canary" not in source(reload(b))
    b.locator("#question").get_by_label("Your answer").fill("Mine is green.")
    b.get_by_role("button", name="Keep my answer").click()
    expect(b.locator("#question")).to_contain_text("A purple canary of an answer.")
    expect(reload(a).locator("#question")).to_contain_text("Mine is green.")

    b.locator("#thanks").get_by_label("What did Anna do").fill("You made the long call for me.")
    b.locator("#thanks").get_by_role("button", name="Tell Anna").click()
    expect(reload(a).locator("#came-thanks")).to_contain_text("You made the long call for me.")
    a.locator("#came-thanks").get_by_label("Your reply").fill("Gladly.")
    a.locator("#came-thanks").get_by_role("button", name="Send").click()
    expect(a.locator("#came-thanks")).to_contain_text("Gladly.")
