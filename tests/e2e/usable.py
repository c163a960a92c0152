"""Whether everybody can use a page as it stands: by day and by night, and in its width."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = """axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    one => [one.id, one.nodes.map(node => node.html.slice(0, 120))]))"""
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


def violations(page: Page) -> list[str]:
    """What axe finds, with all its rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    still(page)
    return [f"{rule}: {', '.join(nodes[:2])}" for rule, nodes in page.evaluate(AXE)]


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
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(page) == [], f"{what}, {scheme}"
    assert too_wide(page) == [], what
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
