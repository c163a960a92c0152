"""A person's user key between requests: sealed in the session's row, under a secret that only a cookie of its own holds.

Sign-in carries the key in the session before a second factor is given; the door asks for a finished sign-in, so a
pending one opens nothing.
"""

from base64 import b64decode, b64encode, urlsafe_b64decode, urlsafe_b64encode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, seal, unseal
from usward.vault.keys import Unlocked, new_key

_ROW = "unlock"


def carry(request: HttpRequest, unlocked: Unlocked) -> None:
    """Keep an open user key for this session: sealed in its row, the secret on its way to the browser."""
    secret = new_key()
    sealed = seal(subkey(secret, "session"), unlocked.user_key, [b"session", unlocked.owner.bytes])
    request.session[_ROW] = {"owner": unlocked.owner.hex, "sealed": b64encode(sealed).decode()}
    request._unlock_secret = secret  # type: ignore[attr-defined]  # read by `hand_out` below when the answer leaves


def recall(request: HttpRequest) -> Unlocked | None:
    """The open user key of this request's session, or None: no cookie, another's cookie, or a changed row."""
    row = request.session.get(_ROW)
    cookie = request.COOKIES.get(settings.UNLOCK_COOKIE_NAME, "")
    fresh: bytes | None = getattr(request, "_unlock_secret", None)
    return open_row(row, fresh or _decode(cookie)) if row else None


def _decode(cookie: str) -> bytes:
    try:
        return urlsafe_b64decode(cookie.encode())
    except ValueError:
        return b""


def open_row(row: dict[str, str], secret: bytes) -> Unlocked | None:
    """Open what `carry` kept, with the cookie's secret."""
    owner = UUID(hex=row["owner"])
    try:
        key = unseal(subkey(secret, "session"), b64decode(row["sealed"]), [b"session", owner.bytes])
    except SealBroken:
        return None
    return Unlocked(owner, key)


def from_cookie(row: dict[str, str] | None, cookie: str) -> Unlocked | None:
    """As `recall`, for a socket, which has a session's row and a cookie but no request."""
    return open_row(row, _decode(cookie)) if row else None


def hand_out(request: HttpRequest, response: HttpResponseBase) -> None:
    """Give the browser the secret that `carry` made, or renew the cookie; it lasts as long as the session's row."""
    secret: bytes | None = getattr(request, "_unlock_secret", None)
    value = urlsafe_b64encode(secret).decode() if secret else request.COOKIES.get(settings.UNLOCK_COOKIE_NAME)
    if value:
        response.set_cookie(
            settings.UNLOCK_COOKIE_NAME,
            value,
            max_age=request.session.get_expiry_age(),
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SECURE,
            httponly=True,
            samesite="Lax",
        )
