"""What talkback offers to Today: words of the other that no other card shows, so that no reply goes unseen."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, Card
from usward.talkback.entries import BECKON, REPLY, Reply
from usward.talkback.thread import composer, thread

SHOWN_DAYS = 1
ABOUT = 3


def gather(inside: Insider, lately: Sequence[Said[Any]]) -> Sequence[Said[Reply]]:
    """The newest replies of the other, from today and yesterday, out of what was said lately."""
    first = clock.today(inside.me.zone) - timedelta(days=SHOWN_DAYS)
    found = [one for one in lately if isinstance(one.value, Reply) and not one.mine and one.day >= first]
    return found[:-4:-1]


def cards(
    inside: Insider, found: Sequence[Said[Reply]], shown: Collection[str], drafts: dict[str, dict[str, str]]
) -> list[Card]:
    """One card for the newest of them whose exchange is not on the page already."""
    fresh = next((one for one in found if one.exchange not in shown), None)
    if fresh is None:
        return []
    said = inside.reader.exchange(fresh.exchange)
    draft = drafts.get(composer(fresh.exchange), {}).get("text", "")
    context: dict[str, Any] = {
        "about": [one for one in said if one.step not in (REPLY, BECKON, "offer") and one.shared and _words(one)][
            -ABOUT:
        ],
        "thread": thread(inside, fresh.exchange, said, "any", draft, "/#replied"),
    }
    return [Card("replied", "talkback/replied.html", context, ARRIVED, 20)]


def _words(one: Said[Any]) -> str:
    """What its author said in words, to which an answer may be; a step of a talk, say, holds none."""
    said: str = getattr(one.value, "text", "") or getattr(one.value, "line", "")
    return "" if getattr(one.value, "passed", False) else said
