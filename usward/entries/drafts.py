"""Drafts: what somebody is typing, sealed under their personal key. Nobody else ever learns that there is one.

The same composer may be open in two tabs, or on two devices, with other words in each. So a draft remembers the form in
which it was typed last, by the id that every form has. Typing on replaces what was typed in that form, or stood in it from
the beginning (`held` names it, as it was then), and sending takes it away. What was typed elsewhere lies beneath, and
comes up again.
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property

import msgspec
from django.db import transaction
from django.db.models import BinaryField, UUIDField

from usward.entries.models import Draft
from usward.entries.sealing import Keyring
from usward.kit.forms import clean
from usward.kit.prepared import Change, Given, Prepared, numbered, several
from usward.spaces.actions import still_here
from usward.spaces.models import Partner
from usward.vault.derive import name, subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.padding import pad, unpad

MAX_BYTES = 64 * 1024
MOST = 5  # drafts of one composer
MARK = 36  # characters: an id
Fields = dict[str, str]
_COMPOSER = (
    ""  # the name of a draft's composer, among its fields: the row has a hash of it, by which nobody finds it again
)
_BEHIND = "\0"  # among its fields too: while which PIN was due it was typed, if one was
_FORM = "\0form"  # and in which form
_AS = "\0as"  # and what it is called as it stands now: anew whenever something is typed
_NONE = "0"  # no form, or a draft from before all this was noted


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

    def __init__(
        self,
        partner: Partner,
        keyring: Keyring,
        behind: str = "",
        posted: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        self._partner = partner
        self._keyring = keyring
        self._behind = behind
        self._posted = posted  # the form of this request; without one there is one draft of a composer, and it is it
        self._shown: dict[str, list[str]] = {}
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

    def holding(self, composer: str) -> str:
        """What a form of this composer on the page of this request is begun from: the draft that the page shows, and the form
        that has just been sent, if the page gives its words back. For its field `held`."""
        return ",".join(dict.fromkeys([*self._shown.get(composer, []), *self._forms()]))

    @cached_property
    def _sent(self) -> Mapping[str, str]:
        return self._posted() if self._posted else {}

    def _forms(self) -> list[str]:
        """The form that was posted, and what stood in it from the beginning."""
        named = [self._sent.get("id", ""), *self._sent.get("held", "").split(",")]
        return [one[:MARK] for one in named if one][:MOST]

    def keep(self, composer: str, fields: Fields) -> bool:
        """Keep what is typed in a form of a composer in place of what was typed in it before; nothing typed is no draft. Returns
        False where it is too long, or where another rests behind the PIN. Raises Elsewhere."""
        with transaction.atomic(savepoint=False):
            still_here(self._partner, self._keyring.unlocked)
            there = self._all(composer)
            if self._rests(there):
                return False
            form = self._sent.get("id", "")[:MARK] or _NONE
            left = [one for one in there if not self._began_with(one) and one.get(_FORM, _NONE) != form]
            if any(value.strip() for value in fields.values()):
                left = [one for one in left if _words(one) != fields]
                named = {_COMPOSER: composer, _BEHIND: self._behind, _FORM: form, _AS: secrets.token_hex(8)}
                left.append(fields | named)
                self._shown[composer] = [named[_AS]]
            return self._put(composer, left[-MOST:])

    def _put(self, composer: str, drafts: list[Fields]) -> bool:
        hashed = self._name(composer)
        if not drafts:
            _drop(partner=self._partner.pk, composer=hashed)
            return True
        raw = pad(msgspec.msgpack.encode(drafts))
        if len(raw) > MAX_BYTES:
            return False
        body = seal(self._keyring.unlocked.personal, raw, self._context(hashed))
        # No upsert: SQLite counts each, and would tell how often somebody typed.
        if not Draft.objects.filter(partner=self._partner, composer=hashed).update(body=body):
            Draft.objects.create(partner=self._partner, composer=hashed, body=body)
        return True

    def _all(self, composer: str) -> list[Fields]:
        row = _some(1)(partner=self._partner.pk, **numbered("composer", [self._name(composer)]))
        try:
            return self._open(row[0]) if row else []
        except (SealBroken, ValueError):
            return []

    def _hides(self, one: Fields) -> bool:
        return bool(self._behind) and one.get(_BEHIND, "") != self._behind

    def _rests(self, drafts: list[Fields]) -> bool:
        return any(map(self._hides, drafts))

    def _began_with(self, one: Fields) -> bool:
        """Whether this was typed in the form of this request, if there is one, or stood in it from the beginning."""
        return self._posted is None or not {one.get(_FORM, _NONE), one.get(_AS, _NONE)}.isdisjoint(self._forms())

    def _is_sent(self, one: Fields) -> bool:
        """Whether the form of this request holds all that stands in this draft."""
        return all(clean(value) == clean(self._sent.get(name, "")) for name, value in _words(one).items())

    def drop(self, composer: str) -> None:
        """What was typed has been sent: forget the draft of it."""
        with transaction.atomic(savepoint=False):
            there = self._all(composer)
            left = [one for one in there if not self._began_with(one) and not self._is_sent(one)]
            if left != there and not self._rests(there):
                self._put(composer, left)

    def read(self, composers: Sequence[str]) -> dict[str, Fields]:
        """The drafts of some composers, in one query: of each the newest. One that does not open is as good as none."""
        by_hash = {self._name(composer): composer for composer in composers}
        found: dict[str, Fields] = {}
        rows = _some(len(by_hash))(partner=self._partner.pk, **numbered("composer", by_hash)) if by_hash else []
        for row in rows:
            composer = by_hash[bytes(row.composer)]
            try:
                drafts = self._open(row)
            except (SealBroken, ValueError):
                continue
            self.hid = self.hid or self._rests(drafts)
            if open_ones := [one for one in drafts if not self._hides(one)]:
                found[composer] = _words(open_ones[-1])
                self._shown[composer] = [open_ones[-1].get(_AS, _NONE)]
        return found

    def _open(self, row: Draft) -> list[Fields]:
        raw = unpad(unseal(self._keyring.unlocked.personal, bytes(row.body), self._context(bytes(row.composer))))
        kept = msgspec.msgpack.decode(raw, type=list[Fields] | Fields)  # before there were several, it was one
        return kept if isinstance(kept, list) else [kept]

    def bring_back(self, before: "Drafts") -> None:
        """Take over what was typed under another key of the same person. Where something newer is being typed, that stays."""
        for row in Draft.objects.filter(partner=self._partner):
            try:
                drafts = before._open(row)
            except (SealBroken, ValueError):
                continue  # typed since then under the present key
            composer = drafts[-1].get(_COMPOSER, "") if drafts else ""
            row.delete()
            if composer and not self.read([composer]):
                self._put(composer, [one | {_BEHIND: ""} for one in drafts])


def _words(one: Fields) -> Fields:
    """What was typed, without what is noted with it."""
    return {name: value for name, value in one.items() if name not in (_COMPOSER, _BEHIND, _FORM, _AS)}
