"""Every route that the URL resolver knows, and an address for each."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

NOBODYS = str(UUID(int=0x5EED))


class Route(NamedTuple):
    """A pattern: its name, its address with {parameters}."""

    name: str
    path: str
    parameters: tuple[str, ...]

    def fill(self, **values: str) -> str:
        """The address, parameters filled in; those not given become what nobody has."""
        return "/" + self.path.format(**{name: values.get(name, NOBODYS) for name in self.parameters})


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[Route]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, before + str(one.pattern))
            continue
        path = before + str(one.pattern)
        names = tuple(one.pattern.converters) or tuple(getattr(one.pattern, "regex", None).groupindex)
        for name, converter in one.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            for written in (f"<{kind}:{name}>", f"<{name}>"):
                path = path.replace(written, f"{{{name}}}")
        yield Route(one.name or path, path, names)


def routes() -> list[Route]:
    """All of them, in the order of the resolver."""
    return list(_walk(get_resolver().url_patterns))
