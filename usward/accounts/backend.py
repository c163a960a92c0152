"""Sign-in: the passphrase is hashed once; what comes out proves the person and opens their keys."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from usward.accounts import hasher
from usward.accounts.models import User
from usward.accounts.unlocking import carry
from usward.vault.envelope import SealBroken
from usward.vault.keys import PASSWORD, Unlocked, unwrap
from usward.vault.password import Derived


class VaultBackend(AuthenticationBackend):
    """allauth's backend (timing alike for known and unknown people), with our one slow hash in it."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        self._asking = request
        return super()._authenticate(request, **credentials)

    def _check_password(self, user: Any, password: str) -> User | None:
        if not isinstance(user, User) or not user.password:
            return None
        # The hash comes first, whoever asks: how long an answer takes tells nothing.
        self._did_check_password = True
        unlocked = self.unlock(user, hasher.hashed(password, user.password))
        if unlocked is None or not self.user_can_authenticate(user):
            return None
        if self._asking is not None:
            carry(self._asking, unlocked)
        return user

    def unlock(self, user: User, derived: Derived) -> Unlocked | None:
        """Open the keys of a person with what came out of the hash; None where it is not their passphrase."""
        if not hasher.proves(derived, user.password):
            return None
        try:
            return unwrap(user.id, PASSWORD, derived.kek)
        except SealBroken:
            return None

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
