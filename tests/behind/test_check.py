"""`usward check`: silent where all is whole, in words where something is not, and without anybody's keys."""

import io
import re
from importlib import import_module

import pytest
from django.apps import apps
from PIL import Image

from tests.behind.test_attachments import Pictures, picture, pictures_are_known
from usward.accounts.models import Session
from usward.entries.attachments import keep, path_of
from usward.entries.models import Attachment, Entry, Head
from usward.keepsafe import check
from usward.spaces.models import Partner
from usward.vault.models import CoupleEpoch, CoupleWrap, KeyWrap, UserKeys

__all__ = ["pictures_are_known"]


def found(name: str) -> list[str]:
    return list(check.CHECKS[name]())


def test_all_is_whole_after_living_a_little(two):
    anna, ben = two
    anna.post("/thanks/", kind="thanks", text="One thing")
    ben.post("/draft/", composer="thanks", **{"draft-text": "half"})
    said = next(one for one in anna.inside.reader.everything() if one.mine and one.value.name == "thanks")
    anna.inside.writer.withdraw(said.id)
    for name in check.CHECKS:
        if name != "the data folder":
            assert found(name) == []


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("the index of what is open", lambda: Head.objects.all().delete()),
        ("the newest versions", lambda: Entry.objects.filter(pk=Entry.objects.first().pk).update(current=False)),
        ("the seals", lambda: Entry.objects.filter(pk=Entry.objects.first().pk).update(body=b"plain words" * 9)),
        ("the seals", lambda: Entry.objects.filter(pk=Entry.objects.first().pk).update(body=b"")),
        ("the seals", lambda: Partner.objects.update(card=b"Anna")),
        ("the seals", lambda: CoupleWrap.objects.filter(pk=CoupleWrap.objects.first().pk).update(sealed=b"a key")),
        ("the seals", lambda: CoupleEpoch.objects.update(sealed_private=b"a key")),
        ("the seals", lambda: UserKeys.objects.update(sealed_private=b"a key")),
        ("the seals", lambda: Session.objects.update(data=b"{}")),
        ("the keys", lambda: CoupleWrap.objects.all().delete()),
        ("the keys", lambda: CoupleWrap.objects.filter(pk=CoupleWrap.objects.first().pk).delete()),
        ("the keys", lambda: CoupleEpoch.objects.all().delete()),
        ("the keys", lambda: KeyWrap.objects.filter(kind="password").delete()),
        ("the keys", lambda: UserKeys.objects.filter(pk=UserKeys.objects.first().pk).delete()),
    ],
)
def test_what_is_broken_is_told_in_words(two, name, spoil):
    spoil()
    assert found(name) and all(sentence.endswith(".") for sentence in found(name))


def test_the_command(two, settings, tmp_path, capsys, monkeypatch):
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    assert check.main([]) == 0
    assert re.search(r"All is whole: \d+ entries in 1 place\.", capsys.readouterr().out)
    tmp_path.chmod(0o755)
    Head.objects.all().delete()
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert "chmod 700" in out and "BROKEN" in out


def test_who_holds_no_key_of_what_is_sealed_is_named(two, settings, tmp_path, capsys):
    """Without anybody's keys: who has a wrap of which stands in the clear."""
    anna, ben = two
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    anna.post("/settings/leave/", passphrase=anna.phrase)
    ben.post("/thanks/", kind="thanks", text="Under the second key")
    assert check.main([]) == 0, capsys.readouterr().out
    CoupleWrap.objects.filter(owner=ben.user.pk, epoch=2).delete()
    capsys.readouterr()
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert "BROKEN  the keys" in out and "1 thing is wrong. `usward restore FILE`" in out
    assert (
        f"Person {ben.user.pk} does not hold key 2 of place {ben.me.space_id}: 1 entry does not open for them." in out
    )


@pytest.mark.parametrize("left", [100, 0, 27 + 65536 + 17, -1])
def test_a_photo_that_ends_early_is_named(two, settings, tmp_path, capsys, left):
    """Also where what is left looks like a whole stream, which only its key would tell."""
    anna, _ = two
    settings.DATA = tmp_path
    tmp_path.chmod(0o700)
    out = io.BytesIO()
    Image.effect_noise((900, 900), 90).save(out, "PNG")  # of many chunks
    photo = keep(anna.me, out.getvalue())
    anna.inside.writer.put(Pictures("the shed", (photo,)), exchange="shed")
    assert check.main([]) == 0, capsys.readouterr().out
    path = path_of(photo.id)
    whole = path.read_bytes()
    assert len(whole) > 27 + 65536 + 17
    path.write_bytes(whole[:left] if left >= 0 else whole + b"!")
    capsys.readouterr()
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert "BROKEN  photos" in out and f"and was written with {len(whole):,}." in out


def test_photos_of_before_are_measured_when_the_database_is_brought_along(two):
    anna, _ = two
    photo = keep(anna.me, picture())
    Attachment.objects.update(size=None)
    lost = Attachment.objects.create(space=anna.me.space, author=anna.me)
    import_module("usward.entries.migrations.0005_how_long_a_file_is").measured(apps, None)
    assert Attachment.objects.get(id=photo.id).size == path_of(photo.id).stat().st_size
    assert Attachment.objects.get(id=lost.id).size is None
