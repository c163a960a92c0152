"""A house of each test's own, and people with real browsers in front of it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import PHONE, House, Person, free_port, ready
from tests.e2e.steps import pair


@pytest.fixture
def house(tmp_path: Path, first_start: Path) -> Iterator[House]:
    running = House(ready(first_start, tmp_path / "data"), free_port()).start()
    yield running
    running.stop()


@pytest.fixture
def someone(house: House, browser: Browser) -> Iterator[Callable[..., Person]]:
    people: list[Person] = []

    def come(**options) -> Person:
        given = {"viewport": PHONE, "timezone_id": "Europe/Copenhagen", "locale": "en-GB"} | options
        people.append(Person(house, browser.new_context(**given)))
        return people[-1]

    yield come
    for person in people:
        person.context.close()
        assert person.troubles == []


@pytest.fixture
def two(someone) -> tuple[Person, Person]:
    """Anna and Ben, paired, each on Today."""
    anna, ben = someone(), someone()
    pair(anna, ben)
    return anna, ben
