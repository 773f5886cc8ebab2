"""Records of every earlier schema are brought up to date without losing a fact, and never half."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, NewerRecord, RecordBusy
from khronika.flow import link
from khronika.record import folder as files
from khronika.record.record import open_record
from khronika.record.setup import configure
from tests.record import earlier


def _all() -> list[str]:
    """The names of all migrations of this version."""
    configure()
    from django.db.migrations.loader import MigrationLoader

    return sorted(name for app, name in MigrationLoader(None).disk_migrations if app == "record")


@pytest.mark.parametrize("schema", earlier.SCHEMAS)
def test_nothing_is_lost_on_the_way(schema: str, tmp_path: Path) -> None:
    """Every row of what arrived is the same, the log says what was done, everything verifies, and after a new linking
    every question is answered."""
    folder = earlier.unpack(schema, tmp_path / "record")
    before = earlier.facts(folder)
    with open_record(folder) as record:
        assert earlier.migrations(folder) == _all()
        assert earlier.facts(folder) == before
        assert record.verify().ok
        link(record)
        assert record.case("Aigul Nurlan").status(on="2021-06-24").held is True
        assert {person.name for person in record.people()} == {"Aigul Nurlan", "Daniyar Ospan"}
        assert len(record.failures()) == 1
        assert record.verify().ok
    with open_record(folder) as again:
        assert again.verify().ok


@pytest.mark.parametrize("schema", earlier.SCHEMAS)
def test_the_tables_are_those_of_a_new_record(schema: str, tmp_path: Path) -> None:
    """A record that was brought up to date has the columns of one that was made by this version."""

    def columns(folder: Path) -> set[tuple[object, ...]]:
        with sqlite3.connect(folder / "record.sqlite3") as database:
            names = [n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            found = {(n, *row[1:4], row[5]) for n in names for row in database.execute(f'PRAGMA table_info("{n}")')}
        database.close()
        return found

    with open_record(earlier.unpack(schema, tmp_path / "old")), open_record(tmp_path / "new", create=True):
        assert columns(tmp_path / "old") == columns(tmp_path / "new")


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("schema", earlier.SCHEMAS)
def test_killed_on_the_way_it_is_old_or_new(schema: str, tmp_path: Path) -> None:
    """At random statements: the next program finds the old schema or the new one, never one between, loses nothing,
    and goes on without being asked. `make torture` kills at every statement."""
    if earlier.migrations(earlier.unpack(schema, tmp_path / "old")) == _all():
        pytest.skip("this is the present schema")
    old, before = earlier.migrations(tmp_path / "old"), earlier.facts(tmp_path / "old")
    chosen = random.Random(schema)
    killed = earlier.kill(tmp_path / "old", tmp_path / "new", sorted(chosen.sample(range(1, 120), 6)))
    assert any(killed.values())
    for number in killed:
        folder = tmp_path / "new" / str(number)
        assert earlier.migrations(folder) in (old, _all()), number
        assert earlier.facts(folder) == before
        with open_record(folder) as record:
            assert record.verify().ok
        assert earlier.facts(folder) == before
        assert earlier.migrations(folder) == _all()


def test_an_old_record_that_is_in_use_waits(tmp_path: Path) -> None:
    """While another process holds it, it is not changed under its hands."""
    folder = earlier.unpack(earlier.SCHEMAS[0], tmp_path / "record")
    with files.locked(folder), pytest.raises(RecordBusy, match="another run"):
        open_record(folder)
    with open_record(folder) as record:
        assert record.verify().ok


def test_an_older_program_refuses_a_newer_record(tmp_path: Path) -> None:
    """In words, and without changing a byte of it."""
    folder = earlier.unpack(earlier.SCHEMAS[-1], tmp_path / "record")
    with open_record(folder):
        pass
    with sqlite3.connect(folder / "record.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '9000_later', '2040-01-01')"
        )
    database.close()
    before = (folder / "record.sqlite3").read_bytes()
    with pytest.raises(NewerRecord, match="9000_later"):
        open_record(folder)
    assert (folder / "record.sqlite3").read_bytes() == before


def test_a_list_of_migrations_with_a_gap_is_damage(tmp_path: Path) -> None:
    """One in the middle is not there: nothing is done anew over tables that are there."""
    folder = earlier.unpack(earlier.SCHEMAS[-1], tmp_path / "record")
    with sqlite3.connect(folder / "record.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'record' AND name LIKE '0002%'")
    database.close()
    with pytest.raises(DamagedRecord):
        open_record(folder)
