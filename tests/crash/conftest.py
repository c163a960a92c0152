"""The long runs are for the night: USWARD_NIGHTLY=1."""

import os
from collections.abc import Iterator

import pytest

from tests.doors.server import Server

NIGHT = os.environ.get("USWARD_NIGHTLY") == "1"


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of it; it is killed and started again many times. By night its hash is as slow as in life."""
    one = Server(tmp_path_factory.mktemp("crash"), {"TESTS_CHANGE": ""} if NIGHT else {}).start()
    yield one
    one.stop()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "nightly: takes many minutes; runs where USWARD_NIGHTLY=1")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if NIGHT:
        return
    nightly = [item for item in items if item.get_closest_marker("nightly")]
    if nightly:
        config.hook.pytest_deselected(items=nightly)
        items[:] = [item for item in items if item not in nightly]
