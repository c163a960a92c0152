"""The control run's plug-in: sealing is off, in that one process. The envelope keeps its header and its lengths.

Python imports a module of this name at its start, if it stands on the path; the test puts this folder there.
"""

import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any

NAME = "usward.vault.envelope"


def _open_up(envelope: Any) -> None:
    def seal(key: bytes, plain: bytes, context: Sequence[bytes]) -> bytes:
        header = envelope._HEADER.pack(envelope.MAGIC, envelope.VERSION, 1, envelope.key_id(key), bytes(24))
        return header + plain + bytes(16)

    def unseal(key: bytes, sealed: bytes, context: Sequence[bytes]) -> bytes:
        if len(sealed) < envelope._HEADER.size + 16 or sealed[4:12] != envelope.key_id(key):
            raise envelope.SealBroken("sealed under another key")
        return sealed[envelope._HEADER.size : -16]

    envelope.seal, envelope.unseal = seal, unseal


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> Any:
        if name != NAME:
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        assert spec is not None and spec.loader is not None
        run = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            run(module)
            _open_up(module)

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Finder())
