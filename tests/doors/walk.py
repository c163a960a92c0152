"""A walk through everything: people follow every link, fill every form that they find and send it, turn after turn.

New pages and forms are walked into without anybody listing them.
"""

from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urlencode, urlsplit

from django.urls import Resolver404, resolve

from tests.doors.filling import WORDY, Filling
from tests.doors.page import Pairs, SeenForm
from tests.doors.routes import routes
from tests.doors.visitor import Answer, Visitor

# What ends a visit or a life together, and what changes how one gets in: looked at, and never sent on a walk.
ENDS = ("account_", "mfa_", "exit", "settings-leave", "settings-delete", "settings-pause", "device", "withdraw", "demo")
ENDS += (
    "passphrase",
    "recover",
    "settings-export",
    "renew",
    "pin",
    "lost",
    "let_in",
    "old_own",
    "settings-day",
    "confirm",
)
NO_PAGES = ("account_logout", "exit", "exit-done", "demo", "demo-wipe", "health", "passphrase", "media")
MANY = 4  # addresses of one route on one round


@cache
def route_of(path: str) -> str:
    """The name of the route that an address leads to, or nothing."""
    try:
        return resolve(urlsplit(path).path).url_name or ""
    except Resolver404:
        return ""


def stays(route: str) -> bool:
    """Whether a form may be sent on a walk."""
    return bool(route) and not route.startswith(ENDS)


@dataclass
class Sent:
    """A form that was sent: what came back at once, and where it led."""

    person: int
    route: str
    form: SeenForm
    pairs: Pairs
    answer: Answer

    @property
    def taken(self) -> bool:
        """Whether what it said was accepted."""
        return self.answer.status in (204, 302, 303)


def nothing(*_: object) -> None:
    """The ear of whoever does not listen."""


@dataclass
class Walk:
    """`looked` hears of every page, before anything is sent from it: person and answer; `sent` of every form sent."""

    people: Sequence[Visitor]
    filling: Filling
    may_send: Callable[[str], bool] = stays
    looked: Callable[[int, Answer], None] = nothing
    sent: Callable[[Sent], None] = nothing
    broken: list[str] = field(default_factory=list)
    drafts: bool = False
    turn: int = 0

    def round(self, starts: Sequence[str] = ()) -> None:
        """Everybody once through everything, one after the other."""
        for person in range(len(self.people)):
            self._once(person, starts or self.starts())
        self.turn += 1

    def starts(self) -> list[str]:
        """Every address that needs no thing of anybody's."""
        plain = [route for route in routes() if not route.parameters and route.name not in NO_PAGES]
        return [route.fill() for route in plain]

    def _once(self, person: int, starts: Sequence[str]) -> None:
        queue, seen, often, done = deque(starts), set[str](), Counter[tuple[str, ...]](), set[tuple[str, ...]]()
        while queue:
            path = queue.popleft()
            route = route_of(path)
            names = (route, *sorted(part.partition("=")[0] for part in urlsplit(path).query.split("&")))
            if not route or path in seen or often[names] >= MANY or route in NO_PAGES:
                continue
            seen.add(path)
            often[names] += 1
            answer = self.people[person].get(path)
            if answer.status in (301, 302, 303):
                queue.appendleft(answer.header("Location"))
            if answer.status >= 500:
                self.broken.append(f"GET {path}: {answer.status}")
            if answer.status == 200:
                self.looked(person, answer)
                queue.extend(answer.links)
                queue.extendleft(self._send_all(person, answer, done))

    def _send_all(self, person: int, page: Answer, done: set[tuple[str, ...]]) -> list[str]:
        """Each kind of form once a round; those with words in them first, then those that are one tap."""
        led = []
        for form in sorted(page.forms, key=lambda one: not set(one.kinds.values()) - {"hidden"}):
            route = route_of(form.action)
            key = (route, *sorted(form.kinds))
            if key in done or not (form.method == "GET" or self.may_send(route)):
                continue
            done.add(key)
            if self.drafts and form.draft:
                self.draft(person, form)
            pairs = self.filling.fill(form, self.turn)
            if form.method == "GET":
                led.append(f"{form.action.partition('?')[0]}?{urlencode(pairs)}")
                continue
            answer = self.people[person].post(form.action, pairs, files=self.filling.files(form))
            self.sent(Sent(person, route, form, pairs, answer))
            if answer.status >= 500:
                self.broken.append(f"POST {form.action} with {[name for name, _ in pairs]}: {answer.status}")
            if answer.status in (301, 302, 303):
                led.append(answer.header("Location"))
        return led

    def draft(self, person: int, form: SeenForm) -> None:
        """What a script sends while somebody types."""
        typed = [(f"draft-{name}", self.filling.word(name)) for name, kind in form.kinds.items() if kind in WORDY]
        pairs = [("composer", form.draft), *typed]
        answer = self.people[person].post("/draft/", pairs)
        self.sent(Sent(person, "draft", form, pairs, answer))
