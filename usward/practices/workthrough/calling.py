"""Calling the other: a card on their Today, when there is something to read, and one on a day that was chosen.

The dated ones stand in exchanges of their own, one for each kind of day and each of the two. Who proposes a day calls the
other on it, and so does who agrees; whoever proposes another lets the call go that they would have got.
"""

from datetime import date
from uuid import UUID

from usward.entries.door import Insider
from usward.entries.kinds import Kind
from usward.kit.road import END
from usward.practices.workthrough import entries as e
from usward.practices.workthrough.exchange import Standing, standing
from usward.practices.workthrough.talks import Talk
from usward.talkback.beckon import Sign, beckon, beckon_on, call_off, let_go, sign
from usward.talkback.entries import BECKON, When

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


def _dated(talk: Talk, which: Sign, whom: UUID) -> str:
    return f"{talk.exchange}:{which.slug}:{whom.hex}"


def tell(inside: Insider, talk: Talk, which: Sign) -> None:
    """Tell the other that something is there, unless the two sit at this phone. What a step that is passed has waited for
    is called off, and the list of agreements stays true."""
    before, after = talk.now, standing(inside.reader.exchange(talk.exchange))
    if (after.at, after.nth) != (before.at, before.nth):
        which = which if which is BOTH else GONE_ON
        if before.at == "when":
            clear(inside, talk, TALK_DAY)
        _note_agreement(inside, talk, after)
    if before.pause and not after.pause:
        clear(inside, talk, BACK_DAY)
    if not before.passing:
        beckon(inside, talk.exchange, which, talk.path)


def _note_agreement(inside: Insider, talk: Talk, after: Standing) -> None:
    over = after.at == END
    if over:
        clear(inside, talk, LOOK_DAY)
    if over or after.again != talk.now.again:
        until = after.again.isoformat() if after.again and not over else ""
        inside.writer.put(e.InForce(talk.id, after.title, until), exchange=e.AGREEMENTS, step=e.InForce.name)


def on_its_day(inside: Insider, talk: Talk, value: Kind, anew: bool = False, pause: bool = False) -> None:
    """Call the other on the day that a proposal names; who proposes it `anew` need not be called on an earlier one."""
    day, which = getattr(value, "again", ""), LOOK_DAY
    if isinstance(value, When):
        day, which = value.day, BACK_DAY if pause else TALK_DAY
    if day and anew:
        let_go(inside, _dated(talk, which, inside.me.pk))
    if day and inside.other is not None:
        beckon_on(inside, _dated(talk, which, inside.other.pk), which, talk.path, date.fromisoformat(day))


def clear(inside: Insider, talk: Talk, *days: Sign) -> None:
    """These days need not be waited for any longer, by either of the two."""
    for which in days:
        let_go(inside, _dated(talk, which, inside.me.pk))
        if inside.other is not None:
            call_off(inside, _dated(talk, which, inside.other.pk))


def been_there(inside: Insider, talk: Talk) -> None:
    """Whoever comes has seen the cards."""
    dated = inside.reader.exchanges([_dated(talk, which, inside.me.pk) for which in DAYS])
    newest = {one.exchange: one for one in (*talk.said, *dated) if one.step == BECKON}
    for exchange, one in newest.items():
        if not one.mine:
            let_go(inside, exchange)
