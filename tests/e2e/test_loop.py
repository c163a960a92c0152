"""Two people, two browsers: the daily two minutes, from the first question on."""

import pytest
from playwright.sync_api import Route, expect

from tests.e2e.house import source
from tests.e2e.steps import ask, pair, walk_the_road

pytestmark = pytest.mark.browser
AWAY = "Object.defineProperty(document, 'hidden', { get: () => sessionStorage.away === 'yes' })"


def test_two_people_live_a_day(someone):
    anna, ben = someone(), someone()
    walk_the_road(anna, ben)
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
    expect(a.locator("#question blockquote")).to_have_text("A purple canary of an answer.")
    assert "canary" not in source(b)
    b.reload()
    assert "canary" not in source(b)
    b.locator("#question").get_by_label("Your answer").fill("Mine is green.")
    b.get_by_role("button", name="Keep my answer").click()
    expect(b.locator("#question")).to_contain_text("A purple canary of an answer.")
    expect(a.locator("#question")).to_contain_text("Mine is green.")

    b.locator("#thanks").get_by_label("What did Anna do").fill("You made the long call for me.")
    b.locator("#thanks").get_by_role("button", name="Tell Anna").click()
    expect(a.locator("#came-thanks")).to_contain_text("You made the long call for me.")


def test_an_answer_that_is_late_does_not_take_away_what_came_meanwhile(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    anna.page.evaluate(
        """() => {
            const asked = window.fetch;
            window.fetch = async (where, how) => {
                const answer = await asked(where, how);
                if (how?.method === "POST" && !String(where).includes("draft")) await new Promise((go) => setTimeout(go, 2000));
                return answer;
            };
        }"""
    )
    card = anna.page.locator("#checkin")
    card.get_by_label("Steady").check()
    with anna.page.expect_response(lambda one: one.request.method == "POST" and one.url.endswith("/checkin/")):
        card.locator("button.go").click()
    ben.page.locator("#thanks").get_by_label("What did Anna do").fill("You waited for me at the station.")
    ben.page.locator("#thanks button.go").click()
    expect(card).to_contain_text("You, today")
    expect(anna.page.locator("#came-thanks")).to_contain_text("You waited for me at the station.")
    anna.page.wait_for_timeout(2500)
    expect(anna.page.locator("#came-thanks")).to_contain_text("You waited for me at the station.")


def test_an_answer_that_came_while_nobody_looked_is_told_the_next_day(someone, house):
    """The page lay open in a pocket over night: what it would have shown meanwhile, nobody has seen."""
    anna, ben = someone(), someone()
    anna.page.add_init_script(AWAY)
    pair(anna, ben)
    a, b = anna.page, ben.page
    expect(a.locator("html[data-live]")).to_be_attached()
    for page, text in ((a, "A kite, and no wind."), (b, "A boat of bark.")):
        page.locator("#question").get_by_label("Your answer").fill(text)
        if page is a:
            a.evaluate("sessionStorage.away = 'yes'")  # before a look of its own could be under way
        page.get_by_role("button", name="Keep my answer").click()
        if page is a:
            expect(a.locator("#question blockquote")).to_have_text("A kite, and no wind.")
    expect(b.locator("#question")).to_contain_text("A kite, and no wind.")
    a.wait_for_timeout(500)
    expect(a.locator("#question")).not_to_contain_text("A boat of bark.")
    house.begin_again(after=26 * 3600)
    expect(a.locator("html[data-live]")).to_be_attached(timeout=20_000)
    a.evaluate("sessionStorage.away = 'no'; document.dispatchEvent(new Event('visibilitychange'))")
    expect(a.get_by_text("Ben has answered, too")).to_be_visible()
    a.get_by_role("link", name="See both answers").click()
    expect(a.get_by_text("A boat of bark.")).to_be_visible()
    expect(anna.go("/").get_by_text("Ben has answered, too")).to_have_count(0)
    expect(ben.go("/").get_by_text("has answered, too")).to_have_count(0)
    for person in (anna, ben):
        person.troubles.clear()  # their sockets were refused while the server was away


def test_a_page_that_is_put_away_while_it_looks_does_not_look_again(someone):
    anna, ben = someone(), someone()
    sockets, looks = [], []
    anna.page.add_init_script(AWAY)
    anna.page.on("websocket", lambda socket: sockets.append(socket))
    anna.page.route(
        anna.house.url + "/", lambda one: (looks.append if one.request.resource_type == "fetch" else go_on)(one)
    )
    pair(anna, ben)
    expect(anna.page.locator("html[data-live]")).to_be_attached()
    with sockets[-1].expect_event("framereceived"):
        ben.page.locator("#thanks").get_by_label("What did Anna do").fill("You found the key.")
        ben.page.locator("#thanks").get_by_role("button", name="Tell Anna").click()
    anna.page.evaluate("sessionStorage.away = 'yes'")
    go_on(looks[0])
    expect(anna.page.locator("#came-thanks")).to_contain_text("You found the key.")
    anna.page.wait_for_timeout(500)
    assert len(looks) == 1


def go_on(asked: Route) -> None:
    asked.continue_()


def test_a_question_of_ones_own_survives_a_closed_page(two):
    anna, ben = two
    page = anna.go("/questions/own/")
    page.get_by_label("Your question").fill("Which window would you keep?")
    page.get_by_label("Your own answer to it").fill("The round one.")
    expect(page.locator("[data-save-state]")).to_have_text("kept as a draft, for you")
    page.close()
    assert "round one" not in source(ben.go("/questions/own/"))
    anna.page = anna.context.new_page()
    page = anna.go("/questions/own/")
    expect(page.get_by_label("Your question")).to_have_value("Which window would you keep?")
    expect(page.get_by_label("Your own answer to it")).to_have_value("The round one.")
    page.get_by_role("button", name="Ask it").click()
    expect(page.get_by_text("both, once you have both answered")).to_be_visible()
    expect(ben.go("/").get_by_text("Which window would you keep?")).to_be_visible()
    expect(anna.go("/questions/own/").get_by_label("Your question")).to_have_value("")


def test_words_for_a_question_that_was_taken_back_meanwhile_are_given_back(two):
    anna, ben = two
    page = anna.page
    ask(anna, "Which window would you keep?", "The round one.")
    expect(page.get_by_text("both, once you have both answered")).to_be_visible()
    ben.go("/").get_by_role("link", name="Answer, when you like").click()
    ben.page.get_by_label("Your answer").fill("The one above the stairs.")
    page.get_by_text("Take it back").click()
    page.get_by_role("button", name="Take back your answer").click()
    expect(page.get_by_role("heading", name="Today", exact=True)).to_be_attached()
    ben.page.get_by_role("button", name="Keep my answer").click()
    expect(ben.page.get_by_role("heading", name="This question is not here any more")).to_be_visible()
    expect(ben.page.get_by_label("What you typed")).to_have_value("The one above the stairs.")
    expect(ben.go("/").get_by_text("Which window would you keep?")).to_have_count(0)
    for person in two:
        person.troubles.clear()  # that it is not here any more


def test_a_question_is_put_aside_and_brought_back(two):
    anna, ben = two
    card = ben.page.locator("#question")
    question = card.locator(".question").inner_text()
    card.get_by_role("button", name="Put this one aside").click()
    expect(card.get_by_role("heading", name="Today’s question is put aside")).to_be_focused()
    expect(card).not_to_contain_text(question)
    expect(anna.page.locator("#question")).to_contain_text(question)
    card.get_by_role("button", name="Bring it back").click()
    expect(card.locator(".question")).to_have_text(question)
    expect(card.get_by_label("Your answer")).to_be_editable()
