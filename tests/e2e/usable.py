"""Whether everybody can use a page as it stands: by day and by night, and in its width."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = """rules => axe.run(document, {resultTypes: ['violations'], ...(rules.length && {runOnly: rules})}).then(
    found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""
COLOURS = ("color-contrast", "link-in-text-block")  # the rules of axe to which night and day are not the same
# Ended, not awaited: what is in a part that is not drawn just now stands still, and whoever awaits it waits for ever.
# The end of one may set another in motion, so it is asked until nothing moves.
STILL = """() => {
  for (let rounds = 0; rounds < 9; rounds++) {
    const moving = document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 1e6)
    if (!moving.length) return
    moving.forEach(one => one.finish())
  }
}"""


def still(page: Page) -> None:
    """What moves has come to its end: no colour is read halfway."""
    page.evaluate(STILL)


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds, with all its rules or with some."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    still(page)
    return [f"{rule}: {', '.join(nodes[:2])}" for rule, nodes in page.evaluate(AXE, list(rules))]


def too_wide(page: Page) -> list[str]:
    """What stands out of the page on the right."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide <= 0:
        return []
    script = """() => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right >
        document.documentElement.clientWidth + 1).slice(0, 3).map(e => e.outerHTML.slice(0, 100))"""
    return [f"{wide} px too wide: {page.evaluate(script)}"]


def usable(page: Page, what: str = "") -> None:
    """Axe finds nothing, in either theme, and nothing runs out of the page."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    assert violations(page) == [], f"{what}, light"
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, *COLOURS) == [], f"{what}, dark"
    assert too_wide(page) == [], what
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
