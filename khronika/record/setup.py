"""Django for a record: configured when the first record is opened, one database alias for each open record."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from khronika.errors import DamagedRecord, KhronikaError, RecordBusy, UsageError

APP = "khronika.record"
_numbers = itertools.count(1)

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-65536;"
"""WAL: readers never wait for the writer. FULL: what was committed survives a power cut. Cache: 64 MiB, since rows
found by hash lie all over a large file (sqlite.org/pragma.html)."""


def configure() -> None:
    """Makes Django ready, once per process. A process that configured Django for itself keeps its own settings.

    Raises UsageError when the host process has Django settings without this app.
    """
    import django
    from django.apps import apps
    from django.conf import settings

    if not settings.configured and not _settings_module():
        settings.configure(INSTALLED_APPS=[APP], DATABASES={}, USE_TZ=True, LOGGING_CONFIG=None)
    if not apps.ready:
        django.setup()
    if not apps.is_installed(APP):
        raise UsageError(f"this process has Django settings of its own: add “{APP}” to its INSTALLED_APPS")


def _settings_module() -> str | None:
    """The host's settings module, where its environment names one that Django has not loaded yet."""
    return os.environ.get("DJANGO_SETTINGS_MODULE")


def connect(file: Path) -> str:
    """A new database alias for the SQLite file; `disconnect` gives it back."""
    configure()
    from django.db import connections

    alias = f"khronika_{next(_numbers)}"
    options: dict[str, Any] = {"init_command": PRAGMAS, "timeout": 60}
    name = str(file)
    if file.exists() and not os.access(file.parent, os.W_OK):
        name, options = _as_it_lies(file), {"uri": True}
    row: dict[str, Any] = {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": options}
    connections.settings[alias] = connections.configure_settings({"default": {}, alias: row})[alias]
    return alias


def folder_of(alias: str) -> Path:
    """The folder in which the alias's database lies."""
    from django.db import connections

    return Path(connections.settings[alias]["NAME"]).parent


def _as_it_lies(file: Path) -> str:
    """The database in a folder that cannot be written, as an address: WAL would make files beside it, so it is opened
    as one that nobody changes (sqlite.org/uri.html, immutable).

    Raises UsageError where its last changes still lie in the WAL.
    """
    wal = file.with_name(file.name + "-wal")
    if wal.exists() and wal.stat().st_size:
        raise UsageError(
            f"{file.parent} cannot be written to, and its last changes wait in {wal.name}: copy it elsewhere"
        )
    return f"{file.resolve().as_uri()}?immutable=1"


def disconnect(alias: str) -> None:
    """Closes the alias's connection and forgets it."""
    from django.db import connections

    if alias in connections.settings:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


def migrate(alias: str, file: Path, then: Callable[[], object] = lambda: None) -> None:
    """Brings the database to this version's schema, and does `then`: all of it in one transaction, so that a record
    is of the old schema or of the new one, whatever happens meanwhile.

    Raises DamagedRecord where the list of what was done to the tables cannot be right; see `pending` for newer ones.
    """
    from django.db import connections, transaction
    from django.db.migrations.exceptions import InconsistentMigrationHistory
    from django.db.migrations.executor import MigrationExecutor

    connection = connections[alias]
    with guarded(file):
        connection.disable_constraint_checking()  # while a table is made anew, rows point to none
        try:
            with transaction.atomic(using=alias):
                executor = MigrationExecutor(connection)
                executor.loader.check_consistent_history(connection)
                executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] == "record"])
                then()
        except InconsistentMigrationHistory as error:
            raise DamagedRecord(f"{file}: the list of what was done to its tables was changed") from error
        finally:
            connection.enable_constraint_checking()


def pending(alias: str, file: Path) -> tuple[list[str], set[str]]:
    """The migrations that are still to run, in order, and the names of applied ones that this version does not know."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    with guarded(file):
        try:
            loader = MigrationExecutor(connections[alias]).loader
        except (TypeError, ValueError) as error:  # a day on which one was applied is none
            raise DamagedRecord(f"{file}: the list of what was done to its tables was changed") from error
        applied = {name for app, name in loader.applied_migrations if app == "record"}
        known = {name for app, name in loader.disk_migrations if app == "record"}
        return sorted(known - applied), applied - known


def has_tables(alias: str, file: Path) -> bool:
    """Whether the database has any table of a record."""
    from django.db import connections

    with guarded(file):
        return "capture" in connections[alias].introspection.table_names()


@contextmanager
def lenient(alias: str) -> Iterator[None]:
    """Lets text that is no UTF-8 any more come out of the database with lone surrogates in it, so that its row can be
    named; else SQLite's driver gives up at the first."""
    from django.db import connections

    connections[alias].ensure_connection()
    raw: Any = connections[alias].connection
    before = raw.text_factory
    raw.text_factory = lambda text: text.decode("utf-8", errors="surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before


@contextmanager
def changing(alias: str) -> Iterator[None]:
    """One transaction that writes, and waits for its turn before it reads: what it looks at is what it changes.

    A transaction that begins by reading is refused its first write when another process wrote meanwhile
    (sqlite.org/lang_transaction.html, "immediate"). May be nested.
    """
    from django.db import connections, transaction

    connection: Any = connections[alias]
    connection.ensure_connection()
    mode, connection.transaction_mode = connection.transaction_mode, "IMMEDIATE"
    try:
        with transaction.atomic(using=alias):
            connection.transaction_mode = mode
            yield
    finally:
        connection.transaction_mode = mode


@contextmanager
def guarded(file: Path) -> Iterator[None]:
    """Turns the database's errors into ours: DamagedRecord names the file, RecordBusy a lock that did not come free."""
    import sqlite3

    from django.db import DatabaseError

    try:
        yield
    except UnicodeDecodeError as error:  # the driver's own, over a message that quotes a damaged name
        raise DamagedRecord(f"{file}: the database is malformed ({error.reason})") from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        reason = str(error)
        if "locked" in reason:
            raise RecordBusy(f"{file}: another program holds the database ({reason})") from error
        if any(sign in reason for sign in ("full", "readonly", "unable to open", "disk I/O")):
            raise KhronikaError(f"{file}: {reason}") from error
        raise DamagedRecord(f"{file}: {reason}") from error
