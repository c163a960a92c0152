"""Every write around touch: what one is comfortable with. Of what is drawn, looked at or done, nothing is written."""

from django.db import transaction
from msgspec.structs import replace

from usward.entries.door import Insider
from usward.practices.touch.entries import SLOT, Bounds, Comfort
from usward.practices.touch.exchange import changed, week_of


@transaction.atomic
def set_comfort(inside: Insider, now: Bounds) -> None:
    """Change what one is comfortable with. The other's page follows with the next week's draw.

    The week is that of the day which both have reached, which never goes back: so the change comes after every draw that
    either can have seen, whatever their zones do. What stood before is erased, not kept as an earlier version.
    """
    stands = inside.reader.own(Comfort, SLOT)
    if stands and stands.value.now == now:
        return
    week = week_of(inside.me.space.day_reached)
    if stands:
        inside.writer.withdraw(stands.id)
    value = changed(stands.value if stands else Comfort(), now, week)
    inside.writer.put(value, exchange=SLOT, slot=SLOT)


def put_aside(inside: Insider, gesture: str, back: bool) -> None:
    """Rule a single gesture out, or take it back in."""
    stands = inside.reader.own(Comfort, SLOT)
    now = stands.value.now if stands else Bounds()
    rest = tuple(one for one in now.aside if one != gesture)
    set_comfort(inside, replace(now, aside=rest if back else (*rest, gesture)))
