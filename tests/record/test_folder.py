"""Files of a record: whole or not there."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, RecordBusy
from khronika.record import folder


def test_bytes_are_kept_once_under_their_hash(tmp_path: Path) -> None:
    """Kept again they stay as they are; under a wrong hash they are refused; nothing half-written is left."""
    sha256 = hashlib.sha256(b"news").hexdigest()
    folder.keep(tmp_path, sha256, b"news")
    folder.keep(tmp_path, sha256, b"news")
    assert folder.kept(tmp_path, sha256) == b"news"
    with pytest.raises(DamagedRecord, match="another hash"):
        folder.keep(tmp_path, sha256, b"other")
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [sha256]


def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk gives up in the middle."""

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folder.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        folder.write_whole(tmp_path / "file", b"content")
    assert [*tmp_path.iterdir()] == []


def test_the_lock_excludes_within_a_process_too(tmp_path: Path) -> None:
    """Two records of one folder in one process are two writers."""
    with folder.locked(tmp_path), pytest.raises(RecordBusy), folder.locked(tmp_path):
        pass
    with folder.locked(tmp_path):
        pass
