"""A record as a whole: opening, refusing, writing."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, NewerRecord, NotARecord, RecordBusy
from khronika.flow import link
from khronika.record import derived
from khronika.record.record import Record, open_record
from tests import stories


def test_two_records_in_one_process(tmp_path: Path) -> None:
    """Each has its own database."""
    with open_record(tmp_path / "a", create=True) as a, open_record(tmp_path / "b", create=True) as b:
        a.append(*stories.page(stories.ARREST))
        assert (a.count_documents(), b.count_documents()) == (1, 0)


def test_a_record_opens_again_after_closing(record: Record) -> None:
    """What was written is there; the database uses WAL and full synchronization."""
    record.close()
    assert len(record.documents()) == 3
    from django.db import connections

    with connections[record.alias].cursor() as cursor:
        pragmas = {
            p: cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_folder_without_a_record_is_refused(tmp_path: Path) -> None:
    """Absent and empty folders may be created, never silently opened; other folders and files are refused."""
    with pytest.raises(NotARecord, match="no record there"):
        open_record(tmp_path / "absent")
    with pytest.raises(NotARecord, match="no record there"):
        open_record(tmp_path)
    (tmp_path / "holiday.jpg").write_bytes(b"x")
    for create in (True, False):
        with pytest.raises(NotARecord, match=r"holiday\.jpg"):
            open_record(tmp_path, create=create)
        with pytest.raises(NotARecord, match="is a file"):
            open_record(tmp_path / "holiday.jpg", create=create)


def test_a_newer_record_is_refused(record: Record) -> None:
    """By the format in khronika.toml, and by a migration that this version does not know."""
    record.close()
    mark = record.path / "khronika.toml"
    text = mark.read_text()
    mark.write_text(text.replace("format = 1", "format = 2"))
    with pytest.raises(NewerRecord, match="format 2"):
        open_record(record.path)
    mark.write_text(text)
    with sqlite3.connect(record.database) as db:
        db.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('record', '0099_future', '2030-01-01')")
    with pytest.raises(NewerRecord, match="0099_future"):
        open_record(record.path)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (lambda p: (p / "khronika.toml").write_text("format = ["), "khronika.toml"),
        (lambda p: (p / "khronika.toml").unlink(), "khronika.toml"),
        (lambda p: (p / "record.sqlite3").unlink(), "record.sqlite3"),
        (lambda p: (p / "record.sqlite3").write_bytes(b""), "record.sqlite3"),
        (lambda p: (p / "record.sqlite3").write_bytes(b"no database at all" * 500), "record.sqlite3"),
    ],
)
def test_a_damaged_record_never_opens_as_an_empty_one(record: Record, spoil: object, named: str) -> None:
    """Missing, emptied or overwritten files: DamagedRecord with the file, whether or not one may be created."""
    record.close()
    spoil(record.path)  # type: ignore[operator]
    for create in (True, False):
        with pytest.raises(DamagedRecord, match=named) as caught:
            open_record(record.path, create=create)
        assert caught.value.exit_code == 4


def test_a_creation_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    """A half-made database beside no khronika.toml counts as nothing."""
    (tmp_path / "record.sqlite3.new").write_bytes(b"half")
    (tmp_path / "writer.lock").touch()
    with open_record(tmp_path, create=True) as record:
        assert record.check().ok


def test_one_writer_at_a_time_readers_never_wait(record: Record) -> None:
    """A second writer is told so at once; a reader sees the last state."""
    with open_record(record.path) as other, record.writing():
        with pytest.raises(RecordBusy, match="another run is writing"):
            other.append(*stories.page("Nothing new."))
        assert len(other.people()) == 2
    with open_record(record.path) as other:
        assert other.append(*stories.page("Nothing new.")).documents == 1


def test_the_lock_goes_with_its_process(record: Record) -> None:
    """A writer that was killed leaves no lock behind."""
    code = "import os, sys, pathlib, khronika.record.folder as f\nwith f.locked(pathlib.Path(sys.argv[1])): os._exit(9)"
    assert subprocess.run([sys.executable, "-c", code, str(record.path)], check=False).returncode == 9
    assert record.append(*stories.page("Nothing new.")).documents == 1


def test_rebuilt_to_the_same_bytes(record: Record) -> None:
    """Derived rows are a pure function of what was appended."""
    before = [*derived.dump(record.alias)]
    assert any(line.startswith("CustodyInterval") for line in before)
    link(record, anew=True)
    assert [*derived.dump(record.alias)] == before


def test_status_with_sentence_and_document(record: Record) -> None:
    """The state with the court's sentence, which carries the term, and its document; and as known before it."""
    now = record.case("Aigul Nurlan").status(on="2021-06-24")
    assert (now.person, now.state, now.held) == ("Aigul Nurlan", "detained", True)
    quotes = [reason["quote"] for reason in now.because]
    assert "15 days" in quotes[0]
    assert record.document(now.because[0]["document"]).source == "0.txt"
    assert record.case("nurlan").status(on="2021-06-30").state == "free"
    assert record.case("nurlan").status(on="2021-06-24", known="2021-06-01").state == "unknown"
    assert now.note and "2021-07-07" in now.note


def test_a_state_that_nobody_has_confirmed_since_says_so(record: Record) -> None:
    """Years after the last report the last state is all that is known, and the answer says from when it is."""
    case = record.case("Daniyar Ospan")
    assert case.status(on="2021-06-26").note is None
    later = case.status(on="2029-01-01")
    assert (later.state, later.note) == ("detained", "last report is of 2021-07-01")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_record_is_for_its_owner_alone(tmp_path):
    """Names and places of people at risk: no other user of the machine may read the folder or the database."""
    record = open_record(tmp_path / "record", create=True)
    assert (tmp_path / "record").stat().st_mode & 0o077 == 0
    assert record.database.stat().st_mode & 0o077 == 0
