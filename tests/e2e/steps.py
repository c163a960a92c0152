"""What people do, step by step, in words that the tests share."""

from playwright.sync_api import expect

from tests.doors import steps as forms
from tests.doors.visitor import Outside
from tests.e2e.house import Person

PHRASE = "a long enough passphrase for {}"
HERS, HIS = "The way you hum when you cook.", "Your notes on the fridge."


def answer_first_question(person: Person, text: str) -> None:
    page = person.go("/")
    page.get_by_label("Your answer").fill(text)
    page.get_by_role("button", name="Keep it, and ask my partner").click()


def sign_up(person: Person, name: str, button: str) -> None:
    page = person.page
    page.get_by_label("What does your partner call you?").fill(name)
    page.get_by_label("An e-mail address to sign in with").fill(f"{name.lower()}@example.org")
    page.get_by_label("A passphrase").fill(PHRASE.format(name))
    page.get_by_role("button", name=button).click()


def pair(anna: Person, ben: Person) -> None:
    """Anna and Ben at the end of the road, each on Today: by plain forms, their cookies given to the browsers.

    `walk_the_road` is the road itself, as two people walk it in their browsers.
    """
    host, guest = Outside(anna.house.port), Outside(ben.house.port)
    forms.sign_up(host, "Anna", HERS, PHRASE.format("Anna"))
    forms.join(guest, "Ben", forms.code_for(host), HIS, PHRASE.format("Ben"))
    forms.confirm(host)
    for person, visitor in ((ben, guest), (anna, host)):
        visitor.get("/")
        visitor.close()
        cookies = [{"name": name, "value": value, "url": person.house.url} for name, value in visitor.cookies.items()]
        person.context.add_cookies(cookies)
        person.go("/")
    expect(ben.page.get_by_text("Tell Anna").first).to_be_visible()
    expect(anna.page.get_by_text("Tell Ben").first).to_be_visible()


def walk_the_road(anna: Person, ben: Person) -> None:
    """From the first question to one space."""
    answer_first_question(anna, HERS)
    sign_up(anna, "Anna", "Keep my answer")
    link = anna.page.get_by_label("The link").input_value()
    anna.page.get_by_role("link", name="Go to today").click()
    ben.page.goto(link)
    ben.page.get_by_label("Your answer").fill(HIS)
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(ben.page.get_by_text(HERS)).to_be_visible()
    expect(anna.page.get_by_text(HIS)).to_be_visible()
    sign_up(ben, "Ben", "Keep both answers")
    expect(ben.page.get_by_role("heading", name="Four words")).to_be_visible()
    theirs = ben.page.locator(".words4 li").all_inner_texts()
    expect(anna.page.get_by_role("heading", name="The same four words on both screens?")).to_be_visible()
    assert anna.page.locator(".words4 li").all_inner_texts() == theirs
    anna.page.get_by_role("button", name="Yes, the same four").click()
    expect(ben.page.get_by_role("heading", name="Four words")).to_have_count(0)
    expect(ben.page.get_by_role("heading", name="Anna is here")).to_be_visible()
    expect(anna.page.get_by_role("heading", name="Ben is here")).to_be_visible()
    expect(ben.page.get_by_text("Tell Anna").first).to_be_visible()
    expect(anna.page.get_by_text("Tell Ben").first).to_be_visible()


def ask(person: Person, question: str, answer: str) -> None:
    """Ask a question of one's own, and answer it first."""
    page = person.go("/questions/own/")
    page.get_by_label("Your question").fill(question)
    page.get_by_label("Your own answer to it").fill(answer)
    page.get_by_role("button", name="Ask it").click()
