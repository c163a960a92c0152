"""Who taps twice, whoever tries their own link, and whoever has a place already: in real browsers."""

import pytest
from playwright.sync_api import expect

from tests.e2e.house import source
from tests.e2e.steps import HERS, HIS, PHRASE, answer_first_question, sign_up

pytestmark = pytest.mark.browser


def twice(person, name: str) -> None:
    person.page.get_by_role("button", name=name).dblclick(delay=20)


@pytest.mark.parametrize("script", [True, False])
def test_two_taps_let_one_in(someone, script):
    """The first makes the account; the browser drops its answer for that of the second."""
    anna, ben = someone(java_script_enabled=script), someone(java_script_enabled=script)
    answer_first_question(anna, HERS)
    fill(anna, "Anna")
    twice(anna, "Keep my answer")
    code = anna.page.locator("p.code").inner_text()
    ben.go("/i/").get_by_label("The code that you were given").fill(code)
    ben.page.get_by_role("button", name="See the question").click()
    ben.page.get_by_label("Your answer").fill(HIS)
    twice(ben, "Answer, and see both")
    expect(ben.page.get_by_text(HERS)).to_be_visible()
    fill(ben, "Ben")
    twice(ben, "Keep both answers")
    expect(ben.page.get_by_role("heading", name="Four words")).to_be_visible()


def fill(person, name: str) -> None:
    page = person.page
    page.get_by_label("What does your partner call you?").fill(name)
    page.get_by_label("An e-mail address to sign in with").fill(f"{name.lower()}@example.org")
    page.get_by_label("A passphrase").fill(PHRASE.format(name))


def test_without_a_script_one_says_where_the_days_begin(someone):
    anna = someone(java_script_enabled=False)
    answer_first_question(anna, HERS)
    anna.page.get_by_label("A city that keeps your time").select_option("Pacific/Auckland")
    sign_up(anna, "Anna", "Keep my answer")
    assert "Auckland" in source(anna.go("/settings/"))


def test_with_a_script_nobody_is_asked_for_it(someone):
    anna = someone()
    answer_first_question(anna, HERS)
    assert anna.page.get_by_label("A city that keeps your time").count() == 0
    sign_up(anna, "Anna", "Keep my answer")
    assert "Copenhagen" in source(anna.go("/settings/"))


def test_help_is_there_before_anybody_signs_in(someone):
    anna = someone()
    for path in ("/", "/sign-in/"):
        anna.go(path).get_by_role("link", name="Safety and help").click()
        expect(anna.page.get_by_role("heading", name="Safety and help")).to_be_visible()


def test_ones_own_link_is_refused_and_another_brings_two_together(someone):
    """Anna tries her link where she is signed in. Ben, who began alone, takes it with the place that he has."""
    anna, ben = someone(), someone()
    answer_first_question(anna, HERS)
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    anna.page.goto("about:blank")
    anna.page.goto(link)
    expect(anna.page.get_by_role("heading", name="This is your own invitation")).to_be_visible()
    anna.troubles.clear()  # the 409 itself is told on the console
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill(HIS)
    ben.page.get_by_role("button", name="Answer, and see both").click()
    sign_up(ben, "Ben", "Keep both answers")
    anna.go("/").get_by_role("button", name="No, end this invitation").click()
    expect(ben.page.get_by_role("heading", name="That invitation has ended")).to_be_visible()
    anna.page.goto(anna.house.url + "/invite/")
    expect(anna.page.get_by_text(HERS)).to_be_visible()
    anna.page.get_by_role("button", name="Make an invitation with this").click()
    link = anna.page.get_by_label("The link").input_value()
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill("And now the kettle.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    ben.page.get_by_role("button", name="Keep both answers").click()
    expect(ben.page.get_by_role("heading", name="Four words")).to_be_visible()
    anna.go("/").get_by_role("button", name="Yes, the same four").click()
    expect(ben.page.get_by_role("heading", name="Anna is here")).to_be_visible()
