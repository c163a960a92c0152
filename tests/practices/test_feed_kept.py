"""What is kept of an address for one's own calendar: nothing that opens by itself, and nothing that comes back."""

import logging
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from tests.given import frozen
from tests.practices.feed import TITLE, asked, hours, made
from tests.practices.plan import FRIDAY, agree, propose
from usward.entries import feeds as addresses
from usward.entries.models import Deletion, Feed
from usward.keepsafe import replay
from usward.keepsafe.check import SHORTEST, seals
from usward.kit import clock
from usward.kit.logs import NoAddresses
from usward.vault.derive import subkey
from usward.vault.envelope import SealBroken, unseal
from usward.vault.keys import new_key
from usward.vault.padding import padded_length


def test_the_database_alone_opens_nothing(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, title=TITLE))
        path = made(anna)
        made(ben, "busy")
    assert not list(seals()), "`usward check` knows what it sees"
    secret = path.split("/")[2].removesuffix(".ics")
    lying = "\n".join(
        bytes(cell).decode("latin1") if isinstance(cell, (bytes, memoryview)) else str(cell)
        for rows in rows_of_all().values()
        for row in rows
        for cell in row
    )
    for word in (secret, secret[:20], TITLE, "VCALENDAR", "Busy", "20261127T"):
        assert word not in lying
    row = Feed.objects.get(partner=anna.me)
    keys = [
        bytes(row.lookup) * 2,
        subkey(settings.PEPPER, "feed/key"),
        subkey(settings.SECRET_KEY.encode(), "feed/key"),
    ]
    for key in keys:
        with pytest.raises(SealBroken):
            unseal(key, bytes(row.body), [b"feed", row.id.bytes, b"body"])
    length = len(row.body) - SHORTEST
    assert padded_length(length) == length > len(asked(path).content), "lengths come in steps"
    assert addresses.secret_of(one(ben, anna), ben.unlocked) == "", (
        "the other writes into it, and does not know where it is"
    )


def one(person, whose) -> addresses.OpenFeed:
    inside = person.inside
    return next(
        feed for feed in addresses.standing(inside.me.space_id, inside.keyring) if feed.partner.pk == whose.me.pk
    )


def rows_of_all() -> dict[str, list]:
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {name: cursor.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}


def test_what_was_changed_in_the_database_does_not_open(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, title=TITLE))
        path, bens = made(anna), made(ben)
    mine, theirs = (Feed.objects.get(partner=person.me) for person in two)
    Feed.objects.filter(pk=mine.pk).update(body=bytes(theirs.body))
    assert asked(path).status_code == 503 and asked(bens).status_code == 200
    Feed.objects.filter(pk=mine.pk).update(body=bytes(mine.body), tools=bytes(theirs.tools))
    with frozen(FRIDAY):
        propose(anna)
        assert anna.page("/plan/feed/") and asked(path).status_code == 200
    Feed.objects.filter(pk=mine.pk).update(lookup=new_key())
    assert asked(path).status_code == 404


def test_what_waits_to_be_written_is_written_at_the_next_look(two):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, title=TITLE))
        path = made(anna)
        Feed.objects.update(body=b"")
        waits = asked(path)
        assert waits.status_code == 503 and waits["Retry-After"]
        anna.page("/plan/feed/")
        assert hours(path)[0][1] == TITLE


def test_no_log_holds_an_address(two):
    path = made(two[0])
    secret = path.split("/")[2].removesuffix(".ics")
    Feed.objects.update(body=b"")
    handler = logging.StreamHandler()
    handler.addFilter(NoAddresses())
    lines: list[str] = []
    handler.emit = lambda record: lines.append(record.getMessage())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        assert asked(path).status_code == 503
    finally:
        logger.removeHandler(handler)
    assert lines and "/feed/…" in lines[0] and not any(secret in line for line in lines)
    stderr = settings.LOGGING["handlers"]["stderr"]
    assert stderr["filters"] == ["no addresses"], "the one handler that writes"


def test_a_restore_brings_no_ended_address_back(two, tmp_path):
    anna, ben = two
    with frozen(FRIDAY):
        agree(ben, propose(anna, title=TITLE))
        ended, kept = made(anna), made(ben)
    rows = {row.partner_id: row.id.hex for row in Feed.objects.all()}
    copy = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(copy)) as restored:
        dump(restored)
        anna.post("/plan/feed/", act="end")
        assert Deletion.objects.filter(entry_id=rows[anna.me.pk]).exists()
        newer = tmp_path / "newer.sqlite3"
        with closing(sqlite3.connect(newer)) as database:
            dump(database)
        replay.replay_deletions(restored, newer)
        left = restored.execute("SELECT id, length(body) > 0 FROM entries_feed").fetchall()
    assert left == [(rows[ben.me.pk], 1)] and ended != kept


def test_a_restore_forgets_what_a_calendar_said_of_words_that_are_gone(two, tmp_path):
    anna, ben = two
    with frozen(FRIDAY):
        where = propose(anna, title=TITLE)
        agree(ben, where)
        made(anna)
    copy, newer = tmp_path / "copy.sqlite3", tmp_path / "newer.sqlite3"
    with closing(sqlite3.connect(copy)) as restored:
        dump(restored)
        anna.inside.writer.withdraw(anna.inside.reader.exchange(f"plan:{where.split('/')[2].replace('-', '')}")[0].id)
        with closing(sqlite3.connect(newer)) as database:
            dump(database)
        replay.replay_deletions(restored, newer)
        assert restored.execute("SELECT body FROM entries_feed").fetchall() == [(b"",)]


def dump(to: sqlite3.Connection) -> None:
    """The present database, as this test's transaction sees it."""
    with connection.cursor() as cursor:
        made = cursor.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        for (statement,) in made:
            to.execute(statement)
        for name, rows in rows_of_all().items():
            for row in rows:
                to.execute(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', row)
    to.commit()


def test_a_deleted_account_leaves_no_address_to_any_backup(two):
    anna, ben = two
    made(anna)
    made(ben)
    ids = set(Feed.objects.values_list("id", flat=True))
    email = anna.user.email
    assert anna.post("/settings/delete/", passphrase=anna.phrase, email=email).status_code == 303
    assert not Feed.objects.exists() and Deletion.objects.filter(entry_id__in=ids).count() == 2


def test_the_page_with_the_address_asks_for_the_pin(two):
    anna, _ = two
    path = made(anna)
    assert anna.post("/settings/pin/", present=anna.phrase, pin="2468").status_code == 303
    with clock.travel(timedelta(minutes=16)):
        answer = anna.get("/plan/feed/")
        assert answer.status_code in (302, 303) and "/pin/" in answer["Location"] and asked(path).status_code == 200
