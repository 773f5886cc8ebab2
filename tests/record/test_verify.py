"""Whatever is changed behind the record's back is found and named."""

from __future__ import annotations

import sqlite3

import pytest

from khronika.errors import DamagedRecord
from khronika.record.folder import capture_file
from khronika.record.record import Record


def test_a_sound_record_is_sound(record: Record) -> None:
    """Nothing is damaged, and everything was counted."""
    found = record.verify()
    assert found.ok
    assert str(found) == "3 pages, 3 documents, 4 claims, 4 log entries"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE claim SET body = replace(body, '15 days', '5 days')", "claim c"),
        ("UPDATE claim SET body = replace(body, '15 days', '5 days'), seal = 'made to fit'", "claim c"),
        ("DELETE FROM claim WHERE seq = 1", "rows of d"),
        ("UPDATE document SET body = replace(body, 'Aigul', 'Aygul') WHERE seq = 1", "document d"),
        ("UPDATE capture SET source = 'x' WHERE seq = 2", "the row was changed"),
        ("DELETE FROM mention WHERE seq = 1", "rows of d"),
        ("UPDATE log SET body = '{}' WHERE seq = 2", "log entry 2 was changed"),
        ("DELETE FROM log WHERE seq = 3", "log entry 3 is missing"),
        ("DELETE FROM log WHERE seq = 4", "is not in the log"),
        ("UPDATE person SET body = replace(body, 'Ospan', 'Osman')", "derived rows"),
        ("DELETE FROM custody_interval", "derived rows"),
    ],
)
def test_changed_rows_are_named(record: Record, change: str, named: str) -> None:
    """Each kind of change in the database."""
    record.close()
    with sqlite3.connect(record.database) as db:
        assert db.execute(change).rowcount
    db.close()
    with pytest.raises(DamagedRecord, match=named) as caught:
        record.verify()
    assert caught.value.exit_code == 4


def test_changed_and_missing_captures_are_named(record: Record) -> None:
    """The kept bytes are hashed anew; the file is named, and asking for its bytes fails too."""
    first, second = (capture_file(record.path, d.sha256) for d in record.documents()[:2])
    first.write_bytes(first.read_bytes() + b" ")
    second.unlink()
    damaged = "\n".join(record.check().damaged)
    assert first.name in damaged
    assert second.name in damaged
    assert "0.txt" in damaged
    with pytest.raises(DamagedRecord, match="have changed"):
        record.bytes_of(first.name)


def test_a_database_with_broken_pages_is_named(record: Record) -> None:
    """Overwritten in the middle: exit code 4 with the file, not a stack of lines."""
    record.close()
    content = bytearray(record.database.read_bytes())
    content[8192 : len(content) - 4096] = b"\xff" * (len(content) - 12288)
    record.database.write_bytes(content)
    with pytest.raises(DamagedRecord, match=r"record\.sqlite3"):
        record.verify()
