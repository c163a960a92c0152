"""USWARD_URL alone sets hosts, CSRF, cookies and sub-path: a real server, asked as a proxy asks."""

import json
import re
import socket

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from tests.deploy.visitor import Visitor
from tests.server.test_command import serving, usward
from usward.kit.version import VERSION

REAL = {"DJANGO_SETTINGS_MODULE": "config.settings"}
LOVE = {"USWARD_URL": "https://love.example/us/"}
PROXIED = {"X-Forwarded-Proto": "https", "Origin": "https://love.example"}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def live(port, cookie, origin="https://love.example", host="love.example", root="/us/"):
    """Open the socket; True when it is let in."""
    there = socket.create_connection(("127.0.0.1", port))
    try:
        with connect(
            f"ws://{host}{root}live", sock=there, origin=origin, additional_headers={"Cookie": cookie}
        ) as open_:
            open_.ping().wait(5)
            return True
    except (ConnectionClosed, InvalidStatus):
        return False


def test_a_sub_path_behind_a_proxy(prepared):
    """Also where the folder was prepared before there was one."""
    with serving(data=prepared, **REAL, **LOVE) as (_, port, printed):
        assert "Open https://love.example/us/" in printed
        anna = Visitor(port, "love.example", **PROXIED)
        assert anna.get("/us/health").status == 200
        assert json.loads(anna.page) == {"version": VERSION, "database": "ok"}
        assert anna.get("/health").status == 200  # a proxy may take the sub-path off

        assert anna.get("/us/").status == 200
        ours = re.findall(r'(?:href|src|action)="(/[^"]*)"', anna.page)
        assert ours and all(path.startswith("/us/") for path in ours), ours
        for path in ours:
            if "/static/" in path:
                answer = Visitor(port, "love.example").get(path.split("#")[0])
                assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True), path

        answer = anna.sign_up("/us/", "Anna")
        assert (answer.status, answer.headers["Location"]) == (303, "/us/invite/"), anna.page
        for name in ("usward", "usward_unlock", "usward_csrf"):
            assert anna.cookies[name]["secure"] and anna.cookies[name]["httponly"]
            assert anna.cookies[name]["path"] == "/us"
        while anna.get("/us/invite/").status == 303:
            pass
        assert "https://love.example/us/i/#" in anna.page

        assert live(port, anna.cookie)
        assert not live(port, anna.cookie, origin="https://evil.example")
        assert not live(port, "")
        signed_out = Visitor(port, "love.example", **PROXIED)
        assert signed_out.get("/us/invite/").headers["Location"].startswith("/us/sign-in/?next=")


def test_errors_name_the_setting(prepared):
    with serving(data=prepared, **REAL, **LOVE) as (process, port, _):
        stranger = Visitor(port, 'evil.example"><b>')
        assert stranger.get("/us/").status == 400
        assert "USWARD_URL" in stranger.page and "<b>" not in stranger.page
        other = Visitor(port, "192.0.2.7:8000")
        assert other.get("/us/").status == 400
        assert "192.0.2.7:8000" in other.page and "USWARD_URL" in other.page
        assert 'class="exit" method="post" action="/us/exit/"' in other.page
        gone = other.ask("POST", "/us/exit/", Origin="http://192.0.2.7:8000", Cookie="usward=old; usward_unlock=old")
        assert (gone.status, gone.headers["Location"]) == (303, "/us/exit/done/")
        assert "cookies" in gone.headers["Clear-Site-Data"] and gone.headers["Set-Cookie"]
        assert other.get("/us/exit/done/").status == 200 and "Kitchen measures" in other.page
        assert other.ask("POST", "/us/exit/", Origin="http://elsewhere.example").status == 403
        assert other.get("/us/sign-in/").status == 400  # nothing else is answered under that name

        long = Visitor(port, "love.example", **PROXIED)
        assert long.ask("POST", "/us/thanks/", {"text": "x" * 2_000_000}).status == 413
        assert 'action="/us/exit/"><button>Leave quickly' in long.page

        anna = Visitor(port, "love.example", **PROXIED)
        anna.get("/us/")
        refused = anna.send("/us/begin/", {"text": "x"}, Origin="https://www.love.example")
        assert refused.status == 403
        assert "https://www.love.example" in anna.page and "USWARD_URL" in anna.page

        plain = Visitor(port, "love.example", Origin="http://love.example")
        plain.get("/us/")
        plain.cookies.clear()  # as a browser does with secure cookies that come over plain HTTP
        assert plain.send("/us/begin/", {"text": "x"}).status == 403
        assert "Open the https:// address" in plain.page and "USWARD_URL" in plain.page

        process.terminate()
        log = process.communicate(timeout=60)[0]
        assert "Traceback" not in log
        assert "192.0.2.7:8000" in log and "USWARD_URL" in log


def test_who_asks_for_the_headers_alone_gets_those_of_the_page(prepared):
    """As a watch over the server does (`curl -I`), on every page in one way."""
    with serving(data=prepared, **REAL) as (_, port, _printed):
        visitor = Visitor(port, f"localhost:{port}")
        for path in ("/health", "/", "/sign-in/", "/safety/", "/i/", "/exit/done/", "/no/such/", "/today/", "/exit/"):
            asked, whole = visitor.get(path), len(visitor.page.encode())
            told = visitor.ask("HEAD", path)
            assert (told.status, told.headers["Content-Type"]) == (asked.status, asked.headers["Content-Type"]), path
            assert visitor.page == "" and told.headers["Content-Length"] == str(whole), path


def test_old_page_in_plain_words(prepared):
    with serving(data=prepared, **REAL) as (_, port, _printed):
        anna = Visitor(port, f"localhost:{port}", Origin=f"http://localhost:{port}")
        anna.get("/")
        anna.cookies.clear()
        assert anna.send("/begin/", {"text": "x"}).status == 403
        assert "had grown old" in anna.page


def test_lan_lets_a_phone_sign_up(prepared):
    with serving("--lan", data=prepared, **REAL) as (_, port, printed):
        found = re.search(r"http://([\d.]+):\d+", printed)
        if found is None:
            assert "in no network" in printed
            return
        here = f"{found[1]}:{port}"
        anna = Visitor(port, here, Origin=f"http://{here}")
        anna.get("/")
        assert anna.sign_up("/", "Anna").status == 303, anna.page
        assert live(port, anna.cookie, origin=f"http://{here}", host=here, root="/")
        assert Visitor(port, f"localhost:{port}").get("/health").status == 200
        assert Visitor(port, "evil.example").get("/").status == 400


def test_a_faulty_pack_stops_the_start_in_words(data):
    (data / "packs").mkdir(parents=True, mode=0o700)
    data.chmod(0o700)
    pack = data / "packs" / "our-evenings.toml"
    question = '[[question]]\nid = "first-boat"\ntopic = "us"\ndepth = 9\ntext = "What did we call the boat?"\n'
    pack.write_text(question)
    said = usward("serve", data=data, PORT="0", **REAL)
    assert said.returncode == 1
    assert f"{pack}:4:" in said.stderr and '"depth" goes from 1' in said.stderr
    assert said.stderr.count("\n") == 1
    pack.write_text(question.replace("9", "1"))
    with serving(data=data, **REAL) as (_, port, _printed):
        assert Visitor(port, f"localhost:{port}").get("/").status == 200
