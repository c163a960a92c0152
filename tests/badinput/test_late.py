"""A page that lay open for long, a session that ended meanwhile, a clock that is wrong: the words are there, or given back."""

from datetime import timedelta
from html import escape
from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.utils.http import http_date

from tests.doors import steps
from tests.doors.snapshot import take
from tests.doors.visitor import Answer, Inside, SeenForm
from usward.entries.models import Entry
from usward.kit import clock

TYPED = "Half a letter, with <care> & “quotes”."
OVER_NIGHT = timedelta(hours=26)  # whatever the hour is now, that is another day
SOON = timedelta(hours=5)


def entries() -> int:
    return len(take("entries_entry")["entries_entry"][1])


def form_with(page: Answer, field: str) -> SeenForm:
    return next(one for one in page.forms if field in one.kinds and one.method == "POST")


@pytest.mark.parametrize("later", [SOON, OVER_NIGHT])
@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/thanks/", {"kind": "thanks", "when": "now"}),
        ("/thanks/", {"kind": "compliment", "when": "tomorrow"}),
        ("/questions/own/", {"question": "Where to, then?"}),
        ("/questions/{question}/", {}),
    ],
)
def test_a_page_of_hours_ago_is_taken(cast, path, more, later):
    """What was typed in the evening and is sent in the morning is kept, where it was meant."""
    visitor = cast.visitor("partner")
    path = path.format(**cast.things["anna"])
    form = form_with(visitor.get(path), "text")
    with clock.travel(later):
        answer = visitor.submit(form, more | {"text": TYPED}, follow=False)
        assert answer.status == 303, answer.status
        shown = visitor.get(path if "question" not in more else "/questions/").text
    assert escape(TYPED) in shown or "Where to, then?" in shown


def test_what_was_typed_for_the_other_is_not_kept_for_whoever_comes_next(cast):
    """A page lay open when its person left from another tab. What is sent from it now was meant for somebody else."""
    visitor = cast.visitor("self")
    form = form_with(visitor.get("/thanks/"), "text")
    leave = visitor.get("/settings/leave/").form("settings/leave/")
    assert visitor.submit(leave, {"passphrase": steps.PHRASE.format("Anna")}, follow=False).status == 303
    before = entries()
    answer = visitor.submit(form, {"kind": "thanks", "when": "now", "text": TYPED}, follow=False)
    assert answer.status == 403 and escape(TYPED) in answer.text and entries() == before
    again = form_with(visitor.get("/thanks/"), "text")  # in the place of one's own
    assert visitor.submit(again, {"kind": "thanks", "when": "now", "text": TYPED}, follow=False).status == 303


@pytest.mark.parametrize("seen_by", ["both", "me"])
def test_a_check_in_from_yesterdays_page_is_todays(cast, seen_by):
    """The page offered to change what was said yesterday. That stands, and today has its own."""
    visitor = cast.visitor("self")
    form = visitor.get("/checkin/").form("checkin/")
    yesterday = UUID(dict(form.fields)["replaces"])
    with clock.travel(OVER_NIGHT):
        fields = {"line": TYPED, "mood": "bright", "seen_by": seen_by}
        assert visitor.submit(form, fields, follow=False).status == 303
        assert escape(TYPED) in visitor.get("/").text
        assert Entry.objects.get(id=yesterday).current
        again = visitor.submit(form, fields | {"line": "And later.", "id": str(uuid4())}, follow=False)
        assert again.status == 409 and escape(TYPED) in again.text and "And later." in again.text


def test_a_day_that_has_come_meanwhile_keeps_the_words(cast):
    visitor = cast.visitor("self")
    form = form_with(visitor.get("/thanks/"), "when")
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    with clock.travel(OVER_NIGHT + timedelta(days=1)):
        answer = visitor.submit(form, {"text": TYPED, "when": "day", "day": tomorrow}, follow=False)
    assert answer.status == 422 and escape(TYPED) in answer.text and "from tomorrow on" in answer.text


def gives_back(answer: Answer, status: int, sentence: str) -> None:
    assert answer.status == status and sentence in answer.text
    assert escape(TYPED) in answer.text, "what was typed is lost"
    assert "no-store" in answer.header("Cache-Control")


@pytest.mark.parametrize("role", ["anonymous", "locked"])
@pytest.mark.parametrize(
    ("path", "more"),
    [("/thanks/", {"kind": "thanks"}), ("/reply/", {"exchange": "{exchange}"}), ("/questions/{question}/", {})],
)
def test_whoever_was_signed_out_meanwhile_gets_the_words_back(cast, role, path, more):
    things, before = cast.things["anna"], entries()
    fields = {name: value.format(**things) for name, value in more.items()} | {"text": TYPED, "id": str(uuid4())}
    visitor = cast.visitor(role)
    answer = visitor.post(path.format(**things), fields)
    gives_back(answer, 401, "You were signed out meanwhile")
    assert fields["id"] not in answer.text and entries() == before


def test_no_secret_is_given_back(cast):
    """A form that asks for a passphrase is not shown again, whatever else stands in it."""
    visitor = cast.visitor("anonymous")
    for path, secret in (("/settings/passphrase/", "present"), ("/settings/leave/", "passphrase"), ("/pin/", "pin")):
        answer = visitor.post(path, {secret: TYPED, "passphrase": TYPED, "text": TYPED})
        assert answer.status == 302 and answer.header("Location").startswith("/sign-in/")
        old = visitor.post(
            path, {secret: TYPED, "text": TYPED, "csrfmiddlewaretoken": "y" * 64}, **{"X-CSRFToken": "y"}
        )
        assert old.status == 403 and escape(TYPED) not in old.text


def test_an_old_token_gives_the_words_back(cast):
    """Signing in in another tab changes the token; this tab has the old one."""
    visitor, before = cast.visitor("self"), entries()
    form = form_with(visitor.get("/thanks/"), "text")
    other = Inside(visitor.cookies)
    other.cookies[settings.CSRF_COOKIE_NAME] = "z" * 32
    answer = other.ask("POST", "/thanks/", _body(form), {"Content-Type": "application/x-www-form-urlencoded"})
    gives_back(answer, 403, "grown old")
    assert entries() == before


def _body(form: SeenForm) -> bytes:
    return urlencode([*form.fields, ("text", TYPED)]).encode()


def test_words_from_elsewhere_are_not_shown_here(cast):
    visitor = cast.visitor("self")
    fields = {"text": TYPED, "csrfmiddlewaretoken": "y" * 64}
    answer = visitor.post("/thanks/", fields, Origin="http://elsewhere.example", **{"X-CSRFToken": "y"})
    assert answer.status == 403 and escape(TYPED) not in answer.text


def test_the_pin_comes_first_and_the_words_are_there(cast):
    visitor = cast.visitor("self")
    assert visitor.post("/settings/pin/", {"pin": "2580", "present": steps.PHRASE.format("Anna")}).status == 303
    with clock.travel(timedelta(minutes=16)):
        answer = visitor.post("/questions/limits/", {"ceiling": "3", "text": TYPED})
        gives_back(answer, 401, "Your PIN comes first")
        assert "/pin/?next=%2Fquestions%2Flimits%2F" in answer.text
        plain = visitor.post("/questions/limits/", {"ceiling": "3"})
        assert plain.status == 302 and plain.header("Location").startswith("/pin/")


@pytest.mark.parametrize("off", [timedelta(minutes=-10), timedelta(minutes=10)])
def test_a_device_whose_clock_is_off(cast, off):
    """What a browser believes the time to be plays no part: not in what is kept, not in what is answered."""
    visitor, theirs = cast.visitor("self"), (clock.now() + off)
    believes = {"Date": http_date(theirs.timestamp()), "If-Modified-Since": http_date(theirs.timestamp())}
    said = {"text": TYPED, "kind": "thanks", "when": "now", "id": str(uuid4())}
    assert visitor.post("/thanks/", said, **believes).status == 303
    row = Entry.objects.get(id=UUID(said["id"]))
    assert row.day == clock.today("Europe/Copenhagen")
    page = visitor.get("/thanks/", **{name.replace("-", "_"): value for name, value in believes.items()})
    assert page.status == 200 and escape(TYPED) in page.text
    for line in visitor.get("/").cookies:
        assert "max-age" in line.lower()  # counted from when it comes, on the device's own clock


@pytest.mark.parametrize("off", [timedelta(minutes=-10), timedelta(minutes=10)])
def test_the_servers_own_clock_jumps(cast, off):
    """It is set right, back or on, while somebody is signed in: order and access are as before."""
    visitor = cast.visitor("self")
    first, second = ({"text": f"{n} jump", "kind": "thanks", "id": str(uuid4())} for n in ("Before the", "After the"))
    assert visitor.post("/thanks/", first).status == 303
    with clock.travel(off):
        assert visitor.post("/thanks/", second).status == 303
        page = visitor.get("/thanks/").text
    assert page.index("After the jump") < page.index("Before the jump")  # newest first, by arrival
    assert escape("Before the jump") in cast.visitor("partner").get("/thanks/").text
