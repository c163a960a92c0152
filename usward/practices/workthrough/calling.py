"""Calling the other: a card on their Today, when there is something to read, and one on a day that was chosen.

The dated ones stand in exchanges of their own, one for each kind of day and each of the two, so that the newest counts for
whom it is meant. Who proposes a day calls the other on it, and so does who agrees; whoever proposes another lets the call
go that they would have got, as an own entry, of which nobody learns.
"""

from datetime import date
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.kinds import Kind
from usward.entries.models import Scope
from usward.practices.workthrough.entries import AGREEMENTS, Agreement, Hour, InForce, Looked
from usward.practices.workthrough.exchange import Standing, standing
from usward.practices.workthrough.road import END
from usward.practices.workthrough.talks import Talk
from usward.talkback.beckon import Sign, beckon, been, sign
from usward.talkback.entries import BECKON, Beckon

BEGUN = sign("workthrough-begun", "{name} would like to work something through, with you", "Come and see")
PROPOSED = sign("workthrough-proposed", "{name} proposes something, in what you work through", "Look at it")
AGREES = sign("workthrough-agrees", "{name} agrees with you, in what you work through", "Go there")
GONE_ON = sign("workthrough-gone-on", "What you and {name} work through has come a step further", "Go there")
BOTH = sign("workthrough-both", "You and {name} have both written", "Read it")
READY = sign("workthrough-ready", "{name} is ready to go on with what you work through", "Go there")
IDEA = sign("workthrough-idea", "{name} has an idea for what you work through", "Read it")
PAUSED = sign("workthrough-paused", "{name} would like a pause in your talk, and comes back", "See when")
UP_AGAIN = sign("workthrough-up-again", "{name} takes up again what you work through", "Go there")
TALK_DAY = sign("workthrough-talk-day", "Today is meant for your talk with {name}", "Go there")
BACK_DAY = sign("workthrough-back-day", "Today is meant for going on, with {name}, after a pause", "Go there")
LOOK_DAY = sign("workthrough-look-day", "Today is meant for looking again, with {name}", "Look at it")
DAYS = (TALK_DAY, BACK_DAY, LOOK_DAY)


def _dated(exchange: str, which: Sign, whom: UUID) -> str:
    return f"{exchange}:{which.slug}:{whom.hex}"


def tell(inside: Insider, talk: Talk, which: Sign) -> None:
    """Tell the other that something is there, unless the two sit at this phone. What a step that is passed has waited for
    is called off, and the list of agreements stays true."""
    before, after = talk.now, standing(inside.reader.exchange(talk.exchange))
    if (after.at, after.nth) != (before.at, before.nth):
        which = which if which is BOTH else GONE_ON
        if before.at == "when":
            clear(inside, talk.exchange, TALK_DAY)
        _note_agreement(inside, talk, after)
    if before.pause and not after.pause:
        clear(inside, talk.exchange, BACK_DAY)
    if not before.passing:
        beckon(inside, talk.exchange, which, talk.path)


def _note_agreement(inside: Insider, talk: Talk, after: Standing) -> None:
    over = after.at == END
    if over:
        clear(inside, talk.exchange, LOOK_DAY)
    if over or after.again != talk.now.again:
        until = after.again.isoformat() if after.again and not over else ""
        inside.writer.put(InForce(talk.id, after.title, until), exchange=AGREEMENTS, step=InForce.name)


def on_its_day(inside: Insider, talk: Talk, value: Kind, anew: bool = False, pause: bool = False) -> None:
    """Call the other on the day that a proposal names; who proposes it `anew` need not be called on an earlier one."""
    if isinstance(value, Hour):
        day, which = value.day, BACK_DAY if pause else TALK_DAY
    elif isinstance(value, (Agreement, Looked)) and value.again:
        day, which = value.again, LOOK_DAY
    else:
        return
    if anew:
        let_go(inside, talk.exchange, which)
    _on_day(inside, talk, which, date.fromisoformat(day))


def _on_day(inside: Insider, talk: Talk, which: Sign, day: date) -> None:
    """Call the other on a day; the like call of mine for another day is taken back."""
    call_off(inside, talk.exchange, which)
    if inside.other is not None and day > inside.me.space.day_reached:
        beckon(inside, _dated(talk.exchange, which, inside.other.pk), which, talk.path, day)


def call_off(inside: Insider, exchange: str, which: Sign) -> None:
    """Take back a call of mine that still waits for its day."""
    if inside.other is None:
        return
    for one in inside.reader.exchange(_dated(exchange, which, inside.other.pk)):
        if one.mine and one.shared and not one.open:
            inside.writer.withdraw(one.id)


def let_go(inside: Insider, exchange: str, which: Sign) -> None:
    """Let a call to me go, be it that it has come, or that it is still to come."""
    name = _dated(exchange, which, inside.me.pk)
    inside.writer.put(Beckon("", ""), exchange=name, step=BECKON, scope=Scope.OWN)


def clear(inside: Insider, exchange: str, which: Sign) -> None:
    """Its day need not be waited for any longer, by either of the two."""
    call_off(inside, exchange, which)
    let_go(inside, exchange, which)


def been_there(inside: Insider, talk: Talk) -> None:
    """Whoever comes has seen the cards."""
    signs = [one for one in talk.said if one.step == BECKON]
    if signs and not signs[-1].mine:
        been(inside, talk.exchange)
    names = {_dated(talk.exchange, which, inside.me.pk): which for which in DAYS}
    newest = {one.exchange: one for one in inside.reader.exchanges(list(names))}
    for name, one in newest.items():
        if not one.mine:
            let_go(inside, talk.exchange, names[name])
