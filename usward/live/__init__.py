""" "Look again": pings without content, from any thread to the open pages of a partner."""

from functools import partial
from uuid import UUID

from django.db import transaction

from usward.live import hub


def ping_on_commit(partner_id: UUID | str) -> None:
    """Ping a partner once the present transaction has committed (at once when there is none); never on rollback."""
    transaction.on_commit(partial(hub.hub.ping, partner_id), robust=True)
