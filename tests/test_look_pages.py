"""No page without a picture: `make look` knows every address that answers GET."""

import re

import pytest

from tests.look_pages import LOOKS, NOT_PAGES, WALKED, routes

EXAMPLE = "3f1f6b1e-5a52-4c0c-9d0b-000000000000"


@pytest.mark.django_db
def test_every_page_has_a_look(client, settings):
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    known = {look.route for look in LOOKS} | set(WALKED) | set(NOT_PAGES)
    missing = [route for route in routes() if route not in known and answers_get(client, route)]
    assert missing == [], "add these to tests/look_pages.py"


def answers_get(client, route: str) -> bool:
    """A page may ask one to sign in first; what is only ever posted to says 405 to anybody."""
    return client.get("/" + re.sub(r"<[^>]*>", EXAMPLE, route), HTTP_HOST="localhost").status_code != 405


def test_looks_have_names_of_their_own():
    names = [look.name for look in LOOKS]
    assert len(set(names)) == len(names)
