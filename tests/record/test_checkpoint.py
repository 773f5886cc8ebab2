"""With a checkpoint kept elsewhere, whatever was done to what it covers is found; without one nothing is claimed."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, UsageError
from khronika.record import checkpoint
from khronika.record.checkpoint import Checkpoint, read_checkpoint
from khronika.record.record import Record, open_record
from khronika.record.seal import seal
from tests import stories

Database = sqlite3.Connection


@pytest.fixture
def kept(record: Record) -> Iterator[Checkpoint]:
    """A checkpoint of a record of a dozen entries, to which four are added afterwards."""
    for number in range(8):
        record.append(*stories.page(f"Nothing new, part {number}.", f"n{number}.txt"))
    found = record.checkpoint()
    for number in range(4):
        record.append(*stories.page(f"Nothing since, part {number}.", f"s{number}.txt"))
    yield found


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


@pytest.mark.parametrize("attack", [change, remove, insert, swap, cut], ids=lambda a: a.__name__)
@pytest.mark.parametrize("computed", [False, True], ids=["as it is", "chain computed anew"])
def test_every_attack_at_every_place_is_found(
    record: Record, kept: Checkpoint, attack: Callable[[Database, int, int], None], computed: bool
) -> None:
    """With the chain left broken, and with the whole chain made anew by someone who writes every file of the record,
    the note of its reach too: then the checkpoint alone tells."""
    last = kept.entries
    record.close()
    content = record.database.read_bytes()
    for place in range(2 if attack is cut else 1, last + 1):
        with sqlite3.connect(record.database) as db:
            attack(db, place, last)
            if computed:
                _anew(db)
                (record.path / "reach").unlink(missing_ok=True)
        db.close()
        found = record.check([kept])
        assert not found.ok, place
        assert any(kept.written in line for line in found.damaged) or not computed, place
        record.close()
        record.database.write_bytes(content)


def test_entries_after_the_checkpoint_are_not_its_matter(record: Record, kept: Checkpoint) -> None:
    """Grown since: sound. What came later and was removed with its rows and the chain is nothing it can show."""
    found = record.verify([kept])
    assert found.ok
    assert found.since == (kept,)
    assert found.entries == kept.entries + 4
    later = record.checkpoint()
    assert (later.entries, later.record) == (found.entries, kept.record)


def test_a_checkpoint_of_another_record_is_told(record: Record, kept: Checkpoint, tmp_path: Path) -> None:
    """Its first entry is another one."""
    with (
        open_record(tmp_path / "other", create=True) as other,
        pytest.raises(DamagedRecord, match="not the record of the checkpoint"),
    ):
        other.verify([kept])


def test_a_checkpoint_survives_its_text(kept: Checkpoint) -> None:
    """Printed, kept and read again it is the same; blanks and line ends of a mail program aside."""
    assert read_checkpoint(str(kept)) == kept
    assert read_checkpoint("\n  " + str(kept).replace("\n", "  \r\n")) == kept


def test_any_changed_character_of_a_checkpoint_is_found(kept: Checkpoint) -> None:
    """The signature covers every line; a text that is none is refused in words."""
    text = str(kept)
    chosen = random.Random(5)
    for _ in range(300):
        at = chosen.randrange(len(text) - 1)
        other = chosen.choice("0123456789abcdefXYZ+/= \n")
        changed = text[:at] + other + text[at + 1 :]
        try:
            assert read_checkpoint(changed) == kept  # another blank for a blank
        except UsageError:
            continue
    for wrong in ("", "nonsense", "khronika checkpoint 1\n", text + "more\n", "é" * 5000, text.replace("head", "x")):
        with pytest.raises(UsageError):
            read_checkpoint(wrong)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_key_is_for_its_owner_alone_and_stays(record: Record, tmp_path: Path) -> None:
    """Made once, mode 0600; two checkpoints have the same key; a file of one's own may be named instead."""
    first, second = record.checkpoint(), record.checkpoint()
    assert first.key == second.key
    assert (record.path / "checkpoint.key").stat().st_mode & 0o777 == 0o600
    own = record.checkpoint(tmp_path / "my.key")
    assert own.key != first.key
    assert (tmp_path / "my.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_is_refused(record: Record) -> None:
    """Any flipped bit in the key's file, and a file that is no key: an error in words, never another key."""
    public = record.checkpoint().key
    file = record.path / checkpoint.KEY
    content = file.read_bytes()
    chosen = random.Random(7)
    for _ in range(60):
        flipped = bytearray(content)
        flipped[chosen.randrange(len(content))] ^= 1 << chosen.randrange(8)
        file.write_bytes(flipped)
        try:
            assert record.checkpoint().key == public  # a flip in a word of the frame
        except UsageError as error:
            assert "checkpoint.key" in str(error)
    file.write_bytes(b"-----BEGIN PRIVATE KEY-----\n")
    with pytest.raises(UsageError, match="not a key"):
        record.checkpoint()


def test_making_a_checkpoint_changes_nothing(record: Record) -> None:
    """It may be made while another process writes, and leaves the log as it is."""
    before = record.check()
    with open_record(record.path) as other, other.writing():
        record.checkpoint()
    assert record.check() == before
