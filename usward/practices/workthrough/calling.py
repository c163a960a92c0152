"""Calling the other: a card on their Today, when there is something to read, and one on a day that was chosen.

The dated ones stand in an exchange of their own for each of the two, so that the newest counts for whom it is meant. One
who proposes a day calls the other on it, and so does the one who agrees; whoever proposes another lets the call that
they would have got go, as an own entry, of which nobody learns.
"""

from datetime import date
from typing import Any

from usward.entries.door import Insider
from usward.entries.models import Scope
from usward.entries.reader import Said
from usward.talkback.beckon import Sign, beckon, been, sign
from usward.talkback.entries import BECKON, Beckon

BEGUN = sign("workthrough-begun", "{name} would like to work something through, with you", "Come and see")
PROPOSED = sign("workthrough-proposed", "{name} proposes something, in what you work through", "Look at it")
GONE_ON = sign("workthrough-gone-on", "What you and {name} work through has come a step further", "Go there")
BOTH = sign("workthrough-both", "You and {name} have both written", "Read it")
READY = sign("workthrough-ready", "{name} is ready to go on with what you work through", "Go there")
IDEA = sign("workthrough-idea", "{name} has an idea for what you work through", "Read it")
PAUSED = sign("workthrough-paused", "{name} would like a pause in your talk, and comes back", "See when")
UP_AGAIN = sign("workthrough-up-again", "{name} takes up again what you work through", "Go there")
TALK_DAY = sign("workthrough-talk-day", "Today is meant for your talk with {name}", "Go there")
LOOK_DAY = sign("workthrough-look-day", "Today is meant for looking again, with {name}", "Look at it")


def address(talk: str) -> str:
    """Where a talk is, as from the root, without a slash before it."""
    return f"talk/work-it-through/{talk}/"


def _dated(exchange: str, whom: str) -> str:
    return f"{exchange}:day:{whom}"


def on_day(inside: Insider, exchange: str, which: Sign, path: str, day: date) -> None:
    """Call the other on a day; a call of mine for another day is taken back."""
    if inside.other is None:
        return
    name = _dated(exchange, inside.other.pk.hex)
    call_off(inside, exchange)
    beckon(inside, name, which, path, day)


def call_off(inside: Insider, exchange: str) -> None:
    """Take back whatever call of mine still waits for its day."""
    if inside.other is None:
        return
    for one in inside.reader.exchange(_dated(exchange, inside.other.pk.hex)):
        if one.mine and not one.open:
            inside.writer.withdraw(one.id)


def let_go(inside: Insider, exchange: str) -> None:
    """Let a call to me go that has not come yet."""
    name = _dated(exchange, inside.me.pk.hex)
    inside.writer.put(Beckon("", ""), exchange=name, step=BECKON, scope=Scope.OWN)


def been_there(inside: Insider, exchange: str, said: list[Said[Any]]) -> None:
    """Whoever comes has seen the cards. `said` is the talk's exchange as read."""
    signs = [one for one in said if one.step == BECKON]
    if signs and not signs[-1].mine:
        been(inside, exchange)
    been(inside, _dated(exchange, inside.me.pk.hex))
