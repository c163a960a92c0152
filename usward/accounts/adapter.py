"""What we do otherwise than allauth: no mail, no messages, sealed second-factor secrets, alerts to the owner alone."""

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from usward.accounts.devices import request_device, session_hash, tell
from usward.accounts.models import User
from usward.accounts.unlocking import recall
from usward.live.hub import hub
from usward.vault.envelope import SealBroken


class AccountAdapter(DefaultAccountAdapter):
    """settings.ACCOUNT_ADAPTER"""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False  # accounts are made in usward.front, where the invitation is

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        return None  # pages say what happened

    def send_mail(self, *args: Any, **kwargs: Any) -> None:
        return None  # an e-mail address is a login name only

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        request.session["device"] = request_device(request)
        if isinstance(user, User):
            tell(user, "signed in", request_device(request))

    def logout(self, request: HttpRequest) -> None:
        ended = session_hash(request)
        super().logout(request)
        hub.close(ended)


class MFAAdapter(DefaultMFAAdapter):
    """settings.MFA_ADAPTER"""

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

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        return None
