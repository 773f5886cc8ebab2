"""The recipe: what is done once, what goes on after a failure, a kill, with any number of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from khronika.errors import ManifestError, NotARecord, RecordBusy, UsageError
from khronika.facts.contracts import Reader
from khronika.flow import Options, Record, link, open, read
from khronika.record import derived, log
from khronika.record.run import Report
from khronika.settings import Settings
from tests.stories import ARREST, OTHER, RELEASE, WordReader

TEXTS = {"1.txt": ARREST, "2.txt": RELEASE, "3.txt": OTHER, "4.txt": "Nothing happened in the village that day."}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(f"A headline about {name}\n\n{text}\n\nThat is all that is known so far.\n")
    (folder / "manifest.csv").write_text(
        "source,outlet,published,captured,language,url,note\n"
        + "".join(f"{name},The Courier,2021-07-0{i},2021-07-09,en,,\n" for i, name in enumerate(TEXTS, 1))
    )
    return folder


def take(news: Path, record: Record, reader: Reader | None = None, jobs: int = 1, manifest: bool = True) -> Report:
    given = news / "manifest.csv" if manifest else None
    return read([news], record, Options(manifest=given, jobs=jobs, reader=reader or WordReader()))


def contents(record: Record) -> list[object]:
    view = record.view()
    return [[*view.documents()], [*view.claims()], [*view.mentions()], [*derived.dump(record.alias)]]


def test_from_files_to_a_status(news: Path, tmp_path: Path) -> None:
    """Read, ask, export; the report counts what was done; progress counts pages."""
    record = open(tmp_path / "record")
    steps: list[tuple[int, int | None]] = []
    options = Options(manifest=news / "manifest.csv", reader=WordReader(), progress=lambda a, b: steps.append((a, b)))
    report = read([news], record, options)
    assert (report.new, report.unchanged, report.failed, report.documents, report.claims) == (4, 0, [], 4, 4)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert record.case("Nurlan").status(on="2021-06-24", known="2021-07-01").state == "detained"
    assert record.case("Nurlan").status(on="2021-06-30").state == "free"
    assert record.case("Nurlan").status(on="2021-06-30", known="2021-07-01").held is True
    assert record.export(tmp_path / "out")[0].name == "documents.jsonl"
    assert record.verify().ok


def test_reading_again_changes_nothing(news: Path, tmp_path: Path) -> None:
    """No new row, the same log, the same derived bytes; nothing is read a second time, also by a newer reader."""
    record = open(tmp_path / "record")
    take(news, record)
    before, head = contents(record), log.head(record.alias)
    report = take(news, record, WordReader(version="2"))
    assert (report.new, report.unchanged, report.claims, report.kept_readers) == (0, 4, 0, {"words 1"})
    assert (contents(record), log.head(record.alias)) == (before, head)


def test_the_same_record_with_any_number_of_processes(news: Path, tmp_path: Path) -> None:
    """Results are appended in the order of the files, whoever read them."""
    one, three = open(tmp_path / "one"), open(tmp_path / "three")
    assert take(news, one).new == take(news, three, jobs=3).new == 4
    assert contents(one) == contents(three)


def test_one_bad_document_never_stops_or_taints_the_batch(news: Path, tmp_path: Path) -> None:
    """Empty, binary, unreadable for the reader, a bug in the reader, a claim that is not in the text."""
    (news / "0 empty.txt").touch()
    (news / "0 picture.txt").write_bytes(bytes(range(256)) * 9)
    (news / "2a.txt").write_text("A headline\n\nThis story is unreadable for the reader.\n")
    (news / "2b.txt").write_text("A headline\n\nThis story is surprising for the reader.\n")
    record = open(tmp_path / "record")
    report = take(news, record, manifest=False)
    assert [(f.source, f.step) for f in report.failed] == [
        ("0 empty.txt", "capture"), ("0 picture.txt", "capture"), ("2a.txt", "read"), ("2b.txt", "read"),
    ]  # fmt: skip
    assert "no sense in it" in report.failed[2].reason
    assert "ZeroDivisionError: a bug" in report.failed[3].reason
    assert report.new == 4
    assert [source for source, _, _ in record.failures()] == ["0 empty.txt", "0 picture.txt", "2a.txt", "2b.txt"]
    head = log.head(record.alias)
    assert len(take(news, record, manifest=False).failed) == 4
    assert log.head(record.alias) == head
    (news / "0 empty.txt").write_text("A headline\n\nNow there is a story in it.\n")
    assert take(news, record, manifest=False).new == 1
    assert [source for source, _, _ in record.failures()] == ["0 picture.txt", "2a.txt", "2b.txt"]
    assert record.verify().ok


def test_a_process_that_dies_takes_only_its_own_document(news: Path, tmp_path: Path) -> None:
    """Out of memory or a crash in native code: named, the others are read."""
    (news / "2a.txt").write_text("A headline\n\nThis story is deadly for the reader.\n")
    record = open(tmp_path / "record")
    report = take(news, record, jobs=2, manifest=False)
    assert [(f.source, f.step) for f in report.failed] == [("2a.txt", "read")]
    assert report.new == 4


def test_rows_of_the_manifest(news: Path, tmp_path: Path) -> None:
    """A row without file, one with a bad date: named; the file of the bad row waits until it is right."""
    manifest = news / "manifest.csv"
    good = manifest.read_text()
    manifest.write_text(good.replace("2021-07-02", "yesterday") + "5.txt,,,,,,\n")
    record = open(tmp_path / "record")
    report = take(news, record)
    assert report.new == 3
    assert {f.step for f in report.failed} == {"manifest"}
    assert any("5.txt" in f.reason for f in report.failed)
    assert any("yesterday" in f.reason for f in report.failed)
    manifest.write_text(good)
    report = take(news, record)
    assert (report.new, report.unchanged, report.failed, record.failures()) == (1, 3, [], [])
    assert {d.source: d.published for d in record.documents()}["2.txt"] == "2021-07-02"
    manifest.write_text("file,date\n1.txt,2021\n")
    with pytest.raises(ManifestError):
        take(news, record)


def test_one_writer_at_a_time(news: Path, tmp_path: Path) -> None:
    """A second read is told at once, and the first is not disturbed."""
    first, second = open(tmp_path / "record"), open(tmp_path / "record")
    take(news, first)
    with first.writing(), pytest.raises(RecordBusy):
        take(news, second)
    assert take(news, second).unchanged == 4


def test_a_folder_that_is_not_a_record_stays_as_it_is(news: Path) -> None:
    """Neither made nor changed; an absent one is not made by asking."""
    before = sorted(news.iterdir())
    with pytest.raises(NotARecord):
        open(news)
    assert sorted(news.iterdir()) == before
    nothing = open(news.parent / "nothing")
    with pytest.raises(NotARecord, match="no record there"):
        nothing.people()
    assert not nothing.path.exists()


_CHILD = """
import sys
from pathlib import Path
from khronika.flow import Options, open, read
from tests.stories import WordReader
news, record, jobs = sys.argv[1:]
if __name__ == "__main__":
    tell = lambda done, total: print(done, flush=True)
    read([Path(news)], open(record), Options(jobs=int(jobs), reader=WordReader(pause=0.1), progress=tell))
"""


def interrupted(news: Path, record: Path, with_signal: int, jobs: str = "1") -> int:
    """Reads in a child that gets the signal after the second page; its exit status."""
    script = record.parent / "child.py"
    script.write_text(_CHILD)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent), *sys.path])}
    command = [sys.executable, str(script), str(news), str(record), jobs]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    assert child.stdout
    while child.stdout.readline().strip() not in {"2", ""}:
        pass
    child.send_signal(with_signal)
    return child.wait(20)


@pytest.mark.skipif(os.name == "nt", reason="no such signals on Windows")
@pytest.mark.parametrize(("with_signal", "jobs"), [(signal.SIGKILL, "1"), (signal.SIGINT, "1"), (signal.SIGKILL, "2")])
def test_cut_off_in_the_middle(news: Path, tmp_path: Path, with_signal: int, jobs: str) -> None:
    """Killed or stopped with Ctrl-C: what was appended stays and is sound; the next run goes on, as if in one go."""
    for i in range(20):
        (news / f"5{i:02}.txt").write_text(
            f"A headline\n\nPolice detained Person Number{'abcdefghijklmnopqrst'[i]} on 2021-01-05.\n"
        )
    assert interrupted(news, tmp_path / "cut", with_signal, jobs) != 0
    time.sleep(0.2)
    cut, whole = open(tmp_path / "cut"), open(tmp_path / "whole")
    had = cut.count_documents()
    assert 2 <= had < 24
    assert cut.verify().ok
    assert cut.is_stale()
    report = take(news, cut, manifest=False)
    assert (report.new, report.unchanged) == (24 - had, had)
    take(news, whole, manifest=False)
    assert cut.verify().ok
    assert [(d.id, d.source) for d in cut.documents()] == [(d.id, d.source) for d in whole.documents()]
    assert [*cut.view().claims()] == [*whole.view().claims()]
    assert [*cut.view().people()] == [*whole.view().people()]


def test_derived_rows_that_were_changed_are_made_anew(news: Path, tmp_path: Path) -> None:
    """What `verify` advises helps: linking anew puts people, events and custody right."""
    record = open(tmp_path / "record")
    take(news, record)
    before = [*derived.dump(record.alias)]
    from khronika.record.models import Event

    Event.objects.using(record.alias).all().delete()
    assert not record.check().ok
    link(record, anew=True)
    assert record.check().ok
    assert [*derived.dump(record.alias)] == before


def test_a_record_inside_the_folder_to_be_read_is_refused(news: Path) -> None:
    """Its own files would be read as news; nothing is made."""
    with pytest.raises(UsageError, match="lies in"):
        take(news, open(news / "record"))
    assert not (news / "record").exists()


def test_settings_reach_capture(news: Path, tmp_path: Path) -> None:
    """A limit in the settings holds: the larger files fail by name, the others are read."""
    (news / "large.txt").write_text("A headline\n\n" + "word " * 300_000)
    options = Options(reader=WordReader(), settings=Settings(max_file_mb=1))
    report = read([news], open(tmp_path / "record"), options)
    assert [f.source for f in report.failed] == ["large.txt"]
    assert "1 MB" in report.failed[0].reason


def test_stories_that_come_one_by_one_are_linked_as_all_at_once(news: Path, tmp_path: Path) -> None:
    """Three runs over a growing folder, one run over all, and linking anew: the same derived bytes, in any order."""
    (news / "b.txt").write_text("A second\n\nPolice detained Marta Ruiz on 2021-01-05. Marta Ruiz was freed.\n")
    files = sorted(news.glob("*.txt"))
    slow, once = open(tmp_path / "slow"), open(tmp_path / "once")
    for some in (files[2:], files[:1], files[1:2]):
        read(some, slow, Options(reader=WordReader()))
    read(files, once, Options(reader=WordReader()))
    assert len(once.people()) > 1
    assert [*derived.dump(slow.alias)] == [*derived.dump(once.alias)]
    assert slow.check().ok
    link(slow, anew=True)
    assert slow.check().ok
    assert [*derived.dump(slow.alias)] == [*derived.dump(once.alias)]


def test_a_record_of_an_older_schema_is_linked_anew(news: Path, tmp_path: Path) -> None:
    """What was derived before linking kept its own keys is derived once more by the next run."""
    from django.core.management import call_command

    record = open(tmp_path / "record")
    take(news, record)
    before = [*derived.dump(record.alias)]
    call_command("migrate", "record", "0002", database=record.alias, verbosity=0, interactive=False)
    record.close()
    again = open(tmp_path / "record")
    assert again.is_stale()
    assert take(news, again).new == 0
    assert [*derived.dump(again.alias)] == before


def test_linking_that_is_cut_off_goes_on(news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failure half-way leaves whole batches; linking anew that fails leaves what was there; the next run goes on."""
    from khronika.link import update as module

    record = open(tmp_path / "record")
    take(news, record)
    before = [*derived.dump(record.alias)]

    def fails(*_: object, **__: object) -> None:
        raise OSError("disk full")

    plain = module.update
    monkeypatch.setattr(module, "update", fails)
    with pytest.raises(OSError, match="disk full"):
        link(record, anew=True)
    assert [*derived.dump(record.alias)] == before
    (news / "z.txt").write_text("A last\n\nPolice detained Marta Ruiz on 2021-01-05.\n")
    with pytest.raises(OSError, match="disk full"):
        take(news, record)
    assert record.is_stale()
    monkeypatch.setattr(module, "update", plain)
    assert take(news, record).new == 0
    assert not record.is_stale() and record.check().ok
    assert "Marta Ruiz" in [p.name for p in record.people()]
