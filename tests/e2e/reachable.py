"""The pages that a person can open in a browser: from the URL resolver, with addresses for things that they have."""

from tests.doors.routes import routes

# No page of its own: an answer for machines, a file, or where signing out and quick exit end a visit.
NO_PAGE = (
    "health",
    "passphrase/",
    "sign-out/",
    "codes/file/",
    "exit/",
    "demo",
    ".ics",
    "manifest",
    "export/file",
    "styleguide",
)
SIGNED_OUT = ("", "i/", "sign-in/", "safety/", "recover/", "exit/done/")


def pages_inside(things: dict[str, str]) -> list[str]:
    """Every address that answers GET to somebody inside; routes without a page answer 404 or 405 and are passed over."""
    found = []
    for route in routes():
        if not any(part in route.path for part in NO_PAGE) and "sign-in" not in route.path:
            found.append(
                route.fill(**{name: things.get(name, things.get(route.name, "")) for name in route.parameters})
            )
    return list(dict.fromkeys(found))


def pages_outside() -> list[str]:
    """Every address that is for whoever is signed out."""
    known = {route.path for route in routes()}
    return ["/" + path for path in SIGNED_OUT if path in known] + ["/nowhere/"]
