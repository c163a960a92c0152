"""Usward runs from its source folder, called from anywhere; without its pages it says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(arguments, cwd, code):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("USWARD_")}
    kept |= {"PYTHONPATH": str(code)}
    return subprocess.run([sys.executable, *arguments], cwd=cwd, env=kept, capture_output=True, text=True, timeout=60)


def test_the_data_folder_is_the_same_from_anywhere(tmp_path):
    ask = ["-c", "from usward.kit.datafolder import data_folder; print(data_folder())"]
    assert run(ask, tmp_path, ROOT).stdout.strip() == str(ROOT / "data")
    assert list(tmp_path.iterdir()) == []


def test_without_its_pages_it_says_so(tmp_path):
    for name in ("config", "usward"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    said = run(["-m", "usward", "serve"], tmp_path, tmp_path)
    assert said.returncode == 1
    assert "source folder" in said.stderr and said.stderr.count("\n") == 1
    assert not (tmp_path / "data").exists()
