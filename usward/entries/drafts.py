"""Drafts: what somebody is typing, sealed under their personal key. Nobody else ever learns that there is one."""

from collections.abc import Sequence
from functools import cache, cached_property

import msgspec
from django.db import transaction
from django.db.models import BinaryField, UUIDField

from usward.entries.models import Draft
from usward.entries.sealing import Keyring
from usward.kit.prepared import Change, Given, Prepared, numbered, several
from usward.spaces.actions import still_here
from usward.spaces.models import Partner
from usward.vault.derive import name, subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.padding import pad, unpad

MAX_BYTES = 64 * 1024
Fields = dict[str, str]
_COMPOSER = (
    ""  # the name of a draft's composer, among its fields: the row has a hash of it, by which nobody finds it again
)
_BEHIND = "\0"  # among its fields too: while which PIN was due it was typed, if one was


@cache
def _some(count: int) -> Prepared[Draft]:
    partner, composers = Given("partner", UUIDField()), several("composer", BinaryField(), count)
    return Prepared(Draft.objects.filter(partner_id=partner, composer__in=composers))


_drop = Change(
    Draft.objects.filter(partner_id=Given("partner", UUIDField()), composer=Given("composer", BinaryField()))
)


class Drafts:
    """The drafts of one partner. Made by the door.

    `behind` names the time since which this session owes its PIN (accounts/pin.py:due), and is empty where none is due.
    What was typed before then, or elsewhere, is neither read nor overwritten nor dropped until the PIN is given.
    """

    def __init__(self, partner: Partner, keyring: Keyring, behind: str = "") -> None:
        self._partner = partner
        self._keyring = keyring
        self._behind = behind
        self.hid = False  # whether something that was asked for rests behind the PIN

    @property
    def of_no_words(self) -> "Drafts":
        """For what is kept as a draft and is nobody's words, such as a sheet of answers: it is worked with while the PIN is
        due, too, and whatever page shows it asks for the PIN by itself."""
        return Drafts(self._partner, self._keyring)

    @cached_property
    def _key(self) -> bytes:
        return subkey(self._keyring.unlocked.personal, "drafts")

    def _name(self, composer: str) -> bytes:
        return name(self._key, "composer", composer, 16)

    def _context(self, hashed: bytes) -> list[bytes]:
        return [b"draft", self._keyring.unlocked.owner.bytes, hashed]

    def keep(self, composer: str, fields: Fields) -> bool:
        """Overwrite the draft of a composer; an empty one is dropped. Returns False where it is too long, or where another
        rests behind the PIN. Raises Elsewhere."""
        if self._rests(composer):
            return False
        if not any(value.strip() for value in fields.values()):
            self.drop(composer)
            return True
        hashed = self._name(composer)
        raw = pad(msgspec.msgpack.encode(fields | self._notes(composer)))
        if len(raw) > MAX_BYTES:
            return False
        body = seal(self._keyring.unlocked.personal, raw, self._context(hashed))
        with transaction.atomic(savepoint=False):
            still_here(self._partner, self._keyring.unlocked)
            # No upsert: SQLite counts each, and would tell how often somebody typed.
            if not Draft.objects.filter(partner=self._partner, composer=hashed).update(body=body):
                Draft.objects.create(partner=self._partner, composer=hashed, body=body)
        return True

    def _notes(self, composer: str) -> Fields:
        return {_COMPOSER: composer} | ({_BEHIND: self._behind} if self._behind else {})

    def _rests(self, composer: str) -> bool:
        if not self._behind:
            return False
        looking = Drafts(self._partner, self._keyring, self._behind)
        looking.read([composer])
        return looking.hid

    def drop(self, composer: str) -> None:
        """Forget a draft."""
        if not self._rests(composer):
            _drop(partner=self._partner.pk, composer=self._name(composer))

    def read(self, composers: Sequence[str]) -> dict[str, Fields]:
        """The drafts of some composers, in one query. One that does not open is as good as none."""
        by_hash = {self._name(composer): composer for composer in composers}
        found: dict[str, Fields] = {}
        rows = _some(len(by_hash))(partner=self._partner.pk, **numbered("composer", by_hash)) if by_hash else []
        for row in rows:
            hashed = bytes(row.composer)
            try:
                fields = self._open(row)
            except (SealBroken, ValueError):
                continue
            fields.pop(_COMPOSER, None)
            if fields.pop(_BEHIND, "") != self._behind and self._behind:
                self.hid = True
                continue
            found[by_hash[hashed]] = fields
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
            fields.pop(_BEHIND, None)
            row.delete()
            if composer and not self.read([composer]):
                self.keep(composer, fields)
