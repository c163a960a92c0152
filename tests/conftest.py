"""What all tests share: one browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, chromium_path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whoever needs the browser, and let them come last: while it is open an event loop runs, and tests with loops
    of their own fail."""
    items.sort(key=in_browser)
    for item in filter(in_browser, items):
        item.add_marker(pytest.mark.browser)


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
