"""The same three people as on the pages behind: Anna and Ben, and Cleo; and what several files of one practice begin with."""

from uuid import uuid4

import pytest

from tests.behind.conftest import come, plain, stranger, two
from tests.given import frozen
from tests.hour import coming
from tests.practices.calendars import upload
from tests.practices.innerworld import NOON
from tests.practices.workthrough import Side

__all__ = ["come", "plain", "stranger", "two"]


@pytest.fixture
def thursday():
    """It is noon on a Thursday."""
    with frozen(coming(3, 12)):
        yield


@pytest.fixture
def sides(two):
    """The two on their sides of something that they work through: Anna has begun it."""
    anna, ben = (Side(person) for person in two)
    ben.path = anna.begin()
    return anna, ben


@pytest.fixture
def noon_in_june():
    """It is noon on a day in June."""
    with frozen(NOON):
        yield


@pytest.fixture
def adds(django_capture_on_commit_callbacks):
    """Add a calendar from a file, or by its address."""

    def add(person, data: bytes | None = None, address: str = "", expect: int = 303, **more):
        fields = {"act": "address", "address": address} if data is None else {"act": "file", "file": upload(data)}
        with django_capture_on_commit_callbacks(execute=True):
            answer = person.post("/plan/calendars/", **({"id": str(uuid4())} | fields | more))
        assert answer.status_code == expect, answer.content.decode()
        return answer.content.decode()

    return add
