"""Wishes in two browsers over several weeks: what both want comes to light for both, and of all the rest not a trace."""

from html import unescape

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.house import House, Person
from tests.e2e.test_practices import move_clock
from tests.e2e.usable import usable

pytestmark = pytest.mark.browser
URL = "/us/wishes/"
PLACES = ("/", "/talk/", "/keep/", "/us/", URL, "/thanks/", "/questions/", "/settings/")


def no_barrier(page: Page) -> None:
    """With everything unfolded."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
    usable(page, page.url)


def wishes(person: Person) -> dict[str, str]:
    """What lies open on the deck: the id of each wish, and its words."""
    ids = person.page.locator("#deck input[name^=wish-]").evaluate_all("all => all.map(one => one.value)")
    return dict(zip(ids, person.page.locator("#deck legend").all_inner_texts(), strict=True))


def answer(person: Person, letters: str) -> dict[str, str]:
    """Tick an answer a wish ("." is none), and keep them."""
    open_ones = wishes(person)
    for n, letter in enumerate(letters):
        if letter != ".":
            person.page.locator(f"#deck label:has([name=answer-{n}][value={letter}])").click()
    person.page.get_by_role("button", name="Keep, and go on").last.click()
    expect(person.page.get_by_text("Kept, for you alone.")).to_be_visible()
    return open_ones


def settle(person: Person, level: str, maybe: str = "Let a maybe count") -> None:
    person.page.get_by_text("How your answers count").click()
    person.page.locator("label.chip", has_text=maybe).click()
    person.page.locator("label.chip", has_text=level).click()
    person.page.get_by_role("button", name="Keep it", exact=True).click()


def weeks(house: House, days: int, *people: Person) -> None:
    """Some days later both come by, twice in turns."""
    move_clock(house, days, *people)
    for person in (*people, *people):
        person.go(URL)


def traces(person: Person, of: dict[str, str]) -> list[str]:
    """Where any of these wishes, by its id or its words, stands in the HTML of any of somebody's pages."""
    found = []
    for path in PLACES:
        html = unescape(person.context.request.get(person.house.url + path).text())
        found += [f"{path}: {words}" for wish, words in of.items() if wish in html or words in html]
    return found


def test_only_a_match_appears_and_on_both(two, house):
    anna, ben = two
    for person in two:
        person.go(URL)
    no_barrier(ben.page)
    hers = answer(anna.go(URL) and anna, "yymnyl.y")
    his = answer(ben, "ynyymnyy")
    assert hers == his and len(hers) == 8
    weeks(house, 8, ben, anna)
    ids = list(hers)
    both = {ids[n]: hers[ids[n]] for n in (0, 7)}
    for person in two:
        page = person.go(URL)
        assert page.locator(".matches .wish").all_inner_texts() == list(both.values())
        assert traces(person, {wish: words for wish, words in hers.items() if wish not in both}) == []
        assert {line.partition(":")[0] for line in traces(person, both)} == {URL}, (
            "and what both want, nowhere but here"
        )
    anna.go(URL).get_by_text("Put it away").first.click()
    expect(anna.page.get_by_text("Ben will know whose wish it was that changed").first).to_be_visible()
    anna.page.get_by_role("button", name="Put it away").first.click()
    expect(anna.page.locator(".leaves")).to_be_visible()
    no_barrier(anna.page)
    weeks(house, 15, ben, anna)
    for person in two:
        assert person.go(URL).locator(".matches .wish").all_inner_texts() == [hers[ids[7]]]
        assert traces(person, {wish: words for wish, words in hers.items() if wish != ids[7]}) == []


def test_maybes_intimacy_and_a_wish_of_ones_own(two, house):
    anna, ben = two
    for person in two:
        settle(person.go(URL) and person, "Kisses and closeness")
    anna.page.get_by_text("Put a wish of your own on both lists").click()
    anna.page.get_by_label("Your wish").fill("What if we read each other the weather of our first week?")
    anna.page.get_by_label("What it is about").select_option("Tenderness")
    anna.page.locator("#own label.chip", has_text="Yes").click()
    anna.page.get_by_role("button", name="Put it on both lists").click()
    expect(anna.page.locator("#own")).to_contain_text("Wishes that you have written")
    ben.go(URL)
    expect(ben.page.locator("#deck legend").first).to_have_text(
        "What if we read each other the weather of our first week?"
    )
    expect(ben.page.get_by_text("Written by Anna")).to_be_visible()
    answer(ben, "m")
    for person, letters in ((anna, "mn"), (ben, "yy")):
        person.page.get_by_role("button", name="Intimacy").click()
        close = answer(person, letters)
        person.page.get_by_role("button", name="What you have answered").click()
        expect(person.page.get_by_role("heading", name="What you have answered")).to_be_visible()
    no_barrier(ben.page)
    weeks(house, 8, ben, anna)
    first, *others = close
    for person in two:
        page = person.go(URL)
        expect(page.locator(".matches .wish")).to_have_text(
            [close[first], "What if we read each other the weather of our first week?"]
        )
        expect(page.get_by_text("You are both open to this.")).to_have_count(2)
        assert page.get_by_role("heading", name="Intimacy").count() == 0, "whoever comes anew may not be alone"
        assert traces(person, {wish: close[wish] for wish in others}) == []
