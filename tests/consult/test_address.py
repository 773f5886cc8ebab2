from __future__ import annotations

import pytest

from khronika.consult.address import Key, checked_model, load_key, parse_endpoint
from khronika.errors import UsageError


@pytest.mark.parametrize(
    ("url", "port", "path"),
    [
        ("http://127.0.0.1:8080/v1", 8080, "/v1/chat/completions"),
        ("http://localhost/v1/", 80, "/v1/chat/completions"),
        ("https://models.example/api/chat/completions", 443, "/api/chat/completions"),
        ("http://[::1]:11434", 11434, "/chat/completions"),
    ],
)
def test_the_base_or_the_call_itself(url, port, path):
    """What the makers of endpoints call base URL is enough."""
    found = parse_endpoint(url)
    assert (found.port, found.path, found.secure, found.remote) == (port, path, url.startswith("https"), False)


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8080/v1", "ftp://127.0.0.1/v1", "file:///etc/passwd", "http://", "http://user:secret@127.0.0.1/v1",
        "http://127.0.0.1:99999/v1", "http://127.0.0.1/v1?key=secret", "http://127.0.0.1/v1#a", "http://loc\u0430lhost/v1",
        "http://127.0.0.1/v1\r\nX: y", "http://127.0.0.1/a b", "http://127.0.0.1/%2e%2e", "http://" + "a" * 3000,
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_no_secret_repeated(url):
    """Names and passwords in an address, look-alike letters, anything that could add a header."""
    with pytest.raises(UsageError) as told:
        parse_endpoint(url)
    assert "user" not in str(told.value)


def test_the_host_allowed_is_the_host_asked():
    """Naming one host and asking another is a slip, or worse."""
    assert parse_endpoint("https://models.example/v1", "Models.Example").remote
    with pytest.raises(UsageError, match="is not the host"):
        parse_endpoint("https://models.example/v1", "other.example")


def test_a_key_comes_from_variable_or_file_and_is_never_shown(tmp_path):
    """Neither its own text nor an error holds it."""
    file = tmp_path / "key"
    file.write_text("sk-4711\nsecond line\n")
    assert load_key(file=file) == load_key("K", environ={"K": " sk-4711 "}) == Key("sk-4711")
    assert "4711" not in f"{load_key(file=file)!r} {load_key(file=file)}"
    assert load_key() is None
    file.write_text("sk 4711\nX: y")
    for call in (
        lambda: load_key(file=file), lambda: load_key("K", environ={}), lambda: load_key("K", environ={"K": "a\nb"}),
        lambda: load_key("K", file, {"K": "x"}), lambda: load_key(file=tmp_path / "none"),
    ):  # fmt: skip
        with pytest.raises(UsageError) as told:
            call()
        assert "4711" not in str(told.value)


def test_the_name_of_a_model():
    """As registries write them; nothing that could be more than a name."""
    assert checked_model("org/model-7b:q4_K.M") == "org/model-7b:q4_K.M"
    for bad in ("", "two words", "a\n", "x" * 300, '"'):
        with pytest.raises(UsageError):
            checked_model(bad)
