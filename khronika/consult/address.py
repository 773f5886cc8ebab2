"""Where a second reader may be asked: its address as given, and the key to it. Nothing here opens a connection."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from khronika.errors import UsageError

_LONGEST = 2000
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?|[0-9A-Fa-f:.]{2,45}")
"""A host name in ASCII (another script's look-alikes cannot stand in it), or an IPv6 address."""
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_KEY = re.compile(r"[!-~]{1,4096}")
_MODEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,199}")
_CALL = "/chat/completions"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address to ask: `path` of the call itself; `remote`: the user named this host as one that may be elsewhere."""

    secure: bool
    host: str
    port: int
    path: str
    remote: bool = False

    def __str__(self) -> str:
        """Host and port, for messages."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Key:
    """A secret that no message, log or traceback shows."""

    secret: str

    def __repr__(self) -> str:
        """Without the secret."""
        return "Key(…)"


def parse_endpoint(url: str, allow_remote: str | None = None) -> Endpoint:
    """The address to ask, from its base ("http://127.0.0.1:8080/v1") or the call's own address.

    `allow_remote`: the host that may be on another machine; it must be the one in `url`, so that neither can be changed
    unseen. Raises UsageError: not http or https, a name or password in it, a query, signs that no host name has.
    """
    parts, port = _parts(url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS:
        raise UsageError(f"--endpoint {url[:80]!r}: begin with http:// or https://")
    if parts.username is not None or parts.password is not None:
        raise UsageError("--endpoint: no name or password in an address; use --key-env or --key-file")
    if not _HOST.fullmatch(host) or not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise UsageError(f"--endpoint {url[:80]!r}: write scheme, host, port and path: http://127.0.0.1:8080/v1")
    if allow_remote is not None and allow_remote.lower().rstrip(".") != host:
        raise UsageError(f"--allow-remote {allow_remote[:80]!r} is not the host of --endpoint, {host}")
    path = parts.path.rstrip("/")
    path = path if path.endswith(_CALL) else path + _CALL
    return Endpoint(parts.scheme == "https", host, port or _PORTS[parts.scheme], path, allow_remote is not None)


def _parts(url: str) -> tuple[SplitResult, int | None]:
    """The address in parts, and its port. Raises UsageError."""
    if len(url) > _LONGEST or not url.isascii() or not url.isprintable():
        raise UsageError("--endpoint: an address in plain ASCII is needed")
    try:
        parts = urlsplit(url)
        return parts, parts.port
    except ValueError as error:
        raise UsageError(f"--endpoint {url[:80]!r}: {error}") from error


def checked_model(name: str) -> str:
    """The model's name as the endpoint knows it. Raises UsageError for what is no name."""
    if not _MODEL.fullmatch(name):
        raise UsageError(f"--model {name[:80]!r}: letters, digits and . _ : / @ + - are expected")
    return name


def load_key(
    variable: str | None = None, file: Path | None = None, environ: Mapping[str, str] | None = None
) -> Key | None:
    """The key from an environment variable or the first line of a file; None where neither is given.

    Raises UsageError, which never holds the key: both given, not there, empty, signs that no key has.
    """
    if variable and file:
        raise UsageError("--key-env or --key-file, not both")
    if variable:
        environ = os.environ if environ is None else environ
        where, text = f"environment variable {variable[:80]}", environ.get(variable)
    elif file:
        where, text = str(file), _first_line(file)
    else:
        return None
    secret = (text or "").strip()
    if not _KEY.fullmatch(secret):
        raise UsageError(f"{where}: no key in it (one line of printable ASCII without spaces)")
    return Key(secret)


def _first_line(file: Path) -> str:
    """The file's first line. Raises UsageError."""
    try:
        with file.open("rb") as opened:
            return opened.readline(5000).decode("ascii")
    except OSError as error:
        raise UsageError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        return ""
