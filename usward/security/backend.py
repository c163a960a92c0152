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
    """From when on a sign-in that came too early may be let through, and in which zone its person lives."""

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
        first = readmission.opens_first(row)
        if unlocked is None and self._asking is not None and first:
            self._asking._opens_at = Opening(first, row.partner.zone)  # type: ignore[attr-defined]  # for this answer alone
        return unlocked


def opens_at(request: HttpRequest) -> Opening | None:
    """From when on the sign-in that was just refused may be let through, if it was refused only for being early."""
    return getattr(request, "_opens_at", None)
