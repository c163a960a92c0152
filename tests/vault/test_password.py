"""The slow hash: what it costs in life, and that under a crowd every one of them gets an answer."""

import os
import subprocess
import sys
from pathlib import Path
from threading import Thread
from time import monotonic

from usward.vault.password import Cost, derive

ROOT = Path(__file__).parents[2]


def test_in_life_it_is_slow():
    """Asked in a process of its own, as a host starts it: these tests hurry (tests/changes)."""
    plain = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "TESTS_CHANGE")}
    program = "from usward.vault.password import Cost; print(Cost())"
    asked = subprocess.run([sys.executable, "-c", program], cwd=ROOT, env=plain, capture_output=True, text=True)
    assert asked.stdout.strip() == "m=65536,t=3,p=4", asked.stderr
    assert str(Cost()) == "m=64,t=1,p=1", "these tests do not hurry"


def test_many_who_sign_in_at_once_all_come_in():
    """Several lanes, as in life: two such hashes beside each other never came back (see usward.vault.password)."""
    came: list[bytes] = []

    def sign_in(number: int) -> None:
        for turn in range(6):
            came.append(derive(f"{number} {turn}", b"s" * 16, Cost(8 * 1024, 3, 4), b"pepper").verifier)

    crowd = [Thread(target=sign_in, args=(number,), daemon=True) for number in range(6)]
    for one in crowd:
        one.start()
    deadline = monotonic() + 30
    for one in crowd:
        one.join(max(0.0, deadline - monotonic()))
    assert not any(one.is_alive() for one in crowd), f"{len(came)} came in, the others hang"
    assert len(set(came)) == 36
