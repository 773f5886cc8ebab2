"""A hundred records that are not what they were, through the verbs: each ends with a message and a code of its own."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from khronika.cli.main import khronika

VERBS = (
    *(("people",), ("events",), ("overdue",), ("unknown",), ("contradictions",), ("changes", "--since", "2031-06-23")),
    *(("case", "Jorun"), ("status", "Jorun", "--on", "2031-06-25"), ("held", "--on", "2031-06-25")),
    *(("relatives", "Jorun"), ("show", "e1"), ("relink",), ("checkpoint",), ("verify",)),
)
"""Every verb that opens a record, save the ones that need more than a record; `relink` stands for those that write."""
WRITERS = {"relink", "checkpoint"}
"""Those of them that write, or say something else each time."""


def damaged(folder: Path, chosen: random.Random, number: int) -> str:
    """Damages the record in one of twelve ways; says how."""
    database = folder / "record.sqlite3"
    capture = chosen.choice(sorted(f for f in (folder / "captures").rglob("*") if f.is_file()))
    victim = chosen.choice([database, database, capture, folder / "khronika.toml", folder / "reach"])
    content = victim.read_bytes()
    kind = number % 12
    if kind == 0:
        victim.write_bytes(b"")
    elif kind == 1:
        victim.write_bytes(content[: chosen.randrange(len(content))])
    elif kind == 2:
        victim.unlink()
    elif kind == 3:
        victim.write_bytes(chosen.randbytes(len(content)))
    elif kind == 4:  # some pages of zeros, as a broken disk gives them
        at = chosen.randrange(0, len(content), 512)
        victim.write_bytes(content[:at] + bytes(min(4096, len(content) - at)) + content[at + 4096 :])
    elif kind == 5:  # a picture, a web page, another program's database
        victim.write_bytes(chosen.choice([b"\x89PNG\r\n\x1a\n" + bytes(999), b"<html>" * 500, b"\xff\xfe" * 3000]))
    elif kind == 6:
        database.unlink()
        with sqlite3.connect(database) as other:
            other.execute("CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url TEXT)")
        other.close()
    elif kind == 7:  # a newer khronika's
        if chosen.random() < 0.5:
            mark = folder / "khronika.toml"
            mark.write_text(mark.read_text().replace("format = 1", f"format = {chosen.randrange(2, 99)}"))
        else:
            _change(
                database, "INSERT INTO django_migrations (app, name, applied) VALUES ('record', '0999_x', '2040-01-01')"
            )
    elif kind == 8:  # rubbish in the WAL
        (folder / "record.sqlite3-wal").write_bytes(chosen.randbytes(chosen.randrange(1, 20000)))
    elif kind == 9:  # values that nobody wrote
        table = chosen.choice(["claim", "document", "event", "person", "custody_interval", "log", "derivation"])
        column = {"log": "body", "derivation": "head"}.get(table, "body")
        value = chosen.choice(
            ["'{}'", "'[]'", "'null'", "X'00ff'", "'{\"a\":'", "17", "''", f"replace({column}, '1', 'v')"]
        )
        _change(database, f"UPDATE {table} SET {column} = {value}")
    elif kind == 10:
        table = chosen.choice(
            ["claim", "event", "person", "log", "derivation", "django_migrations", "document", "capture"]
        )
        _change(database, f"PRAGMA foreign_keys = OFF; DROP TABLE {table}")
    else:
        for _ in range(200):
            at = chosen.randrange(len(content))
            content = content[:at] + bytes([chosen.randrange(256)]) + content[at + 1 :]
        victim.write_bytes(content)
    return f"{number}: way {kind}, {victim.name}"


def _change(database: Path, statements: str) -> None:
    with sqlite3.connect(database) as opened:
        opened.executescript(statements)
    opened.close()


def _call(folder: Path, *words: str):
    return CliRunner().invoke(khronika, [*words, "--record", str(folder)])


@pytest.fixture(scope="module")
def sound(record_folder) -> dict[tuple[str, ...], str]:
    """What each verb says of the record as it was."""
    return {words: _call(record_folder, *words).stdout for words in VERBS if words[0] not in WRITERS}


@pytest.mark.parametrize("number", range(100))
def test_no_traceback_and_no_empty_answer(record_folder, sound, tmp_path, number):
    """Each damaged record meets `verify` and two other verbs.

    A verb ends with an error of ours, or gives the answer that it gave before: never a traceback, and never the calm
    answer of a record in which there is nothing. `verify` ends with 0 only if nothing was damaged that can be read.
    """
    chosen = random.Random(number)
    shutil.copytree(record_folder, tmp_path / "record")
    how = damaged(tmp_path / "record", chosen, number)
    for words in [("verify",), *chosen.sample(VERBS, 2)]:
        copy = tmp_path / words[0]
        if not copy.exists():
            shutil.copytree(tmp_path / "record", copy)
        done = _call(copy, *words)
        assert done.exception is None or isinstance(done.exception, SystemExit), f"{how}, {words}: {done.exception!r}"
        assert done.exit_code in {0, 2, 3, 4}, how
        if done.exit_code == 3:
            assert done.stderr, how
        if done.exit_code == 0 and words[0] not in WRITERS:
            assert len(done.stdout.splitlines()) >= len(sound[words].splitlines()) // 2, (how, words, done.stdout)
