"""Words that stand nowhere else, and every form in which one could lie about."""

import base64
import binascii
import gzip
import io
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

STEM = "Kanari"
LONGEST = 64 * 1024 * 1024


class Words:
    """Gives out unique words, and remembers into which field each was put."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def word(self, where: str) -> str:
        """A new word for a field: letters alone, so that every check of a form lets it through."""
        number = len(self.planted)
        letters = "".join("bcdfghjklmnpqrst"[(number * 2654435761 >> shift) & 15] for shift in range(0, 32, 4))
        word = f"{STEM}{letters}vogel"
        self.planted[word] = where
        return word


def forms_of(word: str) -> Iterator[bytes]:
    """The word as bytes: plain, wide, base64 at each of the three offsets, hex, with the case changed."""
    for text in (word, word.lower(), word.upper()):
        raw = text.encode()
        yield raw
        yield text.encode("utf-16-le")
        yield text.encode("utf-16-be")
        yield binascii.hexlify(raw)
        yield binascii.hexlify(raw).upper()
        for offset in range(3):
            whole = base64.b64encode(b"\0" * offset + raw)
            # Without the characters at either end that neighbouring bytes share.
            yield whole[(0, 2, 3)[offset] : len(whole) - 4]
            yield base64.urlsafe_b64encode(b"\0" * offset + raw)[(0, 2, 3)[offset] : len(whole) - 4]
        yield "".join(f"\\u{ord(c):04x}" for c in text).encode()
        yield "".join(f"%{ord(c):02X}" for c in text).encode()
        yield quote(text).encode()
        yield json.dumps(text)[1:-1].encode()


def streams_in(raw: bytes) -> Iterator[bytes]:
    """What zlib and gzip streams inside some bytes hold; base64 in them (signed sessions) is opened too."""
    starts = [i for mark in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda") for i in _all(raw, mark)]
    for start in starts:
        yield from _inflate(raw[start : start + 1_000_000], 15)
    for start in _all(raw, b"\x1f\x8b\x08"):
        yield from _inflate(raw[start : start + 4_000_000], 31)
    for mark in (b"eJ", b"eN", b"eF", b"H4sI"):
        for start in _all(raw, mark):
            yield from _inflate(_unbase64(raw[start : start + 100_000]), 47)


def _all(raw: bytes, mark: bytes) -> Iterator[int]:
    at = raw.find(mark)
    while at >= 0:
        yield at
        at = raw.find(mark, at + 1)


def _inflate(raw: bytes, bits: int) -> Iterator[bytes]:
    try:
        found = zlib.decompressobj(bits).decompress(raw, LONGEST)
    except zlib.error:
        return
    if len(found) > 8:
        yield found


_ALPHABET = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_")


def _unbase64(raw: bytes) -> bytes:
    end = next((i for i, byte in enumerate(raw) if byte not in _ALPHABET), len(raw))
    run = raw[:end].replace(b"-", b"+").replace(b"_", b"/")
    return base64.b64decode(run[: len(run) // 4 * 4])


def search(words: Iterable[str], places: dict[str, bytes]) -> dict[str, set[str]]:
    """Which words are found, and where. What all words begin with is looked for first, then the words around it."""
    stems = set(forms_of(STEM))
    patterns = {word: set(forms_of(word)) for word in words}
    found: dict[str, set[str]] = {}
    for name, raw in places.items():
        whole = raw + b"\n" + b"\n".join(streams_in(raw))
        spots = [at for stem in stems for at in _all(whole, stem)]
        near = b"\n".join(whole[max(0, at - 8) : at + 40 * len(STEM)] for at in spots)
        for word in [word for word, its in patterns.items() if near and any(one in near for one in its)]:
            found.setdefault(word, set()).add(name)
    return found


def files_under(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, whole; but for the program's own static files, laid out before anybody came."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and "static" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def zipped(raw: bytes) -> bytes:
    """For the tests of the search itself."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb") as file:
        file.write(raw)
    return out.getvalue()
