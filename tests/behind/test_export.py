"""The export: all that one may read, nothing else, in a folder that opens by itself."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.behind.test_attachments import Pictures, picture, pictures_are_known  # noqa: F401  (a fixture)
from tests.doors.routes import routes
from tests.doors.walk import NO_PAGES
from usward.accounts.models import Alert
from usward.entries.attachments import keep
from usward.entries.models import Entry
from usward.kit import clock
from usward.practices.checkin.entries import CheckIn
from usward.practices.thanks.entries import Thanks

NASTY = "<script>alert('boo')</script> & “quotes”"


def unpacked(person) -> dict[str, bytes]:
    answer = person.post("/settings/export/")
    assert answer["Content-Type"] == "application/zip"
    assert re.fullmatch(r'attachment; filename="usward-\d{4}-\d\d-\d\d\.zip"', answer["Content-Disposition"])
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        assert file.testzip() is None
        return {name.split("/", 1)[1]: file.read(name) for name in file.namelist()}


@pytest.fixture
def lived(two):
    anna, ben = two
    anna.post("/thanks/", kind="thanks", text=NASTY, meant="That it was quiet.")
    ben.post("/thanks/", kind="compliment", text="Your patience.")
    ben.post("/thanks/", kind="thanks", text="CANARY-TOMORROW", when="tomorrow")
    ben.inside.writer.put(CheckIn("low", line="CANARY-OWN"), exchange="own", scope=1)
    anna.inside.writer.put(CheckIn("steady", line="Anna's own"), exchange="own", scope=1)
    ben.inside.writer.put(Pictures("CANARY-WAITS"), exchange="w", slot="w")
    photo = keep(anna.me, picture())
    anna.inside.writer.put(Pictures("the shed", (photo,)), exchange="shed")
    return anna, ben


def test_it_holds_what_one_may_read_and_nothing_else(lived):
    anna, _ = lived
    files = unpacked(anna)
    everything = b"".join(files.values())
    assert b"CANARY" not in everything
    entries = json.loads(files["entries.json"])["entries"]
    assert {one["kind"] for one in entries} >= {"answer", "thanks", "checkin", "test-pictures"}
    own = next(one for one in entries if one["fields"].get("line") == "Anna's own")
    assert own["who_sees"] == "only you" and own["mine"]
    theirs = next(one for one in entries if one["fields"].get("text") == "Your patience.")
    assert (theirs["by"], theirs["mine"], theirs["who_sees"]) == ("Ben", False, "both of you")
    assert len(entries) == len(anna.inside.reader.everything())
    shed = next(one for one in entries if one["fields"].get("caption") == "the shed")["fields"]["photos"][0]
    assert files[shed["file"]].startswith(b"\xff\xd8") and set(shed) == {"file", "width", "height"}


def seen_by(person) -> tuple[object, ...]:
    """All that the export tells somebody, and how many things open for them."""
    checked = person.post("/settings/check/").content.decode()
    told = {name: blob for name, blob in unpacked(person).items() if name.endswith((".json", ".html"))}
    return re.findall(r"<strong>Yes.</strong> \d+ things", checked), told


def test_that_somebody_has_looked_in_shows_in_nothing_that_the_other_takes_along(lived):
    """The question of a day, or a round of ideas, is drawn by whoever looks first. A record that told when, or that it was,
    would be a list of visits."""
    anna, ben = lived
    with clock.travel(timedelta(days=2)):
        before = seen_by(ben)
        entries = Entry.objects.count()
        for route in routes():
            if not route.parameters and route.name not in NO_PAGES:
                anna.get(route.fill())
        assert Entry.objects.count() > entries  # something was drawn
    with clock.travel(timedelta(days=2, hours=3)):
        after = seen_by(ben)
    assert before[0] and before == after


def test_how_the_other_was_is_for_a_day_and_never_a_list(two):
    """One's own check-ins are one's own to keep. Of the other's there is the one that stands on Today, while it stands there."""
    anna, ben = two
    for days, line in enumerate(("CANARY-FIRST", "CANARY-SECOND", "the third of his")):
        with clock.travel(timedelta(days=days)):
            ben.post("/checkin/", mood="low", seen_by="both", line=line)
            anna.post("/checkin/", mood="bright", seen_by="both", line=f"hers, number {days}")
    with clock.travel(timedelta(days=2)):
        stands = next(
            one for one in ben.inside.reader.everything() if one.value == CheckIn("low", line="the third of his")
        )
        ben.post("/checkin/", mood="tired", seen_by="both", line="the third, changed", replaces=str(stands.id))
    for days, there in ((2, True), (3, True), (4, False), (40, False)):
        with clock.travel(timedelta(days=days)):
            assert ("the third, changed" in anna.page()) == there
            files = unpacked(anna)
            everything = b"".join(files.values()).decode(errors="replace")
            assert "CANARY" not in everything and "the third of his" not in everything, days
            found = [one for one in json.loads(files["entries.json"])["entries"] if one["kind"] == "checkin"]
            lines = [one["fields"]["line"] for one in found if not one["mine"]]
            assert lines == ["the third, changed"] * there, days
            assert [one["fields"]["line"] for one in found if one["mine"]] == [f"hers, number {n}" for n in range(3)]
            assert ("Tired" in everything) == there and "hers, number 0" in everything


def test_who_took_the_phones_up_is_told_to_nobody(two):
    anna, ben = two
    answer = anna.post("/plan/phones-down/", act="together", minutes="60", id=str(uuid4()))
    lamp = answer["Location"]
    assert ben.post(lamp, act="rise").status_code == 303
    kinds = {one["kind"] for one in json.loads(unpacked(anna)["entries.json"])["entries"]}
    assert "phones-down" in kinds and "phones-up" not in kinds


def test_the_pages_are_whole_by_themselves(lived):
    anna, _ = lived
    files = unpacked(anna)
    pages = {name: blob.decode() for name, blob in files.items() if name.endswith(".html")}
    assert len(pages) == 2
    for page in pages.values():
        assert not re.search(r"(src|href)=\"(https?:|/)", page) and "<script" not in page
        for named in re.findall(r'(?:src|href)="([^"#]+)"', page):
            assert named in files or named in ("photos/", "data:,"), named
    year = next(page for name, page in pages.items() if name != "index.html")
    assert "&lt;script&gt;" in year and "That it was quiet." in year
    assert "Ben’s first answer." in year or "Ben&#39;s first answer." in year
    assert all(named in files for named in re.findall(r'url\("([^"]+)"\)', files["style.css"].decode()))
    assert "Anna and Ben" in pages["index.html"] and "entries.json" in files["README.txt"].decode()


def test_only_its_owner_is_told(lived):
    anna, ben = lived
    unpacked(anna)
    assert Alert.objects.filter(user=anna.user, what="exported").count() == 1
    assert not Alert.objects.filter(user=ben.user, what="exported").exists()
    assert "Exported" in anna.page() and "Exported" not in ben.page()


def test_a_broken_entry_is_counted_and_the_rest_is_there(lived):
    anna, _ = lived
    row = next(one for one in anna.inside.reader.everything() if isinstance(one.value, Thanks) and one.mine)
    Entry.objects.filter(id=row.id).update(day="2020-01-01")
    files = unpacked(anna)
    assert "1 thing could not be opened" in files["README.txt"].decode()
    assert "and 1 photo.\n" in files["README.txt"].decode()
    assert "1 thing could not be opened and is missing" in files["index.html"].decode()
    assert "1 photo lies in" in files["index.html"].decode()
    assert b"Your patience." in b"".join(files.values())
    page = anna.post("/settings/check/").content.decode()
    total = len(anna.inside.reader.everything()) + 2  # what is damaged, and the photo
    assert f"1 of {total} things does not open" in page and "It was changed" in page and str(row.id) in page


def test_a_kind_without_words_of_its_own_is_told_field_by_field():
    told = Pictures("A line", ()).words()
    assert (told.title, told.lines) == ("Test pictures", [("Caption", "A line")])


def test_an_empty_place_exports_too(stranger):
    Entry.objects.all().delete()
    files = unpacked(stranger)
    assert "0 entries and 0 photos." in files["README.txt"].decode()
    assert "nothing had been written" in files["index.html"].decode()
