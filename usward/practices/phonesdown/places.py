"""Places and hours without phones that stand until one of the two ends them: named by one, agreed by the other."""

from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from usward.entries.door import Insider
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.practices.phonesdown.entries import PLACE, PLACE_ANSWER, PLACES, Place, PlaceAnswer
from usward.talkback.beckon import beckon, been, sign

NAMED = sign("phone-free", "{name} would like a place without phones", "See which")
PATH = "plan/phones-down/"
MOST = 12
CALLS = "phone-free-calls"


class Agreed(NamedTuple):
    """A place as it stands: who named it, and whether the other has said yes."""

    place: Said[Place]
    agreed: bool

    @property
    def key(self) -> str:
        """What an answer names."""
        return self.place.id.hex


def standing(said: list[Said[Any]], alone: bool = False) -> list[Agreed]:
    """The places that nobody has ended, in the order in which they were named. Pure. Alone, what one names stands."""
    newest: dict[str, bool] = {}
    for one in sorted(said, key=lambda one: one.seq):
        if one.step == PLACE_ANSWER:
            newest[one.value.to] = one.value.yes
    places = sorted((one for one in said if one.step == PLACE), key=lambda one: one.seq)
    return [Agreed(one, alone or newest.get(one.id.hex, False)) for one in places if newest.get(one.id.hex, True)]


def places(inside: Insider) -> list[Agreed]:
    """The places of the two."""
    return standing(inside.reader.exchange(PLACES), alone=inside.other is None)


@transaction.atomic
def name(inside: Insider, text: str, entry_id: UUID) -> Put | None:
    """Name a place, and ask the other. None where there are enough of them."""
    if len(places(inside)) >= MOST:
        return None
    put = inside.writer.put(Place(text), exchange=PLACES, step=PLACE, entry_id=entry_id)
    if put.outcome == "kept" and inside.other is not None:
        beckon(inside, CALLS, NAMED, PATH)
    return put


@transaction.atomic
def answer(inside: Insider, key: str, yes: bool) -> None:
    """Say yes to the other's place; or end one, whosever it was."""
    found = next((one for one in places(inside) if one.key == key), None)
    if found is None or (yes and (found.agreed or found.place.mine)):
        return
    inside.writer.put(PlaceAnswer(key, yes), exchange=PLACES, step=PLACE_ANSWER)
    been(inside, CALLS)


def looked(inside: Insider) -> None:
    """Take the card away that led here."""
    been(inside, CALLS)
