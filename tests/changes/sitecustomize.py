"""What tests change in the processes that they start. TESTS_CHANGE names the changes, with commas between them.

Python imports a module of this name at its start, if it stands on the path; tests/conftest.py puts this folder there.
"""

import importlib.abc
import importlib.machinery
import os
import sys
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any


def hurried(password: Any) -> None:
    """A new passphrase gets the cheapest hash that there is. What is slow in life would be most of a test."""
    password.Cost.__init__.__defaults__ = (64, 1, 1)


def unsealed(envelope: Any) -> None:
    """The canary's control run: sealing is off. The envelope keeps its header and its lengths."""

    def seal(key: bytes, plain: bytes, context: Sequence[bytes]) -> bytes:
        header = envelope._HEADER.pack(envelope.MAGIC, envelope.VERSION, 1, envelope.key_id(key), bytes(24))
        return header + plain + bytes(16)

    def unseal(key: bytes, sealed: bytes, context: Sequence[bytes]) -> bytes:
        if len(sealed) < envelope._HEADER.size + 16 or sealed[4:12] != envelope.key_id(key):
            raise envelope.SealBroken("sealed under another key")
        return sealed[envelope._HEADER.size : -16]

    envelope.seal, envelope.unseal = seal, unseal


CHANGES: dict[str, tuple[str, Callable[[Any], None]]] = {
    "hurried": ("usward.vault.password", hurried),
    "unsealed": ("usward.vault.envelope", unsealed),
}


class _Finder(importlib.abc.MetaPathFinder):
    """Changes one module when it has been loaded."""

    def __init__(self, name: str, change: Callable[[Any], None]) -> None:
        self.name, self.change = name, change

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> Any:
        if name != self.name:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        assert spec is not None and spec.loader is not None
        run = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            run(module)
            self.change(module)

        spec.loader.exec_module = exec_module
        return spec


for one in filter(None, os.environ.get("TESTS_CHANGE", "").split(",")):
    sys.meta_path.insert(0, _Finder(*CHANGES[one]))
