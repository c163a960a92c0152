"""Every write around touch: what one is comfortable with. Of what is drawn, looked at or done, nothing is written."""

from datetime import date

from django.db import transaction
from msgspec.structs import replace

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit.unkept import by_the_way
from usward.practices.touch.entries import SLOT, Bounds, Comfort
from usward.practices.touch.exchange import changed, in_week, week_of


@transaction.atomic
def set_comfort(inside: Insider, now: Bounds) -> None:
    """Change what one is comfortable with. The other's page follows with the next week's draw.

    The week is that of the day which both have reached, which never goes back: so the change comes after every draw that
    either can have seen, whatever their zones do.
    """
    stands = inside.reader.own(Comfort, SLOT)
    if stands is None or stands.value.now != now:
        _keep(inside, stands, changed(stands.value if stands else Comfort(), now, _week(inside)))


@by_the_way()
def forget(inside: Insider) -> None:
    """Once a change counts, what stood before it is nobody's business any more."""
    stands = inside.reader.own(Comfort, SLOT)
    if stands and stands.value.before != stands.value.now and in_week(stands.value, _week(inside)) == stands.value.now:
        _keep(inside, stands, replace(stands.value, before=stands.value.now))


def _week(inside: Insider) -> date:
    return week_of(inside.me.space.day_reached)


def _keep(inside: Insider, stands: Said[Comfort] | None, value: Comfort) -> None:
    """In the place of what stands, which is erased: not kept as an earlier version."""
    if stands:
        inside.writer.withdraw(stands.id)
    inside.writer.put(value, exchange=SLOT, slot=SLOT)


def put_aside(inside: Insider, gesture: str, back: bool) -> None:
    """Rule a single gesture out, or take it back in."""
    stands = inside.reader.own(Comfort, SLOT)
    now = stands.value.now if stands else Bounds()
    rest = tuple(one for one in now.aside if one != gesture)
    set_comfort(inside, replace(now, aside=rest if back else (*rest, gesture)))
