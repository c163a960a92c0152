"""Queries whose SQL is made once. Django's query builder takes longer than the database does: what a page asks every
time is written as a queryset with gaps, compiled at its first use, and afterwards only filled in."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    AutoField,
    BinaryField,
    DateTimeField,
    Expression,
    Field,
    ForeignKey,
    Model,
    QuerySet,
    UUIDField,
    query,
    sql,
)
from django.db.models.base import ModelState

M = TypeVar("M", bound=Model)


class Given(Expression):
    """A gap in a prepared queryset: a value of the field's type that every call gives by name."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


def several(name: str, field: "Field[Any, Any]", count: int) -> list[Given]:
    """As many gaps, for an `in`: the call gives a sequence of that length."""
    return [Given(f"{name}{number}", field) for number in range(count)]


def numbered(name: str, values: Iterable[Any]) -> dict[str, Any]:
    """The values for `several`."""
    return {f"{name}{number}": value for number, value in enumerate(values)}


def _adapter(field: "Field[Any, Any]", database: Any) -> Callable[[Any], Any]:
    """How the driver takes a value of a field. Ids, bytes and days are most of what is given, and need no asking."""
    if isinstance(field, ForeignKey):
        field = field.target_field
    if isinstance(field, UUIDField) and not database.features.has_native_uuid_field:
        return lambda value: value and value.hex
    if database.vendor == "sqlite":
        if isinstance(field, BinaryField):
            return lambda value: value
        if isinstance(field, DateTimeField):
            return lambda value: value and str(value.astimezone(UTC).replace(tzinfo=None))
    return lambda value: field.get_db_prep_value(value, database, prepared=False)


class _Statement:
    """SQL with gaps, for one database.

    On SQLite it goes straight to the driver, its gaps already written as the driver wants them; Django's cursor would
    write them anew each time, which takes as long as the query. Where queries are logged or watched it goes Django's way.
    """

    def __init__(self, sql: str, params: Iterable[Any], database: Any) -> None:
        self.sql, self.params = sql, list(params)
        self.driver_sql = sql.replace("%s", "?").replace("%%", "%")
        self.adapters = [
            (place, part.name, _adapter(part.output_field, database))
            for place, part in enumerate(self.params)
            if isinstance(part, Given)
        ]

    def _filled(self, given: dict[str, Any]) -> list[Any]:
        params = self.params.copy()
        for place, name, adapt in self.adapters:
            params[place] = adapt(given[name])
        return params

    def run(self, given: dict[str, Any], database: Any) -> Any:
        """Execute; gives a cursor."""
        params = self._filled(given)
        if database.vendor != "sqlite" or database.queries_logged or database.execute_wrappers:
            cursor = database.cursor()
            cursor.execute(self.sql, params)
            return cursor
        database.ensure_connection()
        database.validate_no_broken_transaction()
        with database.wrap_database_errors:
            return database.connection.execute(self.driver_sql, params)


@dataclass(frozen=True)
class _Compiled:
    statement: _Statement
    converters: list[tuple[int, list[Callable[[Any, Any, Any], Any]], Any]]
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
        found = [list(row) for row in ready.statement.run(given, database).fetchall()]
        for place, functions, expression in ready.converters:
            _convert(found, place, functions, expression, database)
        return [self._build(ready, row, database) for row in found]

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
            statement=_Statement(statement, params, database),
            converters=[(place, functions, expression) for place, (functions, expression) in converters.items()],
            model=compiler.klass_info["model"],
            names=[column[0].target.attname for column in compiler.select[columns]],
            columns=columns,
            related=populators(compiler.klass_info, compiler.select, self._queryset.db),
            extra=compiler.annotation_col_map or {},
        )
        self._compiled[database.vendor] = ready
        return ready

    def _build(self, ready: _Compiled, row: list[Any], database: Any) -> M:
        one: M = _stored(ready.model, ready.names, row[ready.columns], database.alias)
        _populate(one, ready.related, row, database.alias)
        for name, place in ready.extra.items():
            setattr(one, name, row[place])
        return one


def _stored(model: Any, names: list[str], values: Iterable[Any], alias: str) -> Any:
    """What Model.from_db does, but for the signals of a model's making, of which we have none."""
    one = model.__new__(model)
    one.__dict__.update(zip(names, values, strict=True))
    one._state = ModelState()
    one._state.adding, one._state.db = False, alias
    return one


def _populate(one: Model, related: Iterable[Any], row: list[Any], alias: str) -> None:
    """What select_related brought along, as Django's own populators say where it lies."""
    for part in related:
        values = part.reorder_for_init(row) if part.reorder_for_init else row[part.cols_start : part.cols_end]
        other = None
        if values[part.pk_idx] is not None:
            other = _stored(part.model_cls, part.init_list, values, alias)
            _populate(other, part.related_populators, row, alias)
            part.remote_setter(other, one)
        part.local_setter(one, other)


def _convert(rows: list[list[Any]], place: int, functions: list[Any], expression: Any, database: Any) -> None:
    """One column of all rows, as Django converts it; what repeats (two authors, a few days) once."""
    known: dict[Any, Any] = {}
    for row in rows:
        raw = row[place]
        if raw not in known:
            value = raw
            for convert in functions:
                value = convert(value, expression, database)
            known[raw] = value
        row[place] = known[raw]


class Change:
    """An update or a removal of rows, prepared alike. Calling it gives how many rows it met.

    No signals and no cascades: for tables that nothing else points to.
    """

    def __init__(self, queryset: QuerySet[Any], **values: Any) -> None:
        change: Any = queryset.query.chain(sql.UpdateQuery if values else sql.DeleteQuery)
        if values:
            change.add_update_values(values)
        self._query = change
        self._compiled: dict[str, _Statement] = {}

    def __call__(self, **given: Any) -> int:
        database: Any = connections[DEFAULT_DB_ALIAS]
        if database.vendor not in self._compiled:
            statement, params = self._query.get_compiler(connection=database).as_sql()
            self._compiled[database.vendor] = _Statement(statement, params, database)
        return int(self._compiled[database.vendor].run(given, database).rowcount)


class Insert(Generic[M]):
    """The insertion of a model's row, prepared alike. Calling it with a row that is not stored yet stores it. No signals."""

    def __init__(self, model: type[M]) -> None:
        self._model = model
        made = model._meta.pk if isinstance(model._meta.pk, AutoField) else None
        self._fields = [field for field in model._meta.concrete_fields if field is not made]
        self._compiled: dict[str, _Statement] = {}

    def __call__(self, row: M) -> None:
        database: Any = connections[DEFAULT_DB_ALIAS]
        ready = self._compiled.get(database.vendor) or self._compile(database)
        given = {field.attname: getattr(row, field.attname) for field in self._fields}
        (row.pk,) = ready.run(given, database).fetchone()
        row._state.adding, row._state.db = False, database.alias

    def _compile(self, database: Any) -> _Statement:
        quote, meta = database.ops.quote_name, self._model._meta
        columns = ", ".join(quote(field.column) for field in self._fields)
        gaps = ", ".join(["%s"] * len(self._fields))
        statement = f"INSERT INTO {quote(meta.db_table)} ({columns}) VALUES ({gaps}) RETURNING {quote(meta.pk.column)}"
        params = [Given(field.attname, field) for field in self._fields]
        self._compiled[database.vendor] = ready = _Statement(statement, params, database)
        return ready
