from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

import khronika.read.reader
from khronika.cli import read as verb
from khronika.cli.main import khronika as program
from khronika.facts.claims import Claim, Mention, Reading
from khronika.record.record import open_record

WORD = "detained"
ROOT = Path(__file__).parent.parent.parent


class WordReader:
    """Claims a detention of Mila Arkanova wherever the word stands: enough to follow a story through the program.
    Leaves stories about tulips unread."""

    name = "one word 1"

    def read(self, document):
        at = document.text.find(WORD)
        if at < 0:
            return Reading(document.id, self.name, unread="tulips" in document.text)
        who = "Mila Arkanova"
        claim = Claim(
            document=document.id, source=document.source, start=at, end=at + len(WORD), quote=WORD, type="detention",
            reader=self.name, targets=(who,), date="2031-05-02",
        )  # fmt: skip
        return Reading(document.id, self.name, (claim,), (), (Mention(document.id, who, (who,), "person"),))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A clean place to work in, with a reader that needs no model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(khronika.read.reader, "load_reader", lambda settings: WordReader())
    (tmp_path / "news").mkdir()
    return tmp_path


def call(*words: str):
    return CliRunner().invoke(program, words)


STORY = "Two nurses watched from a window. Mila Arkanova was detained at her home on 2 May, neighbors said.\n"


def test_a_folder_is_read_and_can_be_asked(folder):
    """The main job from the command line: read, then ask; the same folder again adds nothing."""
    (folder / "news" / "a.txt").write_text(STORY)
    first = call("read", "news", "--record", "R")
    assert first.exit_code == 0, first.output
    assert first.stdout.startswith("1 new document with 1 claim")
    asked = call("status", "Arkanova", "--on", "2031-05-02", "--record", "R")
    assert asked.exit_code == 0
    assert "was held on 2031-05-02" in asked.stdout
    again = call("read", "news", "--record", "R")
    assert (again.exit_code, again.stdout) == (0, "0 new documents with 0 claims, 1 unchanged, 0 failed\n")


def test_stories_left_unread_are_counted_and_said_to_be(folder):
    """Who reads a folder is told how many stories the reader did not look into, and how to have them read; a second
    run, which adds nothing, says nothing of them."""
    (folder / "news" / "a.txt").write_text(STORY)
    (folder / "news" / "b.txt").write_text("The tulips are early this year, growers at the spring market said.\n")
    told = call("read", "news", "--record", "R")
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("2 new documents with 1 claim")
    assert "1 of them was left unread" in told.stdout
    assert "KHRONIKA_GATE=0" in told.stdout
    (folder / "news" / "c.txt").write_text("More tulips than last year, and with better weather, came to the hall.\n")
    (folder / "news" / "d.txt").write_text("The tulips of the north will be shown in the old hall in the autumn.\n")
    assert "2 of them were left unread" in call("read", "news", "--record", "R").stdout
    assert "unread" not in call("read", "news", "--record", "R").stdout


BAD = {
    "empty.txt": b"",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "no-text.html": b"<html><head><title></title></head><body><img src='x.png'></body></html>",
    "line.txt": b"word " * 300_000,
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_named_and_the_rest_is_read(folder, name):
    """One line for the file that failed, with the reason; the good one beside it is in the record; exit code 1."""
    (folder / "news" / "good.txt").write_text(STORY)
    (folder / "news" / name).write_bytes(BAD[name])
    done = call("read", "news", "--record", "R")
    assert done.exit_code == 1
    assert "1 new document" in done.stdout
    assert "1 failed" in done.stdout
    line = next(line for line in done.stdout.splitlines() if name in line)
    assert len(line.split(": ", 1)[1]) > 10
    with open_record("R") as record:
        assert [d.source for d in record.documents()] == ["good.txt"]


def test_a_loop_of_folders_and_a_bad_manifest_row_do_not_stop_the_rest(folder):
    """A folder that leads back into itself ends; a row without file, a bad date, a source twice are each named."""
    (folder / "news" / "good.txt").write_text(STORY)
    (folder / "news" / "round").symlink_to(folder / "news")
    rows = ["source,outlet,published", "good.txt,Courier,2031-05-03", "gone.txt,Courier,", "late.txt,Courier,May 2nd"]
    (folder / "m.csv").write_text("\n".join([*rows, "twice.txt,A,", "twice.txt,B,"]))
    for name in ("late.txt", "twice.txt"):
        (folder / "news" / name).write_text(f"{name} {STORY}")
    done = call("read", "news", "--manifest", "m.csv", "--record", "R")
    assert done.exit_code == 1
    for word in ("gone.txt", "late.txt", "May 2nd", "twice.txt"):
        assert word in done.stdout
    with open_record("R") as record:
        assert "good.txt" in {d.source for d in record.documents()}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["read"], "PATH"),
        (["read", "nowhere"], "nowhere"),
        (["read", "news", "--manifest", "nowhere.csv"], "nowhere.csv"),
        (["read", "news", "--jobs", "0"], "--jobs"),
        (["read", "news", "--encoding", "utf-99"], "utf-99"),
        (["read", "news", "--record", "letters"], "letters"),
    ],
)
def test_wrong_use_ends_with_two_and_changes_nothing(folder, words, told):
    """The message names what is wrong; no record appears, and a folder with other things stays as it is."""
    (folder / "news" / "a.txt").write_text(STORY)
    (folder / "letters").mkdir()
    (folder / "letters" / "letter.txt").write_text("Dear all")
    before = sorted(p.name for p in folder.rglob("*"))
    done = call(*words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert sorted(p.name for p in folder.rglob("*")) == before


def test_a_wrong_setting_stops_the_start(folder, monkeypatch):
    """A value out of bounds is refused before anything is read."""
    monkeypatch.setenv("KHRONIKA_THREADS", "many")
    (folder / "news" / "a.txt").write_text(STORY)
    done = call("read", "news", "--record", "R")
    assert done.exit_code == 2
    assert "KHRONIKA_THREADS" in done.stderr
    assert not (folder / "R").exists()


def test_an_interrupt_says_that_what_was_read_is_kept(folder, monkeypatch):
    """Ctrl-C ends with 130 and one line; the next run goes on."""
    for n in range(3):
        (folder / "news" / f"{n}.txt").write_text(f"{n} {STORY}")
    real, seen = WordReader.read, []

    def interrupted(self, document):
        seen.append(document.source)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return real(self, document)

    monkeypatch.setattr(WordReader, "read", interrupted)
    stopped = call("read", "news", "--record", "R")
    assert stopped.exit_code == 130
    assert stopped.stderr.count("\n") == 1
    assert "run again" in stopped.stderr
    done = call("read", "news", "--record", "R")
    assert done.exit_code == 0
    assert done.stdout.startswith("2 new documents")
    assert "1 unchanged" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to a process of its own")
def test_a_real_interrupt_leaves_no_traceback(tmp_path):
    """A process that gets SIGINT while it waits prints one line, not a traceback."""
    slow = (
        "import sys, time, khronika.read.reader as r; from khronika.cli.main import main\n"
        "def wait(settings): print('waiting', flush=True); time.sleep(30)\n"
        "r.load_reader = wait; sys.argv = ['khronika', 'read', 'a.txt', '--record', 'R']; main()"
    )
    (tmp_path / "a.txt").write_text(STORY)
    began = subprocess.Popen(
        [sys.executable, "-c", slow],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert began.stdout is not None
    assert began.stdout.readline() == "waiting\n"
    began.send_signal(signal.SIGINT)
    _, told = began.communicate(timeout=20)
    assert (began.returncode, told) == (130, "khronika: stopped; what was read is kept; run again to go on\n")


def test_the_bar_shows_only_on_a_terminal_and_after_a_second(monkeypatch):
    """Quick work and piped output get no bar; slow work on a terminal does, and it is gone at the end."""

    def shown(terminal: bool, waited: float) -> str:
        out = io.StringIO()
        monkeypatch.setattr(verb, "console", lambda stderr: Console(file=out, force_terminal=terminal, width=80))
        with verb.Bar() as bar:
            bar._began -= waited
            for done in (1, 2, 3):
                bar(done, 3)
        return out.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    assert shown(terminal=False, waited=5) == ""
    assert shown(terminal=True, waited=0) == ""
    assert "reading" in shown(terminal=True, waited=5)


def test_help_is_quick_and_loads_no_heavy_package():
    """`khronika --help` comes before the model, Django or the web extractor are loaded."""
    heavy = "django onnxruntime numpy trafilatura py3langid"
    code = (
        "import sys; from click.testing import CliRunner; from khronika.cli.main import khronika\n"
        "assert CliRunner().invoke(khronika, ['--help']).exit_code == 0\n"
        f"print([m for m in {heavy.split()} if m in sys.modules])"
    )
    began = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
    assert time.monotonic() - began < 5


FRAME = """[[frame]]
id = "nick"
type = "detention"
shape = "done_to"
verbs = ["nick"]
example = "Officers nicked him outside the hall."
"""
NICKED = "Officers nicked Oskar Lind outside the town hall on Monday, two neighbors said.\n"


@pytest.fixture
def words(tmp_path, monkeypatch):
    """Two stories and a folder with one frame of one's own, for the real reader."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news").mkdir()
    for name in ("a", "b"):
        (tmp_path / "news" / f"{name}.txt").write_text(NICKED.replace("two", f"{name} and other"))
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "mine.toml").write_text(FRAME)
    return tmp_path


def test_a_bad_lexicon_stops_the_start(words):
    """File, line and reason on stderr, exit code 2, and no record is made: no half is read without the words."""
    (words / "words" / "mine.toml").write_text(FRAME.replace("done_to", "done"))
    done = call("read", "news", "--record", "R", "--lexicon", "words")
    assert done.exit_code == 2
    assert done.stderr.startswith("khronika: mine.toml line 4: frame 'nick': no shape 'done'")
    assert not (words / "R").exists()


def test_own_frames_reach_every_process_and_show_on_each_claim(words):
    """With two readers at once both read by the documenter's words, and each claim says so."""
    done = call("read", "news", "--record", "R", "--lexicon", "words", "--jobs", "2")
    assert done.exit_code == 0, done.output
    with open_record(words / "R") as record:
        found = [*record.view().claims()]
    assert [(c.type, c.targets, c.rule) for c in found] == [("detention", ("Oskar Lind",), "nick")] * 2
    (name,) = {c.reader for c in found}
    assert name.startswith("frames 1 + lexicon ")
    again = call("read", "news", "--record", "R")
    assert "was read with another lexicon" in again.stdout
    assert "another lexicon" not in call("read", "news", "--record", "R", "--lexicon", "words").stdout
