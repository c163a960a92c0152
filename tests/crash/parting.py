"""One of two leaves while the server dies: either both are still at home, or it is as if nothing had happened to the server.

Each round has two people of its own, made and living together before it begins.
"""

import threading
import time
from dataclasses import dataclass
from uuid import uuid4

from tests.crash.life import GONE
from tests.doors import steps
from tests.doors.server import Server
from tests.doors.visitor import Answer, Outside

WAYS = ("leave", "take back", "delete", "go on alone")
PATIENCE = 120


@dataclass
class Parting:
    """Two people of whom one leaves. `done` says whether that was acknowledged."""

    server: Server
    number: int
    leaver: Outside
    stayer: Outside
    done: bool = False
    takes: float = 0  # seconds, for a slow hash on this machine just now: a parting takes a little longer

    @property
    def way(self) -> str:
        return WAYS[(self.number + self.number // 8) % len(WAYS)]

    def names(self) -> tuple[str, str]:
        return f"Leaver{self.number}", f"Stayer{self.number}"

    def live(self) -> None:
        """What both have before it begins: words that both read, words that wait, a draft. Where the way asks for it the
        other has left already, and who stays is about to go on alone."""
        steps.pair(self.leaver, self.stayer, self.names())
        for person, name in zip((self.leaver, self.stayer), self.names(), strict=True):
            thank(person, f"read{name}.")
            thank(person, f"waits{name}.", "tomorrow")
            person.post("/draft/", {"composer": "thanks", "draft-text": f"draft{name}"})
        if self.way == "go on alone":
            assert self.leave(self.leaver, 0).status == 303
        began = time.monotonic()
        steps.sign_in(self.server.visitor(), self.names()[1])
        self.takes = time.monotonic() - began

    def leave(self, person: Outside, which: int) -> Answer:
        name = self.names()[which]
        fields = {"passphrase": steps.PHRASE.format(name)}
        if self.way == "delete":
            return person.post("/settings/delete/", fields | {"email": steps.email_of(name)})
        more = {"take_back": "yes"} if self.way == "take back" else {}
        return person.post("/settings/leave/", fields | more)

    def part(self, near: threading.Event) -> None:
        """Leave, when the end is near."""
        near.wait(PATIENCE)
        person, which = (self.stayer, 1) if self.way == "go on alone" else (self.leaver, 0)
        try:
            self.done = self.leave(person, which).status == 303
        except GONE:
            return

    def check(self) -> list[str]:
        """All of it happened, or nothing; and where nothing did, it can be done now."""
        look = self._alone if self.way == "go on alone" else self._left
        wrong = look()
        if not wrong and not self.done:
            self.done, wrong = True, look(again=True)
        return [f"{self.way}: {one}" for one in wrong]

    def _known(self) -> bool:
        """Whether the leaver has an account. They come back in a new browser; who stays goes on in the old one."""
        self.leaver = self.server.visitor()
        self.stayer.close()
        return steps.sign_in(self.leaver, self.names()[0]).status == 302

    def _closed(self) -> bool:
        return "This place is closed now" in self.stayer.get("/").text

    def _left(self, again: bool = False) -> list[str]:
        one, two = self.names()
        known, closed = self._known(), self._closed()
        if again and not closed:
            assert self.leave(self.leaver, 0).status == 303, "leaving cannot be done after the restart"
            known, closed = self._known(), self._closed()
        wrong = [] if closed or not self.done else ["it was acknowledged, and the place is open"]
        if known == (closed and self.way == "delete"):
            wrong.append("account and place do not agree")
        page = self.stayer.get("/thanks/").text
        expected = {f"read{two}.": True, f"waits{two}.": True, f"waits{one}.": False}
        expected[f"read{one}."] = not (closed and self.way == "take back")
        wrong += [f"whoever stays sees {word} or does not" for word, seen in expected.items() if (word in page) != seen]
        wrong += [] if f"draft{two}" in self.stayer.get("/").text else ["the draft of who stays is gone"]
        if known:
            archive = self.leaver.get("/thanks/")
            apart = archive.status == 200 and (f"read{two}." in archive.text) != closed
            wrong += [] if apart else ["the leaver reads what is closed, or not what is open"]
            wrong += [] if f"draft{one}" in self.leaver.get("/").text else ["the leaver's draft is gone"]
        return wrong + opens(self.stayer) + (opens(self.leaver) if known else [])

    def _alone(self, again: bool = False) -> list[str]:
        one, two = self.names()
        known, closed = self._known(), self._closed()
        if again and closed:
            assert self.leave(self.stayer, 1).status == 303, "going on alone cannot be done after the restart"
            closed = self._closed()
        wrong = ["it was acknowledged, and the place is still the old one"] if closed and self.done else []
        page = self.stayer.get("/thanks/").text
        wrong += [] if (f"read{one}." in page) == closed else ["what the other wrote does not go with the place"]
        wrong += [f"{word} is gone" for word in (f"read{two}.", f"waits{two}.") if word not in page]
        wrong += [] if f"draft{two}" in self.stayer.get("/").text else ["the draft is gone"]
        return wrong + ([] if known else ["whoever left cannot sign in"]) + opens(self.stayer)


def thank(person: Outside, text: str, when: str = "now") -> None:
    said = {"text": text, "kind": "thanks", "when": when, "id": str(uuid4())}
    assert person.post("/thanks/", said).status == 303


def opens(person: Outside) -> list[str]:
    """Whether everything that they may read opens."""
    answer = person.post("/settings/check/")
    return [] if answer.status == 200 and "Yes." in answer.text else [f"something does not open ({answer.status})"]
