"""One moment of the demo couple's year."""

from collections.abc import Callable
from dataclasses import dataclass

from usward.entries.door import Insider

Act = Callable[[Insider], None]


@dataclass(frozen=True)
class Moment:
    """Something that one of the two did: days ago, minutes after midnight, who, what."""

    ago: int
    minute: int
    by: str
    act: Act
