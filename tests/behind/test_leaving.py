"""Leaving quietly, what the other keeps, and deleting an account altogether."""

import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.behind.conftest import Person
from usward.accounts.models import Session, User
from usward.entries.models import Entry
from usward.keepsafe import check
from usward.kit import clock
from usward.kit.words import plain_day
from usward.practices.checkin.entries import CheckIn
from usward.practices.questions import actions as questions
from usward.practices.questions.entries import Answer
from usward.practices.thanks.entries import Thanks
from usward.spaces.models import Partner, Space
from usward.vault.models import CoupleWrap, KeyWrap, UserKeys


def say(person: Person, text: str, **fields) -> None:
    assert person.post("/thanks/", kind="thanks", text=text, **fields).status_code == 303


def texts(person: Person) -> set[str]:
    return {said.value.text for said in person.inside.reader.everything() if isinstance(said.value, Thanks)}


def whole() -> list[str]:
    looks = ("the index of what is open", "the newest versions", "the seals", "photos")
    return [sentence for name in looks for sentence in check.CHECKS[name]()]


@pytest.fixture
def lived(two) -> tuple[Person, Person]:
    """Both thanked, one thanks lies ahead, and Anna keeps something to herself."""
    anna, ben = two
    say(anna, "Anna thanks")
    say(ben, "Ben thanks")
    say(anna, "For tomorrow", when="tomorrow")
    anna.inside.writer.put(CheckIn("steady", line="Anna's own note"), exchange="own", scope=1)
    return anna, ben


def test_leaving_asks_for_the_passphrase(lived):
    anna, ben = lived
    assert anna.post("/settings/leave/", passphrase="not this one at all").status_code == 422
    assert anna.post("/settings/leave/").status_code == 422
    assert anna.me.space_id == ben.me.space_id
    for _ in range(9):
        anna.post("/settings/leave/", passphrase="no")
    answer = anna.post("/settings/leave/", passphrase=anna.phrase)
    assert answer.status_code == 422 and "many tries" in answer.content.decode()


def test_leaving_is_quiet_and_final(lived, monkeypatch, django_capture_on_commit_callbacks):
    anna, ben = lived
    other_device = Client()
    other_device.post("/sign-in/", {"login": "anna@example.org", "password": anna.phrase})
    assert Session.objects.filter(user=anna.user).count() == 2
    cut: list[str] = []
    monkeypatch.setattr("usward.live.hub.hub.close_partner", lambda who: cut.append(str(who)))
    monkeypatch.setattr("usward.live.hub.hub.close", lambda who: cut.append(who))
    before, old = anna.me.pk, anna.me.space_id
    with django_capture_on_commit_callbacks(execute=True):
        assert anna.post("/settings/leave/", passphrase=anna.phrase)["Location"] == "/settings/?said=alone"
    assert str(before) in cut and len(cut) == 2
    assert anna.get("/settings/").status_code == 200  # this session goes on, in a place of its own
    assert other_device.get("/settings/").status_code == 302
    assert anna.me.space_id != old and ben.me.space_id == old
    assert texts(anna) == set()
    assert [s.value.line for s in anna.inside.reader.everything() if isinstance(s.value, CheckIn)] == [
        "Anna's own note"
    ]
    assert texts(ben) == {"Anna thanks", "Ben thanks"}
    assert not CoupleWrap.objects.filter(owner=anna.user.pk, space=old).exists()
    page = ben.page()
    closed = page.split('id="closed"')[1].split("</section>")[0]
    assert "This place is closed now" in closed and "Anna" not in closed
    assert not whole()
    assert "For tomorrow" not in str(texts(ben))
    assert anna.post("/settings/leave/", passphrase=anna.phrase).status_code == 200  # nobody is left to leave


def test_who_stays_takes_it_along_and_goes_on_alone_after_thirty_days(lived):
    anna, ben = lived
    old = ben.me.space_id
    anna.post("/settings/leave/", passphrase=anna.phrase)
    assert "Take it along" in ben.page("/settings/leave/")
    say(ben, "Ben afterwards")
    assert ben.post("/settings/export/").status_code == 200
    with clock.travel(timedelta(days=28)):
        assert "This place is closed now" in ben.page()
    with clock.travel(timedelta(days=31)):
        page = ben.page()
        assert ben.get("/").status_code == 200 and "This place is closed now" not in page
        assert texts(ben) == {"Ben thanks", "Ben afterwards"}
    assert not Space.objects.filter(pk=old).exists()
    assert not CoupleWrap.objects.filter(space=old).exists()
    assert not Entry.objects.filter(space_id=old).exists()
    assert not whole()


@pytest.mark.parametrize("first", ["/", "/settings/leave/"])
def test_whoever_was_away_has_thirty_days_from_when_they_read_it(lived, first):
    """Nothing is destroyed by the request that first tells them, however late it comes."""
    anna, ben = lived
    anna.post("/settings/leave/", passphrase=anna.phrase)
    with clock.travel(timedelta(days=60)):
        assert ben.client.head(first).status_code == 200  # nobody has read anything
        assert ben.page("/thanks/") and texts(ben) == {"Anna thanks", "Ben thanks"}
    with clock.travel(timedelta(days=100)):
        until = plain_day(clock.today("Europe/Copenhagen") + timedelta(days=30))
        assert f"Until {until} you can take along what you both shared" in ben.page(first)
        assert f"Until {until}" in ben.page() and f"Until {until}" in ben.page("/settings/leave/")
    with clock.travel(timedelta(days=130)):  # the day itself is still theirs
        assert b"Anna thanks" in unpacked(ben)
        assert f"Until {until}" in ben.page()
    with clock.travel(timedelta(days=131)):
        assert "This place is closed now" not in ben.page()
        assert texts(ben) == {"Ben thanks"}
    assert not whole()


def unpacked(person: Person) -> bytes:
    with zipfile.ZipFile(io.BytesIO(person.post("/settings/export/").content)) as file:
        return b"".join(file.read(name) for name in file.namelist())


def test_who_stays_may_go_on_alone_at_once(lived):
    anna, ben = lived
    old = ben.me.space_id
    anna.post("/settings/leave/", passphrase=anna.phrase)
    assert ben.post("/settings/leave/", passphrase="wrong").status_code == 422
    assert ben.post("/settings/leave/", passphrase=ben.phrase).status_code == 303
    assert ben.me.space_id != old and not Space.objects.filter(pk=old).exists()
    say(ben, "Alone")
    assert texts(ben) == {"Ben thanks", "Alone"}


def test_every_page_of_whoever_went_on_alone_shows_what_came_along(lived):
    """It was for two; now it is for one, and says so."""
    anna, ben = lived
    drawn = questions.draw(ben.inside, clock.today("Europe/Copenhagen")).value
    ben.post(f"/questions/{drawn.exchange}/", text="Ben on today", id=str(uuid4()))
    say(ben, "Ben for tomorrow", when="tomorrow")
    anna.post("/settings/leave/", passphrase=anna.phrase)
    ben.post("/settings/leave/", passphrase=ben.phrase)
    archive = ben.page("/thanks/")
    assert "Ben thanks" in archive and "Ben for tomorrow" in archive and "to be found" not in archive
    for said in ben.inside.reader.everything():
        if isinstance(said.value, Thanks):
            page = ben.page(f"/thanks/{said.id}/")
            assert said.value.text in page and "only you" in page
    page = ben.page(f"/questions/{drawn.exchange}/")
    words = page.partition("What you once wrote to this")[2]
    assert "Ben on today" in words and "only you" in words and "once you have both" not in words
    for path in ("/", "/questions/", "/talk/", "/keep/", "/us/", "/settings/", "/settings/you/", "/settings/check/"):
        assert ben.get(path).status_code == 200, path
    assert ben.post("/settings/export/").status_code == 200


def test_the_page_of_who_stays_shows_what_both_have_said(lived):
    """The other is nobody in particular now; what they said today is still read, as anybody's."""
    anna, ben = lived
    drawn = questions.draw(anna.inside, clock.today("Europe/Copenhagen")).value
    for one in (anna, ben):
        said = Answer(drawn.question, drawn.text, f"{one.name} on today")
        questions.answer(one.inside, drawn.exchange, said, uuid4(), None, offer=False)
    anna.post("/checkin/", mood="tired", need="hug", line="Anna is tired", seen_by="both")
    assert "Anna is tired" in ben.page()
    anna.post("/settings/leave/", passphrase=anna.phrase)
    page = ben.page()
    assert "Anna on today" in page and "This place is closed now" in page
    for path in ("/thanks/", "/questions/", f"/questions/{drawn.exchange}/", "/settings/", "/settings/you/"):
        assert ben.get(path).status_code == 200, path


def test_what_was_shared_can_be_taken_back_when_leaving(lived):
    anna, ben = lived
    anna.post("/settings/leave/", passphrase=anna.phrase, take_back="yes")
    assert texts(ben) == {"Ben thanks"}
    assert [one.value.line for one in anna.inside.reader.everything()] == ["Anna's own note"]  # that was not shared
    assert not whole()


def test_deleting_names_the_account_and_leaves_nothing_of_it(lived, stranger):
    anna, ben = lived
    user, unlocked, me = anna.user, anna.unlocked, anna.me
    assert anna.post("/settings/delete/", passphrase=anna.phrase, email="ben@example.org").status_code == 422
    assert anna.post("/settings/delete/", passphrase="wrong", email=user.email).status_code == 422
    assert anna.post("/settings/delete/", passphrase=anna.phrase, email=user.email).status_code == 303
    assert not User.objects.filter(pk=user.pk).exists()
    for table in (KeyWrap, UserKeys, CoupleWrap):
        assert not table.objects.filter(owner=user.pk).exists()
    assert not Session.objects.filter(user_id=user.pk).exists()
    assert unlocked.owner == user.pk and Partner.objects.get(pk=me.pk).user_id is None
    assert anna.get("/settings/").status_code == 302
    assert "This place is closed now" in ben.page()
    assert texts(ben) == {"Anna thanks", "Ben thanks"}
    assert stranger.get("/").status_code == 200
    assert not whole()


def test_deleting_alone(stranger):
    user = stranger.user
    space = stranger.me.space_id
    assert stranger.post("/settings/delete/", passphrase=stranger.phrase, email=user.email).status_code == 303
    assert not Space.objects.filter(pk=space).exists() and not User.objects.exists()
    assert not Entry.objects.exists()
