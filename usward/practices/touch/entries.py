"""What each of the two is comfortable with. Joint: one function of both sees it, and nobody is shown it."""

import msgspec

from usward.entries.kinds import Silent, register
from usward.entries.models import Reveal, Scope

SLOT = "touch-comfort"


class Bounds(msgspec.Struct, frozen=True):
    """How far gestures may go for one of the two. Until they say yes, nowhere.

    `places` holds "home" where they say that the two share one; `aside` names single gestures that they would rather not.
    """

    yes: bool = False
    warmth: int = 0
    places: tuple[str, ...] = ()
    energy: int = 0
    aside: tuple[str, ...] = ()


@register
class Comfort(Silent, frozen=True):
    """One person's bounds: `now`, which the draw of the two takes from the week that begins on the day `since`, and
    `before`, which it takes until then. So no earlier version is needed: each change erases the one that it follows."""

    name, version, scope, reveal = "touch-comfort", 1, Scope.JOINT, Reveal.NEVER
    now: Bounds = Bounds()
    before: Bounds = Bounds()
    since: str = ""
