"""Sealed streams for photos and other large things: XChaCha20-Poly1305 secretstream in chunks of 64 KiB.

magic 2 | version 1 | header 24 | chunk… ; the last chunk is marked, so that a shortened file is noticed.
"""

from collections.abc import Iterable, Iterator

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_ABYTES as TAG_BYTES,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_HEADERBYTES as HEADER_BYTES,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL,
)
from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE,
)
from nacl.exceptions import CryptoError

from usward.vault.envelope import SealBroken

MAGIC = b"Us\x01"
CHUNK = 64 * 1024


def _chunks(plain: bytes) -> list[bytes]:
    return [plain[i : i + CHUNK] for i in range(0, len(plain), CHUNK)] or [b""]


def seal_stream(key: bytes, plain: bytes) -> Iterator[bytes]:
    """Seal bytes as a stream of chunks, the last one marked."""
    state = crypto_secretstream_xchacha20poly1305_state()
    yield MAGIC + crypto_secretstream_xchacha20poly1305_init_push(state, key)
    chunks = _chunks(plain)
    for number, chunk in enumerate(chunks):
        tag = FINAL if number == len(chunks) - 1 else MESSAGE
        yield crypto_secretstream_xchacha20poly1305_push(state, chunk, None, tag)


def open_stream(key: bytes, sealed: Iterable[bytes]) -> Iterator[bytes]:
    """Open a sealed stream, given in the pieces in which `sealed_pieces` reads it. Raises SealBroken."""
    pieces = iter(sealed)
    start = next(pieces, b"")
    if not start.startswith(MAGIC) or len(start) != len(MAGIC) + HEADER_BYTES:
        raise SealBroken("not a stream that we know")
    state = crypto_secretstream_xchacha20poly1305_state()
    tag = MESSAGE
    try:
        crypto_secretstream_xchacha20poly1305_init_pull(state, start[len(MAGIC) :], key)
        for piece in pieces:
            if tag == FINAL:
                raise SealBroken("more than was sealed")
            plain, tag = crypto_secretstream_xchacha20poly1305_pull(state, piece, None)
            yield plain
    except (CryptoError, ValueError) as error:
        raise SealBroken("the stream does not open") from error
    if tag != FINAL:
        raise SealBroken("the stream was cut short")


def sealed_pieces(blob: bytes) -> Iterator[bytes]:
    """Cut a sealed file into its start and its chunks."""
    start = len(MAGIC) + HEADER_BYTES
    yield blob[:start]
    for offset in range(start, len(blob), CHUNK + TAG_BYTES):
        yield blob[offset : offset + CHUNK + TAG_BYTES]
