"""People and the devices on which they are signed in."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

DEMO_DOMAIN = "@demo.invalid"  # no mail server can have this name (RFC 2606): the demo's couples sign in with it


class UserManager(BaseUserManager["User"]):
    def real(self) -> models.QuerySet["User"]:
        """People; the demo's couples are none."""
        return self.exclude(email__endswith=DEMO_DOMAIN)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=username)


class User(AbstractBaseUser):
    """One person. The e-mail is a login name only; nothing is ever sent to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    last_login = None  # nobody's last visit is kept
    pin = models.CharField(max_length=200, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()


class Session(models.Model):
    """One device, signed in. `key_hash` is SHA-256 of the session key: the table cannot be used to sign in.

    `data` is sealed under a key that comes from the session key. `expires` is drawn by lot within a month. Without a `device` it
    is a sign-in that waits for its second factor or for a new passphrase: it opens nothing, and ends with the others.
    """

    key_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    data = models.BinaryField()
    expires = models.DateTimeField(db_index=True)
    device = models.CharField(max_length=60, blank=True)
    started = models.DateField()


LOUD = (
    "passphrase changed",
    "recovery used",
    "recovery code made",
    "exported",
    "let in again",
    "second factor off",
    "PIN wrong five times",
)


class Alert(models.Model):
    """What happened to somebody's account, told to that person alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="alerts")
    what = models.CharField(max_length=20)
    device = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    seen = models.BooleanField(default=False)


class Pass(models.Model):
    """Leave for one new account, given by the host. It holds a hash: the table cannot be used to get in."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    expires_at = models.DateTimeField()
