"""Headers and cookies of every route, for somebody inside and for nobody."""

import re

import pytest
from django.conf import settings

from tests.doors.routes import routes
from tests.doors.visitor import Answer

ROUTES = {route.name: route for route in routes()}
PUBLIC_WITHOUT_COOKIES = ("/health", "/safety/")
STRICT = "'none'"


def directives(answer: Answer) -> dict[str, str]:
    parts = [one.strip().partition(" ") for one in answer.header("Content-Security-Policy").split(";")]
    return {name: value for name, _, value in parts}


def check_headers(answer: Answer) -> list[str]:
    """What is wrong with the headers of an answer."""
    wrong, policy = [], directives(answer)
    if not policy.get("default-src"):
        wrong.append("no Content-Security-Policy")
    if any("unsafe" in value or "*" in value for value in policy.values()):
        wrong.append("a policy that lets anything in")
    for name in ("base-uri", "object-src", "frame-ancestors"):
        if name in policy and STRICT not in policy[name]:
            wrong.append(f"{name} is {policy[name]}")
    if "no-store" not in answer.header("Cache-Control"):
        wrong.append("it may be stored")
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ):
        if answer.header(name) != value:
            wrong.append(f"{name} is {answer.header(name)!r}")
    if answer.header("Referrer-Policy") not in ("no-referrer", "same-origin"):
        wrong.append("the address may be told elsewhere")
    if not answer.header("Permissions-Policy"):
        wrong.append("no Permissions-Policy")
    for line in answer.cookies:
        if "max-age=0" in line.lower():
            continue  # it is taken back
        if "httponly" not in line.lower() or not re.search(r"samesite=(lax|strict)", line, re.I):
            wrong.append(f"an open cookie: {line.partition('=')[0]}")
    return wrong


def check_page(answer: Answer) -> list[str]:
    """What is wrong with the scripts and styles of a page under a nonce policy."""
    if not answer.header("Content-Type").startswith("text/html"):
        return []
    wrong, text = [], answer.text
    nonces = set(re.findall(r"'nonce-([^']+)'", answer.header("Content-Security-Policy")))
    for tag in re.findall(r"<script\b[^>]*>", text):
        nonce = re.search(r'nonce="([^"]+)"', tag)
        if nonce is None or nonce[1] not in nonces:
            wrong.append(f"a script without the nonce of its answer: {tag}")
    if re.search(r"<style\b(?![^>]*nonce)", text) or re.search(r'<[^>]+\sstyle="', text):
        wrong.append("an inline style")
    if re.search(r"<[a-z][^>]*\son[a-z]+=", text):
        wrong.append("an inline handler")
    if found := re.search(r'(?:src|href|action)="(?:https?:)?//(?!localhost)[^"]*"', text):
        wrong.append(f"it names another host: {found[0]}")
    return wrong


@pytest.mark.parametrize("name", ROUTES)
def test_headers(cast, name):
    wrong: list[str] = []
    for role in ("anonymous", "self", "locked", "second"):
        visitor, things = cast.visitor(role), cast.things_for(role)
        paths = {ROUTES[name].fill(), ROUTES[name].fill(exchange=things["question"], entry_id=things["thanks"])}
        for answer in (*(visitor.get(path) for path in paths), visitor.post(ROUTES[name].fill(), {})):
            wrong += [f"{one} ({role}, {answer.status})" for one in check_headers(answer) + check_page(answer)]
    assert not wrong, f"{ROUTES[name].path}: {'; '.join(dict.fromkeys(wrong))}"


def test_nonces_are_new_each_time(cast):
    visitor = cast.visitor("self")
    nonces = [re.findall(r"'nonce-([^']+)'", visitor.get("/").header("Content-Security-Policy")) for _ in range(3)]
    assert all(nonces) and len({tuple(one) for one in nonces}) == 3


@pytest.mark.parametrize("path", PUBLIC_WITHOUT_COOKIES)
def test_no_cookie_where_none_is_needed(cast, path):
    answer = cast.visitor("anonymous").get(path)
    if answer.status == 404 and path not in {route.fill() for route in ROUTES.values()}:
        return  # this place is not built; once it is, it sets no cookie
    assert answer.status == 200 and not answer.cookies


def test_session_cookies_are_for_this_path_and_not_for_scripts(cast):
    visitor = cast.visitor("anonymous")
    form = visitor.get("/sign-in/").form("sign-in/")
    fields = {"login": "anna@example.org", "password": "the slow blue river of Anna"}
    answer = visitor.submit(form, fields, follow=False)
    named = {line.partition("=")[0]: line.lower() for line in answer.cookies}
    assert {settings.SESSION_COOKIE_NAME, settings.UNLOCK_COOKIE_NAME} <= set(named)
    for line in named.values():
        assert "httponly" in line and "samesite=lax" in line and "path=/" in line and "domain" not in line
