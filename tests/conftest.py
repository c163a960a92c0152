"""What all tests share: one browser, one data folder as a first start makes it, and a hash that hurries."""

import os
import queue
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.changes.sitecustomize import hurried
from tests.chromium import FLAGS, chromium_path
from tests.doors.cast import cast, made_cast, people
from tests.doors.moments import life
from tests.e2e.house import House, free_port, ready
from tests.hour import begin_in_the_morning
from usward.freebusy import work
from usward.vault import password

__all__ = [
    "cast",
    "life",
    "made_cast",
    "people",
]  # whoever is needed in several folders is made once, and by nobody else

begin_in_the_morning()
# Here and in every process that a test starts. What the hash costs in life is tested in tests/vault/test_password.py, and
# the servers of tests/badinput/test_at_once.py, and of the nights in tests/crash, do not hurry.
hurried(password)
os.environ["TESTS_CHANGE"] = "hurried"
_PATH = (str(Path(__file__).with_name("changes")), os.environ.get("PYTHONPATH", ""))
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, _PATH))


SERVED = [Path(__file__).parent / name for name in ("canary", "crash", "deploy", "server")]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark whoever needs the browser, and let them come last: while it is open an event loop runs, and tests with loops
    of their own fail."""
    items.sort(key=in_browser)
    for item in items:
        if in_browser(item):
            item.add_marker(pytest.mark.browser)
        if in_browser(item) or item.path.parent in SERVED:
            item.add_marker(pytest.mark.outside)


def in_browser(item: pytest.Item) -> bool:
    """Whether a test needs the browser."""
    return "browser" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all; everybody in it has a context of their own. It is given time: beside it two cores run all other
    tests, and how quick a page is says `make bench`."""
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        yield one
        one.close()


@pytest.fixture(autouse=True)
def no_thread_beside_a_test(monkeypatch):
    """What waits to be read behind the pages is read when a test says so, in its own thread and in its own transaction."""
    monkeypatch.setattr(work, "_start", lambda: None)
    monkeypatch.setattr(work, "_waiting", queue.SimpleQueue())


@pytest.fixture(scope="session")
def first_start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder that a first start makes, with nobody in it yet: making it takes longer than most of the tests."""
    data = tmp_path_factory.mktemp("first") / "data"
    House(data, free_port()).start().stop()
    return data


@pytest.fixture
def prepared(first_start: Path, tmp_path: Path) -> Path:
    """A data folder of a test's own that a server need not prepare first."""
    return ready(first_start, tmp_path / "prepared")
