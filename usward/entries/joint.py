"""Functions that may see both partners' joint entries: pure, registered, and few.

What they return is shown to both; what they were given is shown to nobody. A function is given (mine, theirs), the
entries as they stand or stood before a day, and whatever more its caller names.
"""

from collections.abc import Callable
from typing import Any, TypeVar

Joint = TypeVar("Joint", bound=Callable[..., Any])

_registered: set[Callable[..., Any]] = set()


def joint(function: Joint) -> Joint:
    """Register a pure function of (mine, theirs, …)."""
    _registered.add(function)
    return function


def require(function: Callable[..., Any]) -> None:
    """Refuse a function that was not registered."""
    if function not in _registered:
        raise PermissionError(f"{function.__qualname__} is not registered to see joint entries")
