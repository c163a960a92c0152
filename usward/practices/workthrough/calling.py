"""Calling the other: a card on their Today, when there is something to read, and one on a day that was chosen.

The dated ones call both, and stand in exchanges of their own, one for each kind of day: which days call is a function of
where the talk stands, so that a day calls nobody before both have agreed to it, and nobody any longer once it is passed.
"""

from datetime import date

from usward.entries.door import Insider
from usward.kit.road import END
from usward.practices.workthrough import entries as e
from usward.practices.workthrough.exchange import Standing, standing
from usward.practices.workthrough.talks import Talk
from usward.talkback.beckon import Sign, beckon, been, call_both, call_neither, sign

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


def _dated(talk: Talk, which: Sign) -> str:
    return f"{talk.exchange}:{which.slug}"


def days(now: Standing) -> dict[Sign, str]:
    """The days on which both are called, where a talk stands: that of an hour to which both have agreed, that of a return
    from a pause, and that of looking again. Pure."""
    if now.stopped or now.at == END:
        return {}
    hour = now.here.hours.named if now.here.hours.agreed else None
    back, again = now.pause.newest if now.pause else None, now.again
    found = ((TALK_DAY, hour and hour.value.day), (BACK_DAY, back and back.value.day), (LOOK_DAY, again and str(again)))
    return {which: day for which, day in found if day}


def tell(inside: Insider, talk: Talk, which: Sign) -> None:
    """Tell the other that something is there, unless the two sit at this phone; and keep the days and the list true."""
    before, after = talk.now, settle(inside, talk)
    if (after.at, after.nth) != (before.at, before.nth):
        which = which if which is BOTH else GONE_ON
        _note_agreement(inside, talk, after)
    if not before.passing:
        beckon(inside, talk.exchange, which, talk.path)


def settle(inside: Insider, talk: Talk) -> Standing:
    """Where the talk stands after an act; the days that it has changed call both, or nobody any longer."""
    after = standing(inside.reader.exchange(talk.exchange))
    was, is_now = days(talk.now), days(after)
    for which in DAYS:
        if (day := is_now.get(which)) == was.get(which):
            continue
        if day:
            call_both(inside, _dated(talk, which), which, talk.path, date.fromisoformat(day))
        else:
            call_neither(inside, _dated(talk, which))
    return after


def _note_agreement(inside: Insider, talk: Talk, after: Standing) -> None:
    over = after.at == END
    if over or after.again != talk.now.again:
        until = after.again.isoformat() if after.again and not over else ""
        inside.writer.put(e.InForce(talk.id, after.title, until), exchange=e.AGREEMENTS, step=e.InForce.name)


def been_there(inside: Insider, talk: Talk) -> None:
    """Whoever comes has seen the cards."""
    been(inside, talk.exchange, *(_dated(talk, which) for which in DAYS))
