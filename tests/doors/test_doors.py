"""Every route and the socket × every role, against the committed table."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache

from tests.doors.moments import WALKERS
from tests.doors.routes import routes
from tests.doors.snapshot import take
from tests.doors.table import KEPT_OUT, LET_IN, METHODS, PRACTICES, ROLES, cases, class_of, socket_case
from tests.doors.trying import SEALED, on_the_cast, tried, tried_at
from usward.entries.door import socket_partner

ROUTES = {route.name: route for route in routes()}
CASES = cases()


def test_every_route_has_a_row():
    missing = sorted(set(ROUTES) - {case.route for case in CASES})
    assert not missing, (
        f"No row in the table of doors for {', '.join(missing)}: write one line for each into doors.toml in the practice's "
        "folder (classes: tests/doors/classes.toml), or a [[case]] that says what every role gets."
    )


def test_every_row_has_a_route_and_every_role():
    for case in CASES:
        assert case.route in ROUTES, f"{case.where} has a row for {case.route!r}, which is no route: delete it."
        left_out = [role for role in ROLES if role not in case.expected]
        assert not left_out, f"The row for {case.method} {case.route} does not say what {', '.join(left_out)} gets."


@pytest.mark.django_db  # asked for by name below, where pytest-django does not see it
@pytest.mark.parametrize("case", CASES, ids=[f"{i}-{c.method}-{c.route}" for i, c in enumerate(CASES)])
def test_door(request, case):
    route = ROUTES.get(case.route)
    assert route is not None, f"{case.where}: {case.route} is no route"
    if case.written or (case.method == "GET" and not route.parameters):
        wrong = _as_written(request.getfixturevalue("cast"), case, route)
    else:
        wrong = _as_met(request.getfixturevalue("people"), request.getfixturevalue("life"), case)
    assert not wrong, f"{case.method} {route.path} ({case.where}): {'; '.join(wrong)}"


def _as_written(cast, case, route) -> list[str]:
    """The row says what is sent, about the cast's own things."""
    wrong = []
    for trial, path, fields in on_the_cast(cast, case, route):
        cache.clear()
        wrong += tried(case, trial, path, {"id": str(uuid4())} | fields)
    return wrong


def _as_met(cast, life, case) -> list[str]:
    """The form, or the thing, that a walk through everything has met. The first decides for all; at the others (another
    make of form, another thing) nobody who is kept out may come in."""
    moments = (life.pages if case.method == "GET" else life.acts)[case.route]
    assert moments, (
        f"The walk met no {'address' if case.method == 'GET' else 'form'} of {case.route}: link to it from a page, name "
        f"[samples] or [[before]] in {case.where}, or write a [[case]] with `fill` and `fields`."
    )
    by_both = case.expected["partner"] in LET_IN
    first, *others = sorted(
        moments, key=lambda one: ((one.path in life.met_by_both) != by_both, WALKERS.index(one.role))
    )
    wrong = tried_at(cast, first, case)
    far = tuple(role for role in ROLES if case.expected[role] in KEPT_OUT)
    for moment in others:
        wrong += [f"{one}, at {moment.path} of {moment.role}" for one in tried_at(cast, moment, case, far)]
    return wrong


def test_the_walk_breaks_nothing(life):
    assert not life.broken, "; ".join(life.broken)


def test_the_walk_comes_to_every_practice(life):
    """What is not sent is not tried: every practice has a form that the walk sent and that was taken."""
    taken = {one.route for one in life.sent if one.taken}
    for name, path in PRACTICES.items():
        own = {case.route for case in CASES if case.where.startswith(f"{name}/")}
        assert own, f"usward/practices/{name} has no {path.name}: see docs/house.md, Adding a practice."
        tried = [(one.route, one.answer.status) for one in life.sent if one.route in own]
        assert taken & own, f"No form of {name} was taken on the walk: {tried}"


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
