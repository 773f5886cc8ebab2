"""Records of earlier schemas (`released/`), and a process that is killed while it brings one up to date."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

RELEASED = Path(__file__).parent / "released"
SCHEMAS = sorted(folder.name for folder in RELEASED.iterdir() if folder.is_dir())
FACTS = ("capture", "document", "claim", "mention", "relation", "second_reading", "failure", "run", "log")
"""The tables of what arrived; derived ones are made anew."""

_KILLED = """
import os, signal, shutil, sys
from pathlib import Path
from django.db.backends.signals import connection_created
from khronika.record import setup
from khronika.record.record import open_record

def killed_at(number):
    left = [number]
    def count(statement):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    def watch(connection, **_):
        connection.connection.set_trace_callback(count)
    connection_created.connect(watch, weak=False)

source, target = map(Path, sys.argv[1:3])
setup.configure()
for number in map(int, sys.argv[3:]):
    folder = target / str(number)
    shutil.copytree(source, folder)
    child = os.fork()
    if not child:
        killed_at(number)
        with open_record(folder):
            os._exit(0)
    _, status = os.waitpid(child, 0)
    print(number, "killed" if os.WIFSIGNALED(status) else "done", flush=True)
"""


def unpack(schema: str, folder: Path) -> Path:
    """The record of an earlier schema, as the program of its time left it."""
    shutil.copytree(RELEASED / schema, folder, ignore=shutil.ignore_patterns("*.sql"))
    with sqlite3.connect(folder / "record.sqlite3") as database:
        database.executescript((RELEASED / schema / "record.sql").read_text("utf-8"))
    database.close()
    return folder


def facts(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of what arrived, by table; tables that the schema lacks are empty. The entry that says that the record
    was brought up to date is left out."""
    found: dict[str, list[tuple[object, ...]]] = {}
    with sqlite3.connect(folder / "record.sqlite3") as database:
        there = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        for table in FACTS:
            what = f"SELECT * FROM {table}" + (" WHERE act != 'migrated'" if table == "log" else "")
            found[table] = sorted(database.execute(what), key=repr) if table in there else []
    database.close()
    return found


def migrations(folder: Path) -> list[str]:
    """What was done to the record's tables."""
    with sqlite3.connect(folder / "record.sqlite3") as database:
        names = [
            n for (n,) in database.execute("SELECT name FROM django_migrations WHERE app = 'record' ORDER BY name")
        ]
    database.close()
    return names


def kill(source: Path, target: Path, numbers: Iterable[int]) -> dict[int, bool]:
    """Brings copies of the record up to date, `target/1`, `target/2` …, each killed at the statement of its number;
    whether it was: False where it was done before."""
    words = [sys.executable, "-c", _KILLED, str(source), str(target), *map(str, numbers)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    return {int(number): how == "killed" for number, how in map(str.split, done.stdout.splitlines())}
