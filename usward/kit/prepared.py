"""Queries whose SQL is made once. Django's query builder takes longer than the database does: what a page asks every
time is written as a queryset with gaps, compiled at its first use, and afterwards only filled in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Expression, Field, Model, QuerySet, query, sql
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


class Given(Expression):
    """A gap in a prepared queryset: a value of the field's type that every call gives by name."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def adapt(self, value: Any, database: Any) -> Any:
        """The value as the database driver takes it."""
        return self.output_field.get_db_prep_value(value, database, prepared=False)


def several(name: str, field: "Field[Any, Any]", count: int) -> list[Given]:
    """As many gaps, for an `in`: the call gives a sequence of that length."""
    return [Given(f"{name}{number}", field) for number in range(count)]


def numbered(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values for `several`."""
    return {f"{name}{number}": value for number, value in enumerate(values)}


def _filled(params: Iterable[Any], given: dict[str, Any], database: Any) -> list[Any]:
    return [part.adapt(given[part.name], database) if isinstance(part, Given) else part for part in params]


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
        database: Any = connections[DEFAULT_DB_ALIAS]
        ready = self._compiled.get(database.vendor) or self._compile(database)
        with database.cursor() as cursor:
            cursor.execute(ready.sql, _filled(ready.params, given, database))
            found = cursor.fetchall()
        return [self._build(ready, list(row), database) for row in found]

    def first(self, **given: Any) -> M | None:
        """The first row, or None."""
        return next(iter(self(**given)), None)

    def _compile(self, database: Any) -> _Compiled:
        compiler: Any = self._queryset.query.get_compiler(connection=database)
        statement, params = compiler.as_sql()
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        populators: Any = vars(query)["get_related_populators"]  # not in the type stubs
        fields = compiler.klass_info["select_fields"]
        columns = slice(fields[0], fields[-1] + 1)
        ready = _Compiled(
            sql=statement,
            params=tuple(params),
            converters=list(converters.items()),
            model=compiler.klass_info["model"],
            names=[column[0].target.attname for column in compiler.select[columns]],
            columns=columns,
            related=populators(compiler.klass_info, compiler.select, self._queryset.db),
            extra=compiler.annotation_col_map or {},
        )
        self._compiled[database.vendor] = ready
        return ready

    def _build(self, ready: _Compiled, row: list[Any], database: Any) -> M:
        for place, (functions, expression) in ready.converters:
            for convert in functions:
                row[place] = convert(row[place], expression, database)
        # What Model.from_db does, but for the signals of a model's making, of which we have none.
        one: M = ready.model.__new__(ready.model)
        one.__dict__.update(zip(ready.names, row[ready.columns], strict=True))
        one._state = ModelState()
        one._state.adding, one._state.db = False, database.alias
        for populator in ready.related:
            populator.populate(row, one)
        for name, place in ready.extra.items():
            setattr(one, name, row[place])
        return one


class Change:
    """An update or a removal of rows, prepared alike. Calling it gives how many rows it met.

    No signals and no cascades: for tables that nothing else points to.
    """

    def __init__(self, queryset: QuerySet[Any], **values: Any) -> None:
        change: Any = queryset.query.chain(sql.UpdateQuery if values else sql.DeleteQuery)
        if values:
            change.add_update_values(values)
        self._query = change
        self._compiled: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def __call__(self, **given: Any) -> int:
        database: Any = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._compiled:
            self._compiled[database.vendor] = self._query.get_compiler(connection=database).as_sql()
        statement, params = self._compiled[database.vendor]
        with database.cursor() as cursor:
            cursor.execute(statement, _filled(params, given, database))
            return int(cursor.rowcount)
