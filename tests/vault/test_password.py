"""The slow hash under a crowd: every one of them gets an answer."""

from threading import Thread
from time import monotonic

from usward.vault.password import Cost, derive


def test_many_who_sign_in_at_once_all_come_in():
    """Several lanes, as in life: two such hashes beside each other never came back (see usward.vault.password)."""
    came: list[bytes] = []

    def sign_in(number: int) -> None:
        for turn in range(6):
            came.append(derive(f"{number} {turn}", b"s" * 16, Cost(memory=8 * 1024), b"pepper").verifier)

    crowd = [Thread(target=sign_in, args=(number,), daemon=True) for number in range(6)]
    for one in crowd:
        one.start()
    deadline = monotonic() + 30
    for one in crowd:
        one.join(max(0.0, deadline - monotonic()))
    assert not any(one.is_alive() for one in crowd), f"{len(came)} came in, the others hang"
    assert len(set(came)) == 36
