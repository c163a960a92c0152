"""What is known before Django is: the one data folder (database, media, secrets, backups), and the address of this server."""

import contextlib
import fcntl
import os
import re
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

DATABASE = "usward.sqlite3"
MEDIA = "media"
BACKUPS = "backups"
PACKS = "packs"
TEMPLATES = "templates"
LOCK = "lock"
LOOKS = (0.02, 0.05, 0.1, 0.2)  # seconds
PRACTICES = "practices"
BESIDE_THE_PROGRAM = Path(__file__).resolve().parents[2] / "data"
SECRETS = ("secret_key", "pepper")


class UserFacingError(Exception):
    """Its text is one sentence for the person at the keyboard; no traceback is shown."""


def public_url() -> str:
    """The address that people use, from USWARD_URL; empty where it is not set. Raises UserFacingError: half an address would
    answer to the wrong names, and nobody could sign in."""
    given = os.environ.get("USWARD_URL", "").strip()
    wrong = _wrong_with(given) if given else ""
    if wrong:
        raise UserFacingError(f"USWARD_URL is '{given}': {wrong}, such as https://love.example.")
    return given


def _wrong_with(address: str) -> str:
    """What to do about an address that no browser would show; nothing where it is one."""
    if not address.isprintable() or " " in address:
        return "leave the spaces out and give the whole address"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "give the whole address"
    if parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        return "give the whole address"
    if not re.fullmatch(r"[A-Za-z0-9._-]+|[0-9a-f:.]+", parts.hostname or "") or "@" in parts.netloc:
        return "give its name as a browser sends it, in plain letters, digits, dots and hyphens"
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or parts.netloc.endswith(":"):
        return "give a port that is a number up to 65535, or none"
    return ""


def data_folder() -> Path:
    """Where everything is kept: USWARD_DATA, else `data` beside the program, from wherever it is called."""
    return Path(os.environ.get("USWARD_DATA") or BESIDE_THE_PROGRAM).resolve()


def ensure(folder: Path) -> Path:
    """Make the folder, for its owner only, and see that it can be used. Raises UserFacingError."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_mode & 0o077 and not any(folder.iterdir()):
            folder.chmod(0o700)
        with tempfile.TemporaryFile(dir=folder):
            pass
        mode = folder.stat().st_mode
    except OSError as error:
        raise UserFacingError(
            f"The data folder {folder} can't be written to ({error.strerror}): "
            "give it to the user who runs Usward, or set USWARD_DATA to another folder."
        ) from None
    if mode & 0o077:
        raise UserFacingError(
            f"Other users of this computer can look into the data folder {folder}: close it with `chmod 700 {folder}`."
        )
    return folder


def secret(name: str) -> bytes:
    """A secret of this server, from USWARD_<NAME>_FILE or the data folder; made at first use (mode 0600)."""
    given = os.environ.get(f"USWARD_{name.upper()}_FILE")
    path = Path(given) if given else data_folder() / name
    if not path.exists():
        if given:
            raise UserFacingError(f"USWARD_{name.upper()}_FILE names {path}, which does not exist.")
        _make(path)
    value = path.read_bytes().strip()
    if len(value) < 32:
        raise UserFacingError(f"The secret in {path} is damaged (shorter than 32 characters): restore it from a copy.")
    return value


def _make(path: Path) -> None:
    """Write a new secret. It appears whole or not at all, and of two who try at once both use the same."""
    if (path.parent / DATABASE).exists():
        raise UserFacingError(
            f"{path.parent} holds a database but not its secret '{path.name}', without which nothing opens: "
            f"put {path} back from where you keep it."
        )
    ensure(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_hex(32).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(name, path)
    os.unlink(name)


@contextlib.contextmanager
def held(folder: Path) -> Iterator[Callable[[str], None]]:
    """Hold the folder, so that one server (or one restore) at a time works on it. Raises UserFacingError.

    Gives a function that notes the address at which people reach who holds it, for `served_at`.
    """
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not _locked(handle):
            holder = os.read(handle, 20).decode(errors="replace").partition("\n")[0]
            raise UserFacingError(
                f"Usward is already running on the data folder {folder} (process {holder or 'unknown'}): "
                "stop that one first, or set USWARD_DATA to another folder."
            )
        os.ftruncate(handle, 0)

        def note(line: object) -> None:
            os.write(handle, f"{line}\n".encode())

        note(os.getpid())
        yield note
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Lock it, if nobody else has. Whoever only looks whether a server runs (`served_at`) has it for an instant, and is waited
    for."""
    for wait in (0, *LOOKS):
        time.sleep(wait)
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    return False


def served_at(folder: Path) -> str:
    """The address that the server on this folder has noted; empty where none runs."""
    with contextlib.suppress(OSError), (folder / LOCK).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return "".join(lock.read().split("\n")[1:2])
    return ""
