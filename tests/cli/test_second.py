"""The second reader from the command line, against an endpoint on this machine."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import khronika.read.reader
from khronika.cli.main import khronika as program
from tests.cli.test_read import STORY, WordReader
from tests.consult.stub import Stub, claim, claims, raw

SENTENCE = "Mila Arkanova was detained at her home on 2 May, neighbors said."
SECRET = "sk-very-secret"


@pytest.fixture
def stub():
    with Stub([claims(claim(SENTENCE, targets=["Mila Arkanova"]), claim("Two nurses watched", "threat"))]) as server:
        yield server


@pytest.fixture
def news(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(khronika.read.reader, "load_reader", lambda settings: WordReader())
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(STORY)
    return tmp_path


def call(*words: str):
    return CliRunner().invoke(program, words)


def read(stub, *more: str):
    return call("read", "news", "--record", "R", "--reader", "llm", "--endpoint", stub.url, "--model", "m", *more)


def test_read_with_a_second_reader_and_look_at_what_it_proposes(news, stub, monkeypatch):
    """The summary tells the readers apart; the document shows the proposals; the status stays the built-in one's."""
    monkeypatch.setenv("MY_KEY", SECRET)
    done = read(stub, "--key-env", "MY_KEY")
    assert done.exit_code == 0, done.output
    for line in ("second reader llm 1 / m: 1 story read", "by both: 1, of which 1 differ", "second reader alone: 1,"):
        assert line in done.stdout
    assert stub.heads[0]["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in done.output
    assert all(SECRET.encode() not in p.read_bytes() for p in (news / "R").rglob("*") if p.is_file())
    events = json.loads(call("events", "--record", "R", "--json").stdout)
    assert [e["type"] for e in events] == ["detention"]
    document = json.loads(call("show", events[0]["claims"][0], "--record", "R", "--json").stdout)["document"]
    shown = call("show", document, "--record", "R")
    assert "second reader llm 1 / m" in shown.stdout
    assert "proposed, in no event: threat" in shown.stdout
    told = json.loads(call("show", document, "--record", "R", "--json").stdout)
    assert {c["type"] for c in told["second_readings"][0]["claims"]} == {"threat", "detention"}


def test_a_second_reader_that_fails_ends_with_one(news, stub):
    """The claim is there, the reason is printed, exit code 1."""
    stub.answers = [raw(b"", 401)]
    done = read(stub)
    assert done.exit_code == 1
    assert "1 new document with 1 claim" in done.stdout
    assert "a.txt: status 401: the key is not accepted [second]" in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--endpoint", "http://127.0.0.1/v1"], "belong to --reader llm"),
        (["--reader", "llm"], "needs --endpoint"),
        (["--reader", "llm", "--endpoint", "http://127.0.0.1:1/v1"], "--model"),
        (["--reader", "llm", "--endpoint", "http://192.0.2.1/v1", "--model", "m"], "is not this machine"),
        (["--reader", "llm", "--endpoint", "http://u:p@127.0.0.1/v1", "--model", "m"], "no name or password"),
        (["--reader", "llm", "--endpoint", "http://127.0.0.1/v1", "--model", "m", "--key-env", "NONE"], "no key"),
        (["--reader", "oracle"], "oracle"),
    ],
)
def test_wrong_use_ends_with_two_before_anything_is_read(news, words, told):
    """No record is made, nothing is sent."""
    done = call("read", "news", "--record", "R", *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (news / "R").exists()


def test_no_key_on_the_command_line():
    """There is no option that takes one."""
    options = {o for p in program.get_command(None, "read").params for o in p.opts}
    assert {"--key-env", "--key-file"} <= options
    assert not {"--key", "--api-key"} & options
