"""The sealed store's tables. Nobody outside this package reads or writes them: see reader.py and writer.py."""

import uuid

from django.db import models

from usward.spaces.models import Partner, Space


class Act(models.IntegerChoices):
    """What an entry does: says something, opens something early, or takes something back."""

    SAY = 1
    OPEN = 2
    WITHDRAW = 3


class Reveal(models.IntegerChoices):
    """When the other may read it."""

    AT_ONCE = 1
    WHEN_BOTH = 2
    FROM_DAY = 3
    NEVER = 4


class Scope(models.IntegerChoices):
    """Under whose key, and for whom: its author, nobody (only functions of both), or the two."""

    OWN = 1
    JOINT = 2
    SHARED = 3


class Entry(models.Model):
    """One sealed thing. Everything but `seq` and `current` is bound to the seal.

    `current` marks the newest living version of a slot: an index, rebuilt by heads.rebuild.
    """

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    # Every question begins with the space and goes on with names: an index of either alone would only mislead the planner.
    space = models.ForeignKey(Space, on_delete=models.CASCADE, db_index=False)
    author = models.ForeignKey(Partner, on_delete=models.CASCADE, db_index=False)
    exchange = models.BinaryField()
    step = models.BinaryField()
    about = models.UUIDField(null=True)
    act = models.SmallIntegerField(choices=Act.choices)
    day = models.DateField()
    reveal = models.SmallIntegerField(choices=Reveal.choices)
    reveal_day = models.DateField(null=True)
    scope = models.SmallIntegerField(choices=Scope.choices)
    tag = models.BinaryField()
    slot = models.BinaryField()
    version = models.PositiveIntegerField()
    epoch = models.PositiveIntegerField()
    body = models.BinaryField()
    current = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "slot", "version"], name="one_version_of_a_slot")]
        indexes = [
            models.Index(fields=["space", "exchange", "step"], name="by_exchange"),
            models.Index(fields=["space", "tag", "current", "day", "seq"], name="by_kind"),
            models.Index(
                fields=["space", "tag", "reveal_day"],
                name="by_reveal_day",
                condition=models.Q(reveal_day__isnull=False),
            ),
        ]


class Head(models.Model):
    """Where one author's side of one step stands: `opened` is the seq at which the other could first read it."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE)
    exchange = models.BinaryField()
    step = models.BinaryField()
    author = models.ForeignKey(Partner, on_delete=models.CASCADE)
    opened = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "exchange", "step", "author"], name="one_head_a_side")]


class Draft(models.Model):
    """What somebody is typing: one sealed row a composer, overwritten as they type, deleted by the put."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE)
    composer = models.BinaryField()
    body = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["partner", "composer"], name="one_draft_a_composer")]


class Attachment(models.Model):
    """A sealed file in the media folder. Its key is inside the entry that it belongs to. `size` is how long the file is (of one
    that was not there when sizes began to be kept, nobody knows)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    space = models.ForeignKey(Space, on_delete=models.CASCADE)
    author = models.ForeignKey(Partner, on_delete=models.CASCADE)
    entry = models.UUIDField(null=True, db_index=True)
    size = models.PositiveIntegerField(null=True)


class Feed(models.Model):
    """A partner's calendar address (see feeds.py): a hash of the secret in it, and what each of three keys seals.

    `tools` are for either of the two, who write into it; `secret` is for its owner, to be shown again; `body` is the file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.OneToOneField(Partner, on_delete=models.CASCADE)
    lookup = models.BinaryField(unique=True)
    epoch = models.PositiveIntegerField()
    tools = models.BinaryField()
    secret = models.BinaryField()
    body = models.BinaryField(default=bytes)


class Knock(models.Model):
    """All that the postman may know: whom, and not before when. No content, no kind."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE)
    not_before = models.DateTimeField()


class Deletion(models.Model):
    """The ledger of deletions (see ledger.py), replayed on restore, so that what is gone stays gone.

    `entry_id` may be another id as well; it keeps the name that every version of a restore knows.
    """

    entry_id = models.UUIDField(primary_key=True)
    on = models.DateField()
