"""Whatever comes in: never a broken page, a clear sentence where it matters, and what was typed is still there."""

from html import escape
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import transaction

from tests.badinput.weird import LONG, NAMES, RAW_BODIES, WEIRD
from tests.doors.routes import routes
from tests.doors.snapshot import take
from tests.doors.visitor import Answer, Inside, SeenForm

ROUTES = {route.name: route for route in routes()}
GOOD = (
    200,
    204,
    302,
    303,
    400,
    401,
    403,
    404,
    405,
    409,
    410,
    413,
    422,
    429,
)  # 401: what was typed, given back to sign in
FOR_NOBODY = ("begin/", "i/", "sign-in/", "recover", "again/")


def fields_of(cast, name: str) -> dict[str, str]:
    """The fields of this route's forms, wherever a page offers one, with their values; none where no page does."""
    found: dict[str, str] = {}
    address = ROUTES[name].fill(exchange=cast.things["anna"]["question"], entry_id=cast.things["anna"]["thanks"])
    for form in forms(cast):
        if form.action == address or (name == "question" and form.action.startswith("/questions/q:")):
            found |= dict(form.fields) | dict.fromkeys(form.choices, "")
    found.pop("csrfmiddlewaretoken", None)
    return found


def pages(cast) -> list[Answer]:
    things, visitor = cast.things["anna"], cast.visitor("self")
    fill = {"exchange": things["question"], "entry_id": things["thanks"]}
    paths = {route.fill(**fill) for route in ROUTES.values()} | {f"/tonight/{things['tonight']}/"}
    seen = [visitor.get(path) for path in sorted(paths) if "sign-out" not in path and "sign-in" not in path]
    return [*seen, *(cast.visitor("anonymous").get(path) for path in ("/", "/i/", "/sign-in/"))]


_forms: list[SeenForm] = []


def forms(cast) -> list[SeenForm]:
    """Every form of every page, looked for once."""
    if not _forms:
        _forms.extend(form for page in pages(cast) if page.status == 200 for form in page.forms)
    return _forms


def problem(visitor: Inside, answer: Answer) -> str:
    if answer.status in GOOD and answer.status != 500:
        return ""
    raised = getattr(visitor, "raised", None)
    return f"{answer.status} ({raised[0].__name__}: {str(raised[1])[:120]})" if raised else str(answer.status)


@pytest.mark.parametrize("name", ROUTES)
def test_no_field_breaks_a_page(cast, name):
    role = "anonymous" if ROUTES[name].path.startswith(FOR_NOBODY) else "self"
    things, wrong = cast.things["anna"], []
    path = ROUTES[name].fill(exchange=things["question"], entry_id=things["thanks"])
    usual = fields_of(cast, name)
    tries = [("every field", what, dict.fromkeys(usual or NAMES, value)) for what, value in WEIRD.items()]
    for turn, field in enumerate(usual):
        some = list(WEIRD.items())[turn % 3 :: 3]
        tries += [(field, what, {**usual, field: value}) for what, value in some]
    for field, what, fields in tries:
        cache.clear()
        visitor = cast.visitor(role)
        with transaction.atomic():
            answer = visitor.post(path, fields)
            if said := problem(visitor, answer):
                wrong.append(f"{field} = {what}: {said}")
            if what == "markup" and "<script>alert(1)" in answer.text:
                wrong.append(f"{field} is shown without escaping")
            transaction.set_rollback(True)
    assert not wrong, f"POST {path}: {'; '.join(wrong)}"


@pytest.mark.parametrize("name", ROUTES)
def test_no_body_breaks_a_page(cast, name):
    role, wrong = "anonymous" if ROUTES[name].path.startswith(FOR_NOBODY) else "self", []
    for what, (body, kind) in RAW_BODIES.items():
        cache.clear()
        visitor = cast.visitor(role)
        headers = {"Content-Type": kind, "X-CSRFToken": visitor.token()}
        with transaction.atomic():
            if said := problem(visitor, visitor.ask("POST", ROUTES[name].fill(), body, headers)):
                wrong.append(f"{what}: {said}")
            doubled = [(field, value) for field in NAMES[:14] for value in ("one", "two", "three")]
            if said := problem(visitor, visitor.post(ROUTES[name].fill(), doubled)):
                wrong.append(f"every field three times: {said}")
            transaction.set_rollback(True)
    assert not wrong, f"POST {ROUTES[name].path}: {'; '.join(wrong)}"


@pytest.mark.parametrize("name", ROUTES)
def test_no_address_breaks_a_page(cast, name):
    visitor, route, wrong = cast.visitor("self"), ROUTES[name], []
    for what, value in WEIRD.items():
        odd = value[:2000].encode("utf-8", "surrogatepass")
        quoted = "".join(f"%{byte:02X}" for byte in odd.replace(b"/", b"").replace(b".", b"")) or "%20"
        paths = [route.fill(**dict.fromkeys(route.parameters, quoted))] if route.parameters else []
        paths.append(f"{route.fill()}?from={quoted}&q={quoted}&next={quoted}&change={quoted}")
        for path in paths:
            with transaction.atomic():
                if said := problem(visitor, visitor.get(path)):
                    wrong.append(f"{what} in {path[:60]}: {said}")
                transaction.set_rollback(True)
    assert not wrong, "; ".join(wrong)


# Path, the field that is typed into, and what else the form sends.
COMPOSERS = [
    ("/thanks/", "text", {"kind": "thanks", "when": "now"}),
    ("/thanks/", "meant", {"text": "x", "kind": "thanks", "when": "now"}),
    ("/checkin/", "line", {"mood": "low", "seen_by": "both"}),
    ("/questions/own/", "question", {"text": "x"}),
    ("/questions/own/", "text", {"question": "x"}),
    ("/reply/", "text", {"exchange": "{exchange}"}),
    ("/questions/{question}/", "text", {}),
    ("/kept/", "line", {"exchange": "{exchange}", "card": "{tonight}"}),
]


@pytest.mark.parametrize(("path", "field", "more"), COMPOSERS)
def test_too_long_is_said_and_kept(cast, path, field, more):
    things = cast.things["anna"]
    filled = {name: value.format(**things) for name, value in more.items()}
    typed = "<b>words</b> & " + LONG
    answer = cast.visitor("partner").post(path.format(**things), {**filled, field: typed})
    assert answer.status == 422 and "Nothing is lost" in answer.text
    assert escape(typed) in answer.text, "what was typed is not in the answer"


@pytest.mark.parametrize("wrong", [{"mood": ""}, {"mood": "none"}, {"need": "none"}, {"seen_by": "nobody"}])
def test_a_wrong_choice_keeps_the_line(cast, wrong):
    fields = {"mood": "low", "need": "", "seen_by": "both", "line": "A line that was typed."} | wrong
    answer = cast.visitor("partner").post("/checkin/", fields)
    assert answer.status == 422 and "A line that was typed." in answer.text and 'role="alert"' in answer.text


@pytest.mark.parametrize("day", ["2026-02-31", "0001-01-01", "nonsense", "", "9999-99-99"])
def test_a_wrong_day_keeps_the_words(cast, day):
    fields = {"text": "Words for a day.", "kind": "thanks", "when": "day", "day": day}
    answer = cast.visitor("self").post("/thanks/", fields)
    assert answer.status == 422 and "Words for a day." in answer.text and 'role="alert"' in answer.text


def entries() -> int:
    return len(take("entries_entry")["entries_entry"][1])


def test_an_old_page_says_so_and_changes_nothing(cast):
    before = entries()
    answer = cast.visitor("self").post(
        "/thanks/", {"text": "x", "csrfmiddlewaretoken": "y" * 64}, **{"X-CSRFToken": "y"}
    )
    assert answer.status == 403 and "grown old" in answer.text and entries() == before


def test_the_same_form_twice_is_one(cast):
    visitor, fields = cast.visitor("self"), {"text": "Once.", "kind": "thanks", "when": "now", "id": str(uuid4())}
    before = entries()
    assert [visitor.post("/thanks/", fields).status for _ in range(3)] == [303] * 3
    assert entries() == before + 1


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/thanks/", {"text": "{}", "kind": "thanks", "when": "now"}),
        ("/reply/", {"text": "{}", "exchange": "@exchange"}),
        ("/questions/own/", {"question": "Where?", "text": "{}"}),
        ("/kept/", {"line": "{}", "exchange": "@exchange", "card": "@tonight"}),
    ],
)
def test_a_used_id_with_other_words_loses_neither(cast, path, fields):
    """A stale page sends other words under an id that is taken: a conflict that says so, or both are kept."""
    things, visitor, entry = cast.things["anna"], cast.visitor("self"), str(uuid4())

    def send(words: str) -> Answer:
        filled = {
            name: things.get(value.removeprefix("@"), "") if value.startswith("@") else value.format(words)
            for name, value in fields.items()
        }
        return visitor.post(path, filled | {"id": entry})

    assert send("The first words.").status == 303
    answer = send("Quite other words.")
    assert answer.status == 409 and "Quite other words." in answer.text, f"{answer.status}: the second words are lost"


def test_a_stale_change_keeps_both(cast):
    visitor = cast.visitor("self")
    old = dict(visitor.get("/checkin/").form("checkin/").fields)["replaces"]
    fields = {"mood": "low", "seen_by": "both", "replaces": old}
    assert visitor.post("/checkin/", fields | {"line": "From the phone.", "id": str(uuid4())}).status == 303
    answer = visitor.post("/checkin/", fields | {"line": "From the laptop.", "id": str(uuid4())})
    assert answer.status == 409 and "From the phone." in answer.text and "From the laptop." in answer.text
