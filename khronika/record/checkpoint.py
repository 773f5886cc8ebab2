"""Checkpoints: short signed statements of how far the log reached, for anyone to keep.

An entry's hash covers every entry before it, and the entries cover every row that arrived. Who kept one hash can
therefore tell, of a record that is shown to him later, whether all of it up to there is as it was. Without a hash kept
elsewhere nobody can: who can write the files can also write the whole chain anew.

The signature (Ed25519, RFC 8032) says whose statement it is: what a record proves against a checkpoint does not rest
on it, only that the checkpoint itself is not somebody else's.
"""

from __future__ import annotations

import base64
import binascii
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from khronika.errors import UsageError
from khronika.record import log

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

KEY = "checkpoint.key"
"""The record's own key, in its folder; made with the first checkpoint, and in no backup."""
LONGEST = 4096
"""Bytes that a checkpoint or a key may have."""

_TITLE = "khronika checkpoint 1"
_FIELDS = ("record", "entries", "head", "written", "key")
_KIND = "ed25519:"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The statement: on the day `written` the log of the record that began with the entry of hash `record` had
    `entries` entries, the last with the hash `head`. `key`: whose statement it is, as "ed25519:…"."""

    record: str
    entries: int
    head: str
    written: str
    key: str
    signature: str

    def signed(self) -> bytes:
        """What the signature covers: every line above it."""
        return "".join(f"{line}\n" for line in (_TITLE, *(f"{n} {getattr(self, n)}" for n in _FIELDS))).encode()

    def __str__(self) -> str:
        """The statement as it is kept, seven lines of ASCII."""
        return f"{self.signed().decode()}signature {self.signature}\n"


def state(alias: str, written: str, key: Ed25519PrivateKey) -> Checkpoint:
    """A checkpoint of the log as it is. `written`: RFC 3339."""
    entries, head = log.reached(alias)
    bare = Checkpoint(log.hash_at(alias, 1) or "", entries, head, written, public_of(key), "")
    signature = base64.b64encode(key.sign(bare.signed())).decode()
    return Checkpoint(bare.record, entries, head, written, bare.key, signature)


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint in a text. Raises UsageError where it is none, or not what was signed."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    values = dict(line.partition(" ")[::2] for line in text.strip().splitlines()[1:] if text.isascii())
    if text.strip().partition("\n")[0].strip() != _TITLE or [*values] != [*_FIELDS, "signature"]:
        raise UsageError(
            f"not a checkpoint: a file with its seven lines alone is needed, of which the first is {_TITLE!r}"
        )
    values = {name: value.strip() for name, value in values.items()}
    number = values["entries"]
    if not number.isdecimal() or len(number) > 20:
        raise UsageError(f"not a checkpoint: {number[:40]!r} is no number of entries")
    found = Checkpoint(
        values["record"], int(number), values["head"], values["written"], values["key"], values["signature"]
    )
    try:
        public = Ed25519PublicKey.from_public_bytes(_bytes(found.key.removeprefix(_KIND)))
        public.verify(_bytes(found.signature), found.signed())
    except (InvalidSignature, ValueError) as error:
        raise UsageError("the checkpoint is not what was signed: a line was changed or cut") from error
    return found


def departures(alias: str, since: Checkpoint) -> Iterator[str]:
    """Where the log is not the one of the checkpoint with entries added: a sentence for each; none where it is.

    Holds for a log whose chain is whole (`log.breaks`).
    """
    entries, _ = log.reached(alias)
    if log.hash_at(alias, 1) != since.record:
        yield (
            f"this is not the record of the checkpoint of {since.written}: the log begins with another entry"
            " (another record, or the whole log was written anew)"
        )
    elif entries < since.entries:
        yield (
            f"the log has {entries:,} entries; on {since.written} it had {since.entries:,}:"
            f" entries {entries + 1:,} to {since.entries:,} were cut off"
        )
    elif log.hash_at(alias, since.entries) != since.head:
        yield (
            f"log entry {since.entries} is not the one of {since.written}: something up to there was changed,"
            " removed, put in or moved, and the log written anew from there"
        )


def public_of(key: Ed25519PrivateKey) -> str:
    """The public half, as it stands in checkpoints: "ed25519:" and 32 bytes in base64."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return _KIND + base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def key_in(file: Path) -> Ed25519PrivateKey:
    """The key in the file; a new one, for its owner's eyes alone, where there is no file.

    Raises UsageError for a file that holds no such key, or not the one that was put there.
    """
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

    if not file.exists():
        made = Ed25519PrivateKey.generate()
        pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _put(file, f"{public_of(made)}\n".encode() + pem)
    with file.open("rb") as opened:
        public, _, pem = opened.read(LONGEST).partition(b"\n")
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UsageError(f"{file}: not a key for checkpoints, or a damaged one") from error
    if not isinstance(key, Ed25519PrivateKey) or public_of(key).encode() != public.strip():
        raise UsageError(f"{file}: not a key for checkpoints, or a damaged one")
    return key


def _put(file: Path, content: bytes) -> None:
    """The file with this content, readable by its owner alone; one that another process made meanwhile stays."""
    handle, name = tempfile.mkstemp(prefix=file.name + ".", dir=file.parent)  # mode 0600
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()


def _bytes(text: str) -> bytes:
    """The bytes of a base64 text, in the one way in which they are written. Raises ValueError."""
    try:
        found = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
    if base64.b64encode(found).decode() != text:  # the last letter may hold bits that mean nothing
        raise ValueError("not as it was written")
    return found
