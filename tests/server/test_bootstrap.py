"""`make run` on a machine where something is missing: one clear sentence each."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path):
    shutil.copytree(ROOT / "scripts", tmp_path / "house" / "scripts")
    (tmp_path / "house" / "requirements.txt").touch()
    (tmp_path / "house" / "requirements-dev.txt").touch()
    return tmp_path / "house"


def bootstrap(checkout, python, bin_folder=None):
    path = f"{bin_folder}:/usr/bin:/bin" if bin_folder else "/usr/bin:/bin"
    command = [str(checkout / "scripts" / "bootstrap")]
    env = {"PATH": path, "PYTHON": str(python), "HOME": str(checkout)}
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60)


def fake(checkout, script):
    path = checkout / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_no_python(checkout):
    result = bootstrap(checkout, "no-such-python")
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "3.11" in result.stderr


def test_too_old_a_python(checkout):
    old = fake(checkout, '[ "$1" = -V ] && echo Python 3.9.2; exit 1')
    result = bootstrap(checkout, old)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "Python 3.9.2" in result.stderr


def test_a_python_without_venv(checkout):
    bare = fake(checkout, 'case "$2" in *ensurepip*) exit 1;; esac')
    result = bootstrap(checkout, bare)
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert result.stderr.startswith("Python's venv is missing: apt-get install python3-venv")


def test_nothing_is_done_twice(checkout):
    def python_that_would_fail(name):
        return fake(checkout, "exit 9")

    digest = subprocess.run(
        "cksum requirements.txt | tr -d ' ' | tr -c 'A-Za-z0-9\\n' -",
        shell=True,
        cwd=checkout,
        capture_output=True,
        text=True,
    ).stdout.strip()
    (checkout / ".venv" / "bin").mkdir(parents=True)
    (checkout / ".venv" / "bin" / "python").symlink_to("/bin/true")
    assert bootstrap(checkout, python_that_would_fail(checkout)).returncode != 0
    (checkout / ".venv" / f".stamp-{digest}").touch()
    result = bootstrap(checkout, python_that_would_fail(checkout))
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")


def test_the_scripts_are_shell_scripts_and_executable():
    for path in (*(ROOT / "scripts").iterdir(), ROOT / ".ci" / "run"):
        assert os.access(path, os.X_OK), path
        shell = path.read_text().split("\n")[0].removeprefix("#!")
        assert shell in ("/bin/sh", "/bin/bash"), path
        subprocess.run([shell, "-n", str(path)], check=True)


def test_chromium_is_found_where_it_is_named(tmp_path):
    browser = fake(tmp_path, "exit 0")
    command = [str(ROOT / "scripts" / "chromium")]
    env = {"PATH": "/usr/bin:/bin", "HOME": "/", "CHROMIUM": str(browser)}
    assert subprocess.run(command, env=env, capture_output=True, text=True).stdout.strip() == str(browser)
