"""When somebody sleeps: joint, since it narrows what both are offered, and is nobody's to read."""

from datetime import time

from usward.entries.kinds import Silent, register
from usward.entries.models import Reveal, Scope

SLEEP = "sleep"


@register
class Sleep(Silent, frozen=True):
    """The hours of somebody's night, by their own clocks; the same twice is none."""

    name, version, scope, reveal, history = "freebusy-sleep", 1, Scope.JOINT, Reveal.NEVER, False
    first: time
    last: time
