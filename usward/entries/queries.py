"""What the Reader asks the database: the rule of reading in SQL, and every query that begins with it, prepared.

Whoever changes the rule changes it in reveal.py too; tests hold the two together.
"""

from datetime import date
from functools import cache

from django.db.models import (
    BigIntegerField,
    BinaryField,
    Case,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from usward.entries.models import Act, Entry, Head, Reveal, Scope
from usward.kit.prepared import Given, Prepared, several

LATELY = 24

SPACE, ME, DAY = Given("space", UUIDField()), Given("me", UUIDField()), Given("day", DateField())


def with_opened(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Rows with the seq at which each was opened: the head of its side, or its own early opening before its day."""
    head = Head.objects.filter(
        space_id=OuterRef("space_id"),
        exchange=OuterRef("exchange"),
        step=OuterRef("step"),
        author_id=OuterRef("author_id"),
    )
    early = Entry.objects.filter(
        space_id=OuterRef("space_id"),
        slot=OuterRef("slot"),
        act=Act.OPEN,
        about=Coalesce(OuterRef("about"), OuterRef("id")),
    )
    first = (
        F("seq") + 0
    )  # not "seq" itself: for its order SQLite would walk the whole space instead of looking the slot up
    at = Case(
        When(reveal=Reveal.WHEN_BOTH, then=Subquery(head.values("opened")[:1])),
        When(reveal=Reveal.FROM_DAY, then=Subquery(early.order_by(first).values("seq")[:1])),
        output_field=BigIntegerField(),
    )
    return rows.annotate(opened=at)


def open_to_other(day_reached: date | Given) -> Q:
    """The rule, in SQL, for rows `with_opened`: what reveal.readable says the other may read."""
    by_rule = Q(reveal=Reveal.AT_ONCE) | Q(reveal=Reveal.FROM_DAY, reveal_day__lte=day_reached)
    by_opening = Q(reveal__in=[Reveal.WHEN_BOTH, Reveal.FROM_DAY], opened__isnull=False)
    return Q(scope=Scope.SHARED) & (by_rule | by_opening)


def _readable() -> QuerySet[Entry]:
    """What of a space may be read: every query of the Reader begins here."""
    # Value(True) is written as "= 1", which SQLite finds in an index; a bare True as a condition, which it does not.
    said = Entry.objects.filter(space_id=SPACE, act=Act.SAY, current=Value(True))
    return with_opened(said).filter(Q(author_id=ME) | open_to_other(DAY))


@cache
def by_exchange(count: int) -> Prepared[Entry]:
    """Unsorted: asked for seq's order, SQLite walks the whole space in it instead of looking the exchanges up."""
    return Prepared(_readable().filter(exchange__in=several("exchange", BinaryField(), count)))


@cache
def everything() -> Prepared[Entry]:
    return Prepared(_readable().order_by("seq"))


@cache
def by_id() -> Prepared[Entry]:
    return Prepared(_readable().filter(id=Given("id", UUIDField())))


@cache
def by_slot() -> Prepared[Entry]:
    return Prepared(_readable().filter(author_id=ME, slot=Given("slot", BinaryField())))


@cache
def by_kind(mine: bool | None, limit: int, after: bool, at_step: bool) -> Prepared[Entry]:
    """The newest of one tag: one at a time, so that the index gives them in their order."""
    rows = _readable().filter(tag=Given("tag", BinaryField()))
    if at_step:
        rows = rows.filter(step=Given("step", BinaryField()))
    if mine is not None:
        rows = rows.filter(author_id=ME) if mine else rows.exclude(author_id=ME)
    if after:
        last, seq = Given("last", DateField()), Given("seq", BigIntegerField())
        rows = rows.filter(Q(day__lt=last) | Q(seq__lt=seq), day__lte=last)
    return Prepared(rows.order_by("-day", "-seq")[:limit])


@cache
def by_days() -> Prepared[Entry]:
    rows = _readable().filter(tag=Given("tag", BinaryField()))
    first, last = Given("first", DateField()), Given("last", DateField())
    return Prepared(rows.filter(day__gte=first, day__lte=last).order_by("day", "seq"))


@cache
def lately(count: int, mine: bool, found: bool) -> Prepared[Entry]:
    """Each side by itself, so that much of one hides nothing of the other; and separate queries instead of an "or", each of
    which an index answers: said since a day; to be found since a day, whoever said it."""
    rows = _readable().filter(tag__in=several("tag", BinaryField(), count))
    first = Given("first", DateField())
    if found:
        rows = rows.filter(reveal_day__gte=first, reveal_day__lte=DAY)
    else:
        rows = (rows.filter(author_id=ME) if mine else rows.exclude(author_id=ME)).filter(day__gte=first)
    return Prepared(rows.order_by("-day", "-seq")[:LATELY])


@cache
def standing(count: int, most: int | None = None) -> Prepared[Entry]:
    """What stands of some tags (or so many of it), whosever it is, by its arrival number alone: nothing of it is opened."""
    rows = Entry.objects.filter(space_id=SPACE, act=Act.SAY, tag__in=several("tag", BinaryField(), count))
    return Prepared(rows.filter(current=Value(True)).only("seq")[:most])


@cache
def joint(every_version: bool) -> Prepared[Entry]:
    """The joint entries of both: for registered functions alone."""
    rows = Entry.objects.filter(space_id=SPACE, act=Act.SAY, scope=Scope.JOINT, tag=Given("tag", BinaryField()))
    # unsorted, for the reason that `by_exchange` is
    return Prepared(rows if every_version else rows.filter(current=Value(True)))
