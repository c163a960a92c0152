"""What all tests share: one browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, chromium_path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever needs the browser comes last: while it is open an event loop runs, and tests with loops of their own fail."""
    items.sort(key=lambda item: "browser" in getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; everybody in it has a context of their own."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield one
        one.close()
