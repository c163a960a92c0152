"""The people of tests.doors, for these tests too."""

from tests.doors.cast import cast, made_cast, people
from tests.doors.moments import life

__all__ = ["cast", "life", "made_cast", "people"]
