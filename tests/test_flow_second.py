"""The recipe with a second reader: the built-in one always counts, the other's words stay beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.consult.reader import load_endpoint_reader
from khronika.flow import Options, Record, open, read
from khronika.record import derived, log
from khronika.record.run import Report, SecondReport
from khronika.settings import Settings
from tests.consult.stub import Stub, claim, claims, raw, says
from tests.stories import ARREST, OTHER, RELEASE, WordReader

TEXTS = {"1.txt": ARREST, "2.txt": RELEASE, "3.txt": OTHER}
HELD = "Police detained Aigul Nurlan on 2021-06-22."


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub([claims()]) as server:
        yield server


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(f"A headline about {name}\n\n{text}\n\nThat is all that is known so far.\n")
    return folder


def manifest(news: Path, **marks: str) -> None:
    rows = [f"{name},2021-07-01,{marks.get('m' + name[0], '')}" for name in TEXTS]
    (news / "manifest.csv").write_text("\n".join(["source,published,keep_local", *rows]) + "\n")


def take(news: Path, record: Record, stub: Stub | None, jobs: int = 1, **limits: int) -> tuple[Report, SecondReport]:
    second = load_endpoint_reader(stub.url, "m", Settings(**limits)) if stub else None
    table = news / "manifest.csv"
    given = table if table.exists() else None
    report = read([news], record, Options(manifest=given, jobs=jobs, reader=WordReader(), second=second))
    return report, report.second or SecondReport(reader="")


def derived_rows(record: Record) -> list[str]:
    return [*derived.dump(record.alias)]


def test_two_readers_are_counted_apart(news: Path, tmp_path: Path, stub: Stub) -> None:
    """Agreed, differing, only here, only there; people, events and custody are those of the built-in reader alone."""
    who = {"targets": ["Aigul Nurlan"]}
    stub.answers = [
        claims(claim(HELD, date="2021-06-22", **who), claim(HELD, "threat", **who), claim("Nobody said this.", **who)),
        claims(claim("The authorities released Aigul Nurlan", "release", date="2021-06-28", **who)),
        claims(),
    ]
    alone, both = open(tmp_path / "alone"), open(tmp_path / "both")
    take(news, alone, None)
    report, told = take(news, both, stub)
    assert (report.new, report.claims, report.failed) == (3, 4, [])
    assert (told.read, told.agreed, told.differing, told.only_first, told.only_second) == (3, 1, 1, 2, 1)
    assert dict(told.dropped) == {"claim: quote not in the story": 1}
    assert derived_rows(both) == derived_rows(alone)
    assert [*both.view().claims()] == [*alone.view().claims()]
    assert both.verify().ok
    first = next(d for d in both.documents() if d.source == "1.txt")
    assert {c.type for c in both.second_readings(first.id)[0].claims} == {"detention", "threat"}


def test_an_endpoint_that_fails_costs_no_claim(news: Path, tmp_path: Path, stub: Stub) -> None:
    """What the built-in reader found is kept; the second reading is reported as failed, and made up for next time."""
    stub.answers = [says("nonsense"), raw(b"", 401), claims()]
    record = open(tmp_path / "record")
    report, told = take(news, record, stub)
    assert (report.new, report.claims, report.failed) == (3, 4, [])
    assert [(f.source, f.step, f.reason) for f in told.failed] == [
        ("1.txt", "second", "the answer is not JSON"), ("2.txt", "second", "status 401: the key is not accepted"),
    ]  # fmt: skip
    assert record.failures() == []
    before = len(stub.asked)
    report, told = take(news, record, stub)
    assert (report.new, report.unchanged, told.read, told.failed) == (0, 3, 2, [])
    assert len(stub.asked) == before + 2
    head = log.head(record.alias)
    report, told = take(news, record, stub)
    assert (report.unchanged, told.read, len(stub.asked)) == (3, 0, before + 2)
    assert log.head(record.alias) == head
    assert record.verify().ok


def test_a_record_read_before_is_read_a_second_time(news: Path, tmp_path: Path, stub: Stub) -> None:
    """Documents that are there already are sent, their claims left as they are."""
    record = open(tmp_path / "record")
    take(news, record, None)
    before = [*record.view().claims()]
    report, told = take(news, record, stub)
    assert (report.new, report.unchanged, told.read) == (0, 3, 3)
    assert [*record.view().claims()] == before


def test_marked_documents_are_never_sent(news: Path, tmp_path: Path, stub: Stub) -> None:
    """Not at first, not when the manifest is left out later; a mark that comes later holds from then on."""
    manifest(news, m1="yes", m2="x")
    record = open(tmp_path / "record")
    report, told = take(news, record, stub)
    assert (report.new, told.withheld, told.read) == (3, 2, 1)
    (news / "manifest.csv").unlink()
    take(news, record, stub)
    with record.writing():
        record.fail("1.txt", "read", "as if a part of it had failed")
    take(news, record, stub)
    sent = "".join(m["content"] for asked in stub.asked for m in asked["messages"])
    assert "Daniyar Ospan" in sent
    assert "Aigul Nurlan" not in sent
    later = open(tmp_path / "later")
    take(news, later, None)
    manifest(news, m1="yes", m2="TRUE", m3="1")
    asked = len(stub.asked)
    assert take(news, later, stub)[1].withheld == 3
    assert len(stub.asked) == asked


def test_an_unclear_mark_waits(news: Path, tmp_path: Path, stub: Stub) -> None:
    """A cell that says neither yes nor no: the file is not read, so nothing of it is sent."""
    manifest(news, m1="perhaps", m2="no")
    report, told = take(news, open(tmp_path / "record"), stub)
    assert report.new == told.read == 2
    assert any("perhaps" in f.reason for f in report.failed)


def test_a_bug_in_the_second_reader_costs_no_claim(news: Path, tmp_path: Path) -> None:
    """Whatever goes wrong there is a failed second reading."""

    class Broken:
        name = "broken 1"

        def consult(self, documents: object) -> tuple[()]:
            raise ZeroDivisionError("a bug")

    record = open(tmp_path / "record")
    report = read([news], record, Options(reader=WordReader(), second=Broken()))
    assert report.claims == 4
    assert report.second
    assert {f.reason for f in report.second.failed} == {"ZeroDivisionError: a bug"}
    assert record.verify().ok


def test_bounds_of_the_run_hold_whatever_the_number_of_processes(news: Path, tmp_path: Path, stub: Stub) -> None:
    """One reader asks about one story after another; what is over the bound is said, and nothing is written of it."""
    record = open(tmp_path / "record")
    report, told = take(news, record, stub, jobs=3, second_run_tokens=1000)
    assert (report.new, told.read + told.unasked) == (3, 3)
    assert told.unasked == 2
    assert "1,000 tokens" in told.why_unasked
    assert len(stub.asked) == 1
    assert take(news, record, stub)[1].read == 2


def test_it_can_be_measured_by_itself(news: Path, tmp_path: Path, stub: Stub) -> None:
    """As the only reader of a passing record its proposals are the claims; where it fails, the story fails."""
    stub.answers = [claims(claim(HELD, targets=["Aigul Nurlan"])), says("prose"), claims()]
    reader = load_endpoint_reader(stub.url, "m", Settings())
    record = open(tmp_path / "passing")
    report = read([news], record, Options(reader=reader))
    assert (report.claims, report.second) == (1, None)
    assert [(f.source, f.step) for f in report.failed] == [("2.txt", "read")]
    assert [c.reader for c in record.view().claims()] == ["llm 1 / m"]
    assert record.export(tmp_path / "out")
