"""Every route and the socket × every role, against the committed table."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from tests.doors.cast import ROLES
from tests.doors.routes import Route, routes
from tests.doors.snapshot import take
from tests.doors.table import LET_IN, METHODS, Case, agrees, cases, class_of, socket_case
from usward.entries.door import socket_partner

ROUTES = {route.name: route for route in routes()}
CASES = cases()
SEALED = ("entries_", "vault_", "spaces_partner", "spaces_invitation")


def _untouched(role: str, got: str) -> tuple[str, ...]:
    """The tables that a refusal leaves alone. A conflict keeps what was typed as a draft; whoever stayed begins a new
    epoch at the first attempt to write."""
    if got == "conflict":
        return ("entries_entry", "entries_head")
    return ("entries_",) if role == "stayed" else SEALED


def test_every_route_has_a_row():
    missing = sorted(set(ROUTES) - {case.route for case in CASES})
    assert not missing, (
        f"No row in tests/doors/table.toml for {', '.join(missing)}: add a [[case]] for each of its methods with "
        "`route`, `method` and what every role gets (see the head of that file)."
    )


def test_every_row_has_a_route_and_every_role():
    for case in CASES:
        assert case.route in ROUTES, (
            f"tests/doors/table.toml has a row for {case.route!r}, which is no route: delete it."
        )
        left_out = [role for role in ROLES if role not in case.expected]
        assert not left_out, f"The row for {case.method} {case.route} does not say what {', '.join(left_out)} gets."


def _ask(visitor, route: Route, case: Case, things: dict[str, str]):
    fill, fields = case.filled(things)
    if case.method == "GET":
        return visitor.get(route.fill(**fill))
    return visitor.post(route.fill(**fill), {"id": str(uuid4())} | fields, method=case.method)


@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c.method}-{c.route}" for i, c in enumerate(CASES)])
def test_door(cast, case):
    route, wrong = ROUTES.get(case.route), []
    assert route is not None, f"{case.route} is no route"
    for role in ROLES:
        cache.clear()
        visitor, wanted = cast.visitor(role), case.expected[role]
        if case.method != "GET":
            visitor.token()
        with transaction.atomic():
            before = take(*SEALED)
            got = class_of(_ask(visitor, route, case, cast.things_for(role)))
            if not agrees(wanted, got) and case.known.get(role) != got:
                wrong.append(f"{role} gets {got}, not {wanted}")
            tables = _untouched(role, got)
            kept = {name: rows for name, rows in before.items() if name.startswith(tables)}
            if got not in LET_IN and take(*tables) != kept:
                wrong.append(f"{role} gets {got}, and yet something was changed")
            transaction.set_rollback(True)
    assert not wrong, f"{case.method} {route.path}: {'; '.join(wrong)}"


@pytest.mark.parametrize("name", ROUTES)
def test_other_methods_are_refused(cast, name):
    listed = {case.method for case in CASES if case.route == name}
    if name.startswith(("account_", "mfa_")) and "POST" in listed:
        listed.add("PUT")  # allauth's views are Django's FormViews, whose PUT is their POST
    for method in set(METHODS) - listed:
        for role in ("anonymous", "self"):
            visitor = cast.visitor(role)
            answer = (
                visitor.get(ROUTES[name].fill()) if method == "GET" else visitor.post(ROUTES[name].fill(), {}, method)
            )
            assert answer.status in (302, 303, 404, 405) and not 200 <= answer.status < 300, (
                f"{method} {ROUTES[name].path} answers {answer.status} to {role}, and has no row in the table: "
                "add one, or let the view refuse this method."
            )


@pytest.mark.parametrize(
    "name", [name for name in ROUTES if any(c.route == name and c.method == "POST" for c in CASES)]
)
def test_forms_from_elsewhere_are_refused(cast, name):
    visitor, path = cast.visitor("self"), ROUTES[name].fill()
    visitor.token()
    before = take(*SEALED)
    elsewhere: tuple[dict, dict] = ({"Origin": "https://elsewhere.example"}, {})
    wrong_token: tuple[dict, dict] = ({"X-CSRFToken": "x" * 32}, {"csrfmiddlewaretoken": "x" * 32})
    no_token: tuple[dict, dict] = ({"X-CSRFToken": ""}, {"csrfmiddlewaretoken": ""})
    # Leaving quickly needs no token, since a page may have lain open for days; another site's page is refused all the same.
    tried = [elsewhere] if name == "exit" else [elsewhere, wrong_token, no_token]
    for headers, fields in tried:
        assert visitor.post(path, fields, **headers).status == 403
    assert take(*SEALED) == before


@pytest.mark.parametrize("role", ROLES)
def test_socket(cast, role):
    jar = cast.cookies[role]
    found = socket_partner({"cookie": "; ".join(f"{name}={value}" for name, value in jar.items())})
    assert ("page" if found else "refused") == socket_case()[role]


def test_a_socket_takes_no_mixed_cookies(cast):
    jar = cast.cookies["self"] | {settings.UNLOCK_COOKIE_NAME: cast.cookies["partner"][settings.UNLOCK_COOKIE_NAME]}
    assert socket_partner({"cookie": "; ".join(f"{name}={value}" for name, value in jar.items())}) is None


def test_mixed_cookies_open_no_page(cast):
    visitor = cast.visitor("self")
    visitor.cookies[settings.UNLOCK_COOKIE_NAME] = cast.cookies["partner"][settings.UNLOCK_COOKIE_NAME]
    assert class_of(visitor.get("/thanks/")) == "sign-in"
