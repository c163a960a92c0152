"""What each id of the ledger means on a restored database: the cases that a whole restore (test_restored) does not meet."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from tests.given import Someone, Word, confirmed, given, someone, the_two
from usward.accounts import hasher
from usward.accounts.models import User
from usward.entries.joining import merge
from usward.entries.models import Act, Attachment, Scope
from usward.entries.moving import leave
from usward.keepsafe import replay
from usward.security import readmission
from usward.spaces.models import Readmission

pytestmark = pytest.mark.django_db(transaction=True)


class Copy:
    """A backup of this moment. `replay` puts it back as it would be today."""

    def __init__(self, place: Path) -> None:
        self.path = place / "copy.sqlite3"
        with closing(sqlite3.connect(live())) as there, closing(sqlite3.connect(self.path)) as here:
            there.backup(here)

    def replay(self) -> set[str]:
        with closing(sqlite3.connect(self.path)) as restored:
            return replay.replay_deletions(restored, live())

    def rows(self, query: str, *given: str) -> list[tuple]:
        with closing(sqlite3.connect(self.path)) as database:
            return database.execute(query, given).fetchall()


def live() -> Path:
    assert connection.vendor == "sqlite"
    return Path(settings.DATABASES["default"]["NAME"])


def wraps(copy: Copy, who: Someone, space) -> int:
    return len(copy.rows("SELECT 1 FROM vault_couplewrap WHERE owner = ? AND space = ?", who.id.hex, space.hex))


def asks(who: Someone) -> UUID:
    """Somebody asks in their name to be let in again."""
    User.objects.filter(pk=who.id).update(password=hasher.encode("the passphrase that was lost")[0])
    return readmission.ask(who.inside.user.email, "a passphrase from scratch").id


def test_numbers_mean_what_the_models_say():
    assert (replay._SAY, replay._WITHDRAW, replay._OWN) == (Act.SAY, Act.WITHDRAW, Scope.OWN)


def test_an_asking_that_was_stopped_is_not_asked_again(tmp_path):
    """Somebody asked in Anna's name and Ben said yes; then it was stopped. A restore does not let them in."""
    anna, ben = the_two()
    asked = asks(anna)
    assert readmission.grant(ben.inside, asked)
    [(owner,)] = Readmission.objects.values_list("owner")
    copy = Copy(tmp_path)
    assert readmission.stop(ben.inside, asked)
    copy.replay()
    assert copy.rows("SELECT * FROM spaces_readmission") == []
    for table in ("vault_keywrap", "vault_userkeys", "vault_couplewrap"):
        assert copy.rows(f"SELECT 1 FROM {table} WHERE owner = ?", owner.hex) == [], table
    assert wraps(copy, anna, anna.row.space_id) == wraps(copy, ben, anna.row.space_id) == 1


def test_a_leaver_who_had_asked_to_be_let_in_again_is_not_let_in(tmp_path):
    anna, ben = the_two()
    assert readmission.grant(ben.inside, asks(anna))
    copy, space = Copy(tmp_path), anna.row.space_id
    leave(anna.row, anna.unlocked)
    copy.replay()
    assert copy.rows("SELECT * FROM spaces_readmission") == []
    assert copy.rows("SELECT owner FROM vault_couplewrap WHERE space = ?", space.hex) == [(ben.id.hex,)]


def test_from_before_they_were_two(tmp_path):
    """The words were confirmed, but the newcomer had not come yet: each is in a place of their own, and stays there."""
    anna, ben = someone("Anna"), someone("Ben", colour="tide")
    given(ben).said(Word("Ben alone"), "alone")
    alone = ben.row.space_id
    confirmed(anna, ben)
    both, copy = anna.row.space_id, Copy(tmp_path)
    merge(ben.row, ben.unlocked)
    leave(ben.row, ben.unlocked)
    assert wraps(copy, ben, both) == 1  # handed over, not yet taken
    copy.replay()
    assert (wraps(copy, ben, both), wraps(copy, ben, alone), wraps(copy, anna, both)) == (0, 1, 1)
    assert copy.rows("SELECT left_on FROM spaces_partner") == [(None,), (None,)]
    assert copy.rows("SELECT closed_on FROM spaces_space") == [(None,), (None,)]
    assert copy.rows("SELECT revoked, confirmed, invitee_id FROM spaces_invitation") == [(1, 0, None)]


def test_the_file_of_a_photo_goes_with_its_words(tmp_path):
    anna, _ = the_two()
    said = given(anna).said(Word("With a photo"), "photo")
    photo = Attachment.objects.create(space=anna.row.space, author=anna.row, entry=said.id)
    other = Attachment.objects.create(space=anna.row.space, author=anna.row, entry=given(anna).said(Word("b"), "b").id)
    copy = Copy(tmp_path)
    anna.inside.writer.withdraw(said.id)
    assert copy.replay() == {photo.id.hex}
    assert copy.rows("SELECT id FROM entries_attachment") == [(other.id.hex,)]
    assert copy.replay() == set()  # twice is the same as once
