"""One question, one answer over HTTP: the only module of khronika that opens a network connection.

What holds for every exchange: the name is resolved here and only the addresses that were checked are connected to; no
proxy of the environment, no redirect; TLS certificates are checked; one deadline over connecting, sending and every
single read; one bound on all bytes that come back, headers included; nothing compressed is unpacked.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import socket
import ssl
import time
from contextlib import closing
from dataclasses import dataclass
from email.message import Message
from typing import Any

from khronika.consult.address import Endpoint, Key

HEAD = 64 * 1024
"""Bytes allowed for status line and headers, besides the answer's own."""
_PIECE = 16 * 1024
_LONGEST_WAIT = 3600

Address = tuple[socket.AddressFamily, tuple[Any, ...]]


class NoAnswer(Exception):
    """The endpoint gave nothing usable.

    Parameters: `reason` in a few words of this program, never of the endpoint's; `status` the HTTP status, if one came;
    `wait` seconds after which the endpoint says to ask again.
    """

    def __init__(self, reason: str, status: int | None = None, wait: float | None = None) -> None:
        self.reason, self.status, self.wait = reason, status, wait
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Bounds:
    """`until`: the moment (`time.monotonic`) at which the exchange is over; `most`: bytes of the answer."""

    until: float
    most: int

    def left(self) -> float:
        """Seconds left. Raises NoAnswer where there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise NoAnswer("no whole answer in time")
        return left


def resolve(endpoint: Endpoint) -> list[Address]:
    """The addresses that the endpoint's name stands for, every one checked.

    Raises NoAnswer: unknown name; an address that is not this machine's own where the user has not named the host as
    remote; plain http to another machine, where anyone on the way could read the story.
    """
    try:
        found = socket.getaddrinfo(endpoint.host, endpoint.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAnswer(f"{endpoint.host}: no such host") from error
    for *_, address in found:
        if _is_loopback(str(address[0])):
            continue
        if not endpoint.remote:
            raise NoAnswer(f"{endpoint.host} is not this machine ({address[0]}); nothing is sent there")
        if not endpoint.secure:
            raise NoAnswer(f"{endpoint.host} is another machine: https is needed, or a tunnel to this one")
    return [(socket.AddressFamily(family), address) for family, _, _, _, address in found]


def _is_loopback(text: str) -> bool:
    """Whether an IP address is this machine's loopback, also written as IPv6."""
    address = ipaddress.ip_address(text.partition("%")[0])
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return (mapped or address).is_loopback


def post(endpoint: Endpoint, body: bytes, key: Key | None, bounds: Bounds) -> bytes:
    """Sends the body; gives the answer's bytes. Raises NoAnswer on anything but a whole answer with status 200."""
    try:
        with closing(_connect(endpoint, bounds)) as line:
            return _talk(line, endpoint, body, key, bounds)
    except TimeoutError as error:
        raise NoAnswer("no whole answer in time") from error
    except ssl.SSLError as error:
        raise NoAnswer(f"no safe connection to {endpoint} ({error.reason or 'TLS'})"[:200]) from error
    except http.client.HTTPException as error:
        raise NoAnswer("the answer is no HTTP, or was cut off") from error
    except OSError as error:
        raise NoAnswer(f"no connection to {endpoint}: {error.strerror or 'failed'}"[:200]) from error


def _connect(endpoint: Endpoint, bounds: Bounds) -> socket.socket:
    """A connection to the first checked address that takes one. Raises NoAnswer, OSError."""
    failed: OSError | None = None
    for family, address in resolve(endpoint):
        line = socket.socket(family, socket.SOCK_STREAM)
        try:
            line.settimeout(bounds.left())
            line.connect(address)
            if endpoint.secure:
                return ssl.create_default_context().wrap_socket(line, server_hostname=endpoint.host)
            return line
        except OSError as error:
            failed = error
            line.close()
        except NoAnswer:
            line.close()
            raise
    raise failed or NoAnswer(f"{endpoint.host}: no such host")


def _talk(line: socket.socket, endpoint: Endpoint, body: bytes, key: Key | None, bounds: Bounds) -> bytes:
    """One request and its answer over an open connection."""
    called = http.client.HTTPConnection(endpoint.host, endpoint.port)
    called.auto_open = 0  # without the connection given here there is none
    called.sock = _Bounded(line, bounds)
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Connection": "close"}
    if key:
        headers["Authorization"] = f"Bearer {key.secret}"
    called.request("POST", endpoint.path, body, headers)
    with called.getresponse() as response:
        _refuse_other(response.status, response.headers)
        pieces, size = [], 0
        while piece := response.read(_PIECE):
            size += len(piece)
            if size > bounds.most:
                raise NoAnswer(f"the answer is larger than {bounds.most:,} bytes")
            pieces.append(piece)
        if response.length:
            raise NoAnswer("the answer was cut off")
    return b"".join(pieces)


_SAID = {401: "the key is not accepted", 403: "the key is not accepted", 404: "no such path or model",
         413: "the story is too large for it", 429: "too many questions"}  # fmt: skip


def _refuse_other(status: int, headers: Message) -> None:
    """Raises NoAnswer where the answer is not a plain 200: a redirect is not followed, nothing is unpacked."""
    if 300 <= status < 400:
        raise NoAnswer(f"status {status}: it sends elsewhere, and nothing is sent there", status)
    if status != 200:
        wait = headers.get("Retry-After", "")
        after = float(min(int(wait), _LONGEST_WAIT)) if wait.isascii() and wait.isdigit() and len(wait) < 7 else None
        said = _SAID.get(status, "it failed" if status >= 500 else "it does not take the question")
        raise NoAnswer(f"status {status}: {said}", status, after)
    if headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NoAnswer("the answer is compressed, which was not asked for")


class _Bounded:
    """A connection that http.client may use like a socket: each send and read has what is left of the time, and all
    that is read together is bounded, so that neither drops nor a flood outlast the exchange."""

    def __init__(self, line: socket.socket, bounds: Bounds) -> None:
        self._line, self._bounds = line, bounds

    def sendall(self, data: bytes) -> None:
        """Sends all of it in what is left of the time."""
        self._line.settimeout(self._bounds.left())
        self._line.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes back, to be read."""
        return io.BufferedReader(_Incoming(self._line, self._bounds))

    def close(self) -> None:
        """Leaves the connection open: http.client closes before the answer is read; `post` closes when it is."""


class _Incoming(io.RawIOBase):
    """The bytes that come back, under the exchange's bounds."""

    def __init__(self, line: socket.socket, bounds: Bounds) -> None:
        self._line, self._bounds, self._had = line, bounds, 0

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401  (a writable buffer)
        """Reads what is there. Raises NoAnswer past the bounds."""
        self._line.settimeout(self._bounds.left())
        size = self._line.recv_into(buffer)
        self._had += size
        if self._had > 2 * self._bounds.most + HEAD:
            raise NoAnswer(f"the answer is larger than {self._bounds.most:,} bytes")
        return size
