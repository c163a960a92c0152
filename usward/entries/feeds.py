"""A calendar's address: whoever has it reads one file, and neither the database nor the server's secrets open that.

    secret, 256 random bits in the address ─HKDF─┬─► the name under which the file is found; it alone is kept
                                                 └─► the key that seals the file, also kept under the couple key

So each of the two can write into the other's file, at a change that both see; only a request for the address opens it. What
was changed in the database does not open. Addresses that ended are in the ledger: no restored backup brings one back.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from usward.entries.ledger import write_down
from usward.entries.models import Feed
from usward.entries.sealing import Keyring
from usward.spaces.models import Partner
from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import Unlocked, new_key
from usward.vault.padding import pad, unpad

_PURPOSE = "feed"


class _Tools(msgspec.Struct, frozen=True, array_like=True):
    """What either of the two needs to write a file: its key, and how its owner wants it."""

    key: bytes
    neutral: bool


@dataclass(frozen=True)
class OpenFeed:
    """An address with its tools open, in the hands of one of the two."""

    row: Feed = field(repr=False)
    tools: _Tools = field(repr=False)

    @property
    def neutral(self) -> bool:
        """Whether its owner wants no titles in it."""
        return self.tools.neutral

    @property
    def partner(self) -> Partner:
        """Whose it is."""
        return self.row.partner

    def write(self, data: bytes) -> None:
        """Let this be the file from now on."""
        body = seal(self.tools.key, pad(data), _context(self.row.id, "body"))
        Feed.objects.filter(pk=self.row.pk).update(body=body)


def _context(feed: UUID, what: str) -> list[bytes]:
    return [b"feed", feed.bytes, what.encode()]


def _lookup(secret: str) -> bytes:
    return subkey(secret.encode(), "feed/lookup", length=16)


def _key(secret: str) -> bytes:
    return subkey(secret.encode(), "feed/key")


@transaction.atomic
def make(partner: Partner, keyring: Keyring, neutral: bool) -> None:
    """Give a partner a new address, with nothing in it yet; the one before it ends."""
    end(Feed.objects.filter(partner=partner))
    secret, epoch, feed = urlsafe_b64encode(new_key()).decode().rstrip("="), keyring.ring.epoch, uuid4()
    Feed.objects.create(
        id=feed,
        partner=partner,
        lookup=_lookup(secret),
        epoch=epoch,
        tools=_seal_tools(keyring, epoch, feed, _Tools(_key(secret), neutral)),
        secret=keyring.unlocked.seal(_PURPOSE, secret.encode()),
    )


def _seal_tools(keyring: Keyring, epoch: int, feed: UUID, tools: _Tools) -> bytes:
    return seal(keyring.key(epoch), pad(msgspec.msgpack.encode(tools)), _context(feed, "tools"))


def standing(space: UUID, keyring: Keyring) -> list[OpenFeed]:
    """Every address of a space, for either of the two."""
    found = []
    for row in Feed.objects.filter(partner__space=space).select_related("partner"):
        try:
            raw = unpad(unseal(keyring.key(row.epoch), bytes(row.tools), _context(row.id, "tools")))
            found.append(OpenFeed(row, msgspec.msgpack.decode(raw, type=_Tools)))
        except (SealBroken, ValueError):
            continue  # changed in the database: nothing more is written into it
    return found


def set_neutral(feed: OpenFeed, keyring: Keyring, neutral: bool) -> None:
    """Its owner wants titles in it, or none. The file is to be written anew."""
    tools = msgspec.structs.replace(feed.tools, neutral=neutral)
    sealed = _seal_tools(keyring, feed.row.epoch, feed.row.id, tools)
    Feed.objects.filter(pk=feed.row.pk).update(tools=sealed)


def secret_of(feed: OpenFeed, unlocked: Unlocked) -> str:
    """The secret in an address, for its owner; "" where their keys are others since."""
    try:
        return unlocked.unseal(_PURPOSE, bytes(feed.row.secret)).decode()
    except SealBroken:
        return ""


def read(secret: str) -> bytes | None:
    """The file behind an address; empty where it has still to be written, None where there is no such address."""
    row = Feed.objects.filter(lookup=_lookup(secret)).first()
    if row is None:
        return None
    try:
        return unpad(unseal(_key(secret), bytes(row.body), _context(row.id, "body"))) if row.body else b""
    except (SealBroken, ValueError):
        return b""


def end(feeds: QuerySet[Feed]) -> None:
    """Addresses that open nothing any more, from now on and in every backup."""
    write_down(feeds.values_list("id", flat=True))
    feeds.delete()
