"""Records that are damaged in a dozen ways, and what each verb makes of them.

Used by the tests with a hundred and by `make torture` with many.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

from click.testing import CliRunner, Result

from khronika.cli.main import khronika

WRITERS = {"relink", "checkpoint"}
"""Verbs that write, or say something else each time."""


def verbs(who: str, on: str) -> list[tuple[str, ...]]:
    """Every verb that opens a record, save the ones that need more than a record; `relink` stands for those that write.
    `who`: a person of the record, `on`: a day on which that person is held."""
    alone = ["people", "events", "overdue", "unknown", "contradictions", "relink", "checkpoint", "verify"]
    about = [("case", who), ("status", who, "--on", on), ("relatives", who), ("held", "--on", on)]
    return [*((verb,) for verb in alone), *about, ("changes", "--since", on)]


def call(folder: Path, *words: str) -> Result:
    """The program's answer."""
    return CliRunner().invoke(khronika, [*words, "--record", str(folder)])


def answers(folder: Path, asked: list[tuple[str, ...]]) -> dict[tuple[str, ...], int]:
    """Of how many lines each verb's answer is."""
    return {words: len(call(folder, *words).stdout.splitlines()) for words in asked if words[0] not in WRITERS}


def wrong_with(
    folder: Path, sound: dict[tuple[str, ...], int], asked: list[tuple[str, ...]], chosen: random.Random
) -> str:
    """Asks `verify` and two other verbs of a damaged record; what one of them does that it must not, or "".

    A verb ends with an error of ours, or gives the answer that it gave before: never a traceback, and never the calm
    answer of a record in which there is nothing.
    """
    for words in [("verify",), *chosen.sample(asked, 2)]:
        copy = shutil.copytree(folder, folder.with_name(f"asked-{words[0]}"), dirs_exist_ok=True)
        done = call(copy, *words)
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            return f"{words}: {done.exception!r}"
        if done.exit_code not in {0, 2, 3, 4}:
            return f"{words}: exit code {done.exit_code}"
        if done.exit_code and not done.stderr:
            return f"{words}: ends without a word"
        if not done.exit_code and words[0] not in WRITERS and len(done.stdout.splitlines()) < sound[words] // 2:
            return f"{words}: answers {done.stdout[:200]!r}"
    return ""


def damage(folder: Path, chosen: random.Random, number: int) -> str:
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
