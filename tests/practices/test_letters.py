"""Letters: closed until their reader opens them; for now, a day or a moment; by hand, with a photo; and taken back."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from tests.given import pings
from tests.practices.letters import LETTERS, NEW, in_days, leave, masked
from tests.talkback.signs import signs
from usward.entries.models import Attachment
from usward.home.places import offers
from usward.keepsafe.export import archive
from usward.kit import clock
from usward.practices.letters.entries import Letter, MomentLetter, exchange_name
from usward.practices.letters.strokes import MOST

STROKES = "0 0 100 100 40 -8 3 60;2 1 500 900"


def photo(colour: str = "teal", name: str = "holiday.jpg", **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG", **options)
    out.seek(0)
    out.name = name
    return out


def test_a_letter_lies_closed_until_its_reader_opens_it_and_the_writer_never_learns_of_it(two, stranger):
    anna, ben = two
    where = leave(anna, "Dear Ben, the kettle sings in E flat.")
    assert signs(ben) == ["Anna has written you a letter"]
    assert "not opened yet" in next(o.state for o in offers(ben.inside, "keep")["keep"] if o.title == "Letters")
    for page in (ben.page(where), ben.page(LETTERS), ben.page("/")):
        assert "E flat" not in page
    assert "Open it" in ben.page(where) and "E flat" in anna.page(where)
    seen = [anna.page(path) for path in (where, LETTERS, "/")]
    with pings() as heard:
        assert ben.post(where + "open/").status_code == 303
        assert ben.post(where + "open/").status_code == 303
    assert str(anna.me.pk) not in heard
    assert "E flat" in ben.page(where) and signs(ben) == []
    assert [masked(anna.page(place)) for place in (where, LETTERS, "/")] == [masked(page) for page in seen]
    assert stranger.get(where).status_code == 404
    assert all(stranger.post(where + end).status_code == 404 for end in ("open/", "back/", "change/"))


@pytest.mark.parametrize(
    ("occasion", "outside", "inside"),
    [
        ("fight", "For when the two of you fight", "for when the two of you fight"),
        ("miss", "For when you miss Anna", "for when Ben misses you"),
        ("sleep", "For when you can’t sleep", "for when Ben can’t sleep"),
    ],
)
def test_a_letter_for_a_moment_says_what_for_and_no_more(two, occasion, outside, inside):
    anna, ben = two
    where = leave(anna, "Nothing has to be decided tonight.", occasion)
    assert signs(ben) == ["Anna has left you a letter, for a moment that you choose"]
    shelf = ben.page(LETTERS)
    assert outside in shelf and "decided" not in shelf
    assert outside in ben.page(where) and "decided" not in ben.page(where)
    assert inside in anna.page(LETTERS + "?show=moments") and "you are not told" in anna.page(where)
    ben.post(where + "open/")
    assert "decided" in ben.page(where) and outside not in ben.page(LETTERS)
    assert "decided" in ben.page(LETTERS + "?show=moments")


def test_a_letter_for_a_day_is_not_there_before_it(two):
    anna, ben = two
    where = leave(anna, "For your birthday.", "day", day=in_days(9))
    assert "both, on" in anna.page(where)
    assert ben.get(where).status_code == 404 and "Letters" in ben.page(LETTERS) and signs(ben) == []
    assert ben.post(where + "open/").status_code == 404
    with clock.travel(timedelta(days=9)):
        for person in two:
            person.page()
        assert signs(ben) == ["A letter from Anna may be opened now"]
        assert "For today" in ben.page(where) and "birthday" not in ben.page(where)
        ben.post(where + "open/")
        assert "For your birthday." in ben.page(where)
        assert anna.get(where + "change/").status_code == 404


def test_it_can_be_changed_until_its_day_and_a_change_elsewhere_loses_nothing(two):
    anna, ben = two
    where = leave(anna, "First words.", "day", day=in_days(3), strokes=STROKES)
    form = anna.page(where + "change/")
    replaces = re.search(r'name="replaces" value="([^"]+)"', form)[1]
    assert "First words." in form and STROKES in form
    sent = {"text": "Better words.", "strokes": STROKES, "replaces": replaces}
    assert anna.post(where + "change/", **sent, id=str(uuid4())).status_code == 303
    late = anna.post(where + "change/", text="From the other device.", replaces=replaces, id=str(uuid4()))
    assert late.status_code == 409 and "From the other device." in late.content.decode()
    assert "Better words." in anna.page(where) and "From the other device." in anna.page(where + "change/")
    assert ben.get(where + "change/").status_code == 404 and ben.post(where + "change/").status_code == 404
    with clock.travel(timedelta(days=3)):
        anna.page(), ben.page()
        ben.post(where + "open/")
        assert "Better words." in ben.page(where) and "changed" not in ben.page(where)


def test_taking_it_back_takes_the_card_along(two):
    anna, ben = two
    where = leave(anna, "Too much, perhaps.", "miss")
    later = leave(anna, "For later.", "day", day=in_days(4))
    assert ben.post(where + "back/").status_code == 404 and "For when you miss Anna" in ben.page(where)
    for place in (where, later):
        assert anna.post(place + "back/")["Location"] == LETTERS
        assert anna.get(place).status_code == ben.get(place).status_code == 404
    assert signs(ben) == []
    with clock.travel(timedelta(days=4)):
        anna.page(), ben.page()
        assert signs(ben) == [] and "For later." not in ben.page(LETTERS)


def test_what_is_drawn_is_shown_and_what_is_no_drawing_is_refused_with_the_words_kept(two):
    anna, ben = two
    where = leave(anna, "", strokes=STROKES)
    ben.post(where + "open/")
    page = ben.page(where)
    assert 'viewBox="0 52 1000 888"' in page and '<path class="tide broad" d="M500 900h.1"/>' in page
    for wrong in ("<svg/onload=1>", "0 0 100", "9 0 1 1", "0 0 1 1 5000 1", "0 0 1 1;", "1" * (MOST + 1)):
        answer = anna.post(NEW, occasion="now", text="With a drawing.", strokes=wrong)
        assert answer.status_code == 422 and "With a drawing." in answer.content.decode(), wrong
        assert "did not arrive whole" in answer.content.decode()


def test_the_export_shows_a_letter_as_it_was_typed_and_drawn(two):
    anna, ben = two
    leave(anna, "For the drawer.", "sleep", strokes=STROKES)
    today = clock.today("Europe/Copenhagen")
    with zipfile.ZipFile(io.BytesIO(archive(ben.inside, today))) as file:
        name = f"usward-{today}/{today.year}.html"
        page, style = file.read(name).decode(), file.read(f"usward-{today}/style.css").decode()
    assert "For the drawer." in page and "A letter, for when you can’t sleep" in page
    assert page.count('<svg class="drawn"') == 1 and '<path class="tide broad" d="M500 900h.1"/>' in page
    assert all(f".drawn .{name}" in style for name in ("clay", "tide", "moss", "plum", "broad"))


def test_a_photo_is_made_bare_and_shown_to_whoever_may_read_the_letter(two, stranger):
    anna, ben = two
    exif = Image.Exif()
    exif[0x010E] = "canary-of-a-place"
    sent = {"occasion": "day", "day": in_days(2), "text": "The harbour.", "id": str(uuid4())}
    where = leave(anna, photo=photo(exif=exif), **sent)
    assert leave(anna, photo=photo(exif=exif), **sent) == where and Attachment.objects.count() == 1
    address = "/media/" + re.search(r"media/([0-9a-f-]{36})", anna.page(where))[1]
    jpeg = anna.get(address).content
    assert b"canary" not in jpeg and Image.open(io.BytesIO(jpeg)).size == (640, 480)
    assert ben.get(address).status_code == stranger.get(address).status_code == 404
    kept = anna.post(where + "change/", text="The harbour, at four.", photo_stays="yes", id=str(uuid4()))
    assert kept.status_code == 303 and anna.get(address).status_code == 200
    with clock.travel(timedelta(days=2)):
        anna.page(), ben.page()
        assert address.rsplit("/", 1)[1] not in ben.page(where)
        ben.post(where + "open/")
        assert address.rsplit("/", 1)[1] in ben.page(where) and ben.get(address).status_code == 200
    anna.post(where + "back/")
    assert anna.get(address).status_code == 404 and Attachment.objects.count() == 0


def test_the_longest_letter_is_still_a_draft(two):
    anna, _ = two
    line = "0 1 0 0" + " 1 1 -1 -1" * 2999
    assert MOST - 30 < len(line) <= MOST
    fields = {"occasion": "now", "text": "🕯" * 8000, "strokes": line}
    sent = {f"draft-{name}": value for name, value in fields.items()}
    assert anna.post("/draft/", composer="letter:", **sent).status_code == 204
    page = anna.page(NEW)
    assert fields["text"] in page and fields["strokes"] in page
    assert anna.post(NEW, **fields).status_code == 303


def test_a_refused_photo_says_why_and_the_words_stay(two):
    anna, _ = two
    file = io.BytesIO(b"<svg onload=alert(1)>")
    file.name = "drawing.jpg"
    answer = anna.post(NEW, occasion="miss", text="Look at this.", strokes=STROKES, photo=file)
    page = answer.content.decode()
    assert answer.status_code == 422 and "not a photo that we can read" in page
    assert "Look at this." in page and STROKES in page and 'value="miss" checked' in page
    empty = anna.post(NEW, occasion="day", text="Look at this.", photo=photo()).content.decode()
    assert "Choose a day from tomorrow on." in empty and "has to be chosen once more" in empty
    assert anna.inside.reader.latest(MomentLetter, 1) == [] and Attachment.objects.count() == 0


def test_nothing_is_sent_empty_twice_or_for_a_day_that_was(two):
    anna, ben = two
    for fields in (
        {"occasion": "now", "text": " "},
        {"occasion": "day", "text": "For when?"},
        {"occasion": "day", "text": "For when?", "day": in_days(0)},
        {"occasion": "day", "text": "For when?", "day": "soon"},
        {"occasion": "wedding", "text": "For when?"},
        {"occasion": "now", "text": "x" * 8001},
    ):
        assert anna.post(NEW, **fields).status_code == 422, fields
    one = str(uuid4())
    assert leave(anna, "Once.", id=one) == leave(anna, "Once.", id=one)
    other = anna.post(NEW, occasion="now", text="Other words.", id=one)
    assert other.status_code == 409 and "Other words." in other.content.decode()
    assert "Other words." in anna.page(NEW) and "Once." in anna.page(LETTERS)
    assert len(ben.inside.reader.latest(Letter, 9)) == 1
    for place in ("none/", f"{uuid4()}/", "day/none/", f"day/{uuid4()}/"):
        assert anna.get(LETTERS + place).status_code == 404


def test_a_reply_under_an_opened_letter_shows_the_writer_their_letter_from_outside(two):
    anna, ben = two
    where = leave(anna, "The secret of the third drawer.", "miss")
    ben.post(where + "open/")
    exchange = exchange_name(where.split("/")[3])
    ben.post("/reply/", exchange=exchange, text="So that is where it was.", id=str(uuid4()), next=where)
    card = anna.page("/")
    assert "So that is where it was." in card and "third drawer" not in card
    assert "A letter, for when you miss me" in card and "So that is where it was." in anna.page(where)
