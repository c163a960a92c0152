"""Everybody can use every page: axe finds nothing, at 320 px and at 200 % text nothing runs out of the page,
no console error, no request to elsewhere. One walk opens each page once, and looks at it in every way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import CDPSession, Page

from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Outside
from tests.e2e.house import PHONE, Person, ready
from tests.e2e.reachable import pages_inside, pages_outside
from tests.e2e.usable import COLOURS, too_wide, violations

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
def home(tmp_path_factory, first_start):
    one = Home(tmp_path_factory.mktemp("access"))
    ready(first_start, one.data)
    one.start()
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


def browse(home: Home, browser, visitor: Outside | None) -> Person:
    """A browser with somebody's cookies in it."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", color_scheme="light")
    if visitor:
        jar = [{"name": name, "value": value, "url": home.url} for name, value in visitor.cookies.items()]
        context.add_cookies(jar)
    return Person(home, context)


def light(page: Page, client: CDPSession) -> list[str]:
    return violations(page)


def dark(page: Page, client: CDPSession) -> list[str]:
    page.emulate_media(color_scheme="dark")
    wrong = violations(page, *COLOURS)  # all else is the same by night, and has been looked at by day
    # Without this a dark look that never came would be the light one, found good twice.
    is_dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    page.emulate_media(color_scheme="light")
    return wrong + ([] if is_dark else ["it does not get dark"])


def narrow(page: Page, client: CDPSession) -> list[str]:
    page.set_viewport_size(NARROW)
    wrong = too_wide(page)
    page.set_viewport_size(PHONE)
    return wrong


def enlarged(page: Page, client: CDPSession) -> list[str]:
    """Twice as large letters, by a user's own style sheet, which a page's policy does not govern."""
    frame = client.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    sheet = client.send("CSS.createStyleSheet", {"frameId": frame})["styleSheetId"]
    client.send("CSS.setStyleSheetText", {"styleSheetId": sheet, "text": LARGE})
    size = page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)")
    return ([] if size >= 30 else [f"letters do not grow: {size} px"]) + too_wide(page) + violations(page)


Look = Callable[[Page, CDPSession], list[str]]
LOOKS: dict[str, Look] = {"light": light, "dark": dark, "narrow": narrow, "enlarged": enlarged}  # this one comes last


def visit(home: Home, person: Person, paths: list[str]) -> dict[str, list[str]]:
    """Open each page, look in every way, and say by look what is wrong; what is no page (a file, a form's target) is
    passed over."""
    wrong: dict[str, list[str]] = {name: [] for name in (*LOOKS, "asked")}
    client = person.context.new_cdp_session(person.page)
    client.send("DOM.enable")
    client.send("CSS.enable")
    for path in paths:
        # Asked once without the browser, which calls an answer without a body (405) a failure of its own.
        asked = person.context.request.get(home.url + path)
        if asked.status >= 500:
            wrong["asked"].append(f"{path} answers {asked.status}")
        elif (asked.ok or path == "/nowhere/") and "html" in asked.headers.get("content-type", ""):
            person.page.goto(home.url + path)
            for name, look in LOOKS.items():
                wrong[name] += [f"{path}: {one}" for one in look(person.page, client)]
    # Chromium logs the page that is nowhere as an error of the console; it is asked for on purpose here.
    wrong["asked"] += [trouble for trouble in person.troubles if "status of 404" not in trouble]
    person.context.close()
    return wrong


@pytest.fixture(scope="module")
def walked(home, paired, browser) -> dict[str, list[str]]:
    """What is wrong, by look, inside and outside."""
    anna, things = paired
    inside = visit(home, browse(home, browser, anna), pages_inside(things))
    outside = visit(home, browse(home, browser, None), pages_outside())
    return {name: inside[name] + outside[name] for name in inside}


@pytest.mark.parametrize("look", [*LOOKS, "asked"])
def test_everybody_can_use_every_page(walked, look):
    assert not walked[look], f"{len(walked[look])}: " + "\n".join(walked[look])
