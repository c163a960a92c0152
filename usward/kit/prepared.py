"""Queries whose SQL is made once. Django's query builder takes longer than the database does: what a page asks every
time is written as a queryset with gaps, compiled at its first use, and afterwards only filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.query import get_related_populators

M = TypeVar("M", bound=Model)


class Given(Expression):
    """A gap in a prepared queryset: a value of the field's type that every call gives by name."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def adapt(self, value: Any) -> Any:
        """The value as the database driver takes it."""
        return self.output_field.get_db_prep_value(value, connection, prepared=False)


def several(name: str, field: "Field[Any, Any]", count: int) -> list[Given]:
    """As many gaps, for an `in`: the call gives a sequence of that length."""
    return [Given(f"{name}{number}", field) for number in range(count)]


def numbered(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values for `several`."""
    return {f"{name}{number}": value for number, value in enumerate(values)}


@dataclass(frozen=True)
class _Compiled:
    sql: str
    params: tuple[Any, ...]
    converters: list[tuple[int, Any]]
    model: Any
    names: list[str]
    columns: slice
    related: list[Any]
    extra: dict[str, int]


class Prepared(Generic[M]):
    """A queryset with gaps. Calling it with the gaps' values gives the rows, as iterating the queryset would."""

    def __init__(self, queryset: QuerySet[M]) -> None:
        self._queryset = queryset
        self._compiled: dict[str, _Compiled] = {}

    def __call__(self, **given: Any) -> list[M]:
        ready = self._compiled.get(connection.vendor) or self._compile()
        params = [part.adapt(given[part.name]) if isinstance(part, Given) else part for part in ready.params]
        with connection.cursor() as cursor:
            cursor.execute(ready.sql, params)
            found = cursor.fetchall()
        return [self._build(ready, list(row)) for row in found]

    def first(self, **given: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self(**given)), None)

    def _compile(self) -> _Compiled:
        compiler: Any = self._queryset.query.get_compiler(connection=connection)
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        fields = compiler.klass_info["select_fields"]
        columns = slice(fields[0], fields[-1] + 1)
        ready = _Compiled(
            sql=sql,
            params=tuple(params),
            converters=list(converters.items()),
            model=compiler.klass_info["model"],
            names=[column[0].target.attname for column in compiler.select[columns]],
            columns=columns,
            related=get_related_populators(compiler.klass_info, compiler.select, self._queryset.db),
            extra=compiler.annotation_col_map or {},
        )
        self._compiled[connection.vendor] = ready
        return ready

    def _build(self, ready: _Compiled, row: list[Any]) -> M:
        for place, (functions, expression) in ready.converters:
            for convert in functions:
                row[place] = convert(row[place], expression, connection)
        one: M = ready.model.from_db(connection.alias, ready.names, row[ready.columns])
        for populator in ready.related:
            populator.populate(row, one)
        for name, place in ready.extra.items():
            setattr(one, name, row[place])
        return one
