"""kill -9 while people write, pair, part and change their passphrase: what was acknowledged is there, once."""

import importlib.util
import random
import threading
import time
from collections import Counter
from collections.abc import Callable

import pytest

from tests.crash.life import Couple, check_database, check_pairing, check_words, pairing
from tests.crash.parting import Parting
from tests.doors import steps
from tests.doors.routes import routes
from tests.doors.server import Server

ROUNDS, QUARTERS, A_QUARTER = 8, 4, 25  # by day; a hundred by night


@pytest.fixture(scope="module")
def couple(server) -> Couple:
    found = Couple(server, 0, server.visitor(), server.visitor())
    steps.pair(found.host, found.guest, found.names())
    return found


def passphrase_path() -> str:
    """The route that changes a passphrase, where there is one."""
    found = [
        r.fill() for r in routes() if r.path.startswith("settings/") and "passphrase" in r.path and not r.parameters
    ]
    return found[0] if found else ""


class Changing:
    """Somebody who changes the passphrase, over and over. `sure` is the last that was acknowledged."""

    def __init__(self, server: Server, path: str) -> None:
        self.server, self.path, self.sure, self.tried, self.done = server, path, steps.PHRASE.format("Changer"), "", 0
        self.person = server.visitor()
        if path:
            steps.sign_up(self.person, "Changer")

    def change(self, stop: threading.Event) -> None:
        while self.path and not stop.is_set():
            try:
                self.tried = f"quite another passphrase {random.getrandbits(40)}"
                form = self.person.get(self.path).form(self.path)
                old, *new = [name for name, kind in form.kinds.items() if kind == "password"]
                fields = {old: self.sure} | dict.fromkeys(new, self.tried)
                if self.person.submit(form, fields, follow=False).status in (302, 303):
                    self.sure, self.tried, self.done = self.tried, "", self.done + 1
                stop.wait(0.3)  # so that others come to their slow hash
            except Exception:
                return

    def check(self) -> list[str]:
        """Exactly one of the two passphrases opens."""
        if not self.path:
            return []
        opens = []
        for phrase in dict.fromkeys(filter(None, (self.sure, self.tried))):
            person = self.server.visitor()
            if steps.sign_in(person, "Changer", phrase).status == 302 and person.get("/thanks/").status == 200:
                opens.append(phrase)
                self.person = person
        wrong = [] if len(opens) == 1 else [f"{len(opens)} of the two passphrases open"]
        self.sure, self.tried = (opens or [self.sure])[0], ""
        return wrong


@pytest.fixture(scope="module")
def changing(server) -> Changing:
    return Changing(server, passphrase_path())


# What has been acknowledged when the end is near. The three quiet ones let a parting have the machine for itself.
NEAR = ("signed up", "joined", "confirmed", "merged", "a passphrase", "words", "words, quiet", "words, quiet")
ENOUGH, PATIENCE = 12, 60


def wait_for(what: str, came: Callable[[], bool]) -> None:
    """However quick the machine is, the end comes at a certain step. Somebody who hangs fails here."""
    deadline = time.monotonic() + PATIENCE
    while not came():
        assert time.monotonic() < deadline, f"{what}: it was not acknowledged within {PATIENCE} seconds"
        time.sleep(0.005)


def a_round(server: Server, couple: Couple, changing: Changing, number: int, parted: Counter[bool]) -> list[str]:
    stop, near, done, changed = threading.Event(), threading.Event(), [], changing.done
    what, turn = NEAR[number % len(NEAR)], random.Random(number)
    parting = Parting(server, number, server.visitor(), server.visitor())
    parting.live()
    threads = [
        threading.Thread(target=couple.write, args=(couple.host, stop, number * 2)),
        threading.Thread(target=couple.write, args=(couple.guest, stop, number * 2 + 1)),
        threading.Thread(target=parting.part, args=(near,)),
    ]
    if "quiet" not in what:
        threads.append(threading.Thread(target=pairing, args=(server, number, done)))
        threads.append(threading.Thread(target=changing.change, args=(stop,)))
    for thread in threads:
        thread.start()
    came = {
        "a passphrase": lambda: changing.done > changed,
        "words": lambda: len(couple.said) >= ENOUGH,
        "words, quiet": lambda: len(couple.said) >= ENOUGH,
    }
    wait_for(what, came.get(what, lambda: what in done))
    near.set()
    time.sleep(turn.uniform(0, 3 * parting.takes if "quiet" in what else 0.4))
    server.kill()
    stop.set()
    for thread in threads:
        thread.join(40)
    parted[parting.done] += 1
    wrong = check_database(server)
    server.start()
    return wrong + check_words(couple) + check_pairing(server, number, done) + changing.check() + parting.check()


def rounds(server: Server, couple: Couple, changing: Changing, numbers: range) -> None:
    parted = Counter[bool]()
    for number in numbers:
        wrong = a_round(server, couple, changing, number, parted)
        assert not wrong, f"round {number} ({couple.checked} acknowledged so far): {'; '.join(wrong[:8])}"
    assert couple.checked > ENOUGH, "hardly anything was written: the rounds prove nothing"
    print(f"{couple.checked} words, {changing.done} new passphrases; acknowledged partings: {parted}")
    assert parted.keys() == {True, False} or len(numbers) < A_QUARTER, f"partings always ended alike: {parted}"


def test_what_was_acknowledged_survives(server, couple, changing):
    rounds(server, couple, changing, range(1, ROUNDS + 1))


@pytest.mark.nightly
@pytest.mark.parametrize("quarter", range(QUARTERS))
def test_what_was_acknowledged_survives_a_hundred_times(server, couple, changing, quarter):
    first = 1000 + quarter * A_QUARTER
    rounds(server, couple, changing, range(first, first + A_QUARTER))


def test_backup_while_writing_and_restore(server, couple, tmp_path):
    """A copy made while both write opens elsewhere, with all that had been acknowledged before it began."""
    stop = threading.Event()
    threads = [
        threading.Thread(target=couple.write, args=(p, stop, 5000 + i))
        for i, p in enumerate((couple.host, couple.guest))
    ]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    before = dict(couple.said)
    made = server.command("backup", "--to", str(tmp_path / "copies"), "--with-secrets")
    stop.set()
    for thread in threads:
        thread.join(40)
    assert made.returncode == 0, made.stderr
    [archive] = (tmp_path / "copies").glob("*.tar")
    other = Server(tmp_path / "other")
    other.temp.mkdir(parents=True)
    restored = other.command("restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    other.start()
    try:
        again = Couple(other, 0, other.visitor(), other.visitor(), before, dict(couple.tried))
        for person, name in ((again.host, "Host0"), (again.guest, "Guest0")):
            assert steps.sign_in(person, name).status == 302
        wrong = check_words(again) + check_database(other)
        assert not wrong, "; ".join(wrong[:8])
    finally:
        other.stop()
    if importlib.util.find_spec("usward.keepsafe.check"):
        checked = other.command("check", "--help")
        assert checked.returncode == 0, checked.stderr
