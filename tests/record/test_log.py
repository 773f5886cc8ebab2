"""No act without its entry: where the log cannot be written, nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest

from khronika.facts.documents import Document
from khronika.facts.second import Outcome, SecondReading
from khronika.record import append, log, reach, second
from khronika.record.record import Record
from tests import stories

NEW = stories.page("Police detained Saule Akhmet on 2021-06-26.", "new.txt")


def _second(record: Record) -> None:
    document: Document = record.documents()[0]
    record.append_second(document, SecondReading(document=document.id, reader="second", outcome=Outcome.READ))


ACTS: dict[str, Callable[[Record], object]] = {
    "append": lambda record: record.append(*NEW),
    "append_second": _second,
    "fail": lambda record: record.fail("c.txt", "capture", "empty file"),
    "clear": lambda record: record.clear("b.txt"),
    "begin_run": lambda record: record.begin_run("words 1"),
}


def _rows(record: Record) -> list[object]:
    """Every row of what arrived."""
    tables = ("capture", "document", "claim", "mention", "relation", "second_reading", "failure", "run", "log")
    with sqlite3.connect(record.database) as database:
        found = [row for table in tables for row in database.execute(f"SELECT * FROM {table}")]
    database.close()
    return found


@pytest.mark.parametrize("act", ACTS)
def test_no_act_without_its_entry(act: str, record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log fails: the act is refused, and not a row of it stays. The log works: it has one entry more."""
    record.fail("b.txt", "capture", "empty file")
    before, entries = _rows(record), record.check().entries

    def broken(*_: object) -> str:
        raise RuntimeError("no log")

    with monkeypatch.context() as patched:
        patched.setattr(log, "write", broken)
        assert append.log.write is second.log.write is broken
        with pytest.raises(RuntimeError, match="no log"):
            ACTS[act](record)
    assert _rows(record) == before
    ACTS[act](record)
    assert record.check().entries == entries + 1
    assert record.verify().ok


def test_the_note_of_the_reach_follows_the_log(record: Record) -> None:
    """Each act moves it; one that was taken back does not; one that lags behind is no damage."""
    from django.db import transaction

    record.fail("b.txt", "capture", "empty file")
    noted = reach.noted(record.path)
    assert noted == log.reached(record.alias)
    with pytest.raises(RuntimeError), transaction.atomic(using=record.alias):
        record.fail("c.txt", "capture", "empty file")
        raise RuntimeError
    assert reach.noted(record.path) == noted
    record.fail("c.txt", "capture", "empty file")
    assert noted
    reach.note(record.path, *noted)
    assert record.verify().ok
    record.fail("d.txt", "capture", "empty file")
    assert reach.noted(record.path) == log.reached(record.alias)


def test_a_record_without_a_note_is_whole(record: Record) -> None:
    """Records made before there was one have none; it comes with the next act."""
    (record.path / reach.NAME).unlink()
    assert record.verify().ok
    record.fail("b.txt", "capture", "empty file")
    assert (record.path / reach.NAME).exists()
