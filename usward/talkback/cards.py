"""What talkback offers to Today: words of the other that no other card shows, so that no reply goes unseen."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import ARRIVED, Card
from usward.talkback.beckon import TEMPLATE
from usward.talkback.entries import BECKON, REPLY, Reply
from usward.talkback.looked import fresh, look_at, until
from usward.talkback.thread import composer, thread

SHOWN_DAYS, LOOKED_AT, LINES = 30, 24, 4
ABOUT, WORDS = 3, 60


def gather(inside: Insider, looked: Sequence[Said[Any]]) -> Sequence[Said[Reply]]:
    """The newest replies of the other that have not been looked at, one of each exchange."""
    known, first = until(looked), clock.today(inside.me.zone) - timedelta(days=SHOWN_DAYS)
    found: dict[str, Said[Reply]] = {}
    for one in inside.reader.latest(Reply, LOOKED_AT, mine=False):
        if fresh(one, known) and one.day >= first:
            found.setdefault(one.exchange, one)
    return list(found.values())


def cards(
    inside: Insider, found: Sequence[Said[Reply]], shown: Collection[str], drafts: dict[str, dict[str, str]]
) -> list[Card]:
    """One card for those whose exchange is not on the page already: its words, or where there are several, a line each."""
    look_at(inside, [one for one in found if one.exchange in shown])
    rest = [one for one in found if one.exchange not in shown]
    if len(rest) > 1:
        rows = [_line(inside, one) for one in rest[:LINES]]
        return [Card("replied", TEMPLATE, {"signs": rows}, ARRIVED, 20)]
    if not rest:
        return []
    context = words(inside, rest[0].exchange, drafts, "/#replied", visited=False)
    return [Card("replied", "talkback/replied.html", context | {"put_away": True}, ARRIVED, 20)]


def _line(inside: Insider, one: Said[Reply]) -> dict[str, str]:
    name = inside.their_card.name if inside.their_card else "Your partner"
    text = " ".join(one.value.text.split())
    said = text if len(text) <= WORDS else text[:WORDS].rsplit(" ", 1)[0] + "…"
    return {"words": f"{name} answered you: “{said}”", "door": "Read it", "path": f"reply/{one.exchange}/"}


def words(
    inside: Insider, exchange: str, drafts: dict[str, dict[str, str]], where: str, *, visited: bool = True
) -> dict[str, Any]:
    """A thread, and what it is about."""
    said = inside.reader.exchange(exchange)
    about = [one for one in said if one.step not in (REPLY, BECKON, "offer") and one.shared and _words(one)]
    draft = drafts.get(composer(exchange), {}).get("text", "")
    talk = thread(inside, exchange, said, "any", draft, where, visited=visited)
    return {"about": about[-ABOUT:], "thread": talk}


def _words(one: Said[Any]) -> str:
    """What its author said in words, to which an answer may be; a step of a talk, say, holds none."""
    said: str = getattr(one.value, "text", "") or getattr(one.value, "line", "")
    return "" if getattr(one.value, "passed", False) else said
