"""What is on a screen just now can be used by everybody."""

from tests.e2e.conftest import Person
from tests.e2e.test_access import too_wide, violations


def usable(person: Person) -> None:
    """axe finds nothing in light or dark, and nothing runs out of the page. Colours are still when they are looked at."""
    page = person.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(50)
        assert violations(page) + too_wide(page) == []
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
