"""The people of tests.doors, for these tests too."""

from tests.doors.cast import cast, made_cast

__all__ = ["cast", "made_cast"]
