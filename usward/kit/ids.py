"""Ids that are made of others."""

from uuid import UUID, uuid5


def parted(space: UUID, person: UUID) -> UUID:
    """Stands, in the ledger of deletions, for one person who has left one place and holds its keys no more."""
    return uuid5(space, person.hex)
