"""Work it through, by two real browsers: live on two phones from a name to an agreement, and on one that is passed on."""

import pytest
from playwright.sync_api import expect

from tests.e2e.house import Person, source
from tests.e2e.steps import pair
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser


@pytest.fixture
def two(someone):
    anna, ben = someone(reduced_motion="reduce"), someone(reduced_motion="reduce")
    pair(anna, ben)
    return anna, ben


def tap(person: Person, name: str) -> None:
    person.page.get_by_role("button", name=name).first.click()


def sees(person: Person, text: str) -> None:
    expect(person.page.locator("#main").get_by_text(text).first).to_be_visible()


def write(person: Person, label: str, text: str, button: str) -> None:
    person.page.get_by_label(label).locator("visible=true").first.fill(text)
    tap(person, button)


def check(person: Person) -> None:
    """axe finds nothing, by day and by night, and nothing runs out of a narrow page."""
    page = person.page
    page.set_viewport_size({"width": 320, "height": 700})
    usable(page, page.url)
    page.set_viewport_size({"width": 390, "height": 844})


def begin(anna: Person, ben: Person, name: str) -> None:
    anna.go("/talk/")
    anna.page.get_by_role("link", name="Work it through").click()
    write(anna, "Give it a name", name, "Put it to Ben")
    sees(anna, "You would call it")
    ben.go("/")
    ben.page.locator(".card", has_text="Anna would like to work something through").get_by_role("link").click()
    sees(ben, "Anna would call it")


def rate(person: Person, *words: str) -> None:
    for nth, word in enumerate(words):
        person.page.locator(".weigh").nth(nth).get_by_label(word, exact=True).check(force=True)


def test_live_on_two_phones_from_a_name_to_an_agreement(two):
    anna, ben = two
    begin(anna, ben, "the first evening home")
    check(ben)
    ben.page.get_by_text("Other words for it").click()
    write(ben, "Call it", "the suitcase in the hall", "Put it to Anna")
    sees(anna, "Ben would call it")
    tap(anna, "Yes, call it that")
    sees(ben, "Not in passing")
    tap(ben, "Propose it")
    sees(anna, "Ben proposes")
    tap(anna, "That suits me")
    sees(ben, "You talk")
    tap(ben, "I am ready to begin")
    sees(anna, "Ben is ready to begin now")
    check(anna)
    tap(anna, "I am ready too")
    for person, text in ((anna, "Left out."), (ben, "Chased, and guilty for it.")):
        sees(person, "Alone, and about yourself")
        assert person.page.locator("#step textarea[data-soften]").count() == 4
        write(person, "What I feel in it", text, "Keep it until both have written")
    for person in (anna, ben):
        sees(person, "Left out.")
        sees(person, "Chased, and guilty for it.")
    check(ben)
    for person in (anna, ben):
        tap(person, "Go on")
    for person, text in ((anna, "To know that my turn comes."), (ben, "Half an hour of nothing.")):
        write(person, "What I need in it", text, "Keep it until both have written")
    for person, text in (
        (ben, "A bath, tea afterwards"),
        (anna, "Ring from the last stop"),
        (ben, "Meet by the canal"),
    ):
        write(person, "An idea", text, "Add it")
        for either in (anna, ben):
            expect(either.page.locator("#ideas")).to_contain_text(text)
    for person in (anna, ben):
        tap(person, "I have no more for now")
    sees(anna, "How gladly would you live with each?")
    check(anna)
    rate(anna, "very gladly", "gladly", "no")
    before = ben.page.locator("#main").inner_text()
    tap(anna, "Done")
    sees(anna, "Yours are in")
    assert ben.page.locator("#main").inner_text() == before
    rate(ben, "could", "gladly", "no")
    tap(ben, "Done")
    for person in (anna, ben):
        expect(person.page.locator(".fair li")).to_have_text(["Ring from the last stop", "A bath, tea afterwards"])
    write(anna, "Who does what", "Ben rings from the last stop. Anna runs the bath.", "Put it to Ben")
    sees(ben, "Anna has written it like this")
    check(ben)
    tap(ben, "I agree")
    for person in (anna, ben):
        expect(person.page.locator("#agreement")).to_contain_text("Anna runs the bath.")
        expect(person.page.get_by_role("button", name="Print it")).to_be_visible()
    check(anna)
    anna.page.emulate_media(media="print")
    expect(anna.page.locator("#step")).to_be_hidden()
    expect(anna.page.locator("#agreement")).to_contain_text("We look again on")
    anna.page.emulate_media(media="screen")
    expect(ben.go("/talk/work-it-through/").locator("#main")).to_contain_text("look again on")


def test_on_one_phone_that_is_passed_on_with_a_pause(two):
    anna, ben = two
    begin(anna, ben, "who rings whom")
    anna.page.locator("summary", has_text="Sitting together").click()
    tap(anna, "Use this phone for both")
    tap(anna, "We both call it that")
    sees(ben, "Not in passing")
    sees(anna, "You sit together now?")
    tap(anna, "We are both ready")
    sees(anna, "Anna first.")
    write(anna, "What I feel in it", "Forgotten, on Sundays.", "Lay it face down")
    sees(anna, "Now pass the phone to Ben")
    for person in (anna, ben):
        assert "Forgotten, on Sundays." not in source(person.page)
    anna.page.locator("summary", has_text="I am Ben").click()
    write(anna, "What I feel in it", "Watched.", "Done: turn both over")
    sees(anna, "on your phone")
    sees(ben, "on Anna’s phone")
    check(anna)
    anna.page.locator("summary", has_text="Pause, or stop").click()
    anna.page.get_by_label("Tomorrow").check(force=True)
    tap(anna, "Pause until then")
    sees(ben, "You both come back")
    check(ben)
    tap(anna, "We are both back")
    sees(ben, "Read, and say it back")
    sees(anna, "Read, and say it back")
    tap(anna, "We go on")
    write(anna, "What I need in it", "One call that is for me.", "Lay it face down")
    anna.page.locator("summary", has_text="I am Ben").click()
    write(anna, "What I need in it", "A day without a bell.", "Done: turn both over")
    for whose, text in (("Anna’s", "Ring on Saturdays"), ("Ben’s", "Write instead")):
        anna.page.get_by_label(whose, exact=True).check(force=True)
        write(anna, "An idea", text, "Add it")
        expect(ben.page.locator("#ideas")).to_contain_text(text)
    tap(anna, "That is all of them")
    rate(anna, "gladly", "could")
    tap(anna, "Hide mine")
    anna.page.locator("summary", has_text="I am Ben").click()
    check(anna)
    rate(anna, "gladly", "no")
    tap(anna, "Done: show the order")
    for person in (anna, ben):
        expect(person.page.locator(".fair li")).to_have_text(["Ring on Saturdays"])
    ben.page.locator("summary", has_text="Pause, or stop").click()
    tap(ben, "Enough for now")
    sees(anna, "You stopped here")
    tap(anna, "Take it up again")
    sees(ben, "The fair ones")
