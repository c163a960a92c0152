"""What all tests share: one browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, chromium_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever needs the browser comes last: while it is open an event loop runs, and tests with loops of their own fail.

    Side by side, a file's tests stay together, so that what they share is made once (the life that doors and interference
    walk through, too), and those with a browser by themselves.
    """
    items.sort(key=in_browser)
    for item in items:
        together = "life" if item.path.parent.name in ("doors", "interference") else str(item.path)
        item.add_marker(pytest.mark.xdist_group(together + (" in a browser" if in_browser(item) else "")))


def in_browser(item: pytest.Item) -> bool:
    """Whether a test needs the browser."""
    return "browser" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; everybody in it has a context of their own."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield one
        one.close()
