"""The wait before somebody is let in again: from when it counts, how it is stopped, and what runs out."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.accounts.readmission import DAY, NEW, ask, yes
from usward.kit import clock
from usward.security import readmission
from usward.spaces.models import Readmission
from usward.vault.models import CoupleWrap, KeyWrap, UserKeys

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_day_counts_from_when_a_device_of_hers_has_shown_it(anna, ben):
    """Ben asks in Anna's name and says yes to himself, and she does not look in for some days. He is told nothing of that."""
    anna.sign_in()
    ben.sign_in()
    ask()
    yes(ben)
    before = []
    for days in (1, 2, 3):
        with clock.travel(DAY * days + timedelta(minutes=1)):
            before = [early(anna), let_in_card(ben)]
    with clock.travel(DAY * 3 + timedelta(minutes=2)):
        assert "That is not me: stop it" in anna.client.get("/").content.decode()
    with clock.travel(DAY * 4):
        assert [early(anna), let_in_card(ben)] == before
    with clock.travel(DAY * 4 + timedelta(minutes=3)):
        assert anna.sign_in(NEW, client=Client())["Location"] == "/"
    assert Readmission.objects.get().shown_at is None


def test_who_is_still_signed_in_on_a_phone_that_is_lost_waits_a_week(anna, ben):
    anna.sign_in()
    ben.sign_in()
    ask()
    yes(ben)
    with clock.travel(DAY * 7 - timedelta(minutes=1)):
        early(anna)
    with clock.travel(DAY * 7 + timedelta(minutes=1)):
        assert anna.sign_in(NEW, client=Client())["Location"] == "/"


def early(anna) -> str:
    answer = anna.sign_in(NEW, client=Client())
    assert answer.status_code == 422
    return answer.content.decode().split("Not yet.")[1].split("</div>")[0]


def let_in_card(ben) -> str:
    card = ben.client.get("/").content.decode().split('id="let-in"')[1].split("</p>")[0]
    assert "You have said yes" in card
    return card


@pytest.mark.parametrize("stopper", ["ben", "anna", "browser"])
@pytest.mark.parametrize("granted", [False, True])
def test_it_can_be_stopped_at_any_time(anna, ben, stopper, granted):
    anna.sign_in()
    ben.sign_in()
    browser = ask()
    row = Readmission.objects.get()
    assert "That is not me: stop it" in anna.client.get("/").content.decode()
    if granted:
        yes(ben)
    if stopper == "browser":
        assert browser.post("/sign-in/lost/asked/")["Location"] == "/sign-in/?said=taken-back"
    else:
        person = {"anna": anna, "ben": ben}[stopper]
        assert person.client.post("/let-in/stop/", {"asked": str(row.pk)}).status_code == 303
    assert not Readmission.objects.exists()
    assert set(KeyWrap.objects.values_list("owner", flat=True)) == {anna.user.id, ben.user.id}
    assert set(CoupleWrap.objects.values_list("owner", flat=True)) == {anna.user.id, ben.user.id}
    with clock.travel(DAY * 2):
        assert anna.sign_in(NEW, client=Client()).status_code == 422
        assert anna.sign_in(client=Client())["Location"] == "/"
    assert "let in" not in ben.client.get("/").content.decode().replace("letting", "")


def test_it_runs_out(anna, ben):
    ben.sign_in()
    ask()
    with clock.travel(timedelta(days=8)):
        assert "asks to be let in" not in ben.client.get("/").content.decode()
        assert yes(ben).status_code == 404
        readmission.purge()
    assert not Readmission.objects.exists() and UserKeys.objects.count() == 2


def test_the_lamp_in_its_place_does_not_show_it(anna, ben):
    """While the phones are down, Today leads to the lamp: what would stand on it has not been seen."""
    anna.sign_in()
    ben.sign_in()
    assert (
        ben.client.post("/plan/phones-down/", {"act": "together", "minutes": "60", "id": str(uuid4())}).status_code
        == 303
    )
    ask()
    assert anna.client.get("/").status_code == 303 and Readmission.objects.get().shown_at is None
    with clock.travel(timedelta(minutes=61)):
        assert "That is not me" in anna.client.get("/").content.decode()
    assert Readmission.objects.get().shown_at


def test_whoever_rests_sees_it_too_and_can_stop_it(anna, ben):
    """What concerns access does not wait for the end of a pause; everything else does."""
    anna.sign_in()
    ben.sign_in()
    assert ben.client.post("/thanks/", {"kind": "thanks", "text": "for the tea", "id": str(uuid4())}).status_code == 303
    anna.client.post("/settings/pause/", {"for": "30"})
    ask()
    row = Readmission.objects.get()
    assert anna.client.head("/").status_code == 200
    assert Readmission.objects.get().shown_at is None  # nobody has seen a page
    page = anna.client.get("/").content.decode()
    assert "That is not me: stop it" in page and "You have put Usward aside" in page
    assert "for the tea" not in page and 'data-card="checkin"' not in page
    assert Readmission.objects.get().shown_at
    assert anna.client.post("/let-in/stop/", {"asked": str(row.pk)}).status_code == 303
    assert not Readmission.objects.exists()


def test_whoever_rests_sees_that_the_other_asks(anna, ben):
    ben.sign_in()
    ben.client.post("/settings/pause/", {"for": "30"})
    assert "let-in" not in ben.client.get("/").content.decode()
    ask()
    assert yes(ben).status_code == 303
    assert "You have said yes" in ben.client.get("/").content.decode()
