"""The second factor: its secret is sealed before it is in use, too, and nobody's last use of it is kept."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.core import context
from allauth.mfa import app_settings, signals
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django import forms
from django.core.cache import cache
from django.db.models.signals import pre_save
from django.http import HttpRequest

from usward.accounts.devices import request_device, tell
from usward.accounts.models import User
from usward.accounts.unlocking import recall
from usward.vault.envelope import SealBroken

_WAITING, _PURPOSE = "second_factor", "second-factor/new"


class ActivateForm(ActivateTOTPForm):
    """allauth's form, but what waits in the session's row until the first code came is sealed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        self.secret = _waiting_secret(context.request, fresh=not self.is_bound)


def _waiting_secret(request: HttpRequest, fresh: bool) -> str:
    unlocked = recall(request)
    if unlocked is None:
        raise SealBroken("sign in before a second factor is set")
    kept = request.session.get(_WAITING)
    if kept and not fresh:
        return unlocked.unseal(_PURPOSE, b64decode(kept)).decode()
    secret: str = generate_totp_secret()
    request.session[_WAITING] = b64encode(unlocked.seal(_PURPOSE, secret.encode())).decode()
    return secret


def _added(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(_WAITING, None)
        tell(user, "second factor on", request_device(request))


def _removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        tell(user, "second factor off", request_device(request))


def _used_once(self: TOTP, code: str) -> bool:
    """Whether a code is new. allauth remembers it for one period; it is good for as many as the tolerance makes of it."""
    good_for = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
    return bool(cache.add(self._get_used_cache_key(code), "y", timeout=good_for))


def _forget_use(instance: Authenticator, **_: Any) -> None:
    instance.last_used_at = None


def connect() -> None:
    """Listen to allauth (called once, when the app is ready)."""
    signals.authenticator_added.connect(_added, dispatch_uid="usward.added")
    signals.authenticator_removed.connect(_removed, dispatch_uid="usward.removed")
    pre_save.connect(_forget_use, sender=Authenticator, dispatch_uid="usward.forget-use")
    TOTP._mark_code_used = _used_once  # type: ignore[method-assign]  # allauth gives it no other place
