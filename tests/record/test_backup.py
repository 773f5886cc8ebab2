"""A backup is the whole record or no file, and what comes back is the record or nothing."""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from khronika.errors import DamagedRecord, KhronikaError, NewerRecord, UsageError
from khronika.record import archive, backup, derived, folder
from khronika.record.agefile import Lock, Unlock
from khronika.record.backup import restore
from khronika.record.folder import capture_file
from khronika.record.record import Record, open_record
from tests import stories
from tests.record import flips


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a record with every kind of row in it."""
    where = tmp_path_factory.mktemp("taken")
    flips.fill(where / "record")
    with open_record(where / "record") as record:
        record.backup(where / "backup.tar")
    return where / "backup.tar"


def test_backup_restore_backup_gives_the_same_bytes(taken: Path, tmp_path: Path) -> None:
    """So does the same record backed up twice; everything that can be read is the same, and it can be read into."""
    assert restore(taken, tmp_path / "back").ok
    assert flips.readable(tmp_path / "back") == flips.readable(taken.parent / "record")
    with open_record(tmp_path / "back") as record:
        record.backup(tmp_path / "again.tar")
        assert [*derived.dump(record.alias)]
        assert record.append(*stories.page("Nothing new.")).documents == 1
    assert (tmp_path / "again.tar").read_bytes() == taken.read_bytes()


def test_any_tar_program_opens_it(taken: Path) -> None:
    """Members under plain names, the manifest first."""
    with tarfile.open(taken) as opened:
        names = opened.getnames()
        manifest = opened.extractfile("backup.toml").read().decode()  # type: ignore[union-attr]
    assert names[:3] == ["backup.toml", "khronika.toml", "record.sqlite3"]
    assert len(names) == 6
    assert "captures = 3" in manifest


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_it_is_for_its_owner_alone_and_leaves_nothing_behind(record: Record, tmp_path: Path) -> None:
    """No other user may read the backup or what comes back; nothing of the work stays, also of one that was killed."""
    left = record.path / ".backup-999999999-x"
    left.mkdir()
    (left / "record.sqlite3").write_bytes(b"half")
    record.backup(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "back")
    assert (tmp_path / "b.tar").stat().st_mode & 0o077 == 0
    for path in [tmp_path / "back", *(tmp_path / "back").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
    assert {p.name for p in tmp_path.iterdir()} == {"b.tar", "back", "record"}
    assert not [*record.path.glob(".backup-*")]


def test_the_key_of_checkpoints_is_not_in_it(record: Record, tmp_path: Path) -> None:
    """Who gets a backup cannot sign in the record's name; what a checkpoint covers is still shown."""
    kept = record.checkpoint()
    record.backup(tmp_path / "b.tar")
    restore(tmp_path / "b.tar", tmp_path / "back")
    assert not (tmp_path / "back" / "checkpoint.key").exists()
    with open_record(tmp_path / "back") as back:
        assert back.verify([kept]).ok


def test_nothing_is_replaced(record: Record, tmp_path: Path) -> None:
    """A backup of that name, a folder with anything in it."""
    record.backup(tmp_path / "b.tar")
    with pytest.raises(UsageError, match="there already"):
        record.backup(tmp_path / "b.tar")
    with pytest.raises(UsageError, match="not empty"):
        restore(tmp_path / "b.tar", record.path)
    (tmp_path / "new").mkdir()
    assert restore(tmp_path / "b.tar", tmp_path / "new").ok


def test_a_damaged_record_is_not_backed_up(record: Record, tmp_path: Path) -> None:
    """Its backup would pass for a good one. Nothing is left of the attempt."""
    capture_file(record.path, record.documents()[0].sha256).write_bytes(b"other")
    with pytest.raises(DamagedRecord, match="have changed"):
        record.backup(tmp_path / "b.tar")
    assert {p.name for p in tmp_path.iterdir()} == {"record"}


def test_every_flipped_bit_of_a_backup_is_found(taken: Path, tmp_path: Path) -> None:
    """Wherever it is: contents, headers, blanks, the end. What is damaged is named; nothing is made."""
    content, chosen = taken.read_bytes(), random.Random(11)
    names = set()
    for number in range(150):
        at = chosen.randrange(len(content)) if number % 3 else chosen.choice([*range(4096), *range(-6000, 0)])
        flipped = bytearray(content)
        flipped[at] ^= 1 << chosen.randrange(8)
        (tmp_path / "b.tar").write_bytes(flipped)
        with pytest.raises(KhronikaError) as caught:
            restore(tmp_path / "b.tar", tmp_path / "back")
        names.add(str(caught.value).split(":")[1])
        assert [p.name for p in tmp_path.iterdir()] == ["b.tar"]
    assert len(names) > 3


def test_a_backup_cut_anywhere_is_refused(taken: Path, tmp_path: Path) -> None:
    """Cut off, or with something added behind it."""
    content, chosen = taken.read_bytes(), random.Random(12)
    for end in [
        0,
        1,
        511,
        512,
        len(content) - 1,
        len(content) - 512,
        *(chosen.randrange(len(content)) for _ in range(30)),
    ]:
        (tmp_path / "b.tar").write_bytes(content[:end])
        with pytest.raises(DamagedRecord):
            restore(tmp_path / "b.tar", tmp_path / "back")
    (tmp_path / "b.tar").write_bytes(content + bytes(512))
    with pytest.raises(DamagedRecord, match="ends otherwise"):
        restore(tmp_path / "b.tar", tmp_path / "back")
    assert [p.name for p in tmp_path.iterdir()] == ["b.tar"]


def _tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    """A file as a hostile hand would make it."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as opened:
        for info, content in members:
            opened.addfile(info, io.BytesIO(content))
    return out.getvalue()


def _info(name: str, size: int = 0, **more: object) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    for key, value in more.items():
        setattr(info, key, value)
    return info


SHA = "ab" * 32
HOSTILE = {
    "a name that climbs": [_info("../../evil")],
    "an absolute name": [_info("/etc/evil")],
    "a name that climbs from captures": [_info(f"captures/../{SHA}")],
    "a name with a drive": [_info("C:\\evil")],
    "a name with NUL": [_info("captures/ab/x\0y")],
    "a very long name": [_info("captures/" + "a" * 3000)],
    "a symbolic link": [_info("record.sqlite3", type=tarfile.SYMTYPE, linkname="/etc/passwd")],
    "a hard link": [_info(f"captures/ab/{SHA}", type=tarfile.LNKTYPE, linkname="../../etc/passwd")],
    "a device": [_info(f"captures/ab/{SHA}", type=tarfile.CHRTYPE)],
    "a folder": [_info("captures", type=tarfile.DIRTYPE)],
    "a sparse file": [_info(f"captures/ab/{SHA}", type=tarfile.GNUTYPE_SPARSE)],
    "no hash": [_info("captures/ab/evil.sh")],
    "in another's folder": [_info(f"captures/cd/{SHA}")],
    "upper case": [_info(f"captures/AB/{SHA.upper()}")],
    "a second database": [_info("record.sqlite3")],
    "a second manifest": [_info("backup.toml")],
    "a journal beside the database": [_info("record.sqlite3-wal")],
    "a program": [_info(f"captures/ab/{SHA}", mode=0o755)],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_members_never_leave_the_folder(what: str, taken: Path, tmp_path: Path) -> None:
    """At the beginning, and in the place of the first capture: refused before a byte is written, nothing made."""
    with tarfile.open(taken) as opened:
        good = [(m, opened.extractfile(m).read()) for m in opened.getmembers()]  # type: ignore[union-attr]
    hostile = [(info, b"") for info in HOSTILE[what]]
    for members in (hostile, [*good[:3], *hostile, *good[3:]]):
        (tmp_path / "b.tar").write_bytes(_tar(*members))
        with pytest.raises(DamagedRecord):
            restore(tmp_path / "b.tar", tmp_path / "deep" / "er" / "back")
        assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.name != "b.tar"]


@pytest.mark.parametrize("size", [1 << 62, 10**11, -1, 5000])
def test_sizes_that_lie(size: int, taken: Path, tmp_path: Path) -> None:
    """A member that claims more than the file has, or less than nothing, or a manifest that fills the memory."""
    header = _info("backup.toml", abs(size)).tobuf(tarfile.GNU_FORMAT)
    if size < 0:
        header = header[:124] + b"\xff" * 12 + header[136:]
    (tmp_path / "b.tar").write_bytes(header + taken.read_bytes()[512:])
    with pytest.raises(DamagedRecord):
        restore(tmp_path / "b.tar", tmp_path / "back")
    assert [p.name for p in tmp_path.iterdir()] == ["b.tar"]


def _packed(parts: dict[str, bytes], file: Path) -> None:
    """A backup of these members, well formed."""
    with file.open("wb") as out:
        for name, content in parts.items():
            archive.put(out, name, len(content), [content])
        archive.end(out)


def test_a_manifest_that_lies_and_captures_that_are_swapped(taken: Path, tmp_path: Path) -> None:
    """Well formed, and not what was written: each is named by what is wrong with it."""
    with tarfile.open(taken) as opened:
        good = {m.name: opened.extractfile(m).read() for m in opened.getmembers()}  # type: ignore[union-attr]
    first, second = [name for name in good if name.startswith("captures")][:2]
    lying = good["backup.toml"]
    cases = [
        (good | {first: good[second]}, first),
        ({k: v for k, v in good.items() if k != first}, "captures are in it"),
        (good | {"backup.toml": lying.replace(b"entries = ", b"entries = 1")}, "does not say"),
        (good | {"record.sqlite3": good["record.sqlite3"] + bytes(4096)}, "record.sqlite3"),
        (good | {"khronika.toml": good["khronika.toml"] + b"#"}, "khronika.toml"),
        (dict([*good.items(), (archive.capture_name("f" * 64), b"x")]), "captures/ff"),
    ]
    for number, (parts, named) in enumerate(cases):
        _packed(parts, tmp_path / f"{number}.tar")
        with pytest.raises(DamagedRecord, match=named):
            restore(tmp_path / f"{number}.tar", tmp_path / "back")
    _packed(good | {"backup.toml": lying.replace(b"format = 1", b"format = 2")}, tmp_path / "newer.tar")
    with pytest.raises(NewerRecord, match="install a newer"):
        restore(tmp_path / "newer.tar", tmp_path / "back")


def test_encrypted_with_a_passphrase_or_to_a_key(record: Record, tmp_path: Path) -> None:
    """No name of the record is in the file; the right key gives the record, another a refusal in words."""
    import pyrage

    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / "key.txt").write_text(f"# mine\n{mine}\n")
    (tmp_path / "other.txt").write_text(f"{other}\n")
    ways = {
        "words.age": (
            Lock(passphrase="seven slow herons"),
            Unlock(passphrase="seven slow herons"),
            Unlock(passphrase="x"),
        ),
        "key.age": (Lock((str(mine.to_public()),)), Unlock(tmp_path / "key.txt"), Unlock(tmp_path / "other.txt")),
    }
    for name, (lock, right, wrong) in ways.items():
        file = tmp_path / name
        record.backup(file, lock)
        assert b"Nurlan" not in file.read_bytes()
        for unlock in (None, Unlock(), wrong):
            with pytest.raises(UsageError, match=r"encrypted|does not open"):
                restore(file, tmp_path / "back", unlock)
        assert restore(file, tmp_path / f"{name}.back", right).ok
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 4
        file.write_bytes(content)
        with pytest.raises(KhronikaError, match="damaged"):
            restore(file, tmp_path / "back", right)
    with pytest.raises(UsageError, match="no recipient"):
        record.backup(tmp_path / "x.age", Lock(("age1nonsense",)))
    assert not [p for p in tmp_path.iterdir() if "unfinished" in p.name or "restoring" in p.name]


_WRITER = """
import sys
from khronika.record.record import open_record
from tests import stories
with open_record(sys.argv[1]) as record:
    for number in range(100000):
        record.append(*stories.page(f"Police detained Aigul Nurlan on 2021-06-22. Report {number}.", f"w{number}.txt"))
        print(number, flush=True)
"""


def test_a_backup_while_another_process_writes(record: Record, tmp_path: Path) -> None:
    """Ten backups beside a writer that never rests: each holds at least what was told as written when it began, is
    sound, and never makes the writer fail."""
    writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(record.path)], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout
        written = int(writer.stdout.readline())
        for number in range(10):
            made = record.backup(tmp_path / f"{number}.tar")
            assert made.captures >= 3 + written + 1
            written = int(writer.stdout.readline())
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.wait()
    assert restore(tmp_path / "9.tar", tmp_path / "back").ok


def test_a_full_disk_leaves_nothing(record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk gives up while the backup is written, and while it is brought back."""
    record.backup(tmp_path / "b.tar")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(archive, "end", full)
        with pytest.raises(OSError, match="No space"):
            record.backup(tmp_path / "c.tar")
    with monkeypatch.context() as patched:
        patched.setattr(backup, "_take", full)
        with pytest.raises(OSError, match="No space"):
            restore(tmp_path / "b.tar", tmp_path / "back")
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda where: _Usage())
    with pytest.raises(UsageError, match="are needed"):
        restore(tmp_path / "b.tar", tmp_path / "back")
    assert {p.name for p in tmp_path.iterdir()} == {"b.tar", "record"}
    assert {p.name for p in record.path.iterdir()} >= {folder.MARK, folder.DATABASE}


class _Usage:
    free = 10


def test_no_backup_lies_in_its_record(record: Record) -> None:
    """Whoever loses the record's folder would lose it too."""
    with pytest.raises(UsageError, match="lies in the record itself"):
        record.backup(record.path / "captures" / "b.tar")
    assert not [*record.path.rglob("*.tar")]


@pytest.mark.parametrize("content", [b"", b"Dear Ana, here is the list.\n" * 100, bytes(range(1, 256)) * 99])
def test_what_is_no_backup_at_all_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    """Whoever names the wrong file reads that it is another one, not at which byte a member is missing."""
    (tmp_path / "list.txt").write_bytes(content)
    with pytest.raises(DamagedRecord, match="another file"):
        restore(tmp_path / "list.txt", tmp_path / "back")
    assert not (tmp_path / "back").exists()


def test_a_backup_that_was_cut_off_is_said_to_be(taken: Path, tmp_path: Path) -> None:
    """A copy onto a full stick ends within the database."""
    (tmp_path / "cut.tar").write_bytes(taken.read_bytes()[:50_000])
    with pytest.raises(DamagedRecord, match="its end was cut off"):
        restore(tmp_path / "cut.tar", tmp_path / "back")
