"""Encrypted backups in the age format (age-encryption.org/v1), which other programs can open too.

To one or more recipients' public keys ("age1…"), or with a passphrase.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from khronika.errors import DamagedRecord, UsageError

MAGIC = b"age-encryption.org/v1\n"
MOST_WITH_PASSPHRASE = 1 << 30
"""Bytes. The library takes a passphrase for content in memory only; with recipients there is no bound."""
_LONGEST = 1 << 16
"""Bytes read of a file of identities."""


@dataclass(frozen=True, slots=True)
class Lock:
    """For whom to encrypt: public keys, or else a passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""


@dataclass(frozen=True, slots=True)
class Unlock:
    """With what to decrypt: a file of identities ("AGE-SECRET-KEY-1…" on a line), or else a passphrase."""

    identities: Path | None = None
    passphrase: str = ""


def is_encrypted(file: Path) -> bool:
    """Whether the file is one of age's."""
    with file.open("rb") as opened:
        return opened.read(len(MAGIC)) == MAGIC


def encrypt(plain: Path, out: BinaryIO, lock: Lock) -> None:
    """Writes the file's content, encrypted. Raises UsageError for a recipient that is none."""
    import pyrage

    if not lock.recipients:
        if plain.stat().st_size > MOST_WITH_PASSPHRASE:
            raise UsageError(
                f"a backup of over {MOST_WITH_PASSPHRASE:,} bytes can be encrypted to recipients only (--to age1…)"
            )
        content = plain.read_bytes()
        sealed = pyrage.passphrase.encrypt(content, lock.passphrase)
        if pyrage.passphrase.decrypt(sealed, lock.passphrase) != content:
            raise UsageError("the encrypted backup does not open again: the machine's memory is not to be trusted")
        out.write(sealed)
        return
    keys = []
    for name in lock.recipients:
        try:
            keys.append(pyrage.x25519.Recipient.from_str(name.strip()))
        except pyrage.RecipientError as error:
            raise UsageError(f"{name!r} is no recipient of age (age1…): {error}") from error
    with plain.open("rb") as opened:
        pyrage.encrypt_io(opened, out, keys)


def decrypt(file: Path, plain: Path, unlock: Unlock | None) -> None:
    """Writes the decrypted content into a new file. Raises UsageError without the right key, DamagedRecord."""
    import pyrage

    if unlock is None or not (unlock.identities or unlock.passphrase):
        raise UsageError(f"{file} is encrypted: give its key (--identity FILE) or passphrase (--passphrase)")
    try:
        with file.open("rb") as opened, plain.open("xb") as out:
            if unlock.identities:
                pyrage.decrypt_io(opened, out, _identities(unlock.identities))
            else:
                if file.stat().st_size > 2 * MOST_WITH_PASSPHRASE:
                    raise UsageError(f"{file} is greater than khronika encrypts with a passphrase")
                out.write(pyrage.passphrase.decrypt(opened.read(), unlock.passphrase))
    except pyrage.DecryptError as error:
        raise UsageError(
            f"{file} does not open: another key or passphrase, or a damaged beginning ({error})"
        ) from error
    except OSError as error:
        if error.errno is not None:  # the disk's, not age's
            raise
        raise DamagedRecord(f"{file}: damaged, or cut off: {error}") from error


def _identities(file: Path) -> list[Any]:
    """The secret keys in a file, as age-keygen writes it. Raises UsageError."""
    import pyrage

    with file.open("rb") as opened:
        lines = opened.read(_LONGEST).decode("ascii", errors="replace").splitlines()
    try:
        found = [pyrage.x25519.Identity.from_str(line.strip()) for line in lines if line.strip()[:1] not in {"", "#"}]
    except pyrage.IdentityError as error:
        raise UsageError(f"{file}: no identities of age: {error}") from error
    if not found:
        raise UsageError(f"{file}: no identity in it")
    return found
