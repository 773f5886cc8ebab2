"""What someone who can write every file of a record might do to its log.

Used by the tests at every place of a small log and by `make torture` many times.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from khronika.record.checkpoint import Checkpoint
from khronika.record.record import Record
from khronika.record.seal import seal
from tests import stories

Database = sqlite3.Connection


def grown(record: Record) -> Checkpoint:
    """A checkpoint of a record of a dozen entries, to which four are added afterwards."""
    for number in range(8):
        record.append(*stories.page(f"Nothing new, part {number}.", f"n{number}.txt"))
    found = record.checkpoint()
    for number in range(4):
        record.append(*stories.page(f"Nothing since, part {number}.", f"s{number}.txt"))
    return found


def _anew(db: Database, begin: int = 1) -> None:
    """The chain from entry `begin` on as it would be had the rows always been as they are now."""
    row = db.execute("SELECT sha256 FROM log WHERE seq = ?", [begin - 1]).fetchone()
    previous = row[0] if row else "0" * 64
    for seq, at, act, body in db.execute("SELECT seq, at, act, body FROM log WHERE seq >= ? ORDER BY seq", [begin]):
        found = seal(previous, at, act, body)
        db.execute("UPDATE log SET previous = ?, sha256 = ? WHERE seq = ?", [previous, found, seq])
        previous = found


def _number(db: Database) -> None:
    """Entries numbered from 1 on without a gap."""
    for number, (seq,) in enumerate(db.execute("SELECT seq FROM log ORDER BY seq").fetchall(), 1):
        db.execute("UPDATE log SET seq = ? WHERE seq = ?", [number, seq])


def change(db: Database, at: int, last: int) -> None:
    """One entry says something else."""
    db.execute("UPDATE log SET body = replace(body, '}', ',\"x\":1}') WHERE seq = ?", [at])


def remove(db: Database, at: int, last: int) -> None:
    """One entry is gone, the ones after it move up."""
    db.execute("DELETE FROM log WHERE seq = ?", [at])
    _number(db)


def insert(db: Database, at: int, last: int) -> None:
    """An entry that never was is put in."""
    db.execute("UPDATE log SET seq = -(seq + 1) WHERE seq >= ?", [at])
    db.execute("UPDATE log SET seq = -seq WHERE seq < 0")
    row = db.execute("SELECT at, act, body FROM log ORDER BY seq DESC LIMIT 1").fetchone()
    db.execute("INSERT INTO log (seq, at, act, body, previous, sha256) VALUES (?, ?, ?, ?, 'p', 's')", [at, *row])


def swap(db: Database, at: int, last: int) -> None:
    """Two entries change places."""
    other = at + 1 if at < last else at - 1
    db.execute("UPDATE log SET seq = -1 WHERE seq = ?", [at])
    db.execute("UPDATE log SET seq = ? WHERE seq = ?", [at, other])
    db.execute("UPDATE log SET seq = ? WHERE seq = -1", [other])


def cut(db: Database, at: int, last: int) -> None:
    """Everything from an entry on is gone."""
    db.execute("DELETE FROM log WHERE seq >= ?", [at])


ATTACKS = (change, remove, insert, swap, cut)


def is_found(record: Record, kept: Checkpoint, number: int, place: int, computed: bool) -> bool:
    """Whether `verify` finds the attack of this number at an entry. The record is as before afterwards.

    `computed`: the whole chain is made anew and the note of its reach removed: the checkpoint alone can tell.
    """
    record.close()
    content, reach = record.database.read_bytes(), (record.path / "reach").read_bytes()
    with sqlite3.connect(record.database) as db:
        ATTACKS[number](db, place, kept.entries)
        if computed:
            _anew(db)
            (record.path / "reach").unlink()
    db.close()
    found = record.check([kept]).damaged
    record.close()
    Path(record.database).write_bytes(content)
    (record.path / "reach").write_bytes(reach)
    return any(kept.written in line for line in found) if computed else bool(found)
