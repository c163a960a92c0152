"""Photos: what is taken, what is dropped from them, who may see them, and what is left when something breaks."""

import base64
import io
import os
from datetime import datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from django.test import Client
from PIL import Image

from tests.behind.test_leaving import whole
from usward.behind.media import ranged
from usward.entries import attachments, kinds
from usward.entries.attachments import Photo, Refused, keep, path_of, see, sweep
from usward.entries.models import Attachment, Reveal, Scope
from usward.entries.pictures import tidy
from usward.vault.envelope import SealBroken
from usward.vault.stream import seal_stream

CANARY = b"canary-of-a-place"


class Pictures(kinds.Kind, frozen=True):
    """A kind with photos, as a practice would make one."""

    name, version, scope, reveal = "test-pictures", 1, Scope.SHARED, Reveal.WHEN_BOTH
    or_scopes = (Scope.OWN,)
    caption: str
    photos: tuple[Photo, ...] = ()


@pytest.fixture(autouse=True)
def pictures_are_known(monkeypatch):
    monkeypatch.setitem(kinds._kinds, Pictures.name, Pictures)


def picture(width=300, height=200, form="JPEG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#a06040").save(out, form, **options)
    return out.getvalue()


def with_place() -> bytes:
    """A photo from a camera: upright by its metadata alone, with a place and a comment in it."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010E] = CANARY.decode()
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 30.0)
    return picture(exif=exif.tobytes(), comment=CANARY)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_a_small_jpeg(form):
    jpeg, width, height = tidy(picture(3000, 1500, form))
    assert (width, height) == (2048, 1024)
    assert Image.open(io.BytesIO(jpeg)).format == "JPEG"


# 64 × 48 pixels of one brown, with a canary in its metadata; made for this test.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAb5tZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAAAA"
    "AERAAAIAAQAAAAAB4gABAAAAAAAAABkAAgAAAAAB+wABAAAAAAAAADYAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABodmMxAAAAABVpbmZl"
    "AgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA/WlwcnAAAADdaXBjbwAAAHZodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH/"
    "/wNwAAADAJAAAAMAAAMAHroCQGEAAQAqQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbq5Ka5uAhoMCAAAAMDIAAAAwAhYgABAAZEAcFzwIkAAAATY29s"
    "cm5jbHgAAQANAAaAAAAAFGlzcGUAAAAAAAAAQAAAAEAAAAAoY2xhcAAAAEAAAAABAAAAMAAAAAEAAAAAAAAAAv////AAAAACAAAAEHBpeGkAAAAA"
    "AwgICAAAABhpcG1hAAAAAAAAAAEAAQWBAgMFhAAAABppcmVmAAAAAAAAAA5jZHNjAAIAAQABAAAAV21kYXQAAAAVKAGvGYDvSaW//6eV/1Ni/t61"
    "pj5uAAAABkV4aWYAAE1NACoAAAAIAAEBDgACAAAAEgAAABoAAAAAY2FuYXJ5LW9mLWEtcGxhY2UA"
)


def test_heic_is_read():
    assert CANARY in HEIC
    jpeg, width, height = tidy(HEIC)
    assert (width, height) == (64, 48) and CANARY not in jpeg
    pixel = Image.open(io.BytesIO(jpeg)).getpixel((30, 20))
    assert all(abs(seen - meant) < 12 for seen, meant in zip(pixel, (0xA0, 0x60, 0x40), strict=True))


def test_what_the_camera_wrote_beside_it_is_gone():
    jpeg, width, height = tidy(with_place())
    assert (width, height) == (200, 300)  # upright
    again = Image.open(io.BytesIO(jpeg))
    assert not again.getexif() and "comment" not in again.info and "icc_profile" not in again.info
    assert CANARY not in jpeg and b"Exif" not in jpeg


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = picture(8000, 8000, "PNG")  # 64 million pixels in a few kilobytes
    assert len(bomb) < 300_000
    with pytest.raises(Refused, match="50 million"):
        tidy(bomb)


@pytest.mark.parametrize(
    ("blob", "why"),
    [
        (b"x" * (25 * 1024 * 1024 + 1), "25 MB fit"),
        (b"GIF89a" + b"\0" * 100, "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a photo"),
        (b"", "not a photo"),
        (picture(900, 900, "PNG")[:400], "damaged"),
        (picture(900, 900)[:300], "."),
    ],
)
def test_a_refused_photo_says_why(blob, why):
    with pytest.raises(Refused, match=why):
        tidy(blob)


def test_see_through_the_same_rule_as_the_words(two, stranger):
    """A photo waits for both like its words, is seen by the two, and by nobody else."""
    anna, ben = two
    photo = keep(anna.me, picture())
    sealed = path_of(photo.id).read_bytes()
    assert b"JFIF" not in sealed and path_of(photo.id).stat().st_mode & 0o077 == 0
    address = f"/media/{photo.id}"
    assert anna.get(address).status_code == 404  # no entry names it yet
    put = anna.inside.writer.put(Pictures("the shed", (photo,)), exchange="shed", slot="mine")
    assert anna.get(address).content.startswith(b"\xff\xd8")
    assert ben.get(address).status_code == 404
    ben.inside.writer.put(Pictures("the garden"), exchange="shed", slot="mine")
    seen = ben.get(address)
    assert seen.status_code == 200 and seen["Content-Type"] == "image/jpeg"
    assert seen["Cache-Control"] == "no-store"
    assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert ben.get(f"/media/{uuid4()}").status_code == 404
    part = ben.get(address, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, b"\xff\xd8")
    # A newer version keeps the photo; the older entry's id no longer opens it by itself.
    newer = Pictures("our shed", (photo,))
    anna.inside.writer.put(newer, exchange="shed", slot="mine", replaces=put.id)
    assert ben.get(address).status_code == 200
    assert not whole()


def test_a_photo_of_the_others_cannot_be_claimed(two):
    anna, ben = two
    photo = keep(anna.me, picture())
    ben.inside.writer.put(Pictures("mine now", (photo,)), exchange="claim")
    assert ben.get(f"/media/{photo.id}").status_code == 404


def test_withdrawing_deletes_the_file(two, django_capture_on_commit_callbacks):
    anna, _ = two
    photo = keep(anna.me, picture())
    put = anna.inside.writer.put(Pictures("x", (photo,)), exchange="x")
    with django_capture_on_commit_callbacks(execute=True):
        anna.inside.writer.withdraw(put.id)
    assert not path_of(photo.id).exists() and not Attachment.objects.exists()


def test_a_changed_or_shortened_file_is_noticed(two):
    anna, _ = two
    photo = keep(anna.me, picture())
    anna.inside.writer.put(Pictures("x", (photo,)), exchange="x")
    path = path_of(photo.id)
    whole_file = path.read_bytes()
    for broken in (whole_file[:-1], whole_file[:40] + b"\0" + whole_file[41:], b""):
        path.write_bytes(broken)
        with pytest.raises(SealBroken):
            see(anna.inside.reader, photo.id)
        assert anna.get(f"/media/{photo.id}").status_code == 404
    path.unlink()
    assert "missing" in whole()[0]
    page = anna.post("/settings/check/").content.decode()
    assert "does not open" in page and "1 photo does not open." in page


def test_a_crash_between_file_and_row_leaves_nothing_readable(two, monkeypatch):
    anna, _ = two

    def crash(**_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Attachment.objects, "create", crash)
    with pytest.raises(KeyboardInterrupt):
        keep(anna.me, picture())
    (left,) = attachments.files()
    assert b"JFIF" not in left.read_bytes()
    sweep()
    assert left.exists()  # it may be about to be named
    old = (datetime.now() - timedelta(hours=2)).timestamp()
    os.utime(left, (old, old))
    sweep()
    assert not left.exists()


def test_a_crash_while_writing_leaves_no_file(tmp_path):
    def half():
        yield from list(seal_stream(b"k" * 32, b"x" * 200_000))[:2]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        attachments._write(tmp_path / "aa" / "one", half())
    assert not list((tmp_path / "aa").iterdir())


def test_a_photo_that_no_entry_took_in_is_swept(two):
    anna, _ = two
    photo = keep(anna.me, picture())
    taken = keep(anna.me, picture())
    anna.inside.writer.put(Pictures("x", (taken,)), exchange="x")
    old = (datetime.now() - timedelta(days=2)).timestamp()
    for one in (photo, taken):
        os.utime(path_of(one.id), (old, old))
    sweep()
    assert not path_of(photo.id).exists() and path_of(taken.id).exists()


def test_own_photos_come_along(two):
    anna, ben = two
    photo = keep(anna.me, picture())
    anna.inside.writer.put(Pictures("mine alone", (photo,)), exchange="own", scope=Scope.OWN)
    assert ben.get(f"/media/{photo.id}").status_code == 404
    anna.post("/settings/leave/", passphrase=anna.phrase)
    ben.post("/settings/leave/", passphrase=ben.phrase)
    assert anna.get(f"/media/{photo.id}").status_code == 200
    assert not whole()


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("", 200, b"0123456789"),
        ("bytes=2-4", 206, b"234"),
        ("bytes=7-", 206, b"789"),
        ("bytes=-3", 206, b"789"),
        ("bytes=0-99", 206, b"0123456789"),
        ("bytes=10-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=4-2", 200, b"0123456789"),
        ("bytes=0-1,3-4", 200, b"0123456789"),
        ("lines=1-2", 200, b"0123456789"),
    ],
)
def test_ranges(asked, status, content):
    answer = ranged(b"0123456789", asked)
    assert (answer.status_code, answer.content) == (status, content)


def test_a_photo_struct_survives_sealing():
    photo = Photo(uuid4(), b"k" * 32, 3, 2, 1)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(photo), type=Photo) == photo
