"""The library as it was read last. TOML is for people: to read and check it takes a third of a second, at every start."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

import msgspec

from usward.content.schema import Library

_CODE = sorted(Path(__file__).parent.glob("*.py"))  # what reads and checks; another version of it reads again


def stamp(files: Iterable[Path]) -> bytes:
    """32 bytes that are others once one of these files, or what reads them, has changed."""
    state = [(str(path), found.st_size, found.st_mtime_ns) for path in (*files, *_CODE) if (found := path.stat())]
    return hashlib.sha256(repr(state).encode()).digest()


def take(place: Path, known: bytes) -> Library | None:
    """What was kept at `place` under this stamp; None if that is missing, damaged or of other files."""
    try:
        kept = place.read_bytes()
        return msgspec.msgpack.decode(kept[len(known) :], type=Library) if kept.startswith(known) else None
    except (OSError, msgspec.DecodeError):
        return None


def keep(place: Path, known: bytes, library: Library) -> None:
    """Keep it for the next start, whole or not at all; where that can't be done, the next start reads again."""
    with contextlib.suppress(OSError):
        handle, name = tempfile.mkstemp(dir=place.parent, prefix=".new-")
        with os.fdopen(handle, "wb") as file:
            file.write(known + msgspec.msgpack.encode(library))
        os.replace(name, place)
