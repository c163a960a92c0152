"""`usward invite`: the host lets one more person open an account."""

import argparse
import os

from django.db import OperationalError

from usward.accounts import passes
from usward.accounts.models import User
from usward.kit.datafolder import UserFacingError, data_folder, public_url, served_at


def main(arguments: list[str]) -> int:
    """The command."""
    options = _options(arguments)
    start = options.url.rstrip("/") + "/"
    try:
        if not User.objects.exists():
            print(f"Nobody has an account here yet, so the door is open. Open {start} and begin.")
            return 0
        token = passes.make()
    except OperationalError as error:
        if "no such" not in str(error):  # a table, a column
            raise
        raise UserFacingError(
            "The database is of another version than this program: start Usward once, which brings it up to date."
        ) from None
    print(f"{start}begin/?door={token}")
    print("This link lets one person open an account here. It works once, within 24 hours.")
    print("A partner needs none: whoever has an account invites their own partner from inside.")
    return 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="usward invite",
        description="Prints a link with which one person, who is nobody's partner here yet, may open an account. It "
        "works once, within 24 hours. Whoever lives on this server can invite their own partner without it.",
    )
    usual = public_url() or served_at(data_folder()) or f"http://localhost:{os.environ.get('PORT', '8000')}"
    parser.add_argument(
        "--url", default=usual, help="the address at which people reach this server, if it does not run just now"
    )
    return parser.parse_args(arguments)
