"""A backup's container: a plain tar file (POSIX ustar, GNU numbers for great sizes) that any tar program can open.

What is written is the same for the same content: no times, no owners, members in one order. So what is read can be held
against exactly that: a header that khronika would not have written itself is damage, or somebody else's.
Nothing is compressed: a damaged byte costs the one member that it is in, and no content can be greater than the file.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from khronika.errors import DamagedRecord
from khronika.record.folder import CAPTURES, DATABASE, MARK

MANIFEST = "backup.toml"
CHUNK = 1 << 20
"""Bytes read and written at a time."""

_BLOCK = tarfile.BLOCKSIZE
_END = bytes(2 * _BLOCK)
_CAPTURE = re.compile(rf"{CAPTURES}/(?P<first>[0-9a-f]{{2}})/(?P<sha256>(?P=first)[0-9a-f]{{62}})")
_SMALL = 4096
"""Bytes that the manifest and the mark may have."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member as it comes: `content` is to be read before the next one is asked for. `at`: where it begins."""

    name: str
    size: int
    at: int
    content: Iterator[bytes]


def capture_name(sha256: str) -> str:
    """The member under which the captured bytes of this hash are."""
    return f"{CAPTURES}/{sha256[:2]}/{sha256}"


def put(out: BinaryIO, name: str, size: int, content: Iterable[bytes]) -> None:
    """Writes a member. Raises ValueError where its content has another size."""
    out.write(_header(name, size))
    written = 0
    for chunk in content:
        written += len(chunk)
        out.write(chunk)
    if written != size:
        raise ValueError(f"{name}: {written} bytes, not {size}")
    out.write(bytes(-size % _BLOCK))


def end(out: BinaryIO) -> None:
    """Writes the end of the file."""
    out.write(_END)


def members(file: BinaryIO, length: int) -> Iterator[Member]:
    """The members of a backup of `length` bytes, in their order: the manifest, the mark, the database, the captures.

    Names and sizes are checked before any content is read: each is one of those that a backup has, in their order, none
    twice, and none longer than the file. Raises DamagedRecord, naming the place.
    """
    at, last = 0, ""
    while True:
        where = f"byte {at:,}, after {last or 'the beginning'}"
        block = file.read(_BLOCK)
        if block == bytes(_BLOCK):
            break
        member = _member(file, block, at, length, where)
        if not _follows(member.name, last):
            raise DamagedRecord(f"{where}: a backup has no {member.name!r} there")
        yield member
        at, last = at + _BLOCK + member.size + -member.size % _BLOCK, member.name
    if file.read(len(_END)) != _END[_BLOCK:] or at + len(_END) != length:
        raise DamagedRecord(f"{where}: the file ends otherwise than a backup")


def _member(file: BinaryIO, block: bytes, at: int, length: int, where: str) -> Member:
    """The member whose header is the block."""
    try:
        found = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        same = found.size >= 0 and _header(found.name, found.size) == block
    except (tarfile.HeaderError, ValueError) as error:
        none = (
            "it does not begin as a backup does; it is another file"
            if at == 0
            else "no member of a backup begins there"
        )
        raise DamagedRecord(f"{where}: {none}, or its header is damaged") from error
    if not same:
        raise DamagedRecord(f"{where}: the header of {found.name[:80]!r} is damaged, or not khronika's")
    most = _SMALL if found.name in {MANIFEST, MARK} else length
    if found.size > min(most, length - at - _BLOCK - len(_END)):
        raise DamagedRecord(
            f"{where}: {found.name!r} has {found.size:,} bytes by its header, more than can be in the file: "
            "its end was cut off, or the header is damaged"
        )
    return Member(found.name, found.size, at, _content(file, found.name, found.size))


def _content(file: BinaryIO, name: str, size: int) -> Iterator[bytes]:
    """The member's bytes. Raises DamagedRecord where they end too soon, or the blanks after them are none."""
    left = size
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise DamagedRecord(f"{name}: the file ends {left:,} bytes before its end")
        left -= len(chunk)
        yield chunk
    if file.read(-size % _BLOCK) != bytes(-size % _BLOCK):
        raise DamagedRecord(f"{name}: the blanks after it are damaged")


def _follows(name: str, last: str) -> bool:
    """Whether a member of this name may come after the last one ("": at the beginning)."""
    first = {"": MANIFEST, MANIFEST: MARK, MARK: DATABASE}
    if last in first:
        return name == first[last]
    return bool(_CAPTURE.fullmatch(name)) and (last == DATABASE or name > last)


def _header(name: str, size: int) -> bytes:
    """The header of a member: a plain file for its owner alone, of no time and nobody. Raises ValueError."""
    made = tarfile.TarInfo(name)
    made.size, made.mode = size, 0o600
    header = made.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")
    if len(header) != _BLOCK:
        raise ValueError(f"{name[:80]!r} is too long a name")
    return header
