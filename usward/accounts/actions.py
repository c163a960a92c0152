"""Every write to an account. One function a verb, one transaction."""

import secrets
from uuid import uuid4

from django.db import IntegrityError, transaction

from usward.accounts import devices, hasher
from usward.accounts.models import User
from usward.vault import keys
from usward.vault.derive import word_list

PHRASE_WORDS = 5
MIN_PASSPHRASE = 15
MAX_PASSPHRASE = 256


class EmailTaken(Exception):
    """Somebody signs in with this address already."""


class ChangedMeanwhile(Exception):
    """The passphrase is another since whoever asks for a change was asked for it."""


def suggest_passphrase() -> str:
    """Five random words, 55 bits: long enough behind a slow hash, short enough to learn in a day."""
    return " ".join(secrets.choice(word_list()) for _ in range(PHRASE_WORDS))


def create_person(email: str, passphrase: str) -> tuple[User, keys.Unlocked]:
    """Make a person and their keys. Returns both, the keys open. Raises EmailTaken."""
    return create_hashed(email, hasher.encode(passphrase))


@transaction.atomic
def create_hashed(email: str, hashed: hasher.Hashed) -> tuple[User, keys.Unlocked]:
    """As `create_person`, where it is a part of something larger. Raises EmailTaken."""
    encoded, derived = hashed
    try:
        with transaction.atomic():
            user = User.objects.create(id=uuid4(), email=email.strip().lower(), password=encoded)
    except IntegrityError as error:
        raise EmailTaken from error
    unlocked = keys.create_keys(user.id)
    keys.wrap(unlocked, keys.PASSWORD, derived.kek)
    return user, unlocked


def change_passphrase(
    user: User,
    unlocked: keys.Unlocked,
    hashed: hasher.Hashed,
    keep_session: str | None,
    what: str = "passphrase changed",
) -> list[str]:
    """Wrap the user key anew and end the other sessions, in one transaction. Returns the sessions that ended.

    `what` is the alert that its owner finds. Raises ChangedMeanwhile.
    """
    encoded, derived = hashed
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, password=user.password).update(password=encoded):
            raise ChangedMeanwhile
        keys.wrap(unlocked, keys.PASSWORD, derived.kek)
        user.password = encoded
        devices.tell(user, what)
        return devices.end_others(user, keep_session)
