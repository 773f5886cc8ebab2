"""Real processes at one record: one writes at a time, and who it is can be read; questions never wait."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.errors import RecordBusy
from khronika.record.record import Record, open_record
from tests import stories

HOLDER = """
import sys
from khronika.record.record import open_record
with open_record(sys.argv[2]) as record, record.writing():
    print("held", flush=True)
    sys.stdin.read()
"""
PROGRAM = "from khronika.cli.main import main; main()"
WRITER = """
import sys, time
from khronika.errors import RecordBusy
from khronika.record.record import open_record
from tests import stories
done = 0
while done < 40:
    try:
        with open_record(sys.argv[1], create=True) as record:
            for _ in range(4):
                text = f"Police detained Aigul Nurlan on 2021-06-22. Report {sys.argv[2]} {done}."
                record.append(*stories.page(text, f"{sys.argv[2]}{done}.txt"))
                done += 1
    except RecordBusy as error:
        assert "another run is writing" in str(error), error
        time.sleep(0.002)
print(done)
"""


@pytest.fixture
def holder(record: Record) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the record for writing until it is killed; its command line begins with "relink"."""
    held = subprocess.Popen(
        [sys.executable, "-c", HOLDER, "relink", str(record.path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert held.stdout
    assert held.stdout.readline() == "held\n"
    yield held
    held.kill()
    held.wait()


def test_who_holds_the_record_is_said(record: Record, holder: subprocess.Popen[str]) -> None:
    """Process, since when, which command; gone with the process, however it ends."""
    with pytest.raises(RecordBusy) as caught:
        record.append(*stories.page("Nothing new."))
    assert f"process {holder.pid} since 20" in str(caught.value)
    assert "relink" in str(caught.value)
    holder.kill()
    holder.wait()
    assert record.append(*stories.page("Nothing new.")).documents == 1
    assert (record.path / "writer.lock").read_bytes() == b""


def test_the_second_shell_reads_nothing_and_asks_everything(
    record: Record, holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    """`khronika read` beside another one ends with who holds the record; questions, checkpoints, checks and backups are
    answered at once."""
    (tmp_path / "new.txt").write_text("Police detained Aigul Nurlan on 22 June.")

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-c", PROGRAM, *words, "--record", str(record.path)]
        return subprocess.run(line, capture_output=True, text=True, timeout=60, env=os.environ | {"COLUMNS": "300"})

    second = call("read", str(tmp_path / "new.txt"))
    assert (second.returncode, f"process {holder.pid} since" in second.stderr) == (2, True)
    assert "Aigul Nurlan" in call("people").stdout
    assert call("checkpoint").returncode == 0
    assert call("verify").returncode == 0
    assert call("backup", str(tmp_path / "b.tar")).returncode == 0
    assert holder.poll() is None


def test_two_writers_and_a_reader(tmp_path: Path) -> None:
    """Two processes that make the record and write to it in turns, a third that asks all the while: nothing is lost,
    nobody is told that a database is locked."""
    folder = tmp_path / "record"
    line = [sys.executable, "-c", WRITER, str(folder)]
    writers = [
        subprocess.Popen([*line, name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in "ab"
    ]
    asked = written = 0
    while any(writer.poll() is None for writer in writers):
        if (folder / "khronika.toml").exists():
            with open_record(folder) as record:
                assert record.check().ok
                asked += 1
    for writer in writers:
        told, wrong = writer.communicate()
        assert writer.returncode == 0, wrong
        written += int(told)
    with open_record(folder) as record:
        assert record.count_documents() == written >= 80
        assert record.verify().ok
    assert asked


@pytest.mark.parametrize("content", [b"", b"\xff" * 5000, b"1\n2\n", b"x\ny\nz\n", b"7\n\x1b[2J\nread\n"])
def test_a_lock_file_with_anything_in_it(record: Record, content: bytes) -> None:
    """What another program left in it neither holds the record nor breaks the message."""
    with open_record(record.path) as other, other.writing():
        (record.path / "writer.lock").write_bytes(content)
        with pytest.raises(RecordBusy, match="another run is writing"):
            record.append(*stories.page("Nothing new."))
    assert record.append(*stories.page("Nothing new.")).documents == 1
