"""Backups: the whole record in one file, taken while it is in use, and brought back.

The database comes through SQLite's backup interface as of one moment; captures are written before the rows that name
them and never change, so that those the rows name are all there. A backup is checked before and after it is written,
and has its name only then. See `archive.py` for the file, `agefile.py` for encrypted ones.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from khronika.errors import DamagedRecord, NewerRecord, UsageError
from khronika.record import agefile, archive, folder, reach, setup, verify
from khronika.record.agefile import Lock, Unlock
from khronika.record.archive import MANIFEST, Member

if TYPE_CHECKING:
    from khronika.record.verify import Verification

FORMAT = 1
"""The form of backup that this version writes."""

_SPARE = 1 << 20
"""Bytes that stay free on the disk."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup: the hash of the log's first entry, how many entries there are, the hash and day of the last,
    the number of captures, the hash of the database and of the mark."""

    record: str
    entries: int
    head: str
    reached: str
    captures: int
    database: str
    mark: str

    def __str__(self) -> str:
        """The manifest as it is written."""
        return (
            "# A backup of a khronika record; `khronika restore FILE --record DIR` brings it back.\n"
            f'format = {FORMAT}\nrecord = "{self.record}"\nentries = {self.entries}\nhead = "{self.head}"\n'
            f'reached = "{self.reached}"\ncaptures = {self.captures}\ndatabase = "{self.database}"\n'
            f'mark = "{self.mark}"\n'
        )


def back_up(alias: str, record: Path, file: Path, lock: Lock | None = None) -> Manifest:
    """Writes the record into the file; gives what is in it. `lock`: encrypt it.

    Raises UsageError where the file is there already or does not fit on the disk, DamagedRecord where the record is not
    sound: a backup of damage would take the place of a good one.
    """
    if file.exists():
        raise UsageError(f"{file} is there already; a backup replaces nothing: choose another name")
    if not file.parent.is_dir():
        raise UsageError(f"{file.parent}: no such folder")
    if file.resolve().is_relative_to(record.resolve()):
        raise UsageError(f"{file} lies in the record itself and would be lost with it: choose another place")
    with _workplace(record) as work:
        database = work / folder.DATABASE
        _copy_database(alias, database)
        _check_copy(database, record)
        mark = (record / folder.MARK).read_bytes()
        manifest = _manifest(database, mark)
        with _unfinished(file) as (out, name):
            if lock is None:
                _write(out, manifest, mark, database, record)
                _check_file(name, manifest)
            else:
                plain = work / "archive.tar"
                with plain.open("xb") as inner:
                    _write(inner, manifest, mark, database, record)
                _check_file(plain, manifest)
                agefile.encrypt(plain, out, lock)
    return manifest


def restore(file: Path, into: Path, unlock: Unlock | None = None) -> Verification:
    """Makes the record in the folder `into` from a backup; gives what was checked. `unlock`: for an encrypted one.

    The folder must be absent or empty, and is made only once all of it is there and sound. Raises UsageError,
    NewerRecord, and DamagedRecord naming what is damaged.
    """
    from khronika.record.record import Record

    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise UsageError(f"{into} is not empty; a backup is brought back into a new folder only")
    parent = into.resolve().parent
    parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=f".{into.name}.restoring-", dir=parent))  # mode 0700
    try:
        _room(parent, file.stat().st_size)
        plain = file
        if agefile.is_encrypted(file):
            plain = work / "archive.tar"
            agefile.decrypt(file, plain, unlock)
        made = work / "record"
        made.mkdir(mode=0o700)
        manifest = _unpack(plain, made, file)
        reach.note(made, manifest.entries, manifest.head)
        with Record(made) as record:
            found = record.verify()
        if hasattr(os, "sync"):
            os.sync()
        if into.exists():
            into.rmdir()
        made.rename(into)
        folder.sync_folder(parent)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return found


# --- writing


def _copy_database(alias: str, database: Path) -> None:
    """The database as of this moment, whatever is written meanwhile."""
    from django.db import connections

    os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with setup.guarded(database), closing(sqlite3.connect(database)) as copy:
        connections[alias].ensure_connection()
        source: sqlite3.Connection = connections[alias].connection
        source.backup(copy)


def _check_copy(database: Path, record: Path) -> None:
    """Raises DamagedRecord where the copy, with the record's captures, is not sound."""
    alias = setup.connect(database)
    try:
        with setup.guarded(database):
            found = verify.verify(alias, record, noted=False)
    finally:
        setup.disconnect(alias)
    verify.insist(found)


def _write(out: BinaryIO, manifest: Manifest, mark: bytes, database: Path, record: Path) -> None:
    """The members."""
    text = str(manifest).encode()
    archive.put(out, MANIFEST, len(text), [text])
    archive.put(out, folder.MARK, len(mark), [mark])
    archive.put(out, folder.DATABASE, database.stat().st_size, _chunks(database))
    for sha256 in _captures(database):
        content = folder.kept(record, sha256)
        archive.put(out, archive.capture_name(sha256), len(content), [content])
    archive.end(out)
    out.flush()
    os.fsync(out.fileno())


def _check_file(file: Path, manifest: Manifest) -> None:
    """Reads the file again as it lies on the disk. Raises DamagedRecord where it is not what was to be written."""
    with file.open("rb") as opened:
        for member in archive.members(opened, file.stat().st_size):
            digest = hashlib.sha256()
            for chunk in member.content:
                digest.update(chunk)
            _check_member(member, digest.hexdigest(), manifest)


@contextmanager
def _unfinished(file: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A file beside the one to be, which takes its name once everything in it is right and on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".unfinished", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            yield out, Path(name)
            out.flush()
            os.fsync(out.fileno())
        if file.exists():
            raise UsageError(f"{file} was made meanwhile by somebody else")
        Path(name).rename(file)
        folder.sync_folder(file.parent)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


@contextmanager
def _workplace(record: Path) -> Iterator[Path]:
    """A folder for copies that are not to leave the record's disk; what a backup that was killed left there goes."""
    home = record if os.access(record, os.W_OK) else None
    for left in record.glob(f"{folder.WORK}*-*"):
        number = left.name.removeprefix(folder.WORK).partition("-")[0]
        if number.isdecimal() and not _is_running(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{folder.WORK}{os.getpid()}-", dir=home))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _is_running(number: int) -> bool:
    """Whether a process of this number runs, as far as can be told."""
    if os.name == "nt":
        return True
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _room(where: Path, size: int) -> None:
    """Raises UsageError where the disk has no room for so many bytes twice: the file's content, and its index."""
    free = shutil.disk_usage(where).free
    if free < size + _SPARE:
        raise UsageError(f"{where}: {size:,} bytes are needed, {free:,} are free")


# --- reading


def _unpack(file: Path, into: Path, shown: Path) -> Manifest:
    """Puts the members where they belong; gives the manifest. `shown`: the file's name for messages.

    Raises DamagedRecord, naming every member that is not what it was.
    """
    damaged: list[str] = []
    hashes: dict[str, str] = {}
    captures = 0
    try:
        with file.open("rb") as opened:
            for member in archive.members(opened, file.stat().st_size):
                found = _take(member, into)
                if member.name in {MANIFEST, folder.MARK, folder.DATABASE}:
                    hashes[member.name] = found
                else:
                    captures += 1
                    if found != member.name.rpartition("/")[2]:
                        damaged.append(f"{member.name}: its bytes have another hash")
    except DamagedRecord as error:
        damaged.append(str(error))
    if folder.DATABASE not in hashes:
        raise DamagedRecord(f"{shown} is no whole backup:\n" + _listed(damaged or ["it is empty"]))
    given = (into / MANIFEST).read_bytes().decode("utf-8", errors="replace")
    if wrong := _other_bytes(given, hashes):
        raise DamagedRecord(f"{shown} is damaged:\n" + _listed([*wrong, *damaged]))
    manifest = _manifest(into / folder.DATABASE, (into / folder.MARK).read_bytes())
    if manifest.captures != captures and not damaged:
        damaged.append(f"{captures:,} captures are in it, the database names {manifest.captures:,}")
    elif str(manifest) != given:
        damaged.append(f"{MANIFEST}: it does not say what is in the backup")
    if damaged:
        raise DamagedRecord(f"{shown} is damaged:\n" + _listed(damaged))
    (into / MANIFEST).unlink()
    return manifest


def _take(member: Member, into: Path) -> str:
    """Writes the member under its name, which `archive.members` has checked; gives the hash of its bytes."""
    target = into.joinpath(*member.name.split("/"))
    for above in reversed(target.relative_to(into).parents):
        (into / above).mkdir(mode=0o700, exist_ok=True)
    digest = hashlib.sha256()
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as out:
        for chunk in member.content:
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _other_bytes(given: str, hashes: dict[str, str]) -> list[str]:
    """Which of mark and database are not those of the manifest, as it is given. Raises NewerRecord."""
    told = dict(line.partition(" = ")[::2] for line in given.splitlines()[1:])
    version = told.get("format", "")[:9]
    if version.isdecimal() and int(version) > FORMAT:
        raise NewerRecord(f"a backup of form {version}; this khronika knows up to {FORMAT}: install a newer one")
    named = {"database": folder.DATABASE, "mark": folder.MARK}
    return [
        f"{name}: its bytes have another hash" for key, name in named.items() if told.get(key) != f'"{hashes[name]}"'
    ]


def _check_member(member: Member, sha256: str, manifest: Manifest) -> None:
    """Raises DamagedRecord where a member's bytes are not those that were to be written."""
    wanted = {
        MANIFEST: folder.hash_of(str(manifest).encode()),
        folder.MARK: manifest.mark,
        folder.DATABASE: manifest.database,
    }
    if wanted.get(member.name, member.name.rpartition("/")[2]) != sha256:
        raise DamagedRecord(f"{member.name}: the disk gives other bytes back than were written")


def _listed(lines: list[str]) -> str:
    """Some lines, set in."""
    more = [f"… and {len(lines) - 20} more"] if len(lines) > 20 else []
    return "\n".join(f"  {line}" for line in [*lines[:20], *more])


# --- both


def _manifest(database: Path, mark: bytes) -> Manifest:
    """The manifest of a database that nobody else has open. Raises DamagedRecord."""
    with setup.guarded(database), closing(_as_it_lies(database)) as opened:
        if odd := opened.execute("SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')").fetchone():
            raise DamagedRecord(f"{folder.DATABASE}: it has {odd[0]!r}, which khronika did not make")
        first = opened.execute("SELECT sha256 FROM log WHERE seq = 1").fetchone()
        last = opened.execute("SELECT seq, sha256, at FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        captures = opened.execute("SELECT count(*) FROM capture").fetchone()[0]
    if first is None:
        raise DamagedRecord(f"{folder.DATABASE}: the log has no beginning")
    digest = hashlib.sha256()
    for chunk in _chunks(database):
        digest.update(chunk)
    entries, head, reached = last
    return Manifest(first[0], entries, head, reached, captures, digest.hexdigest(), folder.hash_of(mark))


def _captures(database: Path) -> Iterator[str]:
    """The hashes of the captures that the database names, in order."""
    with setup.guarded(database), closing(_as_it_lies(database)) as opened:
        for (sha256,) in opened.execute("SELECT sha256 FROM capture ORDER BY sha256"):
            yield sha256


def _as_it_lies(database: Path) -> sqlite3.Connection:
    """The database, opened so that nothing is written beside it."""
    return sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)


def _chunks(file: Path) -> Iterator[bytes]:
    """A file's bytes."""
    with file.open("rb") as opened:
        while chunk := opened.read(archive.CHUNK):
            yield chunk
