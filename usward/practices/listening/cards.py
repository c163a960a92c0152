"""The door to listening, and what its pages need."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from usward.content.loader import library
from usward.content.schema import Topic
from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.kit import clock
from usward.kit.cards import CLOSER, Offer
from usward.kit.forms import Fields
from usward.practices.listening.actions import composer, heard_slot, path_of
from usward.practices.listening.entries import ANSWERS, FELT, Heard, Paused, Talk
from usward.practices.listening.exchange import Standing, Turn, standing
from usward.practices.listening.pauses import SOON, in_words
from usward.talkback import hour, otherside_page
from usward.talkback.repairs import repairs
from usward.talkback.thread import composer as reply_composer
from usward.talkback.thread import thread

KINDS = {"stress outside": "Outside", "us": "Us", "glad": "Glad", "wish": "A wish"}
SITUATIONS = {"stress outside": "low", "us": "hard", "glad": "high", "wish": "tender"}
SHOWN = 3
SAY_BACK = ("What I heard is …", "For you it was …", "You felt … when …")


def offers(inside: Insider) -> list[Offer]:
    """The way in; and back into a talk that is open."""
    talk, state = open_talk(inside)
    line = f"“{talk.value.topic}”: {state}" if talk else ""
    words = "One says one small thing, the other says it back, until it is right. Then you swap."
    return [Offer(CLOSER, "Listening", words, "talk/listening/", "ear", "ten minutes", line, 90)]


def open_talk(inside: Insider) -> tuple[Said[Talk] | None, str]:
    """The newest talk, if there is something to be said in it still; and in words where it stands."""
    newest = inside.reader.latest(Talk, 1)
    now = standing(inside.reader.exchange(newest[0].exchange)) if newest else Standing(None)
    if now.talk is None or now.ended or now.place is None:
        return None, ""
    if now.pause:
        return now.talk, f"a pause; you go on {_back(inside, now)}"
    return now.talk, "your turn" if now.my_turn and not now.talk.value.one_phone else "it is open"


def _back(inside: Insider, now: Standing) -> str:
    assert now.pause is not None
    zone = inside.me.zone
    return in_words(now.pause.back, clock.today(zone), zone)


@hour.finds
def returns(inside: Insider, start: datetime, end: datetime) -> Iterator[hour.Ahead]:
    """The returns from a pause to which both have agreed; for Plan's week."""
    paused = inside.reader.latest(Paused, hour.NEWEST)
    coming = [one for one in paused if start.timestamp() <= one.value.back < end.timestamp()]
    for exchange in {one.exchange: None for one in coming}:
        now = standing(inside.reader.exchange(exchange))
        if now.talk and now.pause and now.pause.agreed:
            yield hour.Ahead(now.pause.back, f"A talk: {now.talk.value.topic}", path_of(now.talk.id))


def topics(inside: Insider, kind: str, met: set[str]) -> list[Topic]:
    """The topics of a kind: light ones first, those that were not met before, others at the head each day."""
    suited = [one for one in library().topics if one.kind == kind]
    turn = inside.me.space.day_reached.toordinal() % max(len(suited), 1)
    return sorted(suited[turn:] + suited[:turn], key=lambda one: (one.text in met, one.depth))


def context(
    inside: Insider,
    said: Sequence[Said[Any]],
    now: Standing,
    typed: Fields | None = None,
    errors: Fields | None = None,
    taken: otherside_page.Taken | None = None,
) -> dict[str, Any]:
    """A talk's page. `now.talk` is there."""
    assert now.talk is not None
    talk, exchange = now.talk.value, now.talk.exchange
    where = f"/{path_of(now.talk.id)}"
    drafts = inside.drafts.read([composer(exchange), reply_composer(exchange)])
    apart = now.place is None or now.ended
    return {
        "talk": talk,
        "now": now,
        "where": where,
        "typed": typed or Fields(drafts.get(composer(exchange), {})),
        "errors": errors or Fields(),
        "composer": composer(exchange),
        "present": lines(now, now.turns[-1:]) if now.place else [],
        "before": lines(now, now.turns[:-1] if now.place else now.turns),
        "answers": ANSWERS,
        "say_back": SAY_BACK,
        "soon": SOON,
        "back": _back(inside, now) if now.pause else "",
        "repairs": repairs(inside, exchange, ("return", "own", "appreciate") if now.pause else ALL),
        "felt": FELT,
        "felt_before": inside.reader.own(Heard, heard_slot(now.talk)) is not None,
        "otherside": otherside_page.context(inside, exchange, said, where, talk.one_phone, taken, folded=True)
        if apart
        else None,
        "thread": thread(
            *(inside, exchange, said, SITUATIONS.get(talk.kind, "hard")),
            *(drafts.get(reply_composer(exchange), {}).get("text", ""), where),
        ),
        "why": library().whys.get("listening"),
    }


ALL = ("soften", "own", "ask", "appreciate", "pause")


def lines(now: Standing, turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """What was said in some turns, line by line: whose it is, what it was, and the words (none where it was aloud)."""
    found: list[dict[str, Any]] = []
    for turn in turns:
        speaker, listener = turn.by_first == now.i_am_first, turn.by_first != now.i_am_first
        for one in turn.attempts:
            if one.say:
                found.append({"mine": speaker, "part": "say", "text": one.say.value.text})
            if one.back:
                found.append({"mine": listener, "part": "back", "text": one.back.value.text})
            if one.judged:
                value = one.judged.value
                found.append({"mine": speaker, "part": value.answer, "text": value.missing})
    return found
