"""What the server itself must open while nobody is signed in (the address of a calendar): sealed under a key of its secret.

It keeps a stolen database or backup from telling; it does not keep a host from reading, and pages that use it say so.
"""

from django.conf import settings

from usward.vault.derive import subkey
from usward.vault.envelope import seal, unseal


def seal_for_server(purpose: str, plain: bytes, *context: bytes) -> bytes:
    """Seal for the server, bound to a purpose and a place."""
    return seal(_key(purpose), plain, [purpose.encode(), *context])


def unseal_for_server(purpose: str, envelope: bytes, *context: bytes) -> bytes:
    """Open it again. Raises SealBroken, as after a change of the server's secret."""
    return unseal(_key(purpose), envelope, [purpose.encode(), *context])


def _key(purpose: str) -> bytes:
    return subkey(settings.SECRET_KEY.encode(), f"server/{purpose}")
