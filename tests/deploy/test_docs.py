"""What the documents say is there is there; what they must not say, nothing says."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SETTING = re.compile(r"USWARD_[A-Z_]+[A-Z]")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# The one place that names the phrases is this list.
NEVER_SAID = ("end-to-end", "end to end encr", "zero-knowledge", "zero knowledge", "we cannot read", "we can't read")
PLACES = re.compile(
    r"(?<![\w/.])/(?:work|root|home/\w+|tmp/\w+)/"  # a folder of somebody's machine
    r"|(?:files\.pythonhosted|pypi|registry\.npmjs|registry\.yarnpkg|crates|proxy\.golang|deb\.debian)\.(?:org|io)"
    r"|--(?:extra-)?index-url"
)
MADE_LATER: set[str] = set()


def committed(*endings):
    """The files of the repository, new ones too."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return [path for path in paths if path.is_file() and (not endings or path.suffix in endings)]


def text_of(path):
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


DOCUMENTS = committed(".md")


def test_every_setting_is_documented():
    inside = [*committed(".py"), ROOT / "Makefile", ROOT / "scripts" / "bootstrap"]
    used = {
        name
        for path in inside
        if "tests" not in path.relative_to(ROOT).parts
        for name in SETTING.findall(text_of(path))
        if name not in ("USWARD_URL_", "USWARD_NAME")
    }
    # datafolder.secret builds these names
    used |= {"USWARD_SECRET_KEY_FILE", "USWARD_PEPPER_FILE"}
    documents = (ROOT / "docs" / "hosting.md", ROOT / "CONTRIBUTING.md")  # for hosts, for developers
    said = {name for path in documents for name in SETTING.findall(text_of(path))}
    assert used - said == set()
    assert said - used == set(), "documented, but nothing reads it"


def test_a_command_for_tests_finds_some():
    """Where a document says what to run, something runs."""
    found = []
    for path in DOCUMENTS:
        for command in re.findall(r"python -m pytest ([^`\n]*)`", text_of(path)):
            places = [word for word in command.split() if "/" in word]
            found += places
            for place in places:
                files = [one for name in ROOT.glob(place.rstrip("/")) for one in (name, *name.rglob("test_*.py"))]
                assert any(one.is_file() and "def test_" in text_of(one) for one in files), f"{path.name}: {place}"
    assert "tests/vault" in found


def test_every_dependency_has_its_reason():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["dev"]
    said = text_of(ROOT / "docs" / "dependencies.md").lower()
    names = [re.split(r"[\[><=~! ]", line, maxsplit=1)[0].lower() for line in wanted]
    assert [name for name in names if f"**{name}**" not in said] == []


def anchors(path):
    """The anchors that a code forge gives to headings."""
    headings = re.findall(r"^#+ (.*)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    broken = []
    for link in LINK.findall(text_of(path)):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        known = str(target.relative_to(ROOT)) in MADE_LATER
        if not (known or target.exists()) or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_no_promise_that_we_do_not_keep():
    shown = [*committed(".md", ".html", ".toml", ".js", ".yaml"), *(ROOT / "usward").rglob("*.py")]
    found = [
        f"{path.relative_to(ROOT)}: {phrase}"
        for path in shown
        for phrase in NEVER_SAID
        if phrase in text_of(path).lower().replace("\n", " ")
    ]
    assert found == []


def test_the_promise_stands_word_by_word():
    promise = (
        "The content of a stolen disk, database or backup stays sealed unless the thief has, or guesses, a password, a "
        "recovery code or a live login. Whoever runs this server could read what you open while you use it."
    )
    sign_up = ROOT / "usward" / "front" / "templates" / "front" / "fields.html"
    for path in (ROOT / "README.md", ROOT / "docs" / "threat-model.md", sign_up):
        assert promise in re.sub(r"[\s>]+", " ", text_of(path)), path


def test_no_machine_and_no_registry_is_named():
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in committed()
        if path != Path(__file__)
        for match in [PLACES.search(text_of(path))]
        if match
    ]
    assert found == []


def test_the_licence_is_whole():
    text = text_of(ROOT / "LICENSE")
    assert text.lstrip().startswith("GNU AFFERO GENERAL PUBLIC LICENSE")
    assert "13. Remote Network Interaction" in text and len(text) == 34523
    assert tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]["license"] == "AGPL-3.0-or-later"


def test_one_version():
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    assert f'VERSION = "{project["version"]}"' in text_of(ROOT / "usward" / "kit" / "version.py")
    assert f"## {project['version']}" in text_of(ROOT / "CHANGELOG.md")
