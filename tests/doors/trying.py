"""Every role in front of one door: on the cast's own things where a row says all that is sent, else at a moment that the
walk has met."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

from tests.doors import steps
from tests.doors.cast import Cast, unlocked_of
from tests.doors.moments import Moment, filling
from tests.doors.page import Pairs
from tests.doors.routes import Route
from tests.doors.snapshot import lay_out, take, written
from tests.doors.table import LET_IN, ROLES, Case, agrees, class_of
from tests.doors.visitor import Answer, Inside
from usward.accounts.models import User
from usward.entries.moving import leave
from usward.kit import clock

SEALED = ("entries_", "vault_", "spaces_partner", "spaces_invitation")
NAMES = {"self": "Anna", "partner": "Ben", "stayed": "Cleo", "ex": "Eva", "other": "Olaf", "invitee": "Ines"}
NAMES |= {"locked": "Anna", "second": "Theo", "anonymous": "Nobody"}


@dataclass
class Trial:
    """One role's visitor, by name, and what they send."""

    role: str
    name: str
    visitor: Inside


def untouched(role: str, got: str) -> tuple[str, ...]:
    """The tables that a refusal leaves alone. A conflict keeps what was typed as a draft; whoever stayed begins a new
    epoch at the first attempt to write."""
    if got == "conflict":
        return ("entries_entry", "entries_head")
    return ("entries_",) if role == "stayed" else SEALED


def send(case: Case, trial: Trial, path: str, pairs: Pairs | dict[str, str]) -> Answer:
    """The request of a row."""
    if case.method == "GET":
        return trial.visitor.get(path)
    return trial.visitor.post(path, pairs, method=case.method)


def tried(case: Case, trial: Trial, path: str, pairs: Pairs | dict[str, str], *, strictly: bool = True) -> list[str]:
    """What is wrong with an answer: another class than the row's, or a refusal that changed something. It is rolled back;
    what was there before is looked at afterwards, and where nothing was written there is nothing to compare."""
    if case.method != "GET":
        trial.visitor.token()
    before, after, wrong = written(), None, []
    with transaction.atomic():
        got = class_of(send(case, trial, path, pairs))
        tables = untouched(trial.role, got)
        if got not in LET_IN and written() != before:
            after = take(*tables)
        transaction.set_rollback(True)
    if strictly and not agrees(case.expected[trial.role], got):
        wrong.append(f"{trial.role} gets {got}, not {case.expected[trial.role]}")
    if after is not None and after != take(*tables):
        wrong.append(f"{trial.role} gets {got}, and yet something was changed")
    return wrong


def own(name: str) -> dict[str, str]:
    """What somebody alone can write."""
    return {"phrase": steps.PHRASE.format(name), "email": steps.email_of(name)}


def on_the_cast(cast: Cast, case: Case, route: Route) -> Iterator[tuple[Trial, str, dict[str, str]]]:
    """Each role with the address and fields of a row, about the things of the cast."""
    for role in ROLES:
        fill, fields = case.filled(cast.things_for(role) | own(NAMES[role]))
        yield Trial(role, NAMES[role], cast.visitor(role)), route.fill(**fill), fields


def at(cast: Cast, moment: Moment) -> list[Trial]:
    """Each role at a moment: whoever stood there is `self`."""
    owner = "partner" if moment.role == "partner" else "self"
    mate = {"self": "partner", "partner": "self"}[owner]
    by_role = {"self": owner, "partner": mate, "stayed": owner, "ex": mate}
    found = []
    for role in ROLES:
        jar = dict(cast.cookies[by_role.get(role, role)])
        if role == "locked":
            jar = {name: one for name, one in cast.cookies[owner].items() if name != settings.UNLOCK_COOKIE_NAME}
        name = NAMES[by_role.get(role, owner if role == "locked" else role)]
        found.append(Trial(role, name, Inside(jar)))
    return found


@contextmanager
def moment_of(cast: Cast, moment: Moment, *, parted: bool = False) -> Iterator[None]:
    """The database and the day of a moment, or as it was once the mate had left; afterwards it is empty again."""
    mate = next(one for one in at(cast, moment) if one.role == "ex")
    with clock.travel(timedelta(days=moment.days)), transaction.atomic():
        if not parted:
            lay_out(moment.snapshot)
        elif mate.name in moment.parted:
            lay_out(moment.parted[mate.name])
        else:
            lay_out(moment.snapshot)
            part(mate.visitor, mate.name)
            moment.parted[mate.name] = take()
        yield
        transaction.set_rollback(True)


def part(mate: Inside, name: str) -> None:
    """The mate leaves: whoever is tried as `stayed` and `ex` is tried after that."""
    user = User.objects.select_related("partner__space").get(email=steps.email_of(name))
    leave(user.partner, unlocked_of(mate))


def pairs_for(case: Case, moment: Moment, trial: Trial) -> Pairs:
    """The form of the moment, filled; what the row writes over it; without the owner's form token."""
    if moment.form is None:
        return []
    over = {name: one.format(**own(trial.name)) for name, one in case.over.items()}
    filled = filling().fill(moment.form, moment.turn)
    kept = [(name, value) for name, value in filled if name not in over and name != "csrfmiddlewaretoken"]
    return kept + list(over.items())


def tried_at(cast: Cast, moment: Moment, case: Case, roles: tuple[str, ...] = ROLES) -> list[str]:
    """What is wrong when each role does at a moment what stood before its owner."""
    wrong = []
    for parted in (False, True):
        with moment_of(cast, moment, parted=parted):
            for trial in at(cast, moment):
                if (trial.role in ("stayed", "ex")) == parted:
                    cache.clear()
                    pairs = pairs_for(case, moment, trial)
                    wrong += tried(case, trial, moment.path, pairs, strictly=trial.role in roles)
    return wrong
