"""Own things under keys that were put away when a passphrase was lost: they rest, are no damage, and come back."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.accounts.readmission import NEW, ask, inside, leave, let_in, people, yes
from usward.entries.models import Scope
from usward.kit import clock
from usward.practices.checkin.entries import CheckIn
from usward.security import readmission
from usward.spaces.models import Readmission
from usward.vault.models import CoupleWrap, KeyWrap, UserKeys

pytestmark = pytest.mark.django_db(transaction=True)


def test_own_things_come_back_with_the_old_passphrase(anna, ben):
    first = inside(anna).writer.put(CheckIn("tired", "", "Only mine."), exchange="own", scope=Scope.OWN, slot="s")
    browser = let_in(anna, ben)
    inside(anna, NEW).writer.put(CheckIn("steady", "", "Newer."), exchange="own", scope=Scope.OWN, slot="s")
    page = browser.get("/settings/old-own/").content.decode()
    assert "still sealed under your old passphrase" in page
    assert browser.post("/settings/old-own/", {"old": "wrong wrong wrong"}).status_code == 422
    assert browser.post("/settings/old-own/", {"old": anna.phrase})["Location"] == "/settings/old-own/?said=back"
    hers = inside(anna, NEW)
    assert [said.value.line for said in hers.reader.exchange("own")] == ["Newer."]
    assert {said.value.line for said in hers.reader.history(first.id)} == {"Only mine.", "Newer."}
    assert not Readmission.objects.exists() and UserKeys.objects.count() == 2
    assert "Nothing is sealed away" in browser.get("/settings/old-own/").content.decode()


@pytest.fixture
def sealed_away(anna, ben) -> Client:
    """Anna is in again, with something of her own under her old passphrase. Her browser."""
    hers = inside(anna)
    first = hers.writer.put(CheckIn("tired", "", "Before."), exchange="own", scope=Scope.OWN, slot="s")
    hers.writer.put(CheckIn("tired", "", "Only mine."), exchange="own", scope=Scope.OWN, replaces=first.id)
    gone = hers.writer.put(CheckIn("tired", "", "Gone."), exchange="own", scope=Scope.OWN)
    hers.writer.withdraw(gone.id)
    hers.drafts.keep("thanks", {"text": "An old draft"})
    hers.drafts.keep("checkin", {"line": "An old line"})
    return let_in(anna, ben)


def back(anna, browser: Client) -> None:
    """The old passphrase has come back, and all of her own with it, in its place and order."""
    answer = browser.post("/settings/old-own/", {"old": anna.phrase})
    assert answer.status_code == 303, answer.content.decode()
    hers = inside(anna, NEW)
    [said] = hers.reader.exchange("own")
    assert said.value.line == "Only mine."
    assert [one.value.line for one in hers.reader.history(said.id)] == ["Before.", "Only mine."]
    assert hers.drafts.read(["thanks"]) == {"thanks": {"text": "An old draft"}}
    hers.reader.everything()
    assert hers.reader.broken == hers.reader.resting == []
    assert not Readmission.objects.exists()
    assert set(KeyWrap.objects.values_list("owner", flat=True)) <= {anna.user.id, *people()}


def test_what_is_sealed_away_is_no_damage(anna, ben, sealed_away):
    page = sealed_away.post("/settings/check/").content.decode()
    assert "1 thing of your own is still sealed" in page and "old-own" in page and "damaged" not in page
    with clock.travel(timedelta(days=92)):
        readmission.purge()
        browser = Client()
        anna.sign_in(NEW, client=browser)
        assert "Nobody can open it any more" in browser.post("/settings/check/").content.decode()
    back_again = inside(ben).reader
    back_again.everything()
    assert back_again.broken == back_again.resting == []  # nothing of it is any concern of his


def test_drafts_come_back_where_nothing_newer_is_being_typed(anna, ben, sealed_away):
    inside(anna, NEW).drafts.keep("checkin", {"line": "A newer line"})
    back(anna, sealed_away)
    assert inside(anna, NEW).drafts.read(["checkin"]) == {"checkin": {"line": "A newer line"}}


def test_it_comes_back_after_leaving(anna, ben, sealed_away):
    """She leaves meanwhile, and the place that she left is cleared altogether: what is sealed away is with her."""
    leave(anna, NEW, sealed_away)
    ben.sign_in()
    leave(ben, ben.phrase, ben.client)
    assert anna.partner.space_id != ben.partner.space_id
    assert "still sealed under your old passphrase" in sealed_away.get("/settings/old-own/").content.decode()
    back(anna, sealed_away)


def test_it_comes_back_to_whoever_stayed(anna, ben, sealed_away):
    """He leaves her; thirty days after she has read it she is brought into a place of her own."""
    leave(ben, ben.phrase, ben.client)
    browser = Client()
    anna.sign_in(NEW, client=browser)
    assert "This place is closed now" in browser.get("/").content.decode()
    with clock.travel(timedelta(days=40)):
        before = anna.partner.space_id
        assert browser.get("/").status_code == 200 and anna.partner.space_id != before
        back(anna, browser)


def test_lost_twice_and_either_comes_back(anna, ben, sealed_away):
    """Each passphrase opens what was sealed under it, in whichever order they come back."""
    with clock.travel(timedelta(days=10)):
        hers = inside(anna, NEW)
        hers.writer.put(CheckIn("steady", "", "Under the second."), exchange="second", scope=Scope.OWN)
        ben.client = Client()
        ben.sign_in()
        ask(phrase="the third passphrase of hers")
        sealed_away.get("/")
        yes(ben)
    with clock.travel(timedelta(days=12)):
        browser = Client()
        assert anna.sign_in("the third passphrase of hers", client=browser)["Location"] == "/"
        assert browser.post("/settings/old-own/", {"old": anna.phrase}).status_code == 303
        hers = inside(anna, "the third passphrase of hers")
        assert [said.value.line for said in hers.reader.exchange("own")] == ["Only mine."]
        assert hers.reader.exchange("second") == []
        assert browser.post("/settings/old-own/", {"old": NEW}).status_code == 303
        hers = inside(anna, "the third passphrase of hers")
        assert [said.value.line for said in hers.reader.exchange("second")] == ["Under the second."]
    assert not Readmission.objects.exists()


def test_nothing_rests_of_whoever_deleted_the_account(anna, ben, sealed_away):
    fields = {"passphrase": NEW, "email": anna.user.email}
    assert sealed_away.post("/settings/delete/", fields).status_code == 303
    assert not Readmission.objects.exists() and people() == {ben.user.id}
    for table in (KeyWrap, UserKeys, CoupleWrap):
        assert set(table.objects.values_list("owner", flat=True)) == {ben.user.id}
