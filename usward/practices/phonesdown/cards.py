"""What Today says while the phones are down and after; and what the pages need."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import INSTEAD, MORE, Card
from usward.kit.forms import Fields
from usward.practices.phonesdown.actions import composer, path_of
from usward.practices.phonesdown.entries import Down
from usward.practices.phonesdown.exchange import OVER, RUNS, TO_TELL, Standing, standing

MINUTES = {20: "20 minutes", 45: "45 minutes", 60: "An hour", 90: "An hour and a half", 120: "Two hours"}
LATELY = (Down,)


def for_today(inside: Insider, lately: Sequence[Said[Any]] = ()) -> list[Card]:
    """The lamp alone while they are down; afterwards, for two days, the line that one may keep."""
    newest = max((one for one in lately if isinstance(one.value, Down)), key=lambda one: one.seq, default=None)
    now = standing(inside.reader.exchange(newest.exchange)) if newest else None
    if now is None or now.end is None:
        return []
    state = now.state(clock.now())
    if state == RUNS:
        return [Card("lamp", "", {"path": path_of(now.id)}, INSTEAD)]
    if state == OVER and now.mine is None and clock.now() < now.end + TO_TELL:
        return [Card("phones-down", "phonesdown/card.html", {"path": path_of(now.id)}, MORE, 65)]
    return []


def until(now: Standing, inside: Insider) -> str:
    """The time at which they may come up again, by the reader's clocks."""
    return f"{now.end.astimezone(ZoneInfo(inside.me.zone)):%H:%M}" if now.end else ""


def starting() -> dict[str, Any]:
    """The page on which one begins."""
    return {"minutes": MINUTES, "why": library().whys.get("phones-down")}


def page(
    inside: Insider, now: Standing, typed: str | None = None, errors: dict[str, str] | None = None
) -> dict[str, Any]:
    """One time, as it stands."""
    moment = clock.now()
    left = int((now.end - moment).total_seconds()) if now.end else 0
    draft = inside.drafts.read([composer(now.id)]).get(composer(now.id), {}).get("text", "")
    own = now.mine.value.text if now.mine else ""
    return {
        "now": now,
        "id": str(now.down.root),
        "path": path_of(now.id),
        "state": now.state(moment),
        "left": max(left, 0) + 1,  # seconds, to the next whole one
        "until": until(now, inside),
        "minutes": MINUTES.get(now.down.value.minutes, f"{now.down.value.minutes} minutes").lower(),
        "composer": composer(now.id),
        "text": typed if typed is not None else draft or own,
        "both": now.mine is not None and now.theirs is not None,
        "errors": Fields(errors or {}),
    }
