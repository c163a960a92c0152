"""A partner's card: the name that the other calls them by. Sealed under the couple key, like their words."""

import msgspec

from usward.spaces.models import Partner
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.padding import pad, unpad
from usward.vault.ring import Ring

LONGEST_NAME = 60


class Card(msgspec.Struct, frozen=True):
    """What each knows the other by. Pronouns are free text, and optional."""

    name: str
    pronouns: str = ""


UNREADABLE = Card(name="Your partner")


def _context(partner: Partner) -> list[bytes]:
    return [b"card", partner.space_id.bytes, partner.id.bytes]


def write_card(partner: Partner, ring: Ring, card: Card) -> None:
    """Seal a card into the partner's row (not yet saved)."""
    sealed = seal(ring.keys[ring.epoch], pad(msgspec.msgpack.encode(card)), _context(partner))
    partner.card = ring.epoch.to_bytes(4, "big") + sealed


def read_card(partner: Partner, ring: Ring) -> Card:
    """Open a card. One that does not open is no reason to break a page."""
    raw = bytes(partner.card)
    key = ring.keys.get(int.from_bytes(raw[:4], "big"))
    if key is None:
        return UNREADABLE
    try:
        return msgspec.msgpack.decode(unpad(unseal(key, raw[4:], _context(partner))), type=Card)
    except (SealBroken, ValueError):
        return UNREADABLE
