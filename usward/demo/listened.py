"""The listening talks of the year."""

from collections.abc import Iterator
from uuid import UUID, uuid4

from usward.content.loader import library
from usward.content.schema import Topic
from usward.demo.life import Listened, other_side
from usward.demo.moment import Act, Moment
from usward.entries.door import Insider
from usward.practices.listening import actions as listening
from usward.practices.listening.entries import ANSWERS, BACK, Talk
from usward.practices.listening.entries import exchange_name as talk_name
from usward.practices.listening.exchange import ENDED, standing
from usward.talkback import otherside
from usward.talkback.entries import Mark, OtherView, ViewMarks


def listened(one: Listened) -> Iterator[Moment]:
    """A talk on two phones: each does what is theirs to do, a few minutes after the other."""
    topic = library().one(Topic, one.topic)
    if topic is None:
        raise LookupError(f"life.toml talks about {one.topic}, which is not in the library")
    talk_id, view_id = uuid4(), uuid4()
    value, exchange = Talk(topic.text, topic.kind), talk_name(talk_id.hex)
    minute, speaker = 21 * 60 + 5, one.by
    yield Moment(one.ago, minute, one.by, lambda me: _talk(me, value, talk_id))
    for nth, (what, text) in enumerate(one.steps, start=1):
        side = other_side(speaker) if what == BACK else speaker
        yield Moment(one.ago, minute + nth * 3, side, _does(exchange, what, text))
        speaker = other_side(speaker) if what == "yes" else speaker
    minute += len(one.steps) * 3 + 5
    if one.feels:
        view = OtherView(one.feels, one.matters)
        marks = tuple(Mark(text, *said) for text, said in zip(one.feels + one.matters, one.marks, strict=True))
        yield Moment(one.ago, minute, one.by, lambda me: _writes(me, exchange, view, view_id))
        yield Moment(one.ago, minute + 6, other_side(one.by), lambda me: _marks(me, exchange, view_id, marks))


def _talk(me: Insider, value: Talk, talk_id: UUID) -> None:
    listening.begin(me, value, talk_id)


def _does(exchange: str, what: str, text: str) -> Act:
    def act(me: Insider) -> None:
        now = standing(me.reader.exchange(exchange))
        if what == ENDED:
            listening.end(me, now)
        elif what in ANSWERS:
            listening.judge(me, now, what, text, uuid4())
        else:
            listening.speak(me, now, text, uuid4())

    return act


def _writes(me: Insider, exchange: str, view: OtherView, view_id: UUID) -> None:
    otherside.put(me, exchange, view, 0, view_id)


def _marks(me: Insider, exchange: str, view_id: UUID, marks: tuple[Mark, ...]) -> None:
    otherside.mark(me, exchange, ViewMarks(view_id.hex, marks), uuid4(), None)
