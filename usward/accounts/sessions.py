"""Django's session engine over our table: only a hash of the key is stored, what a session notes is sealed under a key
that comes from it, and one query finds session and person."""

import secrets
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import CharField, DateTimeField, Exists, OuterRef
from django.utils.functional import cached_property

from usward.accounts.models import LOUD, Alert, Session, User
from usward.kit import clock
from usward.kit.prepared import Given, Prepared
from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.padding import pad, unpad

SPREAD = 30  # days: how much longer than it needs a session may live, drawn by lot


def hash_key(session_key: str) -> str:
    """What the table holds instead of the key."""
    return sha256(session_key.encode()).hexdigest()


def _end(lives: timedelta) -> datetime:
    """When a session that begins to count now ends: on a day drawn by lot, so that it does not tell the day of now."""
    day = (clock.now() + lives + timedelta(days=1 + secrets.randbelow(SPREAD))).date()
    return datetime.combine(day, time(0), UTC)


# A session that has not expired, with its person, their place, and whether something of their account waits to be told.
_alerted = Exists(Alert.objects.filter(user_id=OuterRef("user_id"), seen=False, what__in=LOUD))
_live = Prepared(
    Session.objects.select_related("user__partner__space")
    .filter(key_hash=Given("key_hash", CharField()), expires__gt=Given("now", DateTimeField()))
    .annotate(alerted=_alerted)
)


class SessionStore(SessionBase):
    """The engine (settings.SESSION_ENGINE)."""

    row: Session | None = None

    @cached_property
    def person(self) -> User | None:
        """The person whom this session's row names."""
        self._data()
        return self.row.user if self.row else None

    @property
    def alerted(self) -> bool:
        """Whether something has happened to this person's account that they have not been told."""
        return bool(getattr(self.row, "alerted", False))

    @cached_property
    def ends(self) -> datetime:
        """When it ends. The row's own day stands while all of its ninety days are left from now; then one is drawn."""
        lives = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if self.row is not None and self.row.expires >= clock.now() + lives:
            return self.row.expires
        return _end(lives)

    @property
    def due(self) -> bool:
        """Whether this session is to be renewed, so that its device stays signed in."""
        return self.row is not None and self.row.expires != self.ends

    def get_expiry_age(self, **_: Any) -> int:
        """For how many seconds its cookies last: as long as the row."""
        self._data()
        return int((self.ends - clock.now()).total_seconds())

    def _data(self, no_load: bool = False) -> dict[str, Any]:
        inherited: Any = super()
        data: dict[str, Any] = inherited._get_session(no_load=no_load)
        return data

    def _new_key(self) -> str:
        inherited: Any = super()
        key: str = inherited._get_new_session_key()
        return key

    def load(self) -> dict[str, Any]:
        self.row = _live.first(key_hash=hash_key(self.session_key or ""), now=clock.now())
        if self.row is None:
            self._session_key = None
            return {}
        try:
            return self._opened(bytes(self.row.data))
        except SealBroken:
            self.row = self._session_key = None
            return {}

    def _seal_place(self) -> tuple[bytes, list[bytes]]:
        """The key of this session's notes, which stands in its cookie alone, and the row to which they are bound."""
        key = self.session_key or ""
        return subkey(key.encode(), "session-row"), [b"session-row", hash_key(key).encode()]

    def _sealed(self, data: dict[str, Any]) -> bytes:
        key, context = self._seal_place()
        return seal(key, pad(self.serializer().dumps(data)), context)

    def _opened(self, sealed: bytes) -> dict[str, Any]:
        key, context = self._seal_place()
        data: dict[str, Any] = self.serializer().loads(unpad(unseal(key, sealed, context)))
        return data

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=hash_key(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._new_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        data = self._data(no_load=must_create)
        carried = data.get("unlock") or {}  # see unlocking.py: whose key it is is known before a sign-in is finished
        fields = {
            "user_id": data.get(SESSION_KEY) or carried.get("owner"),
            "data": self._sealed(data),
            "expires": self.ends,
            "device": str(data.get("device", ""))[:60],
        }
        key_hash = hash_key(self.session_key)
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(key_hash=key_hash, started=clock.now().date(), **fields)
            except IntegrityError as error:
                raise CreateError from error
        elif not Session.objects.filter(key_hash=key_hash).update(**fields):
            raise UpdateError
        self.__dict__.pop("person", None)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=hash_key(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires__lte=clock.now()).delete()
