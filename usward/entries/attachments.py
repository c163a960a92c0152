"""Photos: made small and bare of what a camera writes beside them, sealed as a stream, opened through the door.

A photo's key lives inside the entry that it belongs to (a field of type Photo), so whoever may read the entry may see the
photo, and nobody else. The file is written first and the row after it: a crash in between leaves a sealed file whose key
nobody has, which the next sweep removes.
"""

import importlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
from django.conf import settings
from django.db import transaction

from usward.entries.models import Attachment
from usward.entries.reader import Reader
from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken
from usward.vault.keys import new_key
from usward.vault.stream import open_stream, seal_stream, sealed_pieces

MAX_BYTES = 25 * 1024 * 1024
HOUR, DAY = 3600, 24 * 3600


class Photo(msgspec.Struct, frozen=True):
    """A photo inside an entry: which file, its key, and how large it is."""

    id: UUID
    key: bytes
    width: int
    height: int
    bytes: int


class Refused(Exception):
    """This photo is not taken; the text is one sentence for the person who chose it."""


def path_of(photo_id: UUID) -> Path:
    """Where a sealed file lies."""
    return Path(settings.MEDIA) / photo_id.hex[:2] / photo_id.hex


def keep(partner: Partner, blob: bytes) -> Photo:
    """Take a photo in. What comes back goes into a field of the entry that is put next. Raises Refused."""
    # Loaded only when a photo comes: what reads pictures would add a twentieth to every start.
    jpeg, width, height = importlib.import_module("usward.entries.pictures").tidy(blob)
    photo = Photo(uuid4(), new_key(), width, height, len(jpeg))
    size = _write(path_of(photo.id), seal_stream(photo.key, jpeg))
    Attachment.objects.create(id=photo.id, space_id=partner.space_id, author=partner, size=size)
    return photo


def _write(path: Path, pieces: Iterator[bytes]) -> int:
    """Write a sealed file, and say how long it is: it appears whole or not at all."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            size = sum(file.write(piece) for piece in pieces)
            file.flush()
            os.fsync(file.fileno())
        os.rename(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return size


def photos_in(value: Any) -> Iterator[Photo]:
    """Every photo in a value, however deep."""
    if isinstance(value, Photo):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from photos_in(getattr(value, name))
    elif isinstance(value, (list, tuple, set, frozenset)):
        for one in value:
            yield from photos_in(one)
    elif isinstance(value, dict):
        yield from photos_in(list(value.values()))


def belong(value: Any, partner: Partner, entry_id: UUID) -> None:
    """Note which entry a value's photos belong to (its newest version). Called by the Writer's put."""
    ids = [photo.id for photo in photos_in(value)]
    if ids:
        Attachment.objects.filter(id__in=ids, author=partner).update(entry=entry_id)


def see(reader: Reader, photo_id: UUID) -> bytes | None:
    """The JPEG, if an entry that this person may read names it. Raises SealBroken where the file was changed."""
    row = Attachment.objects.filter(id=photo_id).exclude(entry=None).first()
    said = reader.one(row.entry) if row and row.entry else None
    photo = next((one for one in photos_in(said.value) if one.id == photo_id), None) if said else None
    return opened(photo) if photo else None


def opened(photo: Photo) -> bytes:
    """The JPEG of a photo whose entry is open. Raises SealBroken, also where the file is missing."""
    try:
        sealed = path_of(photo.id).read_bytes()
    except OSError as error:
        raise SealBroken("the file is not there") from error
    return b"".join(open_stream(photo.key, sealed_pieces(sealed)))


def drop(entry_ids: list[UUID]) -> None:
    """Delete the photos of erased entries: their rows now, their files once that is certain."""
    rows = Attachment.objects.filter(entry__in=entry_ids)
    paths = [path_of(photo_id) for photo_id in rows.values_list("id", flat=True)]
    if paths:
        rows.delete()
        transaction.on_commit(partial(_unlink, paths), robust=True)


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def files() -> Iterator[Path]:
    """Every file in the media folder, finished or not."""
    folder = Path(settings.MEDIA)
    return (path for path in folder.glob("*/*") if path.is_file()) if folder.is_dir() else iter(())


def sweep() -> None:
    """A chore: remove files that no row names, files never finished, and photos that no entry took in within a day."""
    now = time.time()
    named = {one.hex for one in Attachment.objects.values_list("id", flat=True)}
    for path in files():
        with suppress(FileNotFoundError):
            if path.name not in named and now - path.stat().st_mtime > HOUR:
                path.unlink()
    for row in Attachment.objects.filter(entry=None):
        path = path_of(row.id)
        if not path.exists() or now - path.stat().st_mtime > DAY:
            row.delete()
            path.unlink(missing_ok=True)
