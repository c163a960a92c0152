"""The invitation, by plain forms: what it carries, whose it is, how it ends, and how two who live here alone come together."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache

from tests.doors import steps
from tests.doors.cast import PLAIN_FILES
from tests.doors.visitor import Answer, Inside
from usward.keepsafe.tidy import tidy
from usward.kit import clock
from usward.spaces.models import Invitation, Partner, Space

pytestmark = pytest.mark.django_db
PHRASE = steps.PHRASE.format
TO_ANNA = "What I said to Anna, that night."


@pytest.fixture(autouse=True)
def house(settings) -> None:
    cache.clear()
    settings.STORAGES, settings.OPEN_DOOR = PLAIN_FILES, True


def come(name: str, text: str = "A first line.") -> Inside:
    """Somebody alone, with a place of their own."""
    person = Inside()
    steps.sign_up(person, name, text)
    return person


def words(page: Answer) -> list[str]:
    return re.findall(r"<li>(\w+)</li>", page.text.partition('class="words4"')[2].partition("</ol>")[0])


def leave(person: Inside, name: str) -> None:
    page = person.get("/settings/leave/")
    assert person.submit(page.form("settings/leave/"), {"passphrase": PHRASE(name)}, follow=False).status == 303


def answer(guest: Inside, code: str, text: str = "Mine.") -> Answer:
    """To the moment in which both answers lie open."""
    asked = guest.submit(guest.get("/i/").form("i/"), {"code": code})
    return guest.submit(asked.form("i/answer/"), {"text": text})


def of(name: str) -> Partner:
    return Partner.objects.get(user__email=steps.email_of(name))


@pytest.fixture
def parted() -> tuple[Inside, str]:
    """Ben, who answered a question with Anna and goes on alone; and where it stands."""
    anna, ben = Inside(), Inside()
    steps.pair(anna, ben, ("Anna", "Ben"))
    where = next(form.action for form in ben.get("/").forms if form.action.startswith("/questions/q"))
    for person, text in ((ben, TO_ANNA), (anna, "What Anna said.")):
        assert person.post(where, {"text": text}).status == 303
    leave(anna, "Anna")
    leave(ben, "Ben")
    return ben, where


def test_what_was_said_to_one_is_never_carried_to_the_next(parted):
    ben, _ = parted
    page = ben.get("/invite/")
    assert page.status == 200 and TO_ANNA not in page.text and "it begins with an answer of yours" in page.text
    assert ben.post("/invite/").status == 303
    assert not Invitation.objects.filter(inviter=of("Ben")).exists()
    own = next(form.action for form in ben.get("/").forms if form.action.startswith("/questions/q"))
    ben.post(own, {"text": "A new line, for whoever comes."})
    shown = ben.get("/invite/")
    assert "A new line, for whoever comes." in shown.text and TO_ANNA not in shown.text
    assert not Invitation.objects.filter(inviter=of("Ben")).exists(), "only looking made an invitation"
    code = steps.code_for(ben)
    assert "A new line, for whoever comes." in ben.get("/invite/").text
    rosa = Inside()
    moment = answer(rosa, code)
    assert "A new line, for whoever comes." in moment.text and TO_ANNA not in moment.text


@pytest.mark.parametrize("first", ["Rosa", "Ben"])
def test_an_old_answer_keeps_no_new_one_waiting(parted, first):
    """Both meet the question that Ben once answered with Anna. He is asked anew, and what he said then stays his alone."""
    ben, where = parted
    own = next(form.action for form in ben.get("/").forms if form.action.startswith("/questions/q"))
    if own != where:
        ben.post(own, {"text": "For whoever comes."})
    else:
        ben.post("/questions/own/", {"question": "Where to?", "text": "For whoever comes."})
    rosa = Inside()
    steps.join(rosa, "Rosa", steps.code_for(ben))
    steps.confirm(ben)
    rosa.get("/")
    if first == "Rosa":
        assert rosa.post(where, {"text": "What Rosa says."}).status == 303
    page = ben.get(where)
    assert "What Rosa says." not in page.text and TO_ANNA in page.text
    for text in ("What Ben says now.", "What Ben says in the end.")[first == "Rosa" :]:
        form = ben.get(where + "?change=yes").form(where)
        assert ben.submit(form, {"text": text}, follow=False).status == 303
    if first == "Ben":
        assert "What Ben" not in rosa.get(where).text
        assert rosa.post(where, {"text": "What Rosa says."}).status == 303
    for person in (ben, rosa):
        assert "What Rosa says." in person.get(where).text
        assert "What Ben says in the end." in person.get(where).text
    assert TO_ANNA in ben.get(where).text and TO_ANNA not in rosa.get(where).text
    gone = ben.get(where).text.partition("What you once wrote to this")[2]
    assert TO_ANNA in gone and "only you" in gone


def test_what_the_page_showed_is_what_is_carried():
    """Another answer has come meanwhile, from another tab: it is shown before it goes."""
    anna = come("Anna")
    anna.submit(anna.get("/invite/").form("invite/"), {"do": "revoke"})
    before = anna.get("/invite/").form("invite/")
    anna.post("/questions/own/", {"question": "Where to?", "text": "To the sea."})
    page = anna.submit(before)
    assert 'class="code"' not in page.text and "To the sea." in page.text
    assert 'class="code"' in anna.submit(page.form("invite/")).text


def test_the_newcomer_of_an_ended_invitation_is_told_and_comes_with_a_new_code():
    anna, ben = come("Anna"), Inside()
    steps.join(ben, "Ben", steps.code_for(anna), "His first.")
    assert len(words(ben.get("/"))) == 4
    pulse = of("Ben").pulse
    anna.submit(anna.get("/").form("confirm/"), {"same": "no"})
    assert of("Ben").pulse > pulse, "his page does not look again"
    page = ben.get("/")
    assert words(page) == [] and "That invitation has ended" in page.text
    assert "waited a week" not in anna.get("/").text
    ben.post("/questions/own/", {"question": "What do you hear?", "text": "Written while alone."})
    code = steps.code_for(anna)
    moment = answer(ben, code, "His second.")
    assert "You are signed in here as Ben" in moment.text and "comes along" in moment.text
    assert ben.submit(moment.form("i/join/"), follow=False).status == 303
    assert words(ben.get("/")) == words(anna.get("/")) and len(words(ben.get("/"))) == 4
    steps.confirm(anna)
    assert "Anna is here" in ben.get("/").text and "Ben is here" in anna.get("/").text
    assert of("Anna").space_id == of("Ben").space_id
    question = "/questions/" + anna.get("/questions/").find(r'href="/questions/(q:[^"]+)"')
    assert "His second." in anna.get(question).text and "A first line." in ben.get(question).text


def test_a_week_without_a_yes_is_told_to_both():
    anna, ben = come("Anna"), Inside()
    steps.join(ben, "Ben", steps.code_for(anna))
    with clock.travel(timedelta(days=8, hours=1)):
        tidy()
        assert "That invitation has ended" in ben.get("/").text and words(ben.get("/")) == []
        assert "waited a week for the four words" in anna.get("/").text
        away = ben.get("/").form("invite/")
        assert "That invitation has ended" not in ben.submit(away, {"do": "put-away"}).text
        assert "Ask your partner" in ben.get("/").text


def test_two_who_live_here_alone_come_together():
    anna, ben = come("Anna"), come("Ben", "What Ben asked first.")
    moment = answer(ben, steps.code_for(anna))
    ben.submit(moment.form("i/join/"))
    assert not Invitation.objects.filter(inviter=of("Ben"), revoked=False).exists()
    steps.confirm(anna)
    assert "Anna is here" in ben.get("/").text
    assert of("Anna").space_id == of("Ben").space_id and Space.objects.count() == 1


def test_a_code_sent_twice_is_taken_once():
    anna, ben = come("Anna"), come("Ben")
    form = answer(ben, steps.code_for(anna)).form("i/join/")
    for _ in range(2):
        sent = ben.submit(form, follow=False)
        assert (sent.status, sent.header("Location")) == (303, "/")
    assert Invitation.objects.get(invitee=of("Ben")).inviter == of("Anna")


def test_a_third_never_comes_by_a_code():
    anna, ben, cleo = Inside(), Inside(), come("Cleo")
    steps.pair(anna, ben, ("Anna", "Ben"))
    code = steps.code_for(cleo)
    for path in ("/i/", "/i/answer/", "/i/join/"):
        page = ben.post(
            path, {"code": code, "text": "Mine.", "name": "B", "email": "b@example.org", "passphrase": "x" * 20}
        )
        assert page.status == 409 and "Your place has its two" in page.text
    leave(anna, "Anna")
    assert "Your place is closed" in ben.post("/i/", {"code": code}).text
    assert of("Cleo").space.partners.count() == 1 and Invitation.objects.get(inviter=of("Cleo")).invitee is None


def test_nobody_who_lets_somebody_in_goes_elsewhere():
    """Ben waits with Anna's words, and says yes to Cleo, who came by a code of his. Anna's yes comes too late for him."""
    anna, ben, cleo = come("Anna"), Inside(), Inside()
    steps.join(ben, "Ben", steps.code_for(anna))
    form = anna.get("/").form("confirm/")
    steps.join(cleo, "Cleo", steps.code_for(ben))
    row = Invitation.objects.get(inviter=of("Ben"), revoked=False)
    assert ben.post("/confirm/", {"invitation": str(row.pk), "same": "yes"}).status == 303
    assert words(anna.get("/")) == [] and anna.submit(form, {"same": "yes"}).status == 404
    for person in (cleo, ben, anna):
        assert person.get("/").status == 200
    assert of("Cleo").space_id == of("Ben").space_id != of("Anna").space_id
    assert of("Anna").space.partners.count() == 1


def test_whoever_waits_for_one_and_takes_anothers_code_waits_no_longer_for_the_first():
    anna, cleo, ben = come("Anna"), come("Cleo"), Inside()
    steps.join(ben, "Ben", steps.code_for(anna))
    form = anna.get("/").form("confirm/")
    ben.submit(answer(ben, steps.code_for(cleo)).form("i/join/"))
    assert words(anna.get("/")) == [] and anna.submit(form, {"same": "yes"}).status == 404
    assert words(ben.get("/")) == words(cleo.get("/")) != []


def test_ones_own_code_is_refused_kindly():
    anna = come("Anna")
    code = steps.code_for(anna)
    for path in ("/i/", "/i/answer/", "/i/join/"):
        page = anna.post(path, {"code": code, "text": "Mine."})
        assert page.status == 409 and "This is your own invitation" in page.text and "for your partner" in page.text
    assert not Invitation.objects.get().reply
    assert answer(Inside(), code).status == 200


@pytest.mark.parametrize("where", ["/", "/invite/"])
def test_an_answered_invitation_is_taken_back_until_there_are_words(where):
    anna, in_app, ben = come("Anna"), Inside(), Inside()
    code = steps.code_for(anna)
    stale = answer(in_app, code).form("i/join/")
    assert "has been used" in ben.post("/i/", {"code": code}).text
    assert "Take" in anna.get(where).text
    anna.submit(anna.get(where).form("invite/"), {"do": "revoke"})
    assert "was taken back" in ben.post("/i/", {"code": code}).text
    fields = {"name": "Ben", "email": "ben@example.org", "passphrase": PHRASE("Ben")}
    assert "was taken back" in in_app.submit(stale, fields).text
    steps.join(ben, "Ben", steps.code_for(anna))
    assert len(words(anna.get("/"))) == 4 and "/invite/" not in [form.action for form in anna.get("/invite/").forms]


def test_an_answer_that_was_taken_back_is_not_carried_any_more():
    anna, ben = come("Anna", "Not to be told, after all."), Inside()
    code = steps.code_for(anna)
    where = "/questions/" + anna.get("/questions/").find(r'href="/questions/(q:[^"]+)"')
    anna.submit(anna.get(where).form("withdraw/"))
    page = ben.post("/i/", {"code": code})
    assert page.status == 410 and "taken back" in page.text and "Not to be told" not in page.text
    page = anna.get("/invite/")
    assert code not in page.text and "it begins with an answer of yours" in page.text
