"""From a row to its words and back. The only callers of the vault's seal and open for entries."""

from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from usward.entries.kinds import Body, Kind, decode_body
from usward.entries.models import Entry, Scope
from usward.vault.derive import name, subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import Unlocked
from usward.vault.padding import pad, unpad
from usward.vault.ring import Ring, open_ring

PERSONAL_EPOCH = 0  # entries of scope own are sealed under their author's personal key, which has no epochs


@dataclass(frozen=True, slots=True)
class Names:
    """The hashed names of one thing, as its row holds them."""

    tag: bytes
    exchange: bytes
    step: bytes
    slot: bytes


@dataclass(frozen=True)
class Keyring:
    """The keys of one person in one space, open while a request lasts."""

    unlocked: Unlocked = field(repr=False)
    space: UUID

    @cached_property
    def ring(self) -> Ring:
        """The couple keys. Raises NoRing."""
        return open_ring(self.unlocked, self.space)

    @cached_property
    def _own_index(self) -> bytes:
        return subkey(self.unlocked.personal, "index")

    def index_key(self, scope: int) -> bytes:
        """The key of names: the author's for own, the space's for joint and shared."""
        return self._own_index if scope == Scope.OWN else self.ring.index_key

    def epoch(self, scope: int) -> int:
        """The epoch that seals what is written now."""
        return PERSONAL_EPOCH if scope == Scope.OWN else self.ring.epoch

    def look_again(self) -> None:
        """Forget the open ring: a new epoch has begun since."""
        self.__dict__.pop("ring", None)

    def key(self, epoch: int) -> bytes:
        """The key of an epoch. Raises SealBroken where this person does not hold it."""
        if epoch == PERSONAL_EPOCH:
            return self.unlocked.personal
        try:
            return self.ring.keys[epoch]
        except KeyError as error:
            raise SealBroken("no key of this epoch") from error

    def exchange(self, scope: int, plain: str) -> bytes:
        """The hashed name of an exchange."""
        return name(self.index_key(scope), "exchange", plain, 16)

    def tag(self, scope: int, kind: str) -> bytes:
        """The hashed name of a kind."""
        return name(self.index_key(scope), "kind", kind, 8)

    def names(self, scope: int, kind: str, exchange: str, step: str, slot: str) -> Names:
        """All four hashed names of one thing."""
        key = self.index_key(scope)
        return Names(
            tag=name(key, "kind", kind, 8),
            exchange=name(key, "exchange", exchange, 16),
            step=name(key, "step", step, 8),
            slot=name(key, f"slot/{int(scope)}", slot, 16),  # what is joint never stands in the place of what is shared
        )


def slot_name(kind: type[Kind], scope: int, author: UUID, slot: str) -> str:
    """A slot's whole name: each of the two has their own, but for what there is one of in the whole space."""
    return slot if kind.space_wide or scope == Scope.OWN else f"{author.hex}:{slot}"


def context(row: Entry) -> list[bytes]:
    """Everything that is bound to the seal: every field but the arrival number, and the epoch."""
    return [
        row.id.bytes,
        row.space_id.bytes,
        row.author_id.bytes,
        bytes(row.exchange),
        bytes(row.step),
        row.about.bytes if row.about else b"",
        _number(row.act),
        row.day.isoformat().encode(),
        _number(row.reveal),
        row.reveal_day.isoformat().encode() if row.reveal_day else b"",
        _number(row.scope),
        bytes(row.tag),
        bytes(row.slot),
        _number(row.version),
        _number(row.epoch),
    ]


def _number(value: int) -> bytes:
    return value.to_bytes(4, "big")


def seal_row(row: Entry, keyring: Keyring, raw: bytes) -> None:
    """Seal a body into a row whose other fields are final."""
    row.body = seal(keyring.key(row.epoch), pad(raw), context(row))


def open_raw(row: Entry, keyring: Keyring) -> bytes:
    """The bytes of a row's body. Raises SealBroken or ValueError."""
    return unpad(unseal(keyring.key(row.epoch), bytes(row.body), context(row)))


def open_row(row: Entry, keyring: Keyring) -> Body:
    """The body of a row. Raises SealBroken or ValueError."""
    return decode_body(open_raw(row, keyring))
