"""Which of the other's replies somebody has looked at: each is told on Today until then. The other learns nothing of it."""

from collections.abc import Iterable
from typing import Any

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit.unkept import by_the_way
from usward.live import ping_on_commit
from usward.spaces.actions import bump
from usward.talkback.entries import LOOKED, REPLY, Looked, Reply

REMEMBERED = 48  # exchanges; Today looks at fewer replies
Until = dict[str, float]


def until(said: Iterable[Said[Any]]) -> Until:
    """What has been looked at, from what was read of the exchange LOOKED."""
    return next((one.value.until for one in said if isinstance(one.value, Looked)), {})


def fresh(reply: Said[Reply], known: Until) -> bool:
    """Whether a reply of the other's has not been looked at."""
    return not reply.mine and reply.at.timestamp() > known.get(reply.exchange, 0)


def look_at(inside: Insider, said: Iterable[Said[Any]]) -> None:
    """These are on the page, or have been answered: none of them has to be told any more."""
    theirs = [one for one in said if one.step == REPLY and not one.mine]
    if not theirs:
        return
    stands: Said[Looked] | None = inside.reader.own(Looked, LOOKED)
    known = stands.value.until if stands else {}
    new = [one for one in theirs if fresh(one, known)]
    if not new:
        return
    latest = known | {one.exchange: one.at.timestamp() for one in sorted(new, key=lambda one: one.at)}
    kept = dict(sorted(latest.items(), key=lambda pair: pair[1])[-REMEMBERED:])
    with by_the_way(inside.me):
        inside.writer.put(Looked(kept), exchange=LOOKED, slot=LOOKED, replaces=stands.id if stands else None)
        bump(inside.me.pk)  # what keeps no history tells nobody, and another tab of theirs may show the card
        inside.me.pulse += 1
        ping_on_commit(inside.me.pk)
