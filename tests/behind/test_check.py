"""`usward check`: silent where all is whole, in words where something is not, and without anybody's keys."""

import re

import pytest

from usward.accounts.models import Session
from usward.entries.models import Entry, Head
from usward.keepsafe import check
from usward.spaces.models import Partner
from usward.vault.models import CoupleEpoch, CoupleWrap, UserKeys


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
