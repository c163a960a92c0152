"""Leaving quietly: what was read stays, everything else goes along or is taken back, and no key is left behind."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.given import Word, crash_everywhere, given, pair, someone, the_two
from tests.spaces.test_merge import index_is_right, texts, texts_of_both
from usward.entries.models import Attachment, Deletion, Entry, Knock, Reveal, Scope
from usward.entries.moving import clear_closed, forget_journal, leave
from usward.front.actions import invite
from usward.spaces.models import Invitation, Partner, Space
from usward.vault import keys, ring
from usward.vault.models import CoupleEpoch, CoupleWrap, KeyWrap

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = {"step": "answer", "reveal": Reveal.WHEN_BOTH}
LATER = {"reveal": Reveal.FROM_DAY, "reveal_day": date(2999, 1, 1)}


def two_lives() -> tuple:
    """Anna, who leaves, and Ben, who stays."""
    anna, ben = the_two()
    given(anna).said(Word("read"), "read")
    edited = given(anna).said(Word("never read"), "q:1", **BOTH)
    given(anna).said(Word("answered"), "q:1", replaces=edited.id, **BOTH)
    given(ben).said(Word("answered, too"), "q:1", **BOTH)
    early = given(anna).said(Word("waiting, before"), "q:2", **BOTH)
    given(anna).said(Word("waiting"), "q:2", replaces=early.id, **BOTH)
    given(anna).said(Word("a letter"), "letter", **LATER)
    opened = given(anna).said(Word("an opened letter"), "letters", **LATER)
    anna.inside.writer.open_early(opened.id)
    given(anna).said(Word("never shown"), "never", reveal=Reveal.NEVER)
    given(anna).said(Word("joint"), "joint", scope=Scope.JOINT)
    given(ben).said(Word("his, joint"), "joint", scope=Scope.JOINT)
    own = given(anna).said(Word("own, before"), "own", scope=Scope.OWN)
    again = given(anna).said(Word("own"), "own", scope=Scope.OWN, replaces=own.id)
    Attachment.objects.create(space=anna.row.space, author=anna.row, entry=again.id)
    anna.inside.drafts.keep("thanks", {"text": "a draft"})
    given(ben).said(Word("his, waiting"), "q:3", **BOTH)
    given(ben).said(Word("his own"), "own", scope=Scope.OWN)
    return anna, ben


def check_parted(anna, ben, space) -> None:
    gone, stays = anna.inside, ben.inside
    assert (gone.other, stays.other, gone.my_card.name) == (None, None, "Anna")
    assert gone.me.space_id != space == stays.me.space_id
    assert texts(gone.reader.exchange("own")) == ["own"]
    assert texts(gone.reader.history(gone.reader.exchange("own")[0].id)) == ["own, before", "own"]
    assert gone.drafts.read(["thanks"]) == {"thanks": {"text": "a draft"}}
    assert Attachment.objects.get(author=gone.me).space_id == gone.me.space_id
    assert texts(gone.reader.latest(Word, 50)) == ["own"]
    expected = ["read", "answered", "answered, too", "an opened letter", "his, joint", "his, waiting", "his own"]
    assert texts(reversed(stays.reader.latest(Word, 50))) == expected
    assert texts(stays.reader.exchange("q:1")) == ["answered", "answered, too"]
    assert stays.reader.joint(texts_of_both, Word) == (["his, joint"], [])
    kept = Entry.objects.filter(space=space).exclude(author=stays.me).exclude(body=b"")
    assert kept.count() == 3  # not even sealed is there anything else of hers
    assert Deletion.objects.count() >= 6
    assert not Knock.objects.filter(not_before__year=2998).exists()
    assert not Knock.objects.filter(not_before__year=2999).exists()
    assert index_is_right(space)
    assert index_is_right(gone.me.space_id)
    assert stays.reader.broken == gone.reader.broken == []


def test_leaving_survives_a_crash_at_every_write():
    anna, ben = two_lives()
    cleo, dan = the_two()
    given(cleo).said(Word("elsewhere"), "x")
    space, left = anna.row.space_id, anna.row
    pulse = Partner.objects.get(user_id=cleo.id).pulse
    writes = crash_everywhere(lambda: leave(Partner.objects.select_related("space").get(pk=left.pk), anna.unlocked))
    assert writes > 30
    check_parted(anna, ben, space)
    assert Space.objects.get(pk=space).closed_on is not None
    assert texts(dan.inside.reader.exchange("x")) == ["elsewhere"]
    assert Partner.objects.get(user_id=cleo.id).pulse == pulse
    check_epoch(anna, ben, space)
    fresh = anna.row
    for stale in (left, Partner.objects.get(pk=left.pk), fresh):  # the same button, pressed again
        if stale.pk != fresh.pk:
            assert leave(stale, anna.unlocked).pk == fresh.pk
    assert Partner.objects.filter(space=space).count() == 2


def check_epoch(anna, ben, space) -> None:
    """What the stayer writes now is under a key that the leaver's cannot open, and can be read in the same request."""
    with pytest.raises(ring.NoRing):
        ring.open_ring(anna.unlocked, space)
    inside = ben.inside
    assert inside.reader.exchange("read") != []  # the ring is open already
    inside.writer.put(Word("after"), exchange="after")
    assert texts(inside.reader.exchange("after")) == ["after"]
    row = Entry.objects.get(space=space, epoch=2)
    assert set(ring.open_ring(ben.unlocked, space).keys) == {1, 2}
    assert set(CoupleWrap.objects.filter(space=space).values_list("owner", "epoch")) == {(ben.id, 1), (ben.id, 2)}
    forged = CoupleWrap.objects.get(space=space, epoch=2)
    CoupleWrap.objects.filter(pk=forged.pk).update(owner=anna.id)
    with pytest.raises(keys.SealBroken):
        ring.open_ring(anna.unlocked, space)
    CoupleWrap.objects.filter(pk=forged.pk).update(owner=ben.id)
    assert row.author == ben.row
    given(ben).said(Word("and more"), "after")
    assert CoupleEpoch.objects.filter(space=space).count() == 2
    assert texts(ben.inside.reader.exchange("after")) == ["after", "and more"]


def test_whoever_stays_cannot_invite_a_third_into_what_was_theirs():
    anna, ben = the_two()
    given(ben).said(Word("his"), "x")
    leave(anna.row, anna.unlocked)
    assert invite(ben.inside) is None
    assert not Invitation.objects.filter(inviter=ben.row).exists()


def test_leaving_last_and_alone_destroys():
    anna, ben = two_lives()
    space, other = anna.row.space_id, ben.row
    leave(anna.row, anna.unlocked)
    leave(ben.row, ben.unlocked)
    assert not Space.objects.filter(pk=space).exists()
    assert not Entry.objects.filter(space=space).exists()
    assert not CoupleWrap.objects.filter(space=space).exists()
    assert not CoupleEpoch.objects.filter(space=space).exists()
    assert not Partner.objects.filter(pk=other.pk).exists()
    assert texts(ben.inside.reader.latest(Word, 9)) == ["his own"]
    cleo = someone("Cleo")
    given(cleo).said(Word("alone"), "x")
    given(cleo).said(Word("hers"), "x", scope=Scope.OWN)
    leave(cleo.row, cleo.unlocked)
    assert texts(cleo.inside.reader.latest(Word, 9)) == ["hers"]


def test_who_parted_can_begin_again_with_another():
    anna, ben = two_lives()
    leave(anna.row, anna.unlocked)
    dan = someone("Dan", colour="moss")
    from_dan = given(dan).said(Word("new"), "new")
    pair(anna, dan)
    assert texts(dan.inside.reader.latest(Word, 9)) == ["new"]
    assert {one.value.text for one in anna.inside.reader.latest(Word, 9)} == {"own", "new"}
    assert ben.inside.reader.one(from_dan.id) is None


def test_what_was_said_to_one_is_not_shown_to_the_next():
    """A closed space is cleared: its last words become their author's own, before anybody else is let in."""
    anna, ben = the_two()
    said = given(ben).said(Word("to Anna"), "x")
    given(ben).said(Word("to Anna, too"), "x", slot="s")
    leave(anna.row, anna.unlocked)
    clear_closed(ben.row, ben.unlocked)
    dan = someone("Dan", colour="moss")
    pair(ben, dan)
    assert texts(dan.inside.reader.latest(Word, 9)) == []
    assert texts(ben.inside.reader.exchange("x")) == ["to Anna", "to Anna, too"]
    edit = given(ben).said(Word("for myself"), "x", replaces=said.id, reveal=Reveal.NEVER).put
    assert edit.outcome == "kept"
    assert index_is_right(ben.row.space_id)
    assert ben.inside.reader.broken == []


def files() -> bytes:
    path = Path(settings.DATABASES["default"]["NAME"])
    return b"".join(p.read_bytes() for p in (path, path.with_name(path.name + "-wal")) if p.exists())


@pytest.mark.parametrize("secure", [True, False])
def test_what_was_destroyed_is_not_in_the_files(secure):
    """With secure_delete and a truncated journal nothing is left; the control, without, finds what was deleted."""
    anna, _ = the_two()
    people = [someone() for _ in range(12)]
    for person in people:
        keys.wrap(person.unlocked, keys.PASSWORD, bytes(32))
    for n in range(20):
        given(anna).said(Word(f"{n} " + "x" * 600), "x", **BOTH | {"slot": str(n)})
    forget_journal()
    secrets = [bytes(row.sealed) for row in KeyWrap.objects.filter(owner__in=[p.id for p in people])]
    secrets += [bytes(row.sealed) for row in CoupleWrap.objects.filter(owner=anna.id)]
    secrets += [bytes(row.body)[-300:] for row in Entry.objects.filter(author=anna.row)]
    assert all(secret in files() for secret in secrets)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA secure_delete={'ON' if secure else 'OFF'}")
        try:
            for person in people:
                keys.destroy_keys(person.id)
            leave(anna.row, anna.unlocked)
            forget_journal()
        finally:
            cursor.execute("PRAGMA secure_delete=ON")
    left = [secret for secret in secrets if secret in files()]
    assert (left == []) == secure
