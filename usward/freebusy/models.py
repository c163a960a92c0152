"""A calendar that one of the two has added: where it is read, and the busy hours of it, which no job can read again."""

import uuid

from django.db import models

from usward.spaces.models import Partner


class Calendar(models.Model):
    """One calendar of one partner.

    `address` and `state` are sealed with the server's key; an empty address is a file that was read once. `deposit` is
    sealed to the couple's public key of (`space`, `epoch`): a deposit of another space is dead. `checked` says whether
    the plans were compared with it since it was last read, asked, or a day older, and since they were changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="calendars")
    address = models.BinaryField(default=bytes)
    state = models.BinaryField(default=bytes)
    deposit = models.BinaryField(default=bytes)
    space = models.UUIDField()
    epoch = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    checked = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"])]
