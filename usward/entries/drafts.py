"""Drafts: what somebody is typing, sealed under their personal key. Nobody else ever learns that there is one."""

from collections.abc import Sequence
from functools import cache, cached_property

import msgspec
from django.db.models import BinaryField, UUIDField

from usward.entries.models import Draft
from usward.entries.sealing import Keyring
from usward.kit.prepared import Change, Given, Prepared, numbered, several
from usward.spaces.models import Partner
from usward.vault.derive import name, subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.padding import pad, unpad

MAX_BYTES = 64 * 1024
Fields = dict[str, str]
_COMPOSER = (
    ""  # the name of a draft's composer, among its fields: the row has a hash of it, by which nobody finds it again
)


@cache
def _some(count: int) -> Prepared[Draft]:
    partner, composers = Given("partner", UUIDField()), several("composer", BinaryField(), count)
    return Prepared(Draft.objects.filter(partner_id=partner, composer__in=composers))


_drop = Change(
    Draft.objects.filter(partner_id=Given("partner", UUIDField()), composer=Given("composer", BinaryField()))
)


class Drafts:
    """The drafts of one partner. Made by the door."""

    def __init__(self, partner: Partner, keyring: Keyring) -> None:
        self._partner = partner
        self._keyring = keyring

    @cached_property
    def _key(self) -> bytes:
        return subkey(self._keyring.unlocked.personal, "drafts")

    def _name(self, composer: str) -> bytes:
        return name(self._key, "composer", composer, 16)

    def _context(self, hashed: bytes) -> list[bytes]:
        return [b"draft", self._keyring.unlocked.owner.bytes, hashed]

    def keep(self, composer: str, fields: Fields) -> None:
        """Overwrite the draft of a composer; an empty one is dropped."""
        if not any(value.strip() for value in fields.values()):
            return self.drop(composer)
        hashed = self._name(composer)
        raw = pad(msgspec.msgpack.encode(fields | {_COMPOSER: composer}))
        if len(raw) > MAX_BYTES:
            return None
        body = seal(self._keyring.unlocked.personal, raw, self._context(hashed))
        Draft.objects.update_or_create(partner=self._partner, composer=hashed, defaults={"body": body})

    def drop(self, composer: str) -> None:
        """Forget a draft."""
        _drop(partner=self._partner.pk, composer=self._name(composer))

    def read(self, composers: Sequence[str]) -> dict[str, Fields]:
        """The drafts of some composers, in one query. One that does not open is as good as none."""
        by_hash = {self._name(composer): composer for composer in composers}
        found: dict[str, Fields] = {}
        rows = _some(len(by_hash))(partner=self._partner.pk, **numbered("composer", by_hash)) if by_hash else []
        for row in rows:
            hashed = bytes(row.composer)
            try:
                found[by_hash[hashed]] = self._open(row)
            except (SealBroken, ValueError):
                continue
            found[by_hash[hashed]].pop(_COMPOSER, None)
        return found

    def _open(self, row: Draft) -> Fields:
        raw = unpad(unseal(self._keyring.unlocked.personal, bytes(row.body), self._context(bytes(row.composer))))
        return msgspec.msgpack.decode(raw, type=Fields)

    def bring_back(self, before: "Drafts") -> None:
        """Take over what was typed under another key of the same person. Where something newer is being typed, that stays."""
        for row in Draft.objects.filter(partner=self._partner):
            try:
                fields = before._open(row)
            except (SealBroken, ValueError):
                continue  # typed since then under the present key
            composer = fields.pop(_COMPOSER, "")
            row.delete()
            if composer and not self.read([composer]):
                self.keep(composer, fields)
