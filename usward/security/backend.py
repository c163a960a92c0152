"""Sign-in, where the one hash is also checked against the new passphrase of somebody whom the partner let in again."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest

from usward.accounts.backend import VaultBackend
from usward.accounts.models import User
from usward.security import readmission
from usward.vault.keys import Unlocked
from usward.vault.password import Derived


class Opening(NamedTuple):
    """When a sign-in that came too early will be let through, and in which zone its person lives."""

    at: datetime
    zone: str


class ReadmittingBackend(VaultBackend):
    """settings.AUTHENTICATION_BACKENDS"""

    def unlock(self, user: User, derived: Derived) -> Unlocked | None:
        found = super().unlock(user, derived)
        if found is not None or (self._asking is not None and self._asking.user.is_authenticated):
            return found  # an open session of before does not complete it: that is for signing in anew
        row = readmission.waiting_for(user, derived)
        if row is None:
            return None
        unlocked = readmission.complete(user, row.pk, derived)
        if unlocked is None and self._asking is not None and row.granted_at:
            self._asking._opens_at = Opening(row.granted_at + readmission.WAITS, row.partner.zone)  # type: ignore[attr-defined]  # for this answer alone
        return unlocked


def opens_at(request: HttpRequest) -> Opening | None:
    """When the sign-in that was just refused will be let through, if it was refused only for being early."""
    return getattr(request, "_opens_at", None)
