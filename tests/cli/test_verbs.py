from __future__ import annotations

import json
import shutil
import unicodedata

import pytest
from click.testing import CliRunner

from khronika.cli.main import VERBS, khronika
from khronika.record.record import open_record


def harmless(text: str) -> bool:
    return not {unicodedata.category(c) for c in text if c != "\n"} & {"Cc", "Cs"} and "\u202e" not in text


def test_status_in_json_is_the_promised_object(call):
    """Other programs rely on these keys, in this shape, and on nothing else being there but a note."""
    done = call("status", "jorun velkaste", "--on", "2031-06-25", "--json")
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert list(answer)[:6] == ["person", "on", "known", "state", "held", "because"]
    assert set(answer) <= {"person", "on", "known", "state", "held", "because", "note"}
    assert (answer["person"], answer["on"], answer["known"], answer["held"]) == (
        "Jorun Velkaste",
        "2031-06-25",
        None,
        True,
    )
    assert answer["because"]
    for reason in answer["because"]:
        assert list(reason) == ["event", "quote", "document", "speaker"]


def test_status_says_term_sentence_outlet_and_day(call):
    """The one-line question gets the term, the court's sentence and its document."""
    done = call("status", "jorun", "--on", "2031-06-25")
    words = " ".join(done.stdout.split())
    assert words.startswith("Jorun Velkaste was held on 2031-06-25")
    assert "15 days of administrative arrest" in words
    assert "The Oravat City Court sentenced Jorun Velkaste to 15 days in jail" in words
    assert "Oravat Courier, 2031-06-22, d" in words


def test_status_before_any_report_is_unknown_not_free(call):
    """Silence is silence: no state is made up for a day that no report speaks of."""
    done = call("status", "jorun", "--on", "2031-01-01", "--json")
    assert json.loads(done.stdout) | {"note": None} == {
        "person": "Jorun Velkaste", "on": "2031-01-01", "known": None, "state": "unknown", "held": None, "because": [],
        "note": None,
    }  # fmt: skip


def test_status_as_known_before_the_report_is_unknown(call):
    """What was not published yet could not be known."""
    done = call("status", "jorun", "--on", "2031-06-21", "--known", "2031-06-20", "--json")
    assert json.loads(done.stdout)["state"] == "unknown"


def test_a_name_that_fits_two_lists_both_and_ends_with_three(call):
    """Nobody's history is given for another's: the two are told apart by what stories say."""
    done = call("case", "Velkaste")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "Jorun Velkaste" in done.stderr
    assert "Tavi Velkaste" in done.stderr


def test_a_name_that_fits_nobody_ends_with_three(call):
    """Not found is not an empty history."""
    done = call("status", "Aurelio Montague", "--on", "2031-06-25", "--json")
    assert (done.exit_code, done.stdout) == (3, "")
    assert "Aurelio Montague" in done.stderr


@pytest.mark.parametrize("day", ["2031-13-01", "2031-02-30", "yesterday", "2031-06", ""])
def test_a_day_that_is_none_is_wrong_use(call, day):
    """A wrong date is never read as another one."""
    done = call("status", "jorun", "--on", day)
    assert done.exit_code == 2
    assert "2021-06-23" in done.stderr


def test_case_shows_sentences_copies_denials_and_ties(call):
    """A history holds every sentence once with its outlets, a denial as a denial, and counts a copy as no origin."""
    words = " ".join(call("case", "jorun").stdout.split())
    assert words.count("The Oravat City Court sentenced") == 1
    assert "the same words: Syndicate, 2031-06-23" in words
    assert "1 independent origin, 2 reports" in words
    assert "says Interior Ministry · denied" in words
    assert "leader of Open Harbor" in words
    assert "also written: J. Velkaste" in words
    assert "Tavi" not in words


@pytest.mark.parametrize("width", ["60", "80", "120"])
@pytest.mark.parametrize("words", [("case", "jorun"), ("people",), ("events",), ("show", "e2")])
def test_everything_fits_the_terminal(call, monkeypatch, words, width):
    """No line runs over the edge, and none ends in blanks."""
    monkeypatch.setenv("COLUMNS", width)
    done = call(*words)
    assert done.exit_code == 0
    assert all(len(line) <= int(width) and line == line.rstrip() for line in done.stdout.splitlines())


@pytest.mark.parametrize("words", ["case tavi", "people", "events", "show e3", "status tavi --on 2031-07-02"])
def test_a_story_cannot_steer_the_terminal(call, words):
    """A report that holds escape codes, markup and bidirectional overrides is shown as plain words."""
    done = call(*words.split())
    assert done.exit_code == 0
    assert harmless(done.stdout)
    if words not in {"people", "events"}:
        assert "[bold]in Oravat[/bold]" in " ".join(done.stdout.split())
    as_json = call(*words.split(), "--json")
    assert harmless(as_json.stdout)
    json.loads(as_json.stdout)


def test_people_and_events_count_and_filter(call):
    """Lists say how many; filters keep what may lie within their bounds."""
    people = json.loads(call("people", "--json").stdout)
    assert [(p["name"], p["events"]) for p in people] == [("Jorun Velkaste", 2), ("Tavi Velkaste", 1)]

    def ids(*options: str) -> list[str]:
        return [event["id"] for event in json.loads(call("events", "--json", *options).stdout)]

    assert ids("--type", "detention") == ["e1", "e3"]
    assert ids("--from", "2031-07") == ["e3"]
    assert ids("--to", "2031-06-21") == ["e4", "e1"]
    assert ids("--place", "oravat") == ["e1"]
    assert "20 or more people" in call("events").stdout


def test_an_unknown_kind_is_wrong_use(call):
    """A typing error is not an empty answer."""
    done = call("events", "--type", "arrests")
    assert done.exit_code == 2
    assert "detention" in done.stderr


def test_show_leads_down_to_the_words(call):
    """Event → claims → document → its bytes' hash, each reachable by the id shown above it."""
    event = json.loads(call("show", "e1", "--json").stdout)
    claim = json.loads(call("show", event["claims"][0], "--json").stdout)
    assert claim["event"] == "e1"
    document = json.loads(call("show", claim["document"], "--json").stdout)
    assert document["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert claim["id"] in {c["id"] for c in document["claims"]}
    assert claim["id"] in call("show", "e1").stdout
    shown = call("show", claim["document"]).stdout
    assert document["sha256"] in "".join(shown.split())
    assert "Subscribe to our newsletter." in shown


def test_show_of_what_is_not_there_ends_with_three(call):
    """An id that is in no record is said to be none."""
    assert call("show", "c0123").exit_code == 3


@pytest.mark.parametrize("words", [("people",), ("case", "jorun"), ("verify",), ("export", "--to", "out")])
def test_a_folder_that_is_no_record_is_wrong_use(tmp_path, monkeypatch, words):
    """Asking never makes a record, and never writes into a folder that holds something else."""
    monkeypatch.chdir(tmp_path)
    absent = CliRunner().invoke(khronika, [*words, "--record", "nowhere"])
    assert absent.exit_code == 2
    assert "nowhere" in absent.stderr
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text("Dear all")
    other = CliRunner().invoke(khronika, [*words, "--record", "letters"])
    assert other.exit_code == 2
    assert [p.name for p in (tmp_path / "letters").iterdir()] == ["letter.txt"]


def test_verify_of_a_sound_and_of_a_damaged_record(call, record_folder, tmp_path):
    """A changed byte ends with four and names the file."""
    import shutil

    assert call("verify").exit_code == 0
    copy = tmp_path / "copy"
    shutil.copytree(record_folder, copy)
    kept = next(p for p in (copy / "captures").rglob("*") if p.is_file())
    kept.write_bytes(kept.read_bytes() + b" ")
    done = CliRunner().invoke(khronika, ["verify", "--record", str(copy)])
    assert done.exit_code == 4
    assert kept.name in done.stderr


def test_answers_say_when_they_lag_behind(record_folder, tmp_path):
    """After a read that was cut off the derived tables lack what it added: each question says so, on stderr only."""
    shutil.copytree(record_folder, tmp_path / "record")
    with open_record(tmp_path / "record") as record:
        record.fail("new.txt", "capture", "cut off")
    for words in (["people", "--json"], ["status", "Jorun", "--on", "2031-06-25"], ["events"], ["verify"]):
        done = CliRunner().invoke(khronika, [*words, "--record", str(tmp_path / "record")])
        assert done.exit_code == 0
        assert "cut off or is still running" in done.stderr and "cut off" not in done.stdout


def test_events_between_days_in_the_wrong_order(call):
    """Two bounds that leave no day between them are a slip, not a question."""
    assert call("events", "--from", "2031-07", "--to", "2031-06").exit_code == 2
    assert call("events", "--from", "2031-06-22", "--to", "2031-06").exit_code == 0


def test_export_writes_the_interchange(call, tmp_path):
    """The six files of the codebook, and every claim in them."""
    done = call("export", "--to", str(tmp_path / "out"))
    assert done.exit_code == 0
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert {f"{n}.jsonl" for n in ("documents", "claims", "events", "people", "organizations", "cases")} <= names
    assert len((tmp_path / "out" / "claims.jsonl").read_text("utf-8").splitlines()) == 5


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_explains_itself(verb):
    """`--help` of each verb begins with the line that the list of verbs shows."""
    done = CliRunner().invoke(khronika, [verb, "--help"])
    assert done.exit_code == 0
    assert VERBS[verb] in " ".join(done.output.split())


def test_an_unknown_verb_is_wrong_use():
    """A typing error ends with two."""
    assert CliRunner().invoke(khronika, ["reed"]).exit_code == 2


def test_events_can_be_sorted_by_how_sure_the_reader_is(call, monkeypatch):
    """The least sure first, those that state nothing last: the ones to check by hand."""
    from dataclasses import replace

    from khronika.record.record import Record

    plain = Record.events
    sure = {"e1": 0.9, "e2": 0.4, "e3": None, "e4": 0.7}

    def with_confidence(self, **wanted):
        return [replace(e, confidence=sure[e.id]) for e in plain(self, **wanted)]

    monkeypatch.setattr(Record, "events", with_confidence)
    rows = json.loads(call("events", "--sort", "confidence", "--json").stdout)
    assert [row["id"] for row in rows] == ["e2", "e4", "e1", "e3"]
    assert [row["confidence"] for row in rows] == [0.4, 0.7, 0.9, None]
