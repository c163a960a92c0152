"""The demo couple's wishes, as wishes.toml tells them, through the practice's own verbs."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import msgspec

from usward.demo.life import LEFT, RIGHT, SIDES
from usward.demo.moment import Act, Moment
from usward.entries.door import Insider
from usward.practices.wishes import actions
from usward.practices.wishes.entries import OWN_PREFIX, OwnWish

EVENING = 20 * 60
TURNS = (RIGHT, LEFT, RIGHT, LEFT)  # whoever was invited opens


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What each of the two answered on a day, by wish."""

    ago: int
    left: dict[str, str]
    right: dict[str, str]


class Own(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A wish that one of them wrote, and what each answered to it."""

    ago: int
    by: str
    text: str
    topic: str
    left: str = ""
    right: str = ""


class Wished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    visits: tuple[int, ...]
    answered: tuple[Answered, ...]
    own: tuple[Own, ...]


@cache
def told() -> Wished:
    """Read once, and kept."""
    return msgspec.toml.decode((Path(__file__).parent / "wishes.toml").read_bytes(), type=Wished)


def wished() -> Iterator[Moment]:
    """Their answers and their visits. What met at the last of these, nobody has looked at yet."""
    for one in told().answered:
        for nth, side in enumerate((RIGHT, LEFT)):
            yield Moment(one.ago, EVENING + nth, side, _answers(getattr(one, side)))
    for own in told().own:
        wish = uuid4()
        yield Moment(own.ago, EVENING + 10, own.by, _writes(own, wish))
        for nth, side in enumerate(SIDES):
            if side != own.by and getattr(own, side):
                yield Moment(
                    own.ago, EVENING + 20 + nth, side, _answers({f"{OWN_PREFIX}{wish.hex}": getattr(own, side)})
                )
    for ago in told().visits:
        for nth, side in enumerate(TURNS):
            yield Moment(ago, EVENING + 30 + nth, side, actions.come_by)
        if ago != min(told().visits):
            for nth, side in enumerate(SIDES):
                yield Moment(ago, EVENING + 40 + nth, side, _looks)


def _answers(letters: dict[str, str]) -> Act:
    def act(me: Insider) -> None:
        actions.come_by(me)
        actions.settle(me, maybes=True, level=0)
        actions.answer(me, letters.items())

    return act


def _writes(own: Own, wish: UUID) -> Act:
    def act(me: Insider) -> None:
        actions.write(me, OwnWish(own.text, own.topic), wish, getattr(own, own.by))

    return act


def _looks(me: Insider) -> None:
    actions.look(me)
