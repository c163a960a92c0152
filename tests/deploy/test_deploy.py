"""The unit, the Dockerfile and the recipes: parsed, and compared with the program that they run."""

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.server.test_command import environment, serving

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNIT = DEPLOY / "usward.service"


def unit():
    parser = ConfigParser(strict=False, interpolation=None, delimiters=["="], comment_prefixes=["#"])
    parser.read(UNIT)
    return parser


def test_the_unit():
    service = unit()["Service"]
    assert unit().sections() == ["Unit", "Service", "Install"]
    assert service["ExecStart"].endswith("/.venv/bin/usward serve")
    assert service["User"] == "usward"
    folder = f"/var/lib/{service['StateDirectory']}"
    assert f"USWARD_DATA={folder}" in service["Environment"]
    assert (service["StateDirectoryMode"], service["UMask"]) == ("0700", "0077")
    assert (service["ProtectSystem"], service["CapabilityBoundingSet"], service["LimitCORE"]) == ("strict", "", "0")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd's own check runs where systemd is")
def test_the_unit_as_systemd_reads_it(tmp_path):
    here = tmp_path / UNIT.name
    here.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={sys.executable}", UNIT.read_text()))
    checked = subprocess.run(["systemd-analyze", "verify", "--man=no", here], capture_output=True, text=True)
    about_us = [line for line in checked.stderr.splitlines() if UNIT.name in line]
    assert about_us == []
    scored = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=20", here],
        capture_output=True,
        text=True,
    )
    assert scored.returncode == 0, scored.stdout[-600:]


def instructions():
    """The Dockerfile's lines: (instruction, rest)."""
    text = re.sub(r"\\\n", " ", (DEPLOY / "Dockerfile").read_text())
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line and not line.startswith("#")]


def test_the_image():
    steps = instructions()
    whole = "\n".join(" ".join(step) for step in steps)
    assert steps[0] == ("FROM", "python:3.11-slim")
    assert "--require-hashes -r requirements.txt" in whole
    assert [rest for name, rest in steps if name == "VOLUME"] == ["/data"]
    user = [rest for name, rest in steps if name == "USER"]
    assert user and not user[-1].startswith(("0", "root"))
    assert "USWARD_DATA=/data/usward" in whole and "mkdir -m 1777 /data" in whole  # any user id makes its own folder
    assert "deploy/healthy.py" in dict(steps)["HEALTHCHECK"]
    copied = [word for name, rest in steps if name == "COPY" for word in rest.split()[:-1]]
    assert copied and all((ROOT / name).exists() for name in copied)
    allowed = {line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().split() if line.startswith("!")}
    assert set(copied) == allowed, "what is copied, and nothing else, may go to the build"


def test_the_image_has_what_the_settings_look_for():
    assert {"web", "usward", "config"} <= {rest.split()[0] for name, rest in instructions() if name == "COPY"}


def test_compose():
    text = (DEPLOY / "compose.yaml").read_text()
    assert "\t" not in text
    for line in (
        "dockerfile: deploy/Dockerfile",
        "read_only: true",
        "cap_drop: [ALL]",
        '- "127.0.0.1:8000:8000"',
        "- usward:/data",
        "USWARD_URL: ${USWARD_URL:-}",
    ):
        assert line in text
    assert len(re.findall(r"^  \w+:$", text.split("volumes:\n  usward:")[0], re.MULTILINE)) == 1, "one container"


def test_recipes_pass_on_what_usward_needs():
    nginx = (DEPLOY / "nginx.conf").read_text()
    for header in ("Host $http_host", "X-Forwarded-Proto $scheme", "X-Forwarded-For", "Upgrade", "Connection"):
        assert f"proxy_set_header {header}" in nginx
    assert "reverse_proxy 127.0.0.1:8000" in (DEPLOY / "Caddyfile").read_text()


@pytest.mark.parametrize("url", ["", "https://love.example/us/", "http://192.0.2.1:8000"])
def test_the_health_check(prepared, url):
    real = {"DJANGO_SETTINGS_MODULE": "config.settings", "USWARD_URL": url}
    command = [sys.executable, str(DEPLOY / "healthy.py")]
    with serving(data=prepared, **real) as (_, port, _printed):
        well = subprocess.run(
            command, env=environment(prepared, PORT=str(port), **real), capture_output=True, text=True
        )
    assert (well.returncode, '"database": "ok"' in well.stdout) == (0, True), well.stderr
    ill = subprocess.run(command, env=environment(prepared, PORT=str(port), **real), capture_output=True, text=True)
    assert ill.returncode == 1
    assert "does not answer" in ill.stderr and "Traceback" not in ill.stderr
