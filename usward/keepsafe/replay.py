"""Deletions are repeated on a restored database. What the ledger holds are ids; what each of them means, stands here.

- An entry's: its words go, and where it was the last of its slot it counts as taken back.
- A person's: their keys, account, drafts and own things go; a place in which nobody is left goes altogether.
- A calendar address's: it opens nothing any more. And where words have gone, what is behind the address of their place
  may hold them: it is written anew by either of the two.
- A parting's (`usward.kit.ids.parted`): that person holds no key of that place any more, and for whoever stays it is
  closed. At their next sign-in they take what is their own into a place for themselves (`entries.moving.go_on_alone`).

All of it is SQL on a file of which no server knows yet, and which may be of an older version.
"""

import sqlite3
from pathlib import Path
from uuid import UUID

from usward.kit.ids import parted

_SAY, _WITHDRAW, _OWN = 1, 3, 1  # as usward.entries.models has them; a test holds them together
_GONE = "(SELECT id FROM temp.gone)"
_THEIR_ROWS = f"(SELECT id FROM main.spaces_partner WHERE user_id IN {_GONE})"


def columns(database: sqlite3.Connection, schema: str, table: str) -> set[str]:
    """The names of a table's columns; none where there is no such table."""
    return {row[1] for row in database.execute(f"PRAGMA {schema}.table_info({table})")}


def replay_deletions(restored: sqlite3.Connection, newer: Path) -> set[str]:
    """Repeat on a restored database what a newer one knows to be gone, and carry the ledger over.

    Gives the ids of attachments whose files have to go as well.
    """
    restored.create_function("parted", 2, _parted, deterministic=True)
    restored.execute("ATTACH ? AS newer", (str(newer),))
    try:
        if not all(columns(restored, schema, "entries_deletion") for schema in ("newer", "main")):
            return set()
        restored.execute('CREATE TEMP TABLE gone AS SELECT entry_id AS id, "on" AS since FROM newer.entries_deletion')
        restored.execute('INSERT OR IGNORE INTO main.entries_deletion (entry_id, "on") SELECT id, since FROM temp.gone')
        before = _attachments(restored)
        _feeds(restored)
        _entries(restored)
        _partings(restored)
        _people(restored)
        restored.commit()
        return before - _attachments(restored)
    finally:
        restored.rollback()
        restored.execute("DROP TABLE IF EXISTS temp.gone")
        restored.commit()
        restored.execute("DETACH newer")


def _parted(space: str | None, person: str | None) -> str:
    return parted(UUID(space), UUID(person)).hex if space and person else ""


def _feeds(db: sqlite3.Connection) -> None:
    """Before the words go: which of them still stand decides which files are to be written anew."""
    if not columns(db, "main", "entries_feed"):
        return
    db.execute(f"DELETE FROM main.entries_feed WHERE id IN {_GONE}")
    places = f"SELECT space_id FROM main.entries_entry WHERE id IN {_GONE} AND body != x''"
    theirs = f"SELECT id FROM main.spaces_partner WHERE space_id IN ({places})"
    db.execute(f"UPDATE main.entries_feed SET body = x'' WHERE partner_id IN ({theirs})")


def _entries(db: sqlite3.Connection) -> None:
    """Words go. Without the act, a later answer would open against something that is not there any more."""
    db.execute(
        "INSERT INTO main.entries_entry (id, space_id, author_id, exchange, step, about, act, day, reveal, reveal_day, "
        "scope, tag, slot, version, epoch, body, current) SELECT lower(hex(randomblob(16))), e.space_id, e.author_id, "
        f"e.exchange, e.step, coalesce(e.about, e.id), {_WITHDRAW}, g.since, e.reveal, e.reveal_day, e.scope, e.tag, "
        "e.slot, (SELECT max(version) + 1 FROM main.entries_entry v WHERE v.space_id = e.space_id AND v.slot = e.slot), "
        "e.epoch, x'', 0 FROM main.entries_entry e JOIN temp.gone g ON g.id = e.id "
        f"WHERE e.act = {_SAY} AND e.current"
    )
    db.execute(f"UPDATE main.entries_entry SET body = x'', current = 0 WHERE id IN {_GONE}")
    db.execute(f"DELETE FROM main.entries_attachment WHERE entry IN {_GONE}")


def _partings(db: sqlite3.Connection) -> None:
    """Who has left holds no key of the place, and asks for none; for whoever stays it is closed."""
    db.execute(f"DELETE FROM main.vault_couplewrap WHERE parted(space, owner) IN {_GONE}")
    db.execute(
        "CREATE TEMP TABLE leavers AS SELECT p.id, p.space_id, g.since FROM main.spaces_partner p "
        "JOIN temp.gone g ON g.id = parted(p.space_id, p.user_id) WHERE p.left_on IS NULL"
    )
    leavers, places = "(SELECT id FROM temp.leavers)", "(SELECT space_id FROM temp.leavers)"
    asked = f"completed_at IS NULL AND partner_id IN {leavers}"
    _keys(db, f"SELECT owner FROM main.spaces_readmission WHERE {asked}")
    db.execute(f"DELETE FROM main.spaces_readmission WHERE {asked}")
    db.execute(f"DELETE FROM main.entries_knock WHERE partner_id IN {leavers}")
    invited = "(SELECT user_id FROM main.spaces_partner WHERE id = invitee_id)"
    db.execute(
        "UPDATE main.spaces_invitation SET revoked = 1, confirmed = 0, invitee_id = NULL, capsule = x'', reply = x'', "
        f"code_for_inviter = x'' WHERE NOT merged AND (space_id IN {places} OR parted(space_id, {invited}) IN {_GONE})"
    )
    since = "(SELECT min(since) FROM temp.leavers l WHERE l.{} = main.{}.{})"
    db.execute(
        f"UPDATE main.spaces_space SET closed_on = coalesce(closed_on, {since.format('space_id', 'spaces_space', 'id')}), "
        f"epoch_due = 1 WHERE id IN {places}"
    )
    db.execute(
        f"UPDATE main.spaces_partner SET left_on = {since.format('id', 'spaces_partner', 'id')} WHERE id IN {leavers}"
    )
    db.execute("DROP TABLE temp.leavers")


def _people(db: sqlite3.Connection) -> None:
    """Their keys, also those that rest or wait; what was their own; their account, and a place that they leave empty."""
    rested = f"FROM main.spaces_readmission WHERE partner_id IN {_THEIR_ROWS}"
    _keys(db, f"SELECT id FROM temp.gone UNION SELECT owner {rested} UNION SELECT old_owner {rested}")
    db.execute(f"DELETE FROM main.spaces_readmission WHERE partner_id IN {_THEIR_ROWS}")
    db.execute(f"DELETE FROM main.spaces_readmission WHERE owner IN {_GONE} OR old_owner IN {_GONE}")
    db.execute(f"DELETE FROM main.entries_entry WHERE scope = {_OWN} AND author_id IN {_THEIR_ROWS}")
    for table in ("entries_draft", "entries_knock"):
        db.execute(f"DELETE FROM main.{table} WHERE partner_id IN {_THEIR_ROWS}")
    places = [row[0] for row in db.execute(f"SELECT space_id FROM main.spaces_partner WHERE user_id IN {_GONE}")]
    db.execute(
        "UPDATE main.spaces_partner SET left_on = coalesce(left_on, (SELECT since FROM temp.gone g WHERE g.id = user_id)) "
        f"WHERE user_id IN {_GONE}"
    )
    _remove(db, "accounts_user", f"id IN {_GONE}")
    for place in places:
        if not db.execute(
            "SELECT 1 FROM main.spaces_partner WHERE space_id = ? AND user_id IS NOT NULL", (place,)
        ).fetchone():
            db.execute("DELETE FROM main.vault_couplewrap WHERE space = ?", (place,))
            db.execute("DELETE FROM main.vault_coupleepoch WHERE space = ?", (place,))
            _remove(db, "spaces_space", f"id = '{place}'")


def _keys(db: sqlite3.Connection, owners: str) -> None:
    for table in ("vault_keywrap", "vault_userkeys", "vault_couplewrap"):
        db.execute(f"DELETE FROM main.{table} WHERE owner IN ({owners})")


def _remove(db: sqlite3.Connection, table: str, which: str) -> None:
    """Remove rows, and first what points to them: rows go along, where they can be without it they stay."""
    for (other,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        optional = {row[1] for row in db.execute(f"PRAGMA main.table_info({other})") if not row[3]}
        for _, _, pointed, column, key, *_ in db.execute(f"PRAGMA main.foreign_key_list({other})").fetchall():
            if pointed != table:
                continue
            pointing = f"{column} IN (SELECT {key} FROM main.{table} WHERE {which})"
            if column in optional:
                db.execute(f"UPDATE main.{other} SET {column} = NULL WHERE {pointing}")
            else:
                _remove(db, other, pointing)
    db.execute(f"DELETE FROM main.{table} WHERE {which}")


def _attachments(db: sqlite3.Connection) -> set[str]:
    return {row[0] for row in db.execute("SELECT id FROM main.entries_attachment")}
