"""The committed table of doors, read."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.doors.cast import ROLES
from tests.doors.visitor import Answer

FILE = Path(__file__).with_name("table.toml")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
GROUPS = {
    "all": ROLES,
    "insiders": ("self", "partner", "stayed", "ex", "other", "invitee"),
    "outsiders": ("anonymous", "locked", "second"),
    "theirs": ("self", "partner", "stayed"),
    "strangers": ("ex", "other", "invitee"),
}
CLASSES = {200: "page", 204: "empty", 401: "sign-in", 403: "refused", 404: "nothing", 405: "method"}
CLASSES |= {409: "conflict", 410: "dead", 422: "again", 429: "often", 500: "broken"}
LET_IN = ("page", "empty", "kept", "moved")


@dataclass
class Case:
    """One request, and what each role gets for it."""

    route: str
    method: str
    fill: dict[str, str]
    fields: dict[str, str]
    expected: dict[str, str]
    known: dict[str, str] = field(default_factory=dict)

    def filled(self, things: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Parameters of the address and fields of the form, with the ids of the things in them."""
        known = {name: one.format(**things) for name, one in self.fill.items()}
        return known, {name: one.format(**things) for name, one in self.fields.items()}


def expected(row: dict[str, Any]) -> dict[str, str]:
    """Role → class: groups from the widest to the narrowest, then roles by name."""
    found: dict[str, str] = {}
    for name, roles in GROUPS.items():
        found |= {role: row[name] for role in roles if name in row}
    return found | {role: row[role] for role in ROLES if role in row}


def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text())


def cases() -> list[Case]:
    """All of them, in the order of the file."""
    return [
        Case(
            row["route"], row["method"], row.get("fill", {}), row.get("fields", {}), expected(row), row.get("known", {})
        )
        for row in _read()["case"]
    ]


def socket_case() -> dict[str, str]:
    """What a socket is answered, by role."""
    return expected(_read()["socket"])


def class_of(answer: Answer) -> str:
    """What a response is, in the words of the table."""
    if answer.status in (301, 302, 303):
        path = urlsplit(answer.header("Location")).path
        if path.startswith("/sign-in/second/"):
            return "second"
        if path.startswith("/sign-in/"):
            return "sign-in"
        return "kept" if answer.status == 303 else "moved"
    return CLASSES.get(answer.status, str(answer.status))


def agrees(wanted: str, got: str) -> bool:
    """Whether an answer is of the expected class: `moved` is any redirection that is not to sign-in."""
    return wanted == got or (wanted == "moved" and got == "kept")
