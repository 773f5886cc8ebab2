"""Deciding from the command line: what is said, what is printed, and what each slip is answered with."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from khronika.cli.main import khronika
from khronika.flow import link
from khronika.record.record import open_record
from tests import stories


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record of three stories."""
    with open_record(tmp_path / "record", create=True) as record:
        for i, text in enumerate((stories.ARREST, stories.RELEASE, stories.OTHER)):
            record.append(*stories.page(text, f"{i}.txt"))
        link(record)
    return tmp_path / "record"


@pytest.fixture
def call(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Calls the program on it."""
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: str) -> Result:
        return CliRunner().invoke(khronika, [*words, "--record", str(folder)])

    return run


def claim_of(folder: Path, type: str) -> str:
    """The first claim of the kind."""
    with open_record(folder) as record:
        return next(c.id for d in record.documents() for c in record.claims_in(d.id) if c.type == type)


def test_confirming_and_correcting_are_shown(folder: Path, call) -> None:
    """In the claim, in the case and in the list of events, with who and why and what was read."""
    claim = claim_of(folder, "detention")
    assert call("decide", "confirm", claim, "--by", "Ana", "--why", "asked the court").output.startswith("decision 1:")
    assert call("decide", "correct", claim, "date", "2021-06-20", "--by", "Bo").exit_code == 0
    shown = call("show", claim).output
    assert "confirmed by Ana: asked the court" in shown
    assert "date corrected by Bo, read as 2021-06-22" in shown
    assert "date: 2021-06-20" in shown
    case = call("case", "Aigul").output
    assert "2021-06-20" in case and "confirmed by Ana" in case
    assert "[confirmed, corrected]" in call("events", "--type", "detention").output.replace("\n", " ")
    told = json.loads(call("show", claim, "--json").output)
    assert told["date"] == "2021-06-20" and told["decided"]["read"]["date"] == "2021-06-22"


def test_a_rejected_claim_is_shown_and_listed(folder: Path, call) -> None:
    """Its document shows it as rejected; the list has who, when and why; undone, it is said to be."""
    claim = claim_of(folder, "release")
    call("decide", "reject", claim, "--by", "Ana", "--why", "another woman")
    assert "rejected by Ana" in call("show", claim).output
    assert "free" not in call("case", "Aigul").output
    listed = call("decisions", claim).output
    assert "reject claim" in listed and "another woman" in listed and "1 decision" in listed
    call("decide", "undo", "1", "--by", "Bo")
    assert "undone" in call("decisions").output
    (one,) = json.loads(call("decisions", "--who", "Ana", "--json").output)
    assert one["in_force"] is False and one["verb"] == "reject" and one["looks"] == []


def test_another_version_is_refused_with_both(folder: Path, call) -> None:
    """Exit code 5; what was seen and what is there."""
    claim = claim_of(folder, "detention")
    version = json.loads(call("show", claim, "--json").output)["version"]
    call("decide", "correct", claim, "date", "2021-06-20", "--by", "Bo")
    refused = call("decide", "reject", claim, "--by", "Ana", "--seen", version)
    assert refused.exit_code == 5
    assert version in refused.stderr and "2021-06-20" in refused.stderr and "correct by Bo" in refused.stderr
    assert call("decisions", "--who", "Ana").output == "0 decisions\n"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["confirm", "c0", "--by", "Ana"], 3),
        (["confirm", "CLAIM"], 2),
        (["confirm", "CLAIM", "--by", "Ana", "--seen", "a", "--seen", "b"], 2),
        (["correct", "CLAIM", "date", "--by", "Ana"], 2),
        (["correct", "CLAIM", "date", "2021", "--empty", "--by", "Ana"], 2),
        (["correct", "CLAIM", "date", "2021", "2022", "--by", "Ana"], 2),
        (["correct", "CLAIM", "colour", "red", "--by", "Ana"], 2),
        (["correct", "CLAIM", "count", "many", "--by", "Ana"], 2),
        (["view", "secret", "CLAIM", "--by", "Ana"], 2),
        (["undo", "1", "--by", "Ana"], 3),
        (["undo", "x", "--by", "Ana"], 2),
        (["note", "e0", "x", "--by", "Ana"], 3),
        (["merge", "Aigul Nurlan", "Nobody Known", "--by", "Ana"], 3),
    ],
)
def test_slips_are_told(folder: Path, call, words: list[str], code: int) -> None:
    """Each ends with a message and its exit code, and decides nothing."""
    claim = claim_of(folder, "detention")
    done = call("decide", *(claim if word == "CLAIM" else word for word in words))
    assert done.exit_code == code and done.stderr and "Traceback" not in done.stderr
    assert call("decisions").output == "0 decisions\n"


def test_values_of_several_parts(folder: Path, call) -> None:
    """Lists by several words, numbers and penalties as JSON, an exact number alone, and nothing with --empty."""
    claim = claim_of(folder, "sentence")
    call("decide", "correct", claim, "place", "Oral", "Kazakhstan", "--by", "Ana")
    call("decide", "correct", claim, "count", "3", "--by", "Ana")
    call("decide", "correct", claim, "penalties", '[{"kind": "fine", "amount": 300, "currency": "KZT"}]', "--by", "Ana")
    call("decide", "correct", claim, "date", "--empty", "--by", "Ana")
    told = json.loads(call("show", claim, "--json").output)
    assert told["place"] == ["Oral", "Kazakhstan"] and told["count"] == {"min": 3, "max": 3}
    assert told["penalties"] == [{"kind": "fine", "amount": 300, "currency": "KZT"}] and "date" not in told


def test_hostile_words_do_not_steer_the_terminal(folder: Path, call) -> None:
    """A reason may hold anything; what is printed is calm."""
    claim = claim_of(folder, "detention")
    call("decide", "confirm", claim, "--by", "A\x1b[2Jna", "--why", "\u202ebad\x07")
    for shown in (call("show", claim).output, call("decisions").output):
        assert "\x1b" not in shown and "\u202e" not in shown and "\x07" not in shown


def test_merging_and_splitting(folder: Path, call) -> None:
    """People are named as one types them, their stories by id; what is said names both and how often they are named."""
    done = call("decide", "merge", "Aigul", "Ospan", "--by", "Ana", "--why", "a pseudonym")
    assert "merge Aigul Nurlan (2 documents) and Daniyar Ospan (1 document)" in done.output
    assert "Daniyar Ospan" in call("case", "Aigul").output
    with open_record(folder) as record:
        document = next(d.id for d in record.documents() if "Ospan" in d.text)
    assert (
        "split Daniyar Ospan (1 document) from Aigul Nurlan"
        in call("decide", "split", "Aigul", document, "--by", "Bo").output
    )
    assert "Daniyar Ospan" not in call("case", "Aigul").output
    assert call("decide", "split", "Aigul", "Ospan", "--by", "Bo").exit_code == 0
    assert call("decide", "split", "Aigul", "Ospan", document, "--by", "Bo").exit_code == 2
    assert call("decide", "split", "daulet", "Ospan", "--by", "Bo").exit_code == 3
    assert call("decisions", "Ospan").output.count("split") == 2


def test_moving_a_claim(folder: Path, call) -> None:
    """Only to an event of its kind, and never out of one that rests on it alone."""
    claim, other = claim_of(folder, "detention"), claim_of(folder, "release")
    with open_record(folder) as record:
        event, release = record.event_of(claim), record.event_of(other)
    assert "correct the type first" in call("decide", "link", claim, release, "--by", "Ana").stderr
    assert "reject the claim instead" in call("decide", "unlink", claim, event, "--by", "Ana").stderr


def test_what_needs_another_look_is_listed(folder: Path, call) -> None:
    """With what was seen and what is there now, until somebody has looked."""
    claim = claim_of(folder, "detention")
    call("decide", "correct", claim, "date", "2021-06-20", "--by", "Ana")
    with sqlite3.connect(folder / "record.sqlite3") as db:
        db.execute("UPDATE claim SET body = replace(body, ?, ?)", ('"date":"2021-06-22"', '"date":"2021-06-21"'))
    db.close()
    listed = call("decisions", "--needs-look").output
    assert "needs another look, still in force: another reading: date" in listed
    assert "date 2021-06-22" in listed and "date 2021-06-21" in listed
    assert json.loads(call("decisions", "--json").output)[0]["looks"][0]["new"]["date"] == "2021-06-21"
    call("decide", "note", "1", "still right", "--by", "Bo")
    assert "0 decisions" in call("decisions", "--needs-look").output


def test_no_decision_leaves_the_record_behind(folder: Path, call) -> None:
    """Also one of which nothing follows: nobody is told of a run that was cut off where there was none."""
    claim = claim_of(folder, "detention")
    for words in (("note", claim, "asked her"), ("note", "1", "still so"), ("view", "partner", claim)):
        done = call("decide", *words, "--by", "Ana")
        assert done.exit_code == 0 and not done.stderr
        assert not call("events").stderr


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("count", "[" * 100_000, "write 20, or"),
        ("count", "about twenty", "write 20, or"),
        ("hedged", "yes", "true or false"),
        ("penalties", "a fine", '"kind": "fine"'),
    ],
)
def test_a_value_that_is_not_json_is_answered_with_one_that_is(folder, call, field, value, words) -> None:
    """No talk of JSON, no traceback, however deep it is nested: what to write is shown."""
    done = call("decide", "correct", claim_of(folder, "detention"), field, value, "--by", "Ana")
    assert done.exit_code == 2 and words in done.stderr and len(done.stderr) < 300


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_of_several_those_that_were_made_are_told(folder: Path, call, form: tuple[str, ...]) -> None:
    """Where the second of two ids is wrong, the first stands: nobody is left to believe that nothing was written."""
    claim = claim_of(folder, "detention")
    done = call("decide", "reject", claim, "c0123456789abcdef", "--by", "Ana", *form)
    assert done.exit_code == 3 and "no claim c0123456789abcdef" in done.stderr
    told = json.loads(done.stdout)[0]["number"] == 1 if form else f"decision 1: reject claim {claim}" in done.stdout
    assert told and "1 decision" in call("decisions").output


def test_an_id_that_is_none_is_nobodys_name(call) -> None:
    """Whoever asks for the decisions about an event that is gone is told of the event, not of a person."""
    assert "no event e0123456789abcdef" in call("decisions", "e0123456789abcdef").stderr
    assert "nobody in the record is called" in call("decisions", "Ekaterina").stderr
