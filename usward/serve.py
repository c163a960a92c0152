"""`usward serve`: runs Usward on this computer, in one process, until Ctrl-C."""

import argparse
import contextlib
import errno
import gc
import importlib
import logging
import os
import re
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import django
import uvicorn
from django.urls import get_resolver

from usward.keepsafe.restore import finish
from usward.kit.datafolder import PACKS, SECRETS, UserFacingError, data_folder, ensure, held, public_url, secret
from usward.kit.structs import learn

LAN_NOTE = """
This works for everybody in the same network, and only there. Over plain http:// a browser refuses calls,
notifications, working offline and installing Usward like an app; and whoever controls the network (a guest
Wi-Fi, a café) could read along. For everyday use give it an https:// address: see docs/hosting.md."""


def main(arguments: list[str]) -> int:
    """The command."""
    options = _options(arguments)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # keys pass through the memory: no core file of it is ever written
    gc.disable()  # nothing that a start makes is garbage; looking for some takes a tenth of it
    folder = ensure(data_folder())
    os.environ["USWARD_DATA"] = str(folder)
    with held(folder) as note, contextlib.closing(listen(options.host, options.port)) as listener:
        address = _address(options.host, listener.getsockname()[1], options.lan)
        note(address)
        finish(folder)
        for name in SECRETS:
            secret(name)
        prepare(folder)
        run(listener, lambda: _greet(address, folder, options.lan))
    print("\nUsward has stopped.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="usward serve",
        description="Runs Usward on this computer until Ctrl-C. The environment may say the same: PORT, HOST, "
        "USWARD_DATA (the data folder), USWARD_URL (the address that people use, when a proxy stands before it).",
    )
    parser.add_argument("--port", type=port_number, default=os.environ.get("PORT") or "8000", help="default: 8000")
    parser.add_argument("--host", default=os.environ.get("HOST", ""), help="default: 127.0.0.1, this computer only")
    parser.add_argument("--lan", action="store_true", help="let phones in the same network in, and show a QR code")
    options = parser.parse_args(arguments)
    options.host = options.host or ("0.0.0.0" if options.lan else "127.0.0.1")
    return options


def port_number(text: str) -> int:
    """A port as somebody typed it. Raises UserFacingError."""
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) > 65535:
        raise UserFacingError(f"'{text}' is no port: choose a number up to 65535, such as PORT=8000.")
    return int(text)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, before anything slow begins: a browser that comes early waits. Raises UserFacingError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # Named as TCP: asyncio sends small answers at once (TCP_NODELAY) on nothing else, and a page would wait 40 ms.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(2048)
    except OSError as error:
        listener.close()
        number = error.errno
        if number == errno.EADDRINUSE:
            sentence = f"Port {port} is taken by another program: choose another one with `PORT={port + 1} make run`."
        elif number == errno.EACCES:
            sentence = f"Port {port} is for administrators only: choose one above 1023, such as PORT=8000."
        else:
            sentence = f"Usward can't listen on {host} port {port}: {error.strerror}."
        raise UserFacingError(sentence) from None
    return listener


def _address(host: str, port: int, lan: bool) -> str:
    """What to open; with --lan the settings learn that this name is ours."""
    if url := public_url():
        return url
    if not lan:
        return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::', '::1') else host}:{port}"
    name = lan_address() if host == "0.0.0.0" else host
    os.environ["USWARD_HOSTS"] = ",".join(filter(None, [os.environ.get("USWARD_HOSTS"), name]))
    return f"http://{name}:{port}"


def lan_address() -> str:
    """The address of this computer in its network. Nothing is sent: connecting UDP only chooses a route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            raise UserFacingError("This computer is in no network just now, so no phone can reach it.") from None
        return str(probe.getsockname()[0])


def prepare(folder: Path) -> None:
    """Set Django up, and bring the folder up to date."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # Loaded only now: it imports what settings must be there for.
    importlib.import_module("usward.prepare").prepare(folder)
    if not any((folder / PACKS).glob("*.toml")):
        return  # what is shipped is read while nobody waits (config/asgi.py); packs of one's own are looked at first
    loader = importlib.import_module("usward.content.loader")
    try:
        loader.library()
    except loader.ContentError as error:
        raise UserFacingError(f"A file of questions can't be read. {error} Mend it or move it away.") from None


def _greet(address: str, folder: Path, lan: bool) -> None:
    print(f"Usward is ready. Open {address} in a browser.", flush=True)
    if lan:
        # Loaded only now: it would add a tenth to every other start.
        importlib.import_module("segno").make(address, micro=False).terminal(compact=True)
        print(LAN_NOTE)
    print(f"Everything is kept in {folder}. Ctrl-C stops Usward.", flush=True)


class Server(uvicorn.Server):
    """Says when it is ready, and leaves without a word about those who were still connected."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        _ = get_resolver().url_patterns  # with all pages come all structs
        learn()
        await super().startup(sockets)
        self.ready()
        gc.freeze()  # what is here now stays, and need not be looked through again
        # A page makes some thousands of objects, nearly all of which go by themselves: at 700, where Python begins to look for
        # circles, it looked several times a page, for a twentieth of its time.
        gc.set_threshold(10_000, 20, 100)
        gc.enable()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)


def run(listener: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until somebody stops it."""
    proxies = os.environ.get("USWARD_PROXY", "")  # whose X-Forwarded-For may be believed; nobody's by itself
    config = uvicorn.Config(
        "config.asgi:application",
        log_config=None,  # it says its lines through our handlers, which know what is not for a log
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        workers=1,
        limit_concurrency=2000,
        timeout_graceful_shutdown=3,
        ws_per_message_deflate=False,
        ws_max_size=16 * 1024,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
    )
    # uvicorn raises the signal again when it is done, which should end us politely.
    signal.signal(signal.SIGTERM, lambda number, frame: None)
    with contextlib.suppress(KeyboardInterrupt):
        Server(config, ready).run(sockets=[listener])
