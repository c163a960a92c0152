"""Puts words into everything that takes words, over HTTP."""

from urllib.parse import quote
from uuid import uuid4

from tests.canary.words import Words
from tests.doors import steps
from tests.doors.routes import routes
from tests.doors.visitor import Answer, SeenForm, Visitor

WORDY = ("text", "textarea", "search", "input", "url", "tel")
# Forms that end the visit, and fields that are no words.
NOT_THESE = ("sign-out/", "exit/", "leave/", "delete", "withdraw/", "pause/", "everywhere", "end/", "sign-in/", "demo/")
NO_WORDS = ("code", "email", "login", "zone", "country")


class Planter:
    """Two people who write much. `kept` are words that must be found once nothing is sealed; `refused` are all others."""

    def __init__(self, host: Visitor, guest: Visitor) -> None:
        self.kept, self.refused = Words(), Words()
        self.host, self.guest = host, guest

    def word(self, where: str) -> str:
        return f"x {self.kept.word(where)} y"

    def pair(self) -> None:
        """The road from the first question to one space, a word in every field."""
        steps.sign_up(self.host, "Anna", self.word("first answer"))
        code = steps.code_for(self.host)
        steps.join(self.guest, "Ben", code, self.word("invitation answer"))
        steps.confirm(self.host)
        self.guest.get("/")

    def names(self, server_visitor: Visitor, number: int) -> None:
        """Somebody whose name is a word, alone in a place of their own."""
        first = server_visitor.get("/")
        page = server_visitor.submit(first.form("begin/"), {"text": self.word("first answer alone")})
        fields = {
            "name": self.word("name"),
            "email": f"somebody{number}@example.org",
            "passphrase": "a long enough one",
        }
        assert server_visitor.submit(page.form("begin/"), fields).status == 200

    def _sent(self, answer: Answer, what: str) -> None:
        assert answer.status in (204, 302, 303), f"{what} was answered with {answer.status}"

    def practices(self) -> None:
        """What the two say to each other, some weeks' worth."""
        for person in (self.host, self.guest):
            for _ in range(12):
                words = {"text": self.word("thanks"), "meant": self.word("meant"), "shows": self.word("shows")}
                self._thank(person, words)
            for _ in range(6):
                words = {"question": self.word("own question"), "text": self.word("own answer")}
                self._sent(person.post("/questions/own/", words | {"id": str(uuid4())}), "an own question")
            for _ in range(14):
                fields = {
                    "composer": f"thanks:{uuid4()}",
                    "draft-text": self.word("draft"),
                    "draft-line": self.word("draft"),
                }
                self._sent(person.post("/draft/", fields), "a draft")
            for _ in range(3):
                form = person.get("/checkin/").form("checkin/")
                fields = {"mood": "tired", "need": "listen", "line": self.word("check-in"), "seen_by": "both"}
                self._sent(person.submit(form, fields, follow=False), "a check-in")

    def _thank(self, person: Visitor, words: dict[str, str]) -> None:
        entry = uuid4()
        self._sent(person.post("/thanks/", words | {"kind": "thanks", "when": "now", "id": str(entry)}), "a thank-you")
        exchange = f"thanks:{entry.hex}"
        for path, field in (("/reply/", "text"), ("/kept/", "line")):
            fields = {"exchange": exchange, field: self.word(path), "id": str(uuid4())}
            self._sent(person.post(path, fields), path)
        self._sent(
            person.post("/tonight/", {"exchange": exchange, "text": self.word("tonight"), "id": str(uuid4())}),
            "tonight",
        )

    def refusals(self, stranger: Visitor) -> None:
        """What is not taken must not stay either."""
        long = lambda where: f"{self.refused.word(where)} " + "long " * 20_000  # noqa: E731  (used on the next lines alone)
        for path, field in (
            ("/thanks/", "text"),
            ("/reply/", "text"),
            ("/questions/own/", "question"),
            ("/checkin/", "line"),
        ):
            assert self.host.post(path, {field: long(path), "exchange": "q:none"}).status == 422
        for name in ("anna", "nobody"):
            fields = {"login": f"{name}@example.org", "password": self.refused.word("wrong passphrase")}
            stranger.post("/sign-in/", fields)
        for _ in range(6):
            stranger.post("/i/", {"code": self.refused.word("wrong code")})
            stranger.get(f"/{self.refused.word('address')}/")
            self.host.get(f"/thanks/{self.refused.word('address inside')}/")
            self.host.get(f"/questions/{quote(self.refused.word('exchange'))}/")
            self.host.get(f"/thanks/?from={self.refused.word('cursor')}&q={self.refused.word('search')}")
            self.host.ask("GET", "/", None, {"Referer": f"http://localhost/{self.refused.word('referrer')}"})
            self.host.post(
                "/thanks/",
                {"text": self.refused.word("old page"), "csrfmiddlewaretoken": "x" * 32},
                **{"X-CSRFToken": "x"},
            )
            stranger.ask("GET", "/", None, {"Cookie": f"usward={self.refused.word('cookie')}"})

    def every_form(self) -> None:
        """Whatever forms the pages hold: every field that takes words gets one, whether it is taken or not."""
        for person in (self.host, self.guest):
            seen: set[tuple[str, tuple[str, ...]]] = set()
            for route in routes():
                if any(part in route.path for part in NOT_THESE):
                    continue
                page = person.get(route.fill())
                if page.status != 200:
                    continue
                for form in page.forms:
                    key = (form.action, tuple(name for name, _ in form.fields))
                    if form.method == "POST" and key not in seen and not any(part in form.action for part in NOT_THESE):
                        seen.add(key)
                        self._fill(person, form)

    def _fill(self, person: Visitor, form: SeenForm) -> None:
        wordy = [n for n, kind in form.kinds.items() if kind in WORDY and n not in NO_WORDS]
        person.submit(form, {name: self.refused.word(f"{form.action} {name}") for name in wordy}, follow=False)
