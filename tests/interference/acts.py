"""Fifty things that somebody does for themselves. The other must not be able to tell any of them."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import uuid4

from tests.doors import steps
from tests.doors.routes import NOBODYS, routes
from tests.doors.visitor import Inside
from usward.kit import clock

Act = tuple[str, Callable[[], object]]


class OwnActs:
    """What Anna does by herself. Every act says what it is."""

    def __init__(self, me: Inside, things: dict[str, str]) -> None:
        self.me, self.things = me, things

    def all(self) -> list[Act]:
        return [
            *self.drafts(),
            *self.private_words(),
            *self.waiting_answers(),
            *self.future_thanks(),
            *self.refused(),
            *self.account(),
            *self.looking(),
        ]

    def _post(self, path: str, expected: tuple[int, ...] = (204, 302, 303), /, **fields: str) -> None:
        status = self.me.post(path, fields).status
        assert status in expected, f"{path} was answered with {status}"

    def drafts(self) -> list[Act]:
        composers = [
            "checkin",
            "thanks",
            f"answer:{self.things['question']}",
            f"reply:{self.things['exchange']}",
            "q:x",
        ]
        half, none = {"draft-text": "Half a th"}, {"draft-text": " "}
        kept: list[Act] = [(f"draft of {c}", partial(self._post, "/draft/", composer=c, **half)) for c in composers]
        gone: list[Act] = [(f"no draft of {c}", partial(self._post, "/draft/", composer=c, **none)) for c in composers]
        return kept + gone

    def private_words(self) -> list[Act]:
        def check_in(line: str) -> None:
            form = self.me.get("/checkin/").form("checkin/")
            fields = {"mood": "low", "need": "space", "line": line, "seen_by": "me"}
            assert self.me.submit(form, fields, follow=False).status == 303

        return [
            ("a private check-in", lambda: check_in("Only for me.")),
            ("a private check-in, changed", lambda: check_in("Only for me, still.")),
            ("a private check-in, longer", lambda: check_in("Only for me, " * 20)),
            ("skipping a question", lambda: self._post("/questions/skip/", exchange=self.day_question())),
            ("skipping an offered question", lambda: self._post("/questions/skip/", exchange="q:none")),
            *[(f"private draw {n}", lambda: self._post("/questions/another/")) for n in range(4)],
            ("limits", lambda: self._post("/questions/limits/", ceiling="2", closed="body", apart="yes")),
            ("limits again", lambda: self._post("/questions/limits/", ceiling="5")),
        ]

    def day_question(self) -> str:
        return self.me.get("/").form("questions/skip/").fields[-1][1]

    def waiting_answers(self) -> list[Act]:
        """Answers that wait for both: to a question drawn in private, and not held out."""
        first = str(uuid4())

        def answer() -> None:
            drawn = self.me.post("/questions/another/").header("Location").partition("?")[0]
            self.drawn = drawn
            self._post(drawn, text="It waits.", id=first)

        def change() -> None:
            self._post(self.drawn, text="It waits, changed.", replaces=first, id=str(uuid4()))

        def take_back() -> None:
            page = self.me.get(self.drawn)
            self._post("/withdraw/", entry=dict(page.form("withdraw/").fields)["entry"])

        return [("an answer that waits", answer), ("changing it", change), ("taking it back", take_back)]

    def future_thanks(self) -> list[Act]:
        def both() -> None:
            entry, day = str(uuid4()), clock.today("Europe/Copenhagen") + timedelta(days=5)
            self._post("/thanks/", text="For later.", kind="thanks", when="day", day=day.isoformat(), id=entry)
            self._post("/withdraw/", entry=entry)

        return [("thanks for a later day, taken back before it", both)]

    def refused(self) -> list[Act]:
        wrong = (403, 404, 409, 410, 422)
        return [
            ("an empty thank-you", lambda: self._post("/thanks/", wrong, text="")),
            ("a thank-you that is too long", lambda: self._post("/thanks/", wrong, text="x" * 9000)),
            ("a reply to nothing", lambda: self._post("/reply/", wrong, exchange="q:none", text="x")),
            ("an empty reply", lambda: self._post("/reply/", wrong, exchange=self.things["exchange"], text="")),
            ("a withdrawal of the other's", lambda: self._post("/withdraw/", wrong, entry=self.things["reply"])),
            ("an opening of nothing", lambda: self._post("/questions/open/", wrong, entry=NOBODYS)),
            ("a check-in without a mood", lambda: self._post("/checkin/", wrong, seen_by="both")),
            ("an own question without words", lambda: self._post("/questions/own/", wrong, question="")),
            ("a day that was", lambda: self._post("/thanks/", wrong, text="x", when="day", day="0001-01-01")),
            ("a wrong code", lambda: self._post("/i/", wrong, code="WRNG")),
        ]

    def account(self) -> list[Act]:
        other = Inside()

        def sign_in() -> None:
            assert steps.sign_in(other, "Anna").status == 302

        def pause() -> None:
            if any(route.path == "settings/pause/" for route in routes()):
                self.me.post("/settings/pause/", {"for": "7"})
                self.me.post("/settings/pause/", {"for": "0"})

        return [
            ("a wrong passphrase", lambda: steps.sign_in(Inside(), "Anna", "not this one at all")),
            ("signing in on another device", sign_in),
            ("looking from there", lambda: other.get("/")),
            ("signing out there", lambda: other.post("/sign-out/")),
            ("a pause", pause),
        ]

    def looking(self) -> list[Act]:
        """Reading is not told either: every page that there is, the settings among them."""
        paths = [route.fill() for route in routes() if "sign" not in route.path and "demo" not in route.path]
        paths += [
            f"/thanks/{self.things['thanks']}/",
            f"/questions/{self.things['question']}/",
            f"/tonight/{self.things['tonight']}/",
        ]
        return [(f"looking at {path}", partial(self.me.get, path)) for path in paths]
