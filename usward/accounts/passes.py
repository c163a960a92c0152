"""Passes: the host lets one more person open an account, where otherwise only an invitation does."""

import secrets
from datetime import timedelta
from hashlib import sha256

from usward.accounts.models import Pass
from usward.kit import clock

LIVES = timedelta(hours=24)


def make() -> str:
    """A new pass. Gives the token, which is kept nowhere; passes that have run out are cleared away."""
    Pass.objects.filter(expires_at__lte=clock.now()).delete()
    token = secrets.token_urlsafe(16)
    Pass.objects.create(token_hash=_hash(token), expires_at=clock.now() + LIVES)
    return token


def opens(token: str) -> bool:
    """Whether this token lets somebody in now."""
    return bool(token) and Pass.objects.filter(token_hash=_hash(token), expires_at__gt=clock.now()).exists()


def use(token: str) -> bool:
    """Use it up. Of two who try at once, one gets True."""
    return Pass.objects.filter(token_hash=_hash(token), expires_at__gt=clock.now()).delete()[0] == 1


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
