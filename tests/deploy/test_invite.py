"""`usward invite`: the host lets one more person open an account."""

import re

import pytest

from tests.deploy.visitor import Visitor
from tests.hour import later
from tests.server.test_command import serving, usward
from usward.kit import clock

REAL = {"DJANGO_SETTINGS_MODULE": "config.settings"}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def visitor(port):
    return Visitor(port, f"localhost:{port}", Origin=f"http://localhost:{port}")


def invite(data, port, **more):
    """The path of a new link: its address is that of the server which runs on the folder."""
    done = usward("invite", data=data, **REAL, **more)
    assert done.returncode == 0, done.stderr
    link = done.stdout.splitlines()[0]
    return link.removeprefix(f"http://localhost:{port}")


def test_one_link_one_account(prepared):
    with serving(data=prepared, **REAL) as (_, port, _printed):
        assert "the door is open" in usward("invite", data=prepared, **REAL).stdout
        anna, carl, dora = visitor(port), visitor(port), visitor(port)
        anna.get("/")
        assert anna.sign_up("/", "Anna").status == 303

        carl.get("/")
        assert "come by invitation" in carl.page
        carl.get("/sign-in/")  # a page with a token for forms
        assert carl.sign_up("/", "Carl").status == 403
        for path in ("/begin/", "/begin/?door=", "/begin/?door=no-such-pass"):
            assert carl.get(path).status in (403, 410)

        path = invite(prepared, port)
        assert re.fullmatch(r"/begin/\?door=[\w-]{22}", path)
        token = path.split("=")[1]
        assert token not in "".join(p.read_bytes().decode("latin-1") for p in prepared.glob("usward.sqlite3*"))
        assert carl.get(path).status == 200 and dora.get(path).status == 200
        carl.send("/begin/", {"text": "The way you hum."})
        taken = carl.send("/begin/", {"text": "y", "name": "C", "email": "anna@example.org", "passphrase": "x" * 20})
        assert taken.status == 422  # somebody else's address: the pass is not used up
        assert carl.sign_up("/", "Carl").status == 303

        late = dora.sign_up("/", "Dora")
        assert late.status == 410
        assert "works once" in dora.page and "usward invite" in dora.page
        assert visitor(port).get(path).status == 410


def test_a_pass_is_not_guessed(prepared):
    with serving(data=prepared, **REAL) as (_, port, _printed):
        anna = visitor(port)
        anna.get("/")
        anna.sign_up("/", "Anna")
        guesses = [visitor(port).get(f"/begin/?door=guess-{number}").status for number in range(22)]
        assert guesses[:10] == [410] * 10 and guesses[-1] == 429


def test_a_day_later_it_is_over(prepared):
    now = {clock.SHIFT: later(0)}
    with serving(data=prepared, **REAL, **now) as (_, port, _printed):
        anna = visitor(port)
        anna.get("/")
        anna.sign_up("/", "Anna")
        path = invite(prepared, port, **{clock.SHIFT: later(-24 * 3600 - 60)})
        assert visitor(port).get(path).status == 410
        assert visitor(port).get(invite(prepared, port, **now)).status == 200


def test_in_words(data):
    for command, does in (("invite", "within 24 hours"), ("check", "whole")):
        said = usward(command, data=data, **REAL)
        assert said.returncode == 1
        assert "start it first" in said.stderr and said.stderr.count("\n") == 1
        assert does in usward(command, "--help", data=data, **REAL).stdout
        assert not data.exists(), "asking makes nothing"
