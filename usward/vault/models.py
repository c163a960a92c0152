"""What the vault keeps: keys, each sealed under another. Nothing here opens anything by itself."""

from django.db import models


class UserKeys(models.Model):
    """One person's keys, sealed under their user key (UK). The public half of the X25519 pair stands in the clear."""

    owner = models.UUIDField(primary_key=True)
    public = models.BinaryField()
    sealed_private = models.BinaryField()
    sealed_personal = models.BinaryField()


class KeyWrap(models.Model):
    """The user key, sealed under a key that a passphrase or a recovery code gives."""

    owner = models.UUIDField()
    kind = models.CharField(max_length=12)
    commitment = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind"], name="one_wrap_of_a_kind")]


class CoupleEpoch(models.Model):
    """The clear half of a couple's key pair, and its other half sealed under the couple key of the same epoch."""

    space = models.UUIDField()
    epoch = models.PositiveIntegerField()
    public = models.BinaryField()
    sealed_private = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "epoch"], name="one_key_an_epoch")]


class CoupleWrap(models.Model):
    """A couple key, sealed for one person: under their user key, or to their public key until they come for it."""

    UNDER_USER_KEY = "uk"
    TO_PUBLIC_KEY = "box"

    space = models.UUIDField()
    epoch = models.PositiveIntegerField()
    owner = models.UUIDField()
    how = models.CharField(max_length=3)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "epoch", "owner"], name="one_wrap_a_person")]
        indexes = [models.Index(fields=["owner", "space"])]
