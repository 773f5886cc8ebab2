"""A record's folder: `khronika.toml`, `record.sqlite3`, `captures/ab/abcdef…`, `writer.lock`.

Nothing here knows the database. Every file appears whole or not at all: written under another name, flushed to the
disk, then renamed.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from khronika.errors import DamagedRecord, NewerRecord, NotARecord, RecordBusy
from khronika.record.reach import NAME as REACH

FORMAT = 1
"""The layout that this version writes. A record with a higher number is refused."""

MARK = "khronika.toml"
DATABASE = "record.sqlite3"
CAPTURES = "captures"
LOCK = "writer.lock"
WORK = ".backup-"
"""What the folders begin with in which a backup is prepared."""
_LONGEST_COMMAND = 200
_HASH = re.compile("[0-9a-f]{64}")
UNFINISHED = DATABASE + ".new"
"""The database while it is being created."""


def is_new(folder: Path) -> bool:
    """Whether a record may be created here: the folder is absent, empty, or holds a creation that was cut off.

    Raises NotARecord when it holds something else, DamagedRecord when it is a record without its `khronika.toml`.
    """
    if not folder.exists():
        return True
    if not folder.is_dir():
        raise NotARecord(f"{folder} is a file; a record is a folder")
    if (folder / MARK).exists():
        return False
    names = {entry.name for entry in folder.iterdir()}
    if (folder / CAPTURES).is_dir() and DATABASE in names:
        raise DamagedRecord(f"{folder / MARK} is missing, though {DATABASE} and {CAPTURES} are there")
    strange = {n for n in names if n not in {LOCK, REACH} and not n.startswith((DATABASE, MARK))}
    if strange:
        raise NotARecord(f"{folder} is not a khronika record: it holds {min(strange)!r} and no {MARK}")
    return True


def check(folder: Path) -> None:
    """Raises NotARecord, NewerRecord or DamagedRecord unless this version can open the folder."""
    if is_new(folder):
        raise NotARecord(f"{folder}: no record there; `khronika read PATH --record {folder}` makes one")
    mark = folder / MARK
    try:
        version = tomllib.loads(mark.read_text(encoding="utf-8"))["format"]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DamagedRecord(f"{mark}: {error}") from error
    if not isinstance(version, int):
        raise DamagedRecord(f"{mark}: format is {version!r}, not a number")
    if version < 1:
        raise DamagedRecord(f"{mark}: no record has format {version}")
    if version > FORMAT:
        raise NewerRecord(f"{folder} has format {version}; this khronika reads up to {FORMAT}: install a newer one")
    if not (folder / DATABASE).is_file():
        raise DamagedRecord(f"{folder / DATABASE} is missing")


def mark_text(created: str) -> str:
    """What stands in `khronika.toml`, with which a folder is a record. `created`: RFC 3339."""
    return f'# A khronika record. Do not edit.\nformat = {FORMAT}\ncreated = "{created}"\n'


def write_whole(file: Path, content: bytes) -> None:
    """The file with this content, or no file: temporary name, fsync, rename, fsync of the folder."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=file.name + ".", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        Path(name).replace(file)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    """Makes a rename in the folder survive a power cut, where the system can (Windows cannot open folders)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def hash_of(content: bytes) -> str:
    """The SHA-256 of bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def capture_file(folder: Path, sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    return folder / CAPTURES / sha256[:2] / sha256


def keep(folder: Path, sha256: str, content: bytes) -> None:
    """Keeps the bytes under their hash; bytes that are there already are left alone. Raises DamagedRecord when the
    hash is not theirs."""
    if hash_of(content) != sha256:
        raise DamagedRecord(f"capture {sha256}: its bytes have another hash")
    file = capture_file(folder, sha256)
    if not file.exists():
        write_whole(file, content)


def kept(folder: Path, sha256: str) -> bytes:
    """The captured bytes. Raises DamagedRecord when they are missing or changed."""
    if not _HASH.fullmatch(sha256):
        raise DamagedRecord(f"capture {sha256!r}: not a hash")
    file = capture_file(folder, sha256)
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DamagedRecord(f"{file}: {error.strerror}") from error
    if hash_of(content) != sha256:
        raise DamagedRecord(f"{file}: the bytes have changed since they were captured")
    return content


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the record for writing. The system lets go when the process ends, however it ends.

    Raises RecordBusy, saying who holds it: process, since when, which command.
    """
    with (folder / LOCK).open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            raise RecordBusy(f"{folder}: {_holder(file)}; questions are answered meanwhile") from error
        try:
            _say_who(file)
            yield
        finally:
            with suppress(OSError):
                file.truncate(0)
            _unlock(file)


def _say_who(file: BinaryIO) -> None:
    """Writes into the lock's file who holds it. A disk that is full stops nothing: the lock is held all the same."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    program, *words = sys.argv or [""]
    command = " ".join([Path(program).name, *words[:1]])
    with suppress(OSError):
        file.truncate(0)
        file.write(f"{os.getpid()}\n{now}\n{command[:_LONGEST_COMMAND]}\n".encode(errors="replace"))
        file.flush()


def _holder(file: BinaryIO) -> str:
    """Who holds the record, as far as the lock's file says."""
    try:
        file.seek(0)
        lines = file.read(4 * _LONGEST_COMMAND).decode(errors="replace").splitlines()
    except OSError:  # Windows: the part that is locked cannot be read
        lines = []
    if len(lines) != 3 or not lines[0].isdecimal():
        return "another run is writing to this record; try again when it is done"
    number, since, command = lines
    who = f"process {number[:20]} since {since[:40]} ({command})"
    return f"another run is writing to this record: {who}; try again when it is done"


if os.name == "nt":  # pragma: no cover
    import msvcrt

    _FAR = 1 << 30
    """The byte that is locked: beyond the words, so that others can read them."""

    def _lock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]

    def _unlock(file: BinaryIO) -> None:
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
