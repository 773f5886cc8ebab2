"""How far the log has reached, noted beside the database in the file `reach`.

The database alone cannot tell that its last transactions are gone: a flipped bit in its WAL, or an older copy put in
its place, leaves a record that is sound and too short. The note is written once a transaction is committed, without
waiting for the disk: it may lag behind the database after a power cut, and never runs ahead of it, since the database
waited for the disk before. It guards against accidents, not against someone who can also write the note; against those
there are checkpoints (`checkpoint.py`).
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from khronika.errors import DamagedRecord

NAME = "reach"
_LONGEST = 200
"""Bytes read of the file: twenty digits, two hashes and blanks."""


def note(folder: Path, entries: int, sha256: str) -> None:
    """Notes that the log has `entries` entries, the last with this hash. A disk that refuses it stops nothing: the
    entry itself is safe by now, and the note before stays true."""
    with suppress(OSError):
        handle = os.open(folder / NAME, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        try:
            os.write(handle, _line(entries, sha256))
        finally:
            os.close(handle)


def noted(folder: Path) -> tuple[int, str] | None:
    """What was noted; None where nothing was. Raises DamagedRecord where the note is not what was written."""
    file = folder / NAME
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedRecord(f"{file}: {error.strerror}") from error
    if not content:  # made, and cut off before its first line
        return None
    words = content.decode("ascii", errors="replace").split()
    if len(words) == 3 and words[0].isdecimal() and _line(int(words[0]), words[1]) == content:
        return int(words[0]), words[1]
    raise DamagedRecord(f"{file}: not what was written; the next `khronika read` writes it anew")


def _line(entries: int, sha256: str) -> bytes:
    """The file's one line, always as long, so that it is overwritten in place; its last word covers the others."""
    words = f"{entries:020d} {sha256}"
    return f"{words} {hashlib.sha256(words.encode()).hexdigest()}\n".encode()
