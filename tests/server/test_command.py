"""The `usward` command, as a person runs it: in a process of its own."""

import contextlib
import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.server.running import ask
from usward.kit.datafolder import DATABASE, TEMPLATES, UserFacingError, ensure, held, secret, served_at

READY = "Usward is ready"


def environment(data, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("USWARD_", "HOST", "PORT"))}
    return {
        **kept,
        "USWARD_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.server.plain_settings",
        "PYTHONUNBUFFERED": "1",
        **more,
    }


def usward(*arguments, data, **more):
    """Run a command to its end."""
    command = [sys.executable, "-m", "usward", *arguments]
    return subprocess.run(command, env=environment(data, **more), capture_output=True, text=True, timeout=60)


@contextlib.contextmanager
def serving(*arguments, data, **more):
    """A running server: the process, its port and what it has printed."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "usward", "serve", *arguments],
        env=environment(data, PORT=str(port), **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout
    try:
        printed = []
        for line in process.stdout:
            printed.append(line)
            if "Ctrl-C stops" in line:
                break
        yield process, port, "".join(printed)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(60)
        process.stdout.close()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


def one_sentence(result):
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("usward: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_help_is_for_people(data):
    result = usward("--help", data=data)
    assert result.returncode == 0
    assert all(name in result.stdout for name in ("serve", "demo", "backup", "restore", "check", "invite"))
    assert usward("nonsense", data=data).returncode == 2
    assert not data.exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_first_start_and_a_clean_end(data, number):
    with serving(data=data) as (process, port, printed):
        assert f"Open http://localhost:{port}" in printed
        response, body = ask(port, "GET", "/")
        assert response.status == 200, body
        assert "server" not in response.headers
        assert data.stat().st_mode & 0o777 == 0o700
        for name in ("secret_key", "pepper", DATABASE):
            assert (data / name).stat().st_mode & 0o777 == 0o600
        kept = [path.read_bytes() for path in (data / TEMPLATES).iterdir()]
        assert len(kept) > 200 and not any(b"/static/" in one for one in kept), (
            "an address of this start is compiled in"
        )
        process.send_signal(number)
        rest = process.communicate(timeout=60)[0]
        assert process.returncode == 0
        assert rest.strip() == "Usward has stopped."


def test_a_clean_end_while_somebody_stalls(prepared):
    with serving(data=prepared) as (process, port, _), socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nhalf")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        # Whoever waited until the stalled one is given up would wait for fifteen seconds.
        assert process.communicate(timeout=14)[0].strip() == "Usward has stopped."
        assert process.returncode == 0


def test_second_start_repeats_nothing(data):
    times = []
    for _ in range(2):
        began = time.perf_counter()
        with serving(data=data) as (process, port, printed):
            times.append(time.perf_counter() - began)
            assert "brought up to date" not in printed
            assert ask(port, "GET", "/")[0].status == 200
            process.send_signal(signal.SIGINT)
            process.wait(60)
        state = {path.name: path.stat().st_mtime_ns for path in data.iterdir() if path.name != "lock"}
        state["compiled"] = {path.name: path.stat().st_mtime_ns for path in (data / "templates").iterdir()}
        if len(times) == 1:
            first = state
    assert len(state["compiled"]) > 100
    kept = ("secret_key", "pepper", "prepared.json", "static", "library-en.msgpack", "compiled")
    assert [state.get(name) for name in kept] == [first.get(name) for name in kept]
    print(f"first start {times[0]:.2f} s, second {times[1]:.2f} s")


def test_a_taken_port(data):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = one_sentence(usward("serve", data=data, PORT=str(port)))
    assert str(port) in said
    assert "PORT=" in said


@pytest.mark.parametrize("port", ["eight", "80999", "-1", ""])
def test_what_is_no_port(data, port):
    if port:
        assert "is no port" in one_sentence(usward("serve", data=data, PORT=port))
    assert "is no port" in one_sentence(usward("serve", f"--port={port}", data=data))


@pytest.mark.parametrize(
    "url",
    [
        "love.example",
        "ftp://love.example",
        "https://",
        "https://love.example/?a=b",
        "https://[love",
        "https://love.example:abc",
        "https://love.example:99999",
        "https://love.example:",
        "http://x y",
        "https://love.example/our place",
        "https://us@love.example",
        "https://løve.example",
    ],
)
def test_half_an_address_is_named_before_anybody_is_locked_out(data, url):
    for command in ("serve", "check", "invite"):
        said = one_sentence(usward(command, data=data, PORT=str(free_port()), USWARD_URL=url))
        assert "USWARD_URL" in said and url in said


def test_a_file_where_the_folder_should_be(data):
    data.write_text("in the way")
    assert "can't be written to" in one_sentence(usward("serve", data=data))


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="/proc is Linux's: a folder even root can't write to")
def test_an_unwritable_folder():
    assert "can't be written to" in one_sentence(usward("serve", data="/proc/usward"))


def test_a_folder_open_to_others(data):
    data.mkdir(mode=0o755)
    assert ensure(data).stat().st_mode & 0o777 == 0o700  # empty: simply closed
    (data / "something").touch()
    data.chmod(0o755)
    assert f"chmod 700 {data}" in one_sentence(usward("serve", data=data))


def test_two_servers_on_one_folder(prepared):
    with serving(data=prepared) as (process, _port, _):
        said = one_sentence(usward("serve", data=prepared, PORT=str(free_port())))
        assert f"process {process.pid}" in said
        assert "already running" in one_sentence(usward("restore", "x.tar", data=prepared))


def test_who_only_looks_whether_a_server_runs_keeps_none_from_starting(data):
    """`usward invite` holds the lock for an instant. A server that starts in it waits; beside another one it does not start."""
    ensure(data)
    with (data / "lock").open("w") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        threading.Timer(0.1, fcntl.flock, (looking, fcntl.LOCK_UN)).start()
        with held(data) as note:
            note("http://localhost:8000")
            assert served_at(data) == "http://localhost:8000"
            with pytest.raises(UserFacingError, match="already running"), held(data):
                pass
    assert served_at(data) == ""


@pytest.mark.parametrize("command", ["invite", "backup"])
def test_a_database_that_is_none_is_told_in_a_sentence(prepared, command):
    for one in prepared.glob(f"{DATABASE}*"):
        one.write_bytes(b"a broken disk wrote this" * 400)
    said = one_sentence(usward(command, data=prepared, PORT=str(free_port())))
    assert "not a database" in said and "Traceback" not in said
    checked = usward("check", data=prepared)
    assert checked.returncode == 1 and "BROKEN  the database" in checked.stdout and not checked.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process says what it may do")
def test_no_core_file_of_the_memory_is_written(prepared):
    with serving(data=prepared) as (process, _port, _):
        limits = Path(f"/proc/{process.pid}/limits").read_text()
    assert re.search(r"Max core file size +0 +0 ", limits)


def test_a_lost_pepper_is_never_made_anew(data, monkeypatch):
    monkeypatch.setenv("USWARD_DATA", str(data))
    assert secret("pepper") == secret("pepper")
    (data / DATABASE).touch()
    (data / "pepper").unlink()
    with pytest.raises(UserFacingError, match=r"put .*pepper back"):
        secret("pepper")
    given = data / "elsewhere"
    given.write_text("p" * 64 + "\n")
    monkeypatch.setenv("USWARD_PEPPER_FILE", str(given))
    assert secret("pepper") == b"p" * 64


def test_lan_shows_a_code_and_says_what_it_cannot_do(prepared):
    with serving("--lan", data=prepared) as (_, port, printed):
        found = re.search(r"http://([\d.]+):(\d+)", printed)
        if "in no network" in printed:
            return
        assert found and int(found[2]) == port
        assert "█" in printed or "▀" in printed
        assert "plain http://" in printed
        assert ask(port, "GET", "/", headers={"Host": f"{found[1]}:{port}"})[0].status == 200


def test_the_sub_path_and_host_of_usward_url(prepared):
    with serving(data=prepared, USWARD_URL="https://love.example/us/") as (_, port, printed):
        assert "Open https://love.example/us/" in printed
        host = {"Host": "love.example"}
        assert b"/us/" in ask(port, "GET", "/us/", headers=host)[1]
        assert b"/us/" in ask(port, "GET", "/", headers=host)[1]
        assert ask(port, "GET", "/", headers={"Host": "evil.example"})[0].status == 400
