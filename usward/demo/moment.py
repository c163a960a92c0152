"""One moment of the demo couple's year, and replies, which are some."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from usward.entries.door import Insider
from usward.talkback.entries import REPLY, Reply

Act = Callable[[Insider], object]


@dataclass(frozen=True)
class Moment:
    """Something that one of the two did: days ago, minutes after midnight, who, what."""

    ago: int
    minute: int
    by: str
    act: Act


def thread(
    ago: int, minute: int, said: tuple[tuple[str, str], ...], where: Callable[[Insider], str]
) -> Iterator[Moment]:
    """Replies, some minutes apart, in an exchange."""
    for nth, (side, text) in enumerate(said):
        yield Moment(ago, minute + nth * 6, side, _replies(where, text))


def _replies(where: Callable[[Insider], str], text: str) -> Act:
    def act(me: Insider) -> None:
        me.writer.put(Reply(text), exchange=where(me), step=REPLY)

    return act
