"""What we do otherwise than allauth: no mail, no messages, sealed second-factor secrets, alerts to the owner alone."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse

from usward.accounts import pin
from usward.accounts.devices import request_device, session_hash, tell
from usward.accounts.models import User
from usward.accounts.unlocking import recall
from usward.kit.qr import qr
from usward.live.hub import hub
from usward.vault.envelope import SealBroken

MISMATCH = "This address and this passphrase do not go together. Look for a slip in either, then try again."
TOO_MANY = "That was many tries. Wait five minutes, then try again. Nothing of yours has changed."


class AccountAdapter(DefaultAccountAdapter):
    """settings.ACCOUNT_ADAPTER"""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": MISMATCH,
        "incorrect_password": "This is not your passphrase. Nothing was changed.",
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # accounts are made in usward.front, where the invitation is

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None  # pages say what happened

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        return None  # an e-mail address is a login name only

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        return None

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return get_script_prefix()

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return get_script_prefix()

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passphrase alone: a code from an app would not show that the person knows it."""
        where = reverse("account_reauthenticate")
        return [{"id": "reauthenticate", "description": "Your passphrase", "url": where}]

    def reauthenticate(self, user: Any, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session["device"] = request_device(request)
        pin.passed(request)
        if isinstance(user, User):
            tell(user, "signed in", request_device(request))

    def logout(self, request: HttpRequest) -> None:
        ended = session_hash(request)
        super().logout(request)
        hub.close(ended)


class MFAAdapter(DefaultMFAAdapter):
    """settings.MFA_ADAPTER"""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right, or has run out. Type the one that your app shows now. "
        "If that one is not right either, see whether the clock of your phone is.",
    }

    def encrypt(self, text: str) -> str:
        unlocked = recall(context.request)
        if unlocked is None:
            raise SealBroken("sign in before a second factor is set")
        return b64encode(unlocked.seal("second-factor", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        unlocked = recall(context.request)
        if unlocked is None:
            raise SealBroken("the passphrase comes first")
        return unlocked.unseal("second-factor", b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        return qr(url)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        return None
