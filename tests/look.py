"""`python -m tests.look`: a picture of every page on a phone and a laptop, light and dark, in ./look/."""

import html
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import FLAGS, chromium_path
from tests.demo_house import running_demo
from tests.e2e import steps
from tests.e2e.house import House, Person
from tests.look_pages import LOOKS, routes

FOLDER = Path(__file__).parents[1] / "look"
SIZES = {"phone": {"width": 390, "height": 844}, "laptop": {"width": 1280, "height": 800}}
SCHEMES = ("light", "dark")


@dataclass
class Album:
    """The pictures, and what was wrong on the way."""

    names: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def take(self, page: Page, name: str, troubles: list[str]) -> None:
        """Four pictures of what a page shows now. What goes wrong is noted, and the walk goes on."""
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.names.append(name)
        print(name, flush=True)
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.evaluate("() => document.fonts.ready.then(() => scrollTo(0, 0))")
                wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    self.wrong.append(f"{name}: {wide} px too wide on a {size}")
                page.screenshot(path=FOLDER / f"{stem}-{size}-{scheme}.png", full_page=True, animations="disabled")
        page.set_viewport_size(SIZES["phone"])
        self.wrong += [f"{name}: {trouble}" for trouble in troubles if "status of 4" not in trouble]
        troubles.clear()

    def sheet(self) -> None:
        """index.html: all of them on one page."""
        rows = []
        for name in self.names:
            stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
            files = [f"{stem}-{size}-{scheme}.png" for size in SIZES for scheme in SCHEMES]
            images = "".join(f'<a href="{one}"><img loading="lazy" src="{one}" alt="{one}"></a>' for one in files)
            rows.append(f"<h2>{html.escape(name)}</h2><p>{images}</p>")
        style = "body{font:16px system-ui;margin:2rem}p{display:flex;gap:1rem}"
        style += "img{height:24rem;object-fit:cover;object-position:top}"
        whole = f'<!doctype html><meta charset="utf-8"><title>Every page</title><style>{style}</style>{"".join(rows)}'
        (FOLDER / "index.html").write_text(whole, encoding="utf-8")


def main() -> int:
    """Walk, and give the exit code: 1 where a page failed."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    album = Album()
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"USWARD_DATA": name + "/settings", "DJANGO_SETTINGS_MODULE": "config.settings"}
        django.setup()
        with running_demo(Path(name)) as house, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
            people = {who: someone(browser, house) for who in ("out", "two")}
            people["two"].go("/demo/")
            look_at_pages(album, people)
            walk(album, someone(browser, house), someone(browser, house), someone(browser, house))
            wiped(album, people["two"])
            browser.close()
    album.sheet()
    print(f"{len(album.names)} pages: {FOLDER / 'index.html'}")
    for one in album.wrong:
        print("wrong:", one, file=sys.stderr)
    return 1 if album.wrong else 0


def someone(browser: Browser, house: House) -> Person:
    """A browser of somebody's own."""
    options = {"viewport": SIZES["phone"], "locale": "en-GB", "timezone_id": "Europe/Copenhagen"}
    return Person(house, browser.new_context(**options))


def look_at_pages(album: Album, people: dict[str, Person]) -> None:
    """Whatever has an address of its own, as far as it exists."""
    known, two = routes(), people["two"]
    places = places_of(two)
    for look in sorted(LOOKS, key=lambda look: look.path == "{lamp}"):  # once it burns, Today is the lamp
        if look.route not in known:
            continue
        who = people["out"] if look.who == "out" else two
        root = f"/demo/{look.who}/" if look.who in ("left", "right") else "/"
        where = lamp(two) if look.path == "{lamp}" else places.get(look.path, look.where)
        answer = who.page.goto(who.house.url + (where if where.startswith("/") else root + where))
        if answer is None or answer.status != look.status:
            album.wrong.append(f"{look.name}: {answer.status if answer else 'nothing'} instead of {look.status}")
        if look.who == "two":
            who.page.wait_for_timeout(1000)
        album.take(who.page, look.name, who.troubles)


def places_of(two: Person) -> dict[str, str]:
    """Where things lie that have an address of their own, by the names that look_pages.py gives them."""
    evening = 'a[href*="/talk/evening/"]:has(.name)'
    coming = below(two, "keep/letters/", "#coming a")
    return {
        "{thanks}": below(two, "thanks/", 'a[href*="/thanks/"]:not([href$="/thanks/"])'),
        "{tonight}": tonight(two),
        "{replies}": replies(two),
        "{evening}": below(two, "talk/evening/", evening),
        "{evening-ended}": below(two, "talk/evening/", f":nth-match({evening}, 2)"),
        "{letter-closed}": below(two, "keep/letters/?show=moments", "#letters li:has-text('not opened yet') a"),
        "{letter}": below(two, "keep/letters/", "#letters li:has-text('eleven seconds') a", "right"),
        "{letter-change}": below(two, "keep/letters/", "#letters li:has-text('first night') a") + "change/",
        "{day}": coming,
        "{day-write}": coming + "write/",
        "{listening}": either(below(two, "talk/listening/", '.list a[href*="/talk/listening/"]')),
        "{listened}": either(below(two, "talk/listening/", ':nth-match(.list a[href*="/talk/listening/"], 2)')),
        "{worked}": either(below(two, "talk/work-it-through/", '.list a[href*="/talk/work-it-through/"]')),
        "{working}": either(
            below(two, "talk/work-it-through/", ':nth-match(.list a[href*="/talk/work-it-through/"], 2)')
        ),
        "{listened}heard/": either(below(two, "talk/listening/", ':nth-match(.list a[href*="/talk/listening/"], 2)'))
        + "heard/",
        "{sayit}": either(below(two, "talk/say-it/", "#said-so-far a")),
        "{sayit-waits}": below(two, "talk/say-it/", "#waits a", "right"),
        "{kind-eye}": below(two, "us/kind-eye/", "#earlier a"),
        "{match}": below(two, "ideas/", "#waiting a"),
        "{hobby}": below(two, "ideas/", "#paths a"),
        "{feed}": feed(two),
        "{plan}": below(two, "plan/", ".card:has-text('What comes round') a"),
        "{plan-asked}": below(two, "plan/", ".card:has-text('would like an hour') a", "right"),
        "{plan-change}": below(two, "plan/", ".card:has-text('Waits for') a") + "change/",
        "{dream}": below(two, "us/dreams/", '.dreams a[href*="/us/dreams/"]:not([href*="/mine/"])'),
        "{own dream}": below(two, "us/dreams/", 'a[href*="/us/dreams/mine/"]', "right"),
        "{vision}": below(two, "us/vision/", 'a[href*="/us/vision/2"]'),
        "{inner}": below(two, "talk/inner-world/known/them/body/", "a:has-text('The round')"),
        "{day-opened}": below(two, "keep/letters/", "#letters li:has-text('held your coat') a"),
    }


def either(where: str) -> str:
    """The same place, for whichever of the two looks."""
    return where.removeprefix("/demo/left/")


def below(person: Person, path: str, link: str, side: str = "left") -> str:
    """Where the first such link on a page of one of them leads."""
    person.go(f"/demo/{side}/{path}")
    return str(person.page.locator(link).first.get_attribute("href"))


def tonight(person: Person) -> str:
    """A card for tonight, put out by the one on the left."""
    person.go("/demo/left/questions/q:beliefs-day-of-rest/?change=yes")
    person.page.get_by_role("button", name="Say it tonight").click()
    person.page.wait_for_url("**/tonight/**")
    return person.page.url.removeprefix(person.house.url)


def replies(person: Person) -> str:
    """What was said under something, of the one on the left."""
    thanks = below(person, "thanks/", 'a[href*="/thanks/"]:not([href$="/thanks/"])')
    person.page.goto(person.house.url + thanks)
    exchange = person.page.url.rstrip("/").rpartition("/")[2].replace("-", "")
    return f"/demo/left/reply/thanks:{exchange}/"


def lamp(person: Person) -> str:
    """Phones that are down, put there by the one on the left."""
    person.go("/demo/left/plan/phones-down/")
    person.page.get_by_role("button", name="We sit together").click()
    person.page.wait_for_selector("#lamp")
    return person.page.url.removeprefix(person.house.url)


def feed(person: Person) -> str:
    """The page with the address of a calendar, made by the one on the right."""
    person.go("/demo/right/plan/feed/")
    person.page.get_by_role("button", name="Make an address").click()
    person.page.wait_for_selector("#feed-link")
    return "plan/feed/"


def walk(album: Album, anna: Person, ben: Person, late: Person) -> None:
    """From the first question to one space, with a stop wherever there is something to see."""
    a, b = anna.page, ben.page
    steps.answer_first_question(anna, "The way you hum when you cook.")
    album.take(a, "sign up", anna.troubles)
    a.get_by_label("A passphrase").fill("too short")
    a.locator("form").last.evaluate("form => form.noValidate = true")
    a.get_by_role("button", name="Keep my answer").click()
    expect(a.get_by_role("alert").first).to_be_visible()
    album.take(a, "sign up, what is missing", anna.troubles)
    steps.answer_first_question(anna, "The way you hum when you cook.")
    steps.sign_up(anna, "Anna", "Keep my answer")
    link = a.get_by_label("The link").input_value()
    album.take(a, "invite, made", anna.troubles)
    late.go("/")
    album.take(late.page, "first page, by invitation only", late.troubles)
    a.get_by_role("link", name="Go to today").click()
    album.take(a, "today, alone", anna.troubles)
    invited(album, ben, late, link)
    album.take(a, "today, the partner has answered", anna.troubles)
    b.locator("form").last.evaluate("form => form.noValidate = true")
    b.get_by_role("button", name="Keep both answers").click()
    expect(b.get_by_role("alert").first).to_be_visible()
    album.take(b, "join, what is missing", ben.troubles)
    steps.sign_up(ben, "Ben", "Keep both answers")
    expect(b.get_by_role("heading", name="Four words")).to_be_visible()
    album.take(b, "four words, the invited", ben.troubles)
    expect(a.get_by_role("button", name="Yes, the same four")).to_be_visible()
    album.take(a, "four words, the inviter", anna.troubles)
    a.get_by_role("button", name="Yes, the same four").click()
    expect(b.get_by_text("Tell Anna").first).to_be_visible()
    album.take(b, "today, the first of two", ben.troubles)
    b.goto(ben.house.url + "/questions/")
    album.take(b, "questions, the first", ben.troubles)
    b.goto(ben.house.url + "/thanks/")
    album.take(b, "thanks, none yet", ben.troubles)


def invited(album: Album, ben: Person, late: Person, link: str) -> None:
    """What the link shows: to the one who is invited, and to whoever comes after, or with a wrong code."""
    ben.page.goto(link)
    expect(ben.page.get_by_label("Your answer")).to_be_visible()
    album.take(ben.page, "invited", ben.troubles)
    ben.page.get_by_label("Your answer").fill("Your notes on the fridge.")
    ben.page.get_by_role("button", name="Answer, and see both").click()
    expect(ben.page.get_by_text("The way you hum when you cook.")).to_be_visible()
    album.take(ben.page, "first moment, the invited", ben.troubles)
    for name, address in (("used", link), ("unknown", link[:-4] + "2222")):
        late.page.goto("about:blank")
        late.page.goto(address)
        expect(late.page.get_by_role("button", name="See the question")).to_be_visible()
        album.take(late.page, f"invitation, {name}", late.troubles)


def wiped(album: Album, two: Person) -> None:
    """The demo, before somebody opens it: there once the couple that came with the server has gone."""
    two.go("/demo/").get_by_role("button", name="Wipe them").click()
    two.page.wait_for_url(two.house.url + "/")
    two.go("/demo/")
    album.take(two.page, "demo, before it is opened", two.troubles)


if __name__ == "__main__":
    sys.exit(main())
