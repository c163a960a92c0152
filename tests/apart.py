"""Loaded before any setting (see pyproject.toml): test processes side by side each have a data folder of their own."""

import os
from pathlib import Path

if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    place = Path(__file__).parents[1] / "data" / "tests" / worker
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["USWARD_DATA"] = str(place)
