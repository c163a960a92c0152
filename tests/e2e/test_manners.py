"""What a page does after a tap: where the focus goes, what a button says, what stays while somebody reads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.steps import HERS, HIS, answer_first_question, pair, sign_up

pytestmark = pytest.mark.browser


def test_who_begins_without_an_answer_is_not_asked_to_keep_one(someone):
    page = someone().go("/")
    page.get_by_role("button", name="Keep it, and ask my partner").click()
    expect(page.get_by_role("button", name="Begin without an answer")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_an_invitation_without_an_answer_says_what_comes_first(someone):
    anna = someone()
    anna.go("/").get_by_role("button", name="Keep it, and ask my partner").click()
    sign_up(anna, "Anna", "Begin without an answer")
    anna.page.get_by_role("link", name="Make an invitation").click()
    anna.page.get_by_role("link", name="Answer today’s question").click()
    anna.page.locator("#question").get_by_label("Your answer").fill("On the ferry.")
    anna.page.get_by_role("button", name="Keep my answer").click()
    expect(anna.page.locator("#question")).to_contain_text("On the ferry.")
    anna.page.get_by_role("link", name="Make an invitation").click()
    expect(anna.page.locator("#invite")).to_contain_text("On the ferry.")
    anna.page.get_by_role("button", name="Make an invitation with this").click()
    expect(anna.page.get_by_label("The link")).to_be_visible()


def test_the_page_with_the_link_hears_of_the_answer_after_the_link_was_copied(someone):
    anna, ben = someone(permissions=["clipboard-read", "clipboard-write"]), someone()
    answer_first_question(anna, HERS)
    sign_up(anna, "Anna", "Keep my answer")
    expect(anna.go("/").locator("#invite")).to_contain_text("until tomorrow, ")
    anna.page.get_by_role("link", name="Show it").click()
    link = anna.page.get_by_label("The link").input_value()
    anna.page.get_by_role("button", name="Copy the link").click()
    expect(anna.page.get_by_role("button", name="Copied")).to_be_visible()
    assert anna.page.evaluate("navigator.clipboard.readText()") == link
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill(HIS)
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(anna.page.get_by_role("heading", name="Your partner has answered")).to_be_visible()


def test_a_link_is_copied_where_the_browser_has_no_clipboard_for_pages(someone):
    """Over plain http, as `serve --lan` gives it."""
    anna = someone()
    anna.page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    answer_first_question(anna, HERS)
    sign_up(anna, "Anna", "Keep my answer")
    anna.page.get_by_role("button", name="Copy the link").click()
    expect(anna.page.get_by_role("button", name="Copied")).to_be_visible()


def test_what_needs_a_script_waits_for_it(someone):
    """A slow line brings the page before its script: nothing that can be tapped does nothing."""
    anna, scripts = someone(), "**/js/*.js"
    answer_first_question(anna, HERS)
    anna.page.route(scripts, lambda script: None)
    anna.page.reload(wait_until="commit")
    expect(anna.page.get_by_label("A passphrase")).to_be_visible()
    expect(anna.page.get_by_text("Suggest me one")).to_be_hidden()
    expect(anna.page.get_by_text("Show it")).to_be_hidden()
    anna.page.unroute(scripts)  # which lets those go that wait
    anna.page.get_by_role("button", name="Suggest me one").click()
    expect(anna.page.get_by_label("A passphrase")).not_to_have_value("")
    anna.page.route(scripts, lambda script: None)
    sign_up(anna, "Anna", "Keep my answer")
    expect(anna.page.get_by_label("The link")).to_be_visible()
    expect(anna.page.get_by_text("Copy the link")).to_be_hidden()
    anna.page.unroute(scripts)
    anna.page.get_by_role("button", name="Copy the link").click()
    expect(anna.page.get_by_role("button", name="Copied")).to_be_visible()
    own = "**/js/front*.js"
    anna.page.route(own, lambda script: None)
    with anna.page.expect_response("**/js/live*.js"):
        anna.page.goto(anna.house.url + "/settings/passphrase/", wait_until="commit")
    anna.page.wait_for_timeout(500)  # one of the page's scripts has come, the other has not
    expect(anna.page.get_by_text("Show it").first).to_be_hidden()
    anna.page.unroute(own)
    expect(anna.page.get_by_text("Show it").first).to_be_visible()


def test_what_is_sent_or_typed_before_the_script_has_come_is_complete(someone):
    anna, scripts = someone(timezone_id="Pacific/Auckland"), "**/js/*.js"
    anna.page.route(scripts, lambda script: None)
    anna.page.goto(anna.house.url, wait_until="commit")
    anna.page.get_by_label("Your answer").fill(HERS)
    anna.page.get_by_role("button", name="Keep it, and ask my partner").click()
    sign_up(anna, "Anna", "Keep my answer")
    expect(anna.page.get_by_label("The link")).to_be_visible()
    anna.page.goto(anna.house.url, wait_until="commit")
    anna.page.locator("#question").get_by_label("Your answer").fill("Half a thought, on a slow line")
    anna.page.unroute(scripts)
    expect(anna.page.locator("#question [data-save-state]")).to_have_text("kept as a draft, for you")
    expect(anna.go("/settings/").get_by_text("Auckland")).to_be_visible()


def test_a_good_link_opens_in_the_very_page_that_a_dead_one_left(someone):
    anna, ben = someone(), someone()
    answer_first_question(anna, HERS)
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    ben.go("/i/#ABCD-EFGH-JKMN-PQRS")
    expect(ben.page.get_by_role("heading", name="This code opens nothing")).to_be_visible()
    ben.troubles.clear()  # the 410 itself is told on the console
    ben.page.goto(link)
    expect(ben.page.get_by_label("Your answer")).to_be_visible()


def test_the_button_says_who_will_see_it_and_a_day_is_asked_for_when_it_counts(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    card = anna.page.locator("#checkin")
    expect(card.get_by_role("button", name="Tell Ben")).to_be_visible()
    card.get_by_label("Only me").check()
    expect(card.get_by_role("button", name="Keep it for myself")).to_be_visible()
    expect(card.get_by_role("button", name="Tell Ben")).to_have_count(0)
    thanks = anna.page.locator("#thanks")
    thanks.get_by_text("Now, or on a later day").click()
    expect(thanks.get_by_label("Tomorrow")).to_be_visible()
    expect(thanks.get_by_label("Which day")).to_be_hidden()
    thanks.get_by_label("On a day").check()
    expect(thanks.get_by_label("Which day")).to_be_visible()


def test_a_reply_from_today_stays_on_today(someone):
    anna, ben = someone(), someone()
    pair(anna, ben)
    for person in (anna, ben):
        person.page.locator("#question").get_by_label("Your answer").fill("On the ferry.")
        person.page.get_by_role("button", name="Keep my answer").click()
    card = anna.page.locator("#question")
    expect(card.get_by_role("heading", name="You both answered")).to_be_visible()
    card.get_by_label("Your reply").fill("The night one?")
    card.get_by_role("button", name="Send").click()
    expect(card.locator(".thread")).to_contain_text("The night one?")
    expect(card.get_by_role("heading", name="You both answered")).to_be_focused()
    expect(anna.page).to_have_title("Today · usward")


def test_whoever_types_on_while_a_form_goes_is_not_taken_away_from_it(two):
    page = two[0].page
    page.evaluate(
        """() => {
            const ask = window.fetch;
            const held = new Promise((go) => (window.letGo = go));
            const first = (where) => String(where).endsWith("/thanks/") ? held : Promise.resolve();
            window.fetch = (where, how) => first(where).then(() => ask(where, how));
        }"""
    )
    page.locator("#thanks").get_by_label("What did Ben do").fill("You fed the cat.")
    page.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    field = page.locator("#question").get_by_label("Your answer")
    field.press_sequentially("On the ")
    page.evaluate("letGo()")
    expect(page.locator("#thanks")).to_contain_text("You fed the cat.")
    expect(field).to_be_focused()
    page.keyboard.type("ferry.")
    expect(field).to_have_value("On the ferry.")


def test_what_waits_its_turn_goes_also_when_its_page_is_left(two):
    """On a slow line a look for what is new may still be under way when somebody sends, and goes on to another page."""
    anna, ben = two
    anna.page.evaluate(
        """() => {
            const ask = window.fetch;
            window.fetch = (where, how) => how?.method === "POST" ? ask(where, how) : new Promise(() => {});
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )
    anna.page.locator("#thanks").get_by_label("What did Ben do").fill("You fed the cat.")
    anna.page.locator("#thanks").get_by_role("button", name="Tell Ben").click()
    anna.go("/talk/")
    expect(ben.page.locator("#came-thanks")).to_contain_text("You fed the cat.")


def test_nothing_moves_under_a_finger(two):
    """A card that comes between touch and tap would push away what is being tapped."""
    anna, ben = two
    anna.page.locator("#question").get_by_label("Your answer").fill("On the ferry.")
    ben.page.locator("#thanks").get_by_label("What did Anna do").fill("You fed the cat.")
    anna.page.get_by_role("button", name="Keep my answer").hover()
    anna.page.mouse.down()
    with anna.page.expect_response(anna.house.url + "/"):
        ben.page.locator("#thanks").get_by_role("button", name="Tell Anna").click()
    anna.page.wait_for_timeout(300)
    expect(anna.page.locator("#came-thanks")).to_have_count(0)
    anna.page.mouse.up()
    expect(anna.page.locator("#question blockquote")).to_have_text("On the ferry.")
    expect(anna.page.locator("#came-thanks")).to_be_visible()


def test_what_is_missing_is_shown_and_stays(someone):
    """The page comes anew at its top, and its socket asks at once whether there is anything newer."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    page = anna.go("/talk/work-it-through/")
    page.get_by_role("button", name="Put it to Ben").click()
    missing = page.get_by_text("Give it a name first")
    expect(missing).to_be_in_viewport()
    field = page.get_by_label("Give it a name")
    expect(field).to_be_focused()
    expect(page.locator("html")).to_have_attribute("data-live", "true")
    page.wait_for_timeout(1000)
    expect(missing).to_be_visible()
    page = anna.go("/")
    card = page.locator("#question")
    card.get_by_role("button", name="Keep my answer").click()
    expect(card.get_by_label("Your answer")).to_be_focused()
    assert card.get_by_label("Your answer").evaluate("field => field.tabIndex") == 0, "Tab reaches it again"
    anna.troubles.clear()  # each 422 is told on the console
