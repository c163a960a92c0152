"""`usward demo`: the demo couple in a data folder that is thrown away, until Ctrl-C."""

import argparse
import contextlib
import importlib
import os
import tempfile
from pathlib import Path
from threading import Thread

from usward import serve
from usward.kit.datafolder import SECRETS, ensure, held, secret


def main(arguments: list[str]) -> int:
    """The command."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="usward-demo-") as name:
        folder = ensure(Path(name))
        os.environ |= {"USWARD_DATA": name, "USWARD_DEMO": "1"}
        with held(folder), contextlib.closing(serve.listen("127.0.0.1", options.port)) as listener:
            address = f"http://localhost:{listener.getsockname()[1]}/demo/"
            for one in SECRETS:
                secret(one)
            print("Two people live a year; that takes some ten seconds.", flush=True)
            serve.prepare(folder)
            _seed()
            serve.run(listener, lambda: _greet(address))
    print("\nThe demo has stopped, and nothing of it is left.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="usward demo",
        description="Shows a demo couple with a year of life on two phones side by side, in a data folder that is "
        "thrown away at the end. PORT in the environment says the same as --port.",
    )
    parser.add_argument(
        "--port", type=serve.port_number, default=os.environ.get("PORT") or "8000", help="default: 8000"
    )
    return parser.parse_args(arguments)


def _seed() -> None:
    """In a thread of its own, whose database connection goes with it. Django is set up only by now."""
    couple = importlib.import_module("usward.demo.couple")
    views = importlib.import_module("usward.demo.views")
    connection = importlib.import_module("django.db").connection
    made: list[object] = []

    def work() -> None:
        made.append(couple.make(local_zone()))
        connection.close()

    thread = Thread(target=work)
    thread.start()
    thread.join()
    if not made:
        raise RuntimeError("the demo couple could not be made; the reason stands above")
    views.prepared.extend(made)


def local_zone() -> str:
    """The IANA zone of this computer, as far as it tells; else UTC."""
    named = os.environ.get("TZ", "") or "/".join(Path("/etc/localtime").resolve().parts).partition("zoneinfo/")[2]
    known = importlib.import_module("usward.kit.clock").known_zone
    return named if known(named) else "UTC"


def _greet(address: str) -> None:
    print(f"The demo is ready. Open {address} in a browser. Ctrl-C ends it, and nothing of it stays.", flush=True)
