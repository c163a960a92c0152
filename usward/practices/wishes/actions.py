"""Every write around wishes. What somebody answers is kept in one sealed sheet, and taken along when a step is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import UUIDField

from usward.content.loader import library
from usward.entries.door import Insider
from usward.entries.kinds import Kind
from usward.entries.reader import Said
from usward.entries.writer import Put
from usward.kit.prepared import Given, Prepared
from usward.kit.unkept import by_the_way
from usward.practices.wishes import place
from usward.practices.wishes.entries import ANSWERS, OWN_PREFIX, OwnWish, Record, Sheet, Side
from usward.practices.wishes.exchange import Visit, step
from usward.practices.wishes.sheet import (
    OWN_LIMIT,
    Listed,
    Match,
    answered,
    by_wish,
    from_fields,
    laid_out,
    listed,
    looked_at,
    matches,
    to_fields,
)
from usward.practices.wishes.standing import Standing, Table, table, week_of
from usward.spaces.models import Invitation
from usward.vault.keys import new_key

EXCHANGE = SLOT = COMPOSER = "wishes"
OWN_EXCHANGE = "own-wishes"
_at_rest: dict[UUID, tuple[UUID, int, frozenset[int]]] = {}  # by partner: the other, the week, what stood
_accepted = Prepared(Invitation.objects.filter(space_id=Given("space", UUIDField()), merged=True))


@dataclass(frozen=True)
class Mine:
    """The list, what this person has answered to it, and what has met."""

    wishes: tuple[Listed, ...]
    sheet: Sheet
    matches: list[Match]


def come_by(inside: Insider) -> None:
    """Take whatever step is due at this visit. It is the same whether or not anything was answered."""
    if inside.other is not None and _standing(inside).due:
        _take_step(inside)


def pass_by(inside: Insider) -> bool:
    """Come by on the way to somewhere else, and say whether there is news, as `news` does.

    Where no step was due and nothing has met, that stays so until something is put or a week begins: mostly it is enough to
    ask whether anything was.
    """
    if inside.other is None:
        return False
    rest = (inside.other.pk, week_of(inside.me.space.day_reached), inside.reader.marks(Side, Record))
    if _at_rest.get(inside.me.pk) == rest:
        return False
    on_table, record = _table(inside), _record(inside)
    if _standing(inside, on_table, record).due:
        _take_step(inside)
        return news(inside)
    if record is None or not any(record.value.found):
        _at_rest[inside.me.pk] = rest
    return _news(inside, record)


def _take_step(inside: Insider) -> None:
    with by_the_way(inside.me):
        _step(inside)


def _step(inside: Insider) -> None:
    on_table, record = _table(inside), _record(inside)
    wishes, sheet = _open_sheet(inside, record)
    found = step(Visit(_standing(inside, on_table, record), wishes, sheet, new_key()))
    if found is None:
        return
    _put(inside, found.record, record)
    if on_table.mine is None or found.side != on_table.mine.value:
        _put(inside, found.side, on_table.mine)
    _keep(inside, sheet)


def look(inside: Insider) -> Mine | None:
    """What this person's page of wishes shows; None where there is nobody to wish with.

    Looking writes the sheet anew, so that it leaves the trace in the database that answering does. What is shown now is
    not new the next time.
    """
    if inside.other is None:
        return None
    mine = None
    with by_the_way():
        _take_in(inside)
        mine = _mine(inside)
        _keep(inside, looked_at(mine.sheet, mine.matches))
    return mine or _mine(inside)


def _mine(inside: Insider) -> Mine:
    record = _record(inside)
    wishes, sheet = _open_sheet(inside, record)
    return Mine(wishes, sheet, matches(record.value if record else None, sheet, wishes))


def news(inside: Insider) -> bool:
    """Whether something has met that this person has not looked at. Of what they no longer want there is no news."""
    return inside.other is not None and _news(inside, _record(inside))


def _news(inside: Insider, record: Said[Record] | None) -> bool:
    if record is None or not any(record.value.found):
        return False
    wishes, sheet = _open_sheet(inside, record)
    return any(match.new and not match.leaving for match in matches(record.value, sheet, wishes))


def unread(inside: Insider, theirs: Iterable[Said[OwnWish]]) -> bool:
    """Whether any of these wishes by the other has not lain before this person yet. One that goes further than they go
    along is as good as none."""
    fresh = {said.id.hex: said.seq for said in theirs}
    seen = place.last(inside).seen if fresh else 0
    if not any(seq > seen for seq in fresh.values()):
        return False
    wishes, sheet = _open_sheet(inside, _record(inside))
    return any(fresh.get(wish.entry, 0) > seen and wish.level <= sheet.level for wish in wishes)


@transaction.atomic
def answer(inside: Insider, answers: Iterable[tuple[str, str]]) -> None:
    """Answer wishes, or take answers back (""). Nobody else can know, and it counts from the next exchange on."""
    if inside.other is not None:
        _, sheet = _open_sheet(inside, _record(inside))
        for wish, letter in answers:
            sheet = answered(sheet, wish, letter)
        _keep(inside, sheet)


@transaction.atomic
def settle(inside: Insider, maybes: bool, level: int) -> None:
    """Whether a maybe counts, and how far into intimacy one goes along."""
    if inside.other is not None:
        _, sheet = _open_sheet(inside, _record(inside))
        _keep(inside, msgspec.structs.replace(sheet, maybes=maybes, level=level))


@transaction.atomic
def write(inside: Insider, value: OwnWish, entry_id: UUID, letter: str = "") -> Put | None:
    """Put a wish on both lists; None where these are full. One's own answer to it is as sealed as any."""
    if len(_own(inside)) >= OWN_LIMIT:
        return None
    put = inside.writer.put(value, exchange=OWN_EXCHANGE, entry_id=entry_id)
    if not put.conflict:
        answer(inside, [(f"{OWN_PREFIX}{put.id.hex}", letter)])
        place.forget_typed(inside)
    return put


def _own(inside: Insider) -> list[Said[OwnWish]]:
    return sorted(inside.reader.latest(OwnWish, OWN_LIMIT), key=lambda said: said.seq)


def _table(inside: Insider) -> Table:
    return inside.reader.joint(table, Side)


def _record(inside: Insider) -> Said[Record] | None:
    return inside.reader.own(Record, SLOT)


def _standing(inside: Insider, on_table: Table | None = None, record: Said[Record] | None = None) -> Standing:
    assert inside.other is not None
    on_table, record = on_table or _table(inside), record or _record(inside)
    return Standing(
        opens=_opens(inside),
        week=week_of(inside.me.space.day_reached),
        toward=inside.other.pk.hex,
        record=record.value if record else None,
        mine=on_table.mine.value if on_table.mine else None,
        theirs=on_table.theirs.value if on_table.theirs else None,
    )


def _opens(inside: Insider) -> bool:
    """Whoever was invited opens: the other, on whose computer this may run, has to say first what is to be confirmed."""
    assert inside.other is not None
    came = {row.invitee_id for row in _accepted(space=inside.me.space_id)}
    two = sorted((inside.me.pk, inside.other.pk))
    return inside.me.pk == next((one for one in two if one in came), two[0])


def _open_sheet(inside: Insider, record: Said[Record] | None) -> tuple[tuple[Listed, ...], Sheet]:
    """The list, and the sheet as it is now, laid out for it."""
    assert inside.other is not None
    wishes = listed(library().wishes, _own(inside))
    drafted = from_fields(inside.drafts.of_no_words.read([COMPOSER]).get(COMPOSER, {}))
    sheet = drafted or (record.value.sheet if record else Sheet())
    return wishes, laid_out(sheet, inside.other.pk.hex, wishes)


def _keep(inside: Insider, sheet: Sheet) -> None:
    inside.drafts.of_no_words.keep(COMPOSER, to_fields(sheet))


def _put(inside: Insider, value: Kind, before: Said[Record] | Said[Side] | None) -> None:
    inside.writer.put(value, exchange=EXCHANGE, slot=SLOT, replaces=before.id if before else None)


def _take_in(inside: Insider) -> None:
    """After an old passphrase has come back: what was answered before stands again where nothing was answered since."""
    record = _record(inside)
    came_back = [said for said in inside.reader.history(record.id) if said.id != record.id] if record else []
    if record is None or not came_back:
        return
    wishes, sheet = _open_sheet(inside, record)
    for said in came_back:
        before = laid_out(said.value.sheet, sheet.toward, wishes)
        if not set(sheet.answers) & set(ANSWERS):
            sheet = before
        for wish, mark in by_wish(before).items():
            if mark.answer in ANSWERS and by_wish(sheet)[wish].answer not in ANSWERS:
                sheet = answered(sheet, wish, mark.answer)
    _keep(inside, sheet)
    inside.writer.withdraw(record.id)  # with what came back: it is on the sheet now
    _put(inside, record.value, None)
