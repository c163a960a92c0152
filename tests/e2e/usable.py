"""Whether everybody can use a page as it stands: by day and by night, and in its width."""

from playwright.sync_api import Page

from tests.e2e.test_access import too_wide, violations

STILL = "() => Promise.all(document.getAnimations().map(one => one.finished.catch(() => null)))"


def usable(page: Page, what: str = "") -> None:
    """Axe finds nothing, in either theme, and nothing runs out of the page."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(STILL)  # colours on their way from one theme to the other are in neither
        assert violations(page) == [], f"{what}, {scheme}"
    assert too_wide(page) == [], what
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
