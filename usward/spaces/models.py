"""Space, the two in it, and the invitation between them. No names here: those are sealed in each partner's card."""

import uuid

from django.conf import settings
from django.db import models

from usward.kit import look

LOOKS = look.COLOURS
SHAPES = tuple(look.SHAPES)


class Space(models.Model):
    """The place of one person, or of two.

    `day_reached` is the latest day that had begun for both of them. It never goes back, whatever clocks and zones do, so
    that what has been shown "from a day" stays shown; but when a second comes, to whom nothing has been shown yet.
    `closed_told` is the day on which whoever stayed was first told that it is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    began = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_told = models.DateField(null=True, blank=True)
    epoch_due = models.BooleanField(default=False)
    day_reached = models.DateField()


class Partner(models.Model):
    """One of the two, in their space. `pulse` counts changes of what this one can read, and nothing else. `joined_on` is the day,
    by their own clocks, on which two places became one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="partner")
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="partners")
    card = models.BinaryField(default=bytes)
    colour = models.CharField(max_length=8, default="ember")
    shape = models.CharField(max_length=8, default="circle")
    zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=6, default="system")
    reading = models.CharField(max_length=12, default="figtree")
    calm = models.BooleanField(default=False)
    country = models.CharField(max_length=2, blank=True)
    pulse = models.PositiveIntegerField(default=0)
    paused_until = models.DateField(null=True, blank=True)
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    checkin_seen_by = models.CharField(max_length=6, blank=True)
    merge_due = models.BooleanField(default=False)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    offered_safety = models.BooleanField(default=False)


class Invitation(models.Model):
    """One open hand. `lookup` is derived from the code; the capsule and the reply open with the code alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="invitations")
    inviter = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="invitations")
    lookup = models.BinaryField(unique=True)
    code_for_inviter = models.BinaryField()
    capsule = models.BinaryField()
    reply = models.BinaryField(default=bytes)
    claim = models.BinaryField(default=bytes)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked = models.BooleanField(default=False)
    invitee = models.OneToOneField(Partner, null=True, blank=True, on_delete=models.SET_NULL, related_name="came_by")
    confirmed = models.BooleanField(default=False)
    merged = models.BooleanField(default=False)


class Readmission(models.Model):
    """Somebody who lost the passphrase asks the other to be let in again; afterwards, where the old keys rest.

    Asked, then granted by the other, then (a day later) completed by signing in. A row that was stopped is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="readmissions")
    owner = models.UUIDField()  # the new keys' owner, until they take the place of the old
    password = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)  # by a device of the partner in whose name it was asked
    completed_at = models.DateTimeField(null=True)
    old_owner = models.UUIDField(null=True)  # under which name the old keys rest, for ninety days
    old_password = models.CharField(max_length=200, blank=True)
    # The space and the partner to which own things under the old keys are bound, where these are no longer the present ones.
    sealed_in = models.UUIDField(null=True)
    sealed_as = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=models.Q(completed_at=None), name="one_open_readmission"
            )
        ]
