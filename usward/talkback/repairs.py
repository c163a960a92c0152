"""Repair phrases at hand: a few for each use, others in each talk and tomorrow.

"repairs": repairs(inside, exchange)                                                   {# in the page's context #}
{% with found=c.repairs %}{% include "talkback/repairs.html" %}{% endwith %}
"""

from collections.abc import Sequence
from zlib import crc32

from usward.content.loader import library
from usward.content.schema import Repair
from usward.entries.door import Insider

SHOWN = 3
USES = {
    "soften": "Softer",
    "own": "My part in it",
    "ask": "To understand",
    "appreciate": "What is good here",
    "pause": "To pause, with a way back",
    "return": "Coming back",
}


def repairs(inside: Insider, exchange: str, uses: Sequence[str] = tuple(USES)) -> list[tuple[str, list[Repair]]]:
    """What each use is called, and the sentences for it that are at hand in this talk today."""
    start = inside.me.space.day_reached.toordinal() * SHOWN + crc32(exchange.encode())
    found = []
    for use in uses:
        suited = [one for one in library().repairs if one.use == use]
        some = [suited[(start + i) % len(suited)] for i in range(min(SHOWN, len(suited)))]
        found.append((USES[use], some))
    return [(label, some) for label, some in found if some]
