"""The envelope: one sealed thing, bound to the place where it belongs.

    magic 2 | version 1 | algorithm 1 | key id 8 | nonce 24 | ciphertext and tag

The associated data is the header and then every context field, each with its length before it, so that no two contexts
read the same. Unknown versions and algorithms are refused; nothing is negotiated.
"""

import hashlib
import struct
from collections.abc import Sequence

from nacl import exceptions
from nacl.bindings import (
    crypto_aead_xchacha20poly1305_ietf_decrypt,
    crypto_aead_xchacha20poly1305_ietf_encrypt,
)
from nacl.utils import random as random_bytes

MAGIC = b"Uw"
VERSION = 1
XCHACHA20_POLY1305 = 1
KEY_BYTES = 32
_HEADER = struct.Struct(">2sBB8s24s")


class SealBroken(Exception):
    """This cannot be opened: another key, another place, or changed on the way."""


class OtherKey(SealBroken):
    """It is whole as far as one can see, and says that it was sealed under another key than this one."""


def key_id(key: bytes) -> bytes:
    """Eight bytes that name a key without telling it."""
    return hashlib.blake2b(key, digest_size=8, person=b"usward.keyid").digest()


def associated(header: bytes, context: Sequence[bytes]) -> bytes:
    """The associated data: header, then each field with its length before it."""
    parts = [header]
    for field in context:
        parts += (len(field).to_bytes(4, "big"), field)
    return b"".join(parts)


def seal(key: bytes, plain: bytes, context: Sequence[bytes]) -> bytes:
    """Seal `plain` under a 32-byte key, bound to `context`. Returns the whole envelope."""
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    nonce = random_bytes(24)
    header = _HEADER.pack(MAGIC, VERSION, XCHACHA20_POLY1305, key_id(key), nonce)
    return header + crypto_aead_xchacha20poly1305_ietf_encrypt(plain, associated(header, context), nonce, key)


def unseal(key: bytes, envelope: bytes, context: Sequence[bytes]) -> bytes:
    """Open an envelope in the context in which it was sealed. Raises SealBroken, and says no more than that."""
    if len(envelope) < _HEADER.size + 16:
        raise SealBroken("too short")
    header, sealed = envelope[: _HEADER.size], envelope[_HEADER.size :]
    magic, version, algorithm, named, nonce = _HEADER.unpack(header)
    if (magic, version, algorithm) != (MAGIC, VERSION, XCHACHA20_POLY1305):
        raise SealBroken("not an envelope that we know")
    if named != key_id(key):
        raise OtherKey("sealed under another key")
    try:
        return crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, associated(header, context), nonce, key)
    except exceptions.CryptoError as error:
        raise SealBroken("it does not open here") from error
