"""What has to be done before serving, and only when it has: migrations (with a backup first), static files, templates."""

import gc
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.template import engines

from usward.keepsafe.backup import backup
from usward.kit import pages
from usward.kit.datafolder import DATABASE, TEMPLATES
from usward.kit.sheets import JOINED, SHEETS

RECORD = "prepared.json"


def prepare(folder: Path) -> None:
    """Bring database, static files and compiled templates up to date. Compares names, sizes and times of files with the last
    start's before anything slow is loaded. Django is set up; the caller holds the folder."""
    record = _read(folder / RECORD)
    before = dict(record)
    if record.get("migrations") != _migrations(folder):
        _migrate(folder)
        record["migrations"] = _migrations(folder)
        _write(folder / RECORD, record)
    if record.get("static") != _static() and not settings.DEBUG:
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        record["static"] = _static()
        _write(folder / RECORD, record)
    if record.get("templates") != _templates():
        compiler = cast(pages.Pages, engines["pages"]).env
        for old in (folder / TEMPLATES).iterdir():
            old.unlink()
        for name in compiler.list_templates(extensions=["html", "svg"]):
            compiler.get_template(name)
        assert compiler.cache is not None
        compiler.cache.clear()
        record["templates"] = _templates()
        _write(folder / RECORD, record)
    if record != before:
        gc.collect()  # what this work has left behind would stay as long as the server does (serve.py freezes what is there)


def _migrate(folder: Path) -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    if executor.loader.applied_migrations:
        print(f"The database is brought up to date. A copy of it as it was: {backup(folder)}")
    call_command("migrate", interactive=False, verbosity=0)


def _migrations(folder: Path) -> str:
    """Changes when a migration appears or goes, or when the database is another one."""
    database = folder / DATABASE
    names: list[object] = [database.stat().st_ino if database.exists() else None]
    for app in apps.get_app_configs():
        names += [app.label, *sorted(path.name for path in Path(app.path, "migrations").glob("*.py"))]
    return _hash(names)


def _static() -> str:
    """Changes when a static file does, or how they are joined."""
    found: list[object] = [str(settings.STATIC_ROOT), Path(settings.STATIC_ROOT).exists(), JOINED, *SHEETS]
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda item: item[0]):
            state = Path(storage.path(name)).stat()
            found.append((name, state.st_size, state.st_mtime_ns))
    return _hash(found)


def _templates() -> str:
    """Changes when a template does, or a filter with which it is compiled."""
    found: list[object] = [pages.filters_as_they_are()]
    folders = map(Path, cast(pages.Pages, engines["pages"]).template_dirs)
    for path in sorted(one for folder in folders for one in folder.rglob("*")):
        state = path.stat()
        found.append((str(path), state.st_size, state.st_mtime_ns))
    return _hash(found)


def _hash(things: Iterable[object]) -> str:
    return hashlib.sha256(repr(list(things)).encode()).hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError):
        return {}


def _write(path: Path, record: dict[str, Any]) -> None:
    unfinished = path.with_suffix(".new")
    unfinished.write_text(json.dumps(record))
    unfinished.replace(path)
