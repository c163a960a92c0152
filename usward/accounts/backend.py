"""Sign-in: the passphrase is hashed once; what comes out proves the person and opens their keys."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest

from usward.accounts import hasher
from usward.accounts.models import User
from usward.accounts.unlocking import carry
from usward.vault.envelope import SealBroken
from usward.vault.keys import PASSWORD, unwrap


class VaultBackend(AuthenticationBackend):
    """allauth's backend (timing alike for known and unknown people), with our one slow hash in it."""

    def _authenticate(self, request: HttpRequest | None, **credentials: Any) -> Any:
        self._asking = request
        return super()._authenticate(request, **credentials)

    def _check_password(self, user: Any, password: str) -> User | None:
        self._did_check_password = True
        if not isinstance(user, User) or not self.user_can_authenticate(user):
            return None
        derived = hasher.check(password, user.password)
        if derived is None:
            return None
        try:
            unlocked = unwrap(user.id, PASSWORD, derived.kek)
        except SealBroken:
            return None
        if self._asking is not None:
            carry(self._asking, unlocked)
        return user

    def get_user(self, user_id: Any) -> User | None:
        return User.objects.filter(pk=user_id, is_active=True).first()
