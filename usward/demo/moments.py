"""The year as a list of moments in the order of time: when, who, and what they do, through the practices' own verbs."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from uuid import UUID, uuid4

from usward.content.loader import library
from usward.demo.dreams import dreams
from usward.demo.guessed import guessed
from usward.demo.hard import hard
from usward.demo.life import LEFT, RIGHT, SIDES, Asked, Comfortable, Life, Line, Own, Thanked, other_side, spread
from usward.demo.listened import listened
from usward.demo.moment import Act, Moment, thread
from usward.demo.planned import planned
from usward.demo.tried import tried
from usward.demo.worked import worked
from usward.entries.door import Insider
from usward.kit import clock
from usward.practices.checkin.entries import CheckIn, exchange_name
from usward.practices.checkin.exchange import REPLIES
from usward.practices.questions import actions as questions
from usward.practices.questions.entries import Answer, Draw, Place, draw_exchange, question_exchange
from usward.practices.thanks.actions import thank
from usward.practices.thanks.entries import Thanks
from usward.practices.thanks.entries import exchange_name as thanks_exchange
from usward.practices.touch.actions import set_comfort
from usward.practices.touch.entries import Bounds
from usward.talkback import actions as talkback
from usward.talkback.entries import REPLY, Reply

MOODS = ("bright", "steady", "steady", "steady", "bright", "tired", "tired", "low", "tense")
NEEDS = {"bright": ("", ""), "steady": ("", "", "hug"), "tired": ("hug", "space", ""), "low": ("hug", "listen"),
         "tense": ("listen", "space", "help")}  # fmt: skip


def moments(life: Life) -> list[Moment]:
    """Everything but the first question, which is the invitation."""
    found: list[Moment] = []
    for asked in life.question[1:]:
        found += _question(asked)
    for own in life.own:
        found += _own(own)
    undated = [one for one in life.thanks if one.ago < 0]
    for one in life.thanks:
        found += _thanks(one, one.ago if one.ago >= 0 else spread(undated.index(one), len(undated), life.days))
    found += _checkins(life)
    for one_round in life.guessed:
        found += guessed(one_round)
    found += [Moment(one.ago, 22 * 60, one.by, _is_comfortable(one)) for one in life.comfort]
    for talk in life.listening:
        found += listened(talk)
    found += worked(life)
    found += dreams(life)
    found += hard(life)
    found += planned(life)
    found += tried()
    return sorted(found, key=lambda moment: (-moment.ago, moment.minute))


def _question(asked: Asked) -> Iterator[Moment]:
    exchange = question_exchange(asked.id)
    minute = 20 * 60 + asked.ago * 7 % 60
    first = LEFT if (asked.ago % 2 or not asked.right) and asked.left else RIGHT
    yield Moment(asked.ago, 6 * 60, first, lambda me: _draw(me, asked))
    for nth, side in enumerate((first, other_side(first))):
        if text := getattr(asked, side):
            yield Moment(asked.ago, minute + nth * 35, side, _answers(text))
        elif asked.skip == side:
            yield Moment(asked.ago, minute + 35, side, lambda me: questions.skip(me, exchange))
    if asked.tonight:
        text = question_text(asked.id)
        yield Moment(asked.ago, minute + 40, LEFT, lambda me: _tonight(me, exchange, text))
    yield from thread(asked.ago, minute + 45, asked.thread, lambda me: exchange)
    if asked.kept:
        yield Moment(asked.ago, minute + 130, RIGHT, lambda me: _keep(me, exchange, asked.kept))


def question_text(question: str) -> str:
    """The words of a question of the library."""
    found = library().question(question)
    if found is None:
        raise LookupError(f"life.toml asks {question}, which is not in the library")
    return found.text


def _draw(me: Insider, asked: Asked) -> None:
    """The day's question: chosen in life.toml, or today's, which comes back by itself after a year."""
    today = clock.today(me.me.zone)
    if asked.again:
        questions.draw(me, today)
        return
    name = draw_exchange(today.isoformat())
    value = Draw(asked.id, question_text(asked.id), question_exchange(asked.id), Place())
    me.writer.put(value, exchange=name, slot=name)


def _answers(text: str) -> Act:
    def act(me: Insider) -> None:
        drawn = me.reader.exchange(draw_exchange(clock.today(me.me.zone).isoformat()))[0].value
        value = Answer(drawn.question, drawn.text, text)
        questions.answer(me, drawn.exchange, value, uuid4(), None, offer=False)

    return act


def _tonight(me: Insider, exchange: str, text: str) -> None:
    talkback.say_it_tonight(me, exchange, text, uuid4())


def _keep(me: Insider, exchange: str, line: str) -> None:
    talkback.keep_line(me, exchange, line, uuid4())


def _own(own: Own) -> Iterator[Moment]:
    entry_id = uuid4()
    question = f"own-{entry_id.hex}"
    exchange = question_exchange(question)
    for nth, side in enumerate((own.by, other_side(own.by))):
        text = own.left if side == LEFT else own.right
        if text:
            value = Answer(question, own.text, text)
            yield Moment(own.ago, 19 * 60 + nth * 70, side, _asks(exchange, value, offer=nth == 0))


def _asks(exchange: str, value: Answer, offer: bool) -> Act:
    def act(me: Insider) -> None:
        questions.answer(me, exchange, value, uuid4(), None, offer=offer)

    return act


def _thanks(one: Thanked, ago: int) -> Iterator[Moment]:
    entry_id, newer = uuid4(), uuid4()
    value = Thanks(one.kind, one.before or one.text, one.meant, one.shows)
    minute = 21 * 60 + 30 + ago * 11 % 40

    def say(me: Insider) -> None:
        day = clock.today(me.me.zone) + timedelta(days=one.wait) if one.wait else None
        thank(me, value, entry_id, day)

    yield Moment(ago, minute, one.by, say)
    if one.before:
        better = Thanks(one.kind, one.text, one.meant, one.shows)
        yield Moment(ago, minute + 1, one.by, lambda me: _reword(me, better, newer, entry_id))
    if one.withdrawn:
        yield Moment(ago, minute + 3, one.by, lambda me: me.writer.withdraw(entry_id))
    found_at = 9 * 60 if one.wait else minute + 5
    yield from thread(ago - one.wait, found_at, one.thread, lambda me: thanks_exchange(entry_id.hex))


def _reword(me: Insider, value: Thanks, entry_id: UUID, replaces: UUID) -> None:
    thank(me, value, entry_id, None, replaces)


def _checkins(life: Life) -> Iterator[Moment]:
    """Most days both say how they are, mostly in two taps; the days with a line are those of life.toml."""
    chance = Random(len(life.line))
    lines: dict[tuple[int, str], Line] = {(one.ago, one.by): one for one in life.line if one.ago >= 0}
    undated = [one for one in life.line if one.ago < 0]
    for nth, one in enumerate(undated):
        ago = spread(nth, len(undated), life.days)
        lines[next(day for day in range(ago, 0, -1) if (day, one.by) not in lines), one.by] = one
    for ago in range(life.days - 1, -1, -1):
        for side in SIDES:
            said = lines.get((ago, side))
            if said is None:
                if ago == 0 or chance.random() < 0.28:
                    continue
                mood = chance.choice(MOODS)
                said = Line(side, mood, "", need=chance.choice(NEEDS[mood]))
                if said.need and chance.random() < (0.7 if life.is_away(ago) else 0.35):
                    said = Line(side, mood, "", need=said.need, reply=chance.choice(REPLIES[said.need]))
            minute = (7 * 60 + 10 if side == LEFT else 8 * 60 + 20) + chance.randrange(40)
            yield Moment(ago, minute, side, _checks_in(said))
            if said.reply:
                yield Moment(ago, minute + 90 + chance.randrange(300), other_side(side), _answers_checkin(said.reply))


def _checks_in(said: Line) -> Act:
    def act(me: Insider) -> None:
        name = exchange_name(me.me.pk.hex, clock.today(me.me.zone).isoformat())
        me.writer.put(CheckIn(said.mood, said.need, said.line), exchange=name, step="say", slot=name)

    return act


def _answers_checkin(text: str) -> Act:
    def act(me: Insider) -> None:
        if me.other is None:
            raise LookupError("nobody is there to answer")
        day = clock.today(me.other.zone).isoformat()
        me.writer.put(Reply(text), exchange=exchange_name(me.other.pk.hex, day), step=REPLY)

    return act


def _is_comfortable(one: Comfortable) -> Act:
    return lambda me: set_comfort(me, Bounds(True, one.warmth, one.places, one.energy))
