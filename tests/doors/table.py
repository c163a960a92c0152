"""The committed table of doors, read: the house's part beside this file, and `doors.toml` in each practice's folder."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.doors.visitor import Answer
from usward import practices

HERE = Path(__file__).parent
HOUSE = HERE / "table.toml"
PRACTICES = {name: Path(practices.__path__[0]) / name / "doors.toml" for name in practices.NAMES}
ROLES = ("anonymous", "self", "partner", "stayed", "ex", "other", "invitee", "locked", "second")
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
KEPT_OUT = ("nothing", "sign-in", "second", "refused")
WORDS = {*CLASSES.values(), "kept", "moved", "second"}
OTHER_KEYS = {"route", "method", "class", "fill", "fields", "with"}


@dataclass
class Case:
    """One request, and what each role gets for it. `fields` are sent as they stand; where there are none, the form that a
    page holds is filled and sent, with `over` written over it."""

    route: str
    method: str
    where: str
    expected: dict[str, str]
    fill: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] | None = None
    over: dict[str, str] = field(default_factory=dict)

    @property
    def written(self) -> bool:
        """Whether its row says all that is sent."""
        return bool(self.fill) or self.fields is not None

    def filled(self, things: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
        """Parameters of the address and fields of the form, with the ids of the things in them."""
        known = {name: one.format(**things) for name, one in self.fill.items()}
        return known, {name: one.format(**things) for name, one in (self.fields or {}).items()}


@cache
def classes() -> dict[str, dict[str, Any]]:
    """The declared classes of routes."""
    return tomllib.loads((HERE / "classes.toml").read_text())


def expected(row: dict[str, Any]) -> dict[str, str]:
    """Role → answer: the class, then groups from the widest to the narrowest, then roles by name."""
    found = expected(classes()[row["class"]]) if "class" in row else {}
    for name, roles in GROUPS.items():
        found |= {role: row[name] for role in roles if name in row}
    return found | {role: row[role] for role in ROLES if role in row}


def _case(route: str, method: str, row: dict[str, Any], where: str) -> Case:
    strange = set(row) - OTHER_KEYS - set(GROUPS) - set(ROLES)
    assert not strange, f"{where}, {method} {route}: what is {', '.join(strange)}?"
    assert row.get("class", "public page") in classes(), f"{where}, {method} {route}: no class {row['class']!r}"
    wanted = expected(row)
    assert not (no := set(wanted.values()) - WORDS), f"{where}, {method} {route}: no such answer: {no}"
    return Case(route, method, where, wanted, row.get("fill", {}), row.get("fields"), row.get("with", {}))


@cache
def _files() -> dict[str, dict[str, Any]]:
    there = {"tests/doors/table.toml": HOUSE} | {f"{one}/doors.toml": path for one, path in PRACTICES.items()}
    return {where: tomllib.loads(path.read_text()) for where, path in there.items() if path.exists()}


@cache
def cases() -> list[Case]:
    """All of them, file by file: the lines of `routes`, then the cases."""
    found = []
    for where, table in _files().items():
        for route, methods in table.get("routes", {}).items():
            for method, line in methods.items():
                row = {"class": line} if isinstance(line, str) else line
                found.append(_case(route, method, row, where))
        found += [_case(row["route"], row["method"], row, where) for row in table.get("case", [])]
    return found


def samples() -> dict[str, str]:
    """What practices name as a value for a field that a person fills with a script (a drawing, say)."""
    return {name: value for table in _files().values() for name, value in table.get("samples", {}).items()}


def before() -> list[dict[str, Any]]:
    """What practices want said by each couple beforehand: who (`self` or `partner`), path, fields, name."""
    return [step for table in _files().values() for step in table.get("before", [])]


def socket_case() -> dict[str, str]:
    """What a socket is answered, by role."""
    return expected(_files()["tests/doors/table.toml"]["socket"])


def class_of(answer: Answer) -> str:
    """What a response is, in the words of the table."""
    if answer.status in (301, 302, 303):
        path = urlsplit(answer.header("Location")).path
        if path == "/sign-in/second/":
            return "second"
        if path in ("/sign-in/", "/sign-in/again/"):
            return "sign-in"
        return "kept" if answer.status == 303 else "moved"
    return CLASSES.get(answer.status, str(answer.status))


def agrees(wanted: str, got: str) -> bool:
    """Whether an answer is of the expected class: `moved` is any redirection that is not to sign-in."""
    return wanted == got or (wanted == "moved" and got == "kept")


@cache
def _where() -> dict[str, str]:
    """Route → the file in which its first row stands."""
    return {case.route: case.where for case in reversed(cases())}


def practice_of(route: str) -> str:
    """The practice to which a route belongs, or nothing where it is the house's."""
    where = _where().get(route, "")
    return where.partition("/")[0] if where.endswith("/doors.toml") else ""
