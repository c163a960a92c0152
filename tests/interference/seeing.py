"""All that somebody can see of a server, with the few bytes masked that are new in every answer."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from tests.doors.routes import NOBODYS, routes
from tests.doors.visitor import Answer, Visitor
from usward.accounts.models import Alert
from usward.entries.models import Knock
from usward.live.hub import hub
from usward.spaces.models import Partner

# Pages that are random by their nature, and say nothing about anybody.
RANDOM = ("passphrase/", "begin/", "demo")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MASKS = [
    (rb'(name="csrfmiddlewaretoken" value=")[^"]+', rb"\1token"),
    (rb'(name="id" value=")' + _UUID.encode(), rb"\1fresh"),
    (rb'(nonce=")[^"]+', rb"\1nonce"),
    (rb'([?;&]from=[^"%&]+)%3A[^"&]+', rb"\1"),  # the moment at which a cursor was signed
]


def masked(answer: Answer) -> tuple[Any, ...]:
    """Status, headers, length and body of an answer, comparable with another's."""
    body, headers = answer.body, []
    for pattern, mask in _MASKS:
        body = re.sub(pattern, mask, body)
    for name, value in sorted(answer.headers):
        if name in ("Content-Length", "Expires", "Date"):
            continue  # the length is compared after masking, below
        if name == "Set-Cookie":
            value = value.partition("=")[0]
        headers.append((name, re.sub(r"nonce-[^']+", "nonce", value)))
    return answer.status, tuple(headers), len(body), body


def pages(things: dict[str, str]) -> list[str]:
    """An address for every route; for those about a thing, also that thing's."""
    paths = []
    for route in routes():
        if any(part in route.path for part in RANDOM):
            continue
        paths.append(route.fill())
        if "exchange" in route.parameters:
            paths.append(route.fill(exchange=things["question"]))
        elif route.parameters:
            paths += [route.fill(**dict.fromkeys(route.parameters, things[name])) for name in ("thanks", "tonight")]
    return paths


def sight(person: Visitor, paths: list[str], cookies: dict[str, str]) -> dict[str, Any]:
    """What every page, Today among them, answers to somebody now."""
    found: dict[str, Any] = {}
    for path in paths:
        person.cookies = dict(cookies)
        answer = person.get(path)
        found[path] = masked(answer)
        if path == "/":
            today = answer
    person.cookies = dict(cookies)
    found["asked again"] = masked(person.get("/", **{"If_None_Match": today.header("ETag")}))
    return found


def told(partner_id: Any) -> dict[str, Any]:
    """What is kept to tell somebody: knocks, alerts, and everything in their own row."""
    return {
        "knocks": sorted(map(str, Knock.objects.filter(partner_id=partner_id).values_list("not_before", flat=True))),
        "alerts": list(Alert.objects.filter(user__partner=partner_id).values_list("what", "seen")),
        "row": Partner.objects.filter(pk=partner_id).values_list().get(),
    }


@contextmanager
def pings_to(partner_id: Any) -> Iterator[list[str]]:
    """Listen at the hub: every ping that goes to somebody."""
    heard: list[str] = []

    def ping(who: Any) -> None:
        if str(who).replace("-", "") == str(partner_id).replace("-", ""):
            heard.append(str(who))

    with patch.object(hub, "ping", ping):
        yield heard


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The places that look different, in words."""
    return [f"{name}: {_where(before[name], after[name])}" for name in before if before[name] != after[name]]


def _where(one: Any, other: Any) -> str:
    if not (isinstance(one, tuple) and len(one) == 4):
        return f"{one} → {other}"
    for name, a, b in zip(("status", "headers", "length"), one, other, strict=False):
        if a != b and name != "length":
            return f"{name} {a} → {b}"
    at = next((i for i, (a, b) in enumerate(zip(one[3], other[3], strict=False)) if a != b), 0)
    return f"length {one[2]} → {other[2]}, …{one[3][max(0, at - 60) : at + 60]!r} → {other[3][max(0, at - 60) : at + 60]!r}"


__all__ = ["NOBODYS", "difference", "pages", "pings_to", "sight", "told"]
