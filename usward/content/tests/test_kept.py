"""What was read is kept for the next start, and is never older than the files that it was read from."""

import pytest

from usward.content import kept
from usward.content.loader import ContentError, library

OURS = '[[question]]\nid = "balcony"\ntopic = "us"\ndepth = 2\ntext = "What would you plant on our balcony?"\n'


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setenv("USWARD_DATA", str(tmp_path))
    (tmp_path / "packs").mkdir()
    yield tmp_path
    library.cache_clear()


def started():
    """The library of a server that starts now."""
    library.cache_clear()
    return library()


def texts(found):
    return {question.id: question.text for question in found.questions}


def place(data):
    return data / "library-en.msgpack"


def test_a_second_start_has_the_same_library_and_reads_no_toml(data, monkeypatch):
    first = started()
    assert place(data).stat().st_mode & 0o777 == 0o600
    monkeypatch.setattr("usward.content.loader.Source", None)
    assert started() == first


def test_a_pack_that_comes_changes_or_goes_is_seen_at_the_next_start(data):
    shipped = started()
    pack = data / "packs" / "ours.toml"
    pack.write_text(OURS)
    assert texts(started()) == texts(shipped) | {"ours-balcony": "What would you plant on our balcony?"}
    pack.write_text(OURS.replace("plant", "paint"))
    assert texts(started())["ours-balcony"] == "What would you paint on our balcony?"
    pack.unlink()
    assert started() == shipped


def test_a_pack_with_a_mistake_is_told_of_at_every_start(data):
    started()
    (data / "packs" / "ours.toml").write_text(OURS.replace("depth = 2", "depth = 9"))
    for _ in range(2):
        with pytest.raises(ContentError, match=r"ours\.toml:4"):
            started()


@pytest.mark.parametrize("cut", [0, 10, 32, 40, 2000])
def test_what_is_kept_and_damaged_is_read_anew(data, cut):
    whole = started()
    place(data).write_bytes(place(data).read_bytes()[:cut])
    assert started() == whole
    assert len(place(data).read_bytes()) > 100_000


def test_another_version_of_what_reads_reads_anew(data, monkeypatch, tmp_path):
    whole = started()
    before = place(data).read_bytes()
    other = tmp_path / "other.py"
    other.write_text("")
    monkeypatch.setattr(kept, "_CODE", [other])
    assert started() == whole
    assert place(data).read_bytes()[:32] != before[:32]


def test_where_nothing_can_be_kept_it_is_read_all_the_same(data, monkeypatch):
    whole = started()
    monkeypatch.setenv("USWARD_DATA", str(data / "missing"))
    assert started() == whole
