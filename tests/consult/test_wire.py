"""One exchange: where it may go, how long it may last, how much may come back."""

from __future__ import annotations

import socket
import time

import pytest

from khronika.consult import wire
from khronika.consult.address import Key, parse_endpoint
from khronika.consult.wire import Bounds, NoAnswer, post, resolve
from tests.consult.stub import Stub, raw, send


def bounds(seconds: float = 5, most: int = 10_000) -> Bounds:
    return Bounds(time.monotonic() + seconds, most)


def test_a_question_and_its_answer(stub, monkeypatch):
    """The key goes as a header; proxies of the environment are not used."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    stub.answers = [raw(b"well")]
    assert post(parse_endpoint(stub.url), b'{"a": 1}', Key("sk-1"), bounds()) == b"well"
    assert stub.asked == [{"a": 1, "path": "/v1/chat/completions"}]
    assert stub.heads[0]["Authorization"] == "Bearer sk-1"


@pytest.mark.parametrize("host", ["192.0.2.7", "[2001:db8::1]", "0.0.0.0", "[::ffff:192.0.2.7]", "169.254.169.254"])
def test_only_this_machine(host):
    """Addresses of other machines, also those that only look like one's own, are refused before a connection."""
    with pytest.raises(NoAnswer, match="is not this machine"):
        resolve(parse_endpoint(f"http://{host}/v1"))


def test_loopback_in_any_writing():
    """127.0.0.2 and IPv4 written as IPv6 are this machine."""
    for host in ("127.0.0.1", "127.0.0.2", "[::ffff:127.0.0.1]"):
        assert resolve(parse_endpoint(f"http://{host}/v1"))


def test_the_address_counts_not_the_name(monkeypatch):
    """A name that leads elsewhere, or here and elsewhere, is refused; one that is allowed needs https."""
    addresses = ["127.0.0.1", "203.0.113.5"]
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (a, 80)) for a in addresses]
    monkeypatch.setattr(wire.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(NoAnswer, match="is not this machine"):
        resolve(parse_endpoint("http://localhost/v1"))
    with pytest.raises(NoAnswer, match="https is needed"):
        resolve(parse_endpoint("http://models.example/v1", "models.example"))
    assert resolve(parse_endpoint("https://models.example/v1", "models.example"))


def test_a_name_that_changes_is_caught_at_every_connection(stub, monkeypatch):
    """The name is resolved anew, checked, and that very address connected to: nothing is sent elsewhere."""
    stub.answers = [raw(b"well")]
    endpoint = parse_endpoint(stub.url.replace("127.0.0.1", "localhost"))
    resolve(endpoint)
    elsewhere = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("203.0.113.5", 80))]
    monkeypatch.setattr(wire.socket, "getaddrinfo", lambda *a, **k: elsewhere)
    monkeypatch.setattr(wire.socket, "socket", lambda *a: pytest.fail("a connection was opened"))
    with pytest.raises(NoAnswer, match="is not this machine"):
        post(endpoint, b"{}", None, bounds())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(stub, status):
    """Neither to another host nor to the same."""
    with Stub([raw(b"caught")]) as other:
        stub.answers = [raw(b"", status, Location=other.url)]
        with pytest.raises(NoAnswer, match="sends elsewhere"):
            post(parse_endpoint(stub.url), b"{}", Key("sk-1"), bounds())
        assert len(stub.asked) == 1
        assert other.asked == []


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
def test_a_failure_is_told_by_its_number(stub, status):
    """The endpoint's own words are not: they could hold the story or the key."""
    stub.answers = [raw(b'{"error": "your key sk-1"}', status, Retry_After="7")]
    with pytest.raises(NoAnswer) as told:
        post(parse_endpoint(stub.url), b"{}", Key("sk-1"), bounds())
    assert told.value.status == status
    assert told.value.wait == 7
    assert "sk-1" not in told.value.reason


def test_an_answer_that_is_too_large_is_cut_off(stub):
    """Announced or not, in one piece or in endless ones."""

    def endless(handler, asked):
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"400\r\n" + b"x" * 0x400 + b"\r\n")

    def without_end(handler, asked):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 1024)

    for answer in (raw(b"x" * 20_000), endless, without_end):
        stub.answers = [answer]
        with pytest.raises(NoAnswer, match="larger than 10,000 bytes"):
            post(parse_endpoint(stub.url), b"{}", None, bounds())


@pytest.mark.parametrize("where", ["head", "body", "never"])
def test_drops_do_not_outlast_the_time(stub, where):
    """An endpoint that sends a byte now and then, each in time, is left when the whole time is over."""

    def dripping(handler, asked):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + (b"\r\n" if where == "body" else b""))
        for _ in range(100):
            time.sleep(0.05)
            if where != "never":
                handler.wfile.write(b"X")
                handler.wfile.flush()

    stub.answers = [dripping]
    with pytest.raises(NoAnswer, match="in time"):
        post(parse_endpoint(stub.url), b"{}", None, bounds(0.4))


def test_a_flood_of_heads_is_cut_off(stub):
    """Interim answers and headers without end count too."""

    def interim(handler, asked):
        for _ in range(100_000):
            handler.wfile.write(b"HTTP/1.1 100 Continue\r\nX: y\r\n\r\n")

    stub.answers = [interim]
    with pytest.raises(NoAnswer):
        post(parse_endpoint(stub.url), b"{}", None, bounds())


def test_what_is_no_http_or_compressed_or_cut_off(stub):
    """Each is a reason, none a crash."""

    def nonsense(handler, asked):
        handler.wfile.write(b"\x00\xff\x00\n" * 9)

    def cut(handler, asked):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf")

    for answer in (nonsense, cut, raw(b"x", Content_Encoding="gzip"), lambda handler, asked: None):
        stub.answers = [answer]
        with pytest.raises(NoAnswer):
            post(parse_endpoint(stub.url), b"{}", None, bounds())


def test_nobody_there():
    """Connection refused, an unknown name."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NoAnswer, match="no connection"):
        post(parse_endpoint(f"http://127.0.0.1:{port}/v1"), b"{}", None, bounds())
    with pytest.raises(NoAnswer, match="no such host"):
        resolve(parse_endpoint("http://no-such-host.invalid/v1"))


def test_tls_is_checked(stub):
    """A server without a certificate that is trusted gets no story."""
    endpoint = parse_endpoint(stub.url.replace("http:", "https:"))
    with pytest.raises(NoAnswer, match="connection"):
        post(endpoint, b"{}", None, bounds(2))
    assert stub.asked == []


def test_send_helper_is_plain(stub):
    """The stub itself answers in one piece."""
    stub.answers = [lambda handler, asked: send(handler, b"a" * 9_999)]
    assert len(post(parse_endpoint(stub.url), b"{}", None, bounds())) == 9_999
