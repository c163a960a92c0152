"""The ledger of deletions: ids of what is gone for good, which a restore repeats on what a backup brings back.

An id is that of an entry, of a person (or of keys that rested under a name of their own), or of a parting: see
`usward.kit.ids.parted`. What each of them means on a restored database stands in `usward.keepsafe.replay`.
"""

from collections.abc import Iterable
from uuid import UUID

from usward.entries.models import Deletion
from usward.kit import clock


def write_down(ids: Iterable[UUID]) -> None:
    """Note that these are gone. Called in the transaction in which they go."""
    today = clock.now().date()
    Deletion.objects.bulk_create([Deletion(entry_id=one, on=today) for one in ids], ignore_conflicts=True)
