"""`usward check`: looks, without anybody's keys, whether all that is kept is whole. It changes nothing.

Whether the words open, each person sees for themselves, signed in, under Settings: "Does everything open?".
"""

import argparse
import stat
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q

from usward.accounts.models import Session
from usward.entries import attachments, heads
from usward.entries.models import Act, Attachment, Deletion, Draft, Entry, Feed, Scope
from usward.kit.datafolder import SECRETS
from usward.spaces.models import Invitation, Partner, Space
from usward.vault.envelope import MAGIC, VERSION, XCHACHA20_POLY1305
from usward.vault.models import CoupleEpoch, CoupleWrap, KeyWrap, UserKeys
from usward.vault.stream import MAGIC as STREAM

START = MAGIC + bytes([VERSION, XCHACHA20_POLY1305])
SHORTEST = 36 + 16  # header, tag


def main(arguments: list[str]) -> int:
    """The command. The exit code is 1 where something is wrong."""
    argparse.ArgumentParser(prog="usward check", description=__doc__).parse_args(arguments)
    troubles = 0
    for name, look in CHECKS.items():
        found = _found(look)
        troubles += len(found)
        print(f"{'whole ' if not found else 'BROKEN'}  {name}")
        for sentence in found:
            print(f"        {sentence}")
    if troubles:
        print(
            f"\n{troubles} thing{'s are' if troubles > 1 else ' is'} wrong. `usward restore FILE` puts a backup back."
        )
    else:
        entries, places = (
            _count(Entry.objects.count(), "entry", "entries"),
            _count(Space.objects.count(), "place", "places"),
        )
        print(f"\nAll is whole: {entries} in {places}.")
    return 1 if troubles else 0


def _found(look: Callable[[], Iterator[str]]) -> list[str]:
    try:
        return list(look())
    except DatabaseError as error:
        return [f"The database can't be read: {error}."]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _pragma(name: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return list(cursor.fetchall())


def database() -> Iterator[str]:
    """SQLite's own examination, and rows that point to others."""
    yield from (f"SQLite says: {row[0]}" for row in _pragma("integrity_check") if row[0] != "ok")
    for row in _pragma("foreign_key_check"):
        yield f"Row {row[1]} of {row[0]} points to a row of {row[2]} that is not there."


def _spaces() -> list[UUID]:
    return list(Space.objects.values_list("pk", flat=True))


def index() -> Iterator[str]:
    """The index of what is open says what folding all acts says."""
    for space in _spaces():
        if heads.computed(space) != heads.stored(space):
            yield f"In place {space}, the index of what is open differs from the acts it is made of."


def newest() -> Iterator[str]:
    """The marks of newest versions say what folding says; what is erased is no version any more."""
    for space in _spaces():
        rows = Entry.objects.filter(space_id=space).only("seq", "act", "slot", "current")
        erased = set(rows.filter(body=b"").values_list("seq", flat=True))
        marked = {row.seq for row in rows if row.current}
        if heads.living(rows) - erased != marked:
            yield f"In place {space}, the marks of the newest versions differ from the acts they are made of."


def seals() -> Iterator[str]:
    """Every sealed thing has the form of an envelope; an empty one stands in the ledger of deletions."""
    for entry_id, body in Entry.objects.filter(act=Act.SAY).exclude(body=b"").values_list("id", "body").iterator():
        if not sealed(body):
            yield f"Entry {entry_id} is not sealed in a form that we know."
    gone = Entry.objects.filter(act=Act.SAY, body=b"").exclude(id__in=Deletion.objects.values("entry_id"))
    yield from (
        f"Entry {entry_id} is empty, but nobody has deleted it." for entry_id in gone.values_list("id", flat=True)
    )
    bodies = {
        "A draft": Draft.objects.values_list("body", flat=True),
        "A calendar": Feed.objects.exclude(body=b"").values_list("body", flat=True),
        "A calendar's key": Feed.objects.values_list("tools", flat=True),
        "A calendar's address": Feed.objects.values_list("secret", flat=True),
        "A wrapped key": KeyWrap.objects.values_list("sealed", flat=True),
        "A personal key": UserKeys.objects.values_list("sealed_personal", flat=True),
        "A private key": UserKeys.objects.values_list("sealed_private", flat=True),
        "A couple key": CoupleWrap.objects.filter(how=CoupleWrap.UNDER_USER_KEY).values_list("sealed", flat=True),
        "A couple's private key": CoupleEpoch.objects.values_list("sealed_private", flat=True),
        "A session": Session.objects.values_list("data", flat=True),
        "An invitation": Invitation.objects.exclude(capsule=b"").values_list("capsule", flat=True),
        "An answer to an invitation": Invitation.objects.exclude(reply=b"").values_list("reply", flat=True),
    }
    for what, found in bodies.items():
        yield from (f"{what} is not sealed in a form that we know." for body in found if not sealed(body))
    for card in Partner.objects.values_list("card", flat=True):
        if not sealed(bytes(card)[4:]):  # four bytes of epoch stand before it
            yield "A name is not sealed in a form that we know."


def sealed(body: "bytes | memoryview[int]") -> bool:
    """Whether this has the form of an envelope."""
    blob = bytes(body)
    return blob.startswith(START) and len(blob) >= SHORTEST


def photos() -> Iterator[str]:
    """Every photo has its file, and every file its photo."""
    files = {path.name: path for path in attachments.files() if path.suffix != ".part"}
    sizes = {one.hex: size for one, size in Attachment.objects.values_list("id", "size")}
    rows = sizes.keys()
    yield from (f"The file of photo {name} is missing." for name in sorted(rows - files.keys()))
    yield from (
        f"{files[name]} belongs to no photo (the daily sweep removes it)." for name in sorted(files.keys() - rows)
    )
    for name in sorted(rows & files.keys()):
        with files[name].open("rb") as file:
            if file.read(len(STREAM)) != STREAM:
                yield f"{files[name]} is not sealed in a form that we know."
        size, kept = files[name].stat().st_size, sizes[name]
        if kept is not None and size != kept:
            yield f"{files[name]} has {size:,} bytes and was written with {kept:,}."
    lost = Attachment.objects.filter(~Q(entry=None)).exclude(entry__in=Entry.objects.values("id"))
    yield from (f"Photo {one} belongs to an entry that is not there." for one in lost.values_list("id", flat=True))


def keys() -> Iterator[str]:
    """Everybody at home in a place holds each key under which something is sealed there; and what opens their keys."""
    people = Partner.objects.filter(left_on=None).exclude(user=None).values_list("user_id", "space_id")
    owned = set(UserKeys.objects.values_list("owner", flat=True))
    opened = set(KeyWrap.objects.values_list("owner", flat=True))
    held = set(CoupleWrap.objects.values_list("owner", "space", "epoch"))
    needed = set(CoupleEpoch.objects.values_list("space", "epoch"))
    sealed_under = Entry.objects.exclude(scope=Scope.OWN).exclude(body=b"").values_list("space_id", "epoch")
    entries = Counter(sealed_under.iterator())
    for person, space in people:
        if person not in owned or person not in opened:
            yield f"Person {person} has no key of their own: nothing opens for them."
        for _, epoch in sorted(one for one in needed | entries.keys() if one[0] == space):
            if (person, space, epoch) not in held:
                lost = _count(entries[space, epoch], "entry does", "entries do")
                yield f"Person {person} does not hold key {epoch} of place {space}: {lost} not open for them."
    for space, epoch in sorted(entries.keys() - needed):
        yield f"Key {epoch} of place {space} is not there, though entries are sealed under it."


def folder() -> Iterator[str]:
    """Nobody else on this computer can look into the data folder."""
    data = Path(settings.DATA)
    if stat.S_IMODE(data.stat().st_mode) & 0o077:
        yield f"Other users of this computer can look into {data}: close it with `chmod 700 {data}`."
    for name in SECRETS:
        path = data / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            yield f"Other users of this computer can read {path}: close it with `chmod 600 {path}`."


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "the database": database,
    "the index of what is open": index,
    "the newest versions": newest,
    "the seals": seals,
    "the keys": keys,
    "photos": photos,
    "the data folder": folder,
}
