"""The `usward` command."""

import contextlib
import importlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import django
from django.db import DatabaseError

from usward.kit.datafolder import DATABASE, UserFacingError, data_folder, public_url

PAGES = Path(__file__).resolve().parents[1] / "web"


class Command(NamedTuple):
    """Where a command lives (its module has `main(arguments) -> int | None`), and what it does for a person."""

    module: str
    does: str
    django: bool = False  # whether its module needs Django set up before it is imported


COMMANDS = {
    "serve": Command("usward.serve", "run Usward on this computer"),
    "demo": Command("usward.demo.run", "show a demo couple on two phones, in a folder that is thrown away"),
    "backup": Command("usward.keepsafe.backup", "put a copy of everything into one file, even while Usward runs"),
    "restore": Command("usward.keepsafe.restore", "put such a copy back"),
    "check": Command("usward.keepsafe.check", "look whether everything that is kept is whole", django=True),
    "calendar": Command("usward.calendars.cli", "show the busy hours of a calendar file"),
    "invite": Command("usward.spaces.cli", "make an invitation for somebody who may open an account", django=True),
}


def usage() -> str:
    """The help text."""
    lines = [f"  usward {name:<9}{command.does}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "Usward: a private place for two people who love each other.",
            "",
            *lines,
            "",
            "`usward COMMAND --help` tells more about one of them.",
            "Everything is kept in one folder: data beside the program, or the one that USWARD_DATA names.",
        ]
    )


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives the exit code."""
    name, *rest = (sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in ("-h", "--help", "help"):
        print(usage())
        return 0
    command = COMMANDS.get(name)
    if command is None:
        print(f"There is no command '{name}'.\n\n{usage()}", file=sys.stderr)
        return 2
    os.umask(0o077)  # what we write is for nobody else on this computer
    try:
        if not PAGES.is_dir():
            raise UserFacingError(
                "Usward runs from its source folder, with its pages in it: clone it, then `make run`."
            )
        with _set_up(helping=bool({"-h", "--help"} & set(rest))) if command.django else contextlib.nullcontext():
            return importlib.import_module(command.module).main(rest) or 0
    except UserFacingError as error:
        print(f"usward: {error}", file=sys.stderr)
        return 1
    except (sqlite3.Error, DatabaseError) as error:  # Python's own, and what Django makes of it
        print(
            f"usward: The database in {data_folder()} can't be used ({error}): see whether the disk is full; if it is damaged, "
            "`usward restore FILE` puts a backup back.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


@contextlib.contextmanager
def _set_up(helping: bool) -> Iterator[None]:
    """Django, on a folder in which Usward has been started; whoever asks for help needs none. Settings make secrets where there
    are none, so they are never read for a folder that is not there yet."""
    public_url()  # says so where it is half an address
    with tempfile.TemporaryDirectory() as nowhere:
        if helping:
            os.environ["USWARD_DATA"] = nowhere
        elif not (data_folder() / DATABASE).exists():
            raise UserFacingError(f"There is no Usward in {data_folder()} yet: start it first with `usward serve`.")
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
        yield


if __name__ == "__main__":
    sys.exit(main())
