"""Everybody can use every page: axe finds nothing, at 320 px and at 200 % text nothing runs out of the page,
no console error, no request to elsewhere."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Outside
from tests.e2e.conftest import PHONE, Person
from tests.e2e.reachable import pages_inside, pages_outside

pytestmark = pytest.mark.browser
NARROW = {"width": 320, "height": 700}
# The browser's own minimum: what somebody sets who needs letters twice as large.
LARGE = "html{font-size:200%}"


class Home(Server):
    """A server that a Person of the browser tests can visit."""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    one = Home(tmp_path_factory.mktemp("access")).start()
    yield one
    one.stop()


@pytest.fixture(scope="module")
def paired(home):
    """Anna's cookies and things, after a day on which both have said something."""
    anna, ben = home.visitor(), home.visitor()
    steps.pair(anna, ben, ("Anna", "Ben"))
    for me, other in ((anna, ben), (ben, anna)):
        me.post(
            "/checkin/",
            {"mood": "tired", "need": "hug", "line": "Slept badly, but the talk went well.", "seen_by": "both"},
        )
        me.post("/thanks/", {"text": "You made the long call for me.", "kind": "thanks", "when": "now"})
        question = me.get("/").form("questions/skip/").fields
        me.post(f"/questions/{dict(question)['exchange']}/", {"text": "An answer of the day, not long."})
        reply = other.get("/").form("reply/")
        other.submit(reply, {"text": "Gladly, any time."})
    anna.post("/questions/own/", {"question": "Where shall we go in May?", "text": "To the sea."})
    thanks = ben.get("/thanks/").find(r"/thanks/([0-9a-f-]{36})/")
    exchange = anna.get("/questions/").find(r"/questions/(q:[^/\"]+)/")
    put = anna.post("/tonight/", {"exchange": exchange, "text": "Where shall we go in May?"})
    tonight = put.header("Location").split("/")[-2]
    return anna, {"thanks-one": thanks, "tonight-card": tonight, "exchange": exchange}


def browse(home: Home, browser, visitor: Outside | None, **options) -> Person:
    """A browser with somebody's cookies in it."""
    context = browser.new_context(**({"viewport": PHONE, "locale": "en-GB"} | options))
    if visitor:
        jar = [{"name": name, "value": value, "url": home.url} for name, value in visitor.cookies.items()]
        context.add_cookies(jar)
    return Person(home, context)


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {', '.join(node['html'][:120] for node in one['nodes'][:2])}" for one in found]


def too_wide(page: Page) -> list[str]:
    """What stands out of the page on the right."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide <= 0:
        return []
    script = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right >
        document.documentElement.clientWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 100))"""
    return [f"{wide} px too wide: {page.evaluate(script)}"]


def visit(home: Home, person: Person, paths: list[str], look) -> list[str]:
    """Open each page, look, and say what is wrong; what is no page (a file, a form's target) is passed over."""
    wrong: list[str] = []
    for path in paths:
        # Asked once without the browser, which calls an answer without a body (405) a failure of its own.
        asked = person.context.request.get(home.url + path)
        if asked.status >= 500:
            wrong.append(f"{path} answers {asked.status}")
        elif (asked.ok or path == "/nowhere/") and "html" in asked.headers.get("content-type", ""):
            person.page.goto(home.url + path)
            wrong += [f"{path}: {one}" for one in look(person.page)]
    # Chromium logs the page that is nowhere as an error of the console; it is asked for on purpose here.
    wrong += [trouble for trouble in person.troubles if "status of 404" not in trouble]
    person.context.close()
    return wrong


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(home, paired, browser, scheme):
    anna, things = paired
    wrong = visit(home, browse(home, browser, anna, color_scheme=scheme), pages_inside(things), violations)
    wrong += visit(home, browse(home, browser, None, color_scheme=scheme), pages_outside(), violations)
    assert not wrong, f"{len(wrong)} in {scheme}: " + "\n".join(wrong)


def test_nothing_runs_out_of_a_narrow_page(home, paired, browser):
    anna, things = paired
    wrong = visit(home, browse(home, browser, anna, viewport=NARROW), pages_inside(things), too_wide)
    wrong += visit(home, browse(home, browser, None, viewport=NARROW), pages_outside(), too_wide)
    assert not wrong, "\n".join(wrong)


def enlarged(page: Page) -> list[str]:
    """Twice as large letters, by a user's own style sheet, which a page's policy does not govern."""
    client = page.context.new_cdp_session(page)
    frame = client.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    client.send("DOM.enable")
    client.send("CSS.enable")
    sheet = client.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
    client.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": LARGE})
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    return ([] if size >= 30 else [f"letters do not grow: {size} px"]) + too_wide(page) + violations(page)


def test_text_twice_as_large(home, paired, browser):
    anna, things = paired
    wrong = visit(home, browse(home, browser, anna), pages_inside(things), enlarged)
    wrong += visit(home, browse(home, browser, None), pages_outside(), enlarged)
    assert not wrong, "\n".join(wrong)
