"""Threads that read the first struct of a kind at once: without `learn` the process dies."""

import subprocess
import sys
from textwrap import dedent

STORY = """
    import sys, threading
    import msgspec
    from typing import NamedTuple
    from usward.kit.structs import learn

    sys.setswitchinterval(1e-7)
    for _ in range(300):
        class Pair(NamedTuple):
            a: int
            b: str
        class Part(msgspec.Struct):
            a: int = 0
            pair: Pair | None = None
        class Whole(msgspec.Struct):
            parts: list[Part] = []
            named: dict[str, Part] = {}
            pair: Pair | None = None
        if sys.argv[1:] == ["learn"]:
            learn()
        fields = {"parts": [{"a": "1"}], "named": {"k": {"a": 2}}, "pair": [1, "b"]}
        threads = [threading.Thread(target=msgspec.convert, args=(fields, Whole), kwargs={"strict": False}) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
"""


def test_many_threads_at_the_first_use():
    done = subprocess.run([sys.executable, "-c", dedent(STORY), "learn"], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
