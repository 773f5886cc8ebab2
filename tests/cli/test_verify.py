"""`khronika checkpoint` and `khronika verify --since`: what is said, and what is not claimed."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from khronika.cli.main import khronika
from khronika.record.record import open_record


@pytest.fixture
def run(record_folder, tmp_path):
    shutil.copytree(record_folder, tmp_path / "record")

    def call(*words):
        return CliRunner().invoke(khronika, [*map(str, words), "--record", str(tmp_path / "record")])

    return call


def test_without_a_checkpoint_growth_is_not_provable(run):
    done = run("verify")
    assert done.exit_code == 0
    assert done.stdout.startswith("sound: ")
    assert "not provable without a checkpoint" in done.stdout


def test_a_checkpoint_shows_that_the_record_only_grew(run, tmp_path):
    done = run("checkpoint")
    assert done.exit_code == 0
    (tmp_path / "kept.txt").write_text(done.stdout)
    with open_record(tmp_path / "record") as record:
        record.fail("new.txt", "capture", "empty")
    later = run("verify", "--since", tmp_path / "kept.txt")
    assert later.exit_code == 0
    words = " ".join(later.stdout.split())
    assert "only grown since" in words
    assert "1 was added" in words
    assert "not provable" not in words


def test_who_signed_can_be_asked_for(run, tmp_path):
    text = run("checkpoint").stdout
    key = next(line for line in text.splitlines() if line.startswith("key "))[4:]
    (tmp_path / "kept.txt").write_text(text)
    assert run("verify", "--since", tmp_path / "kept.txt", "--signed-by", key).exit_code == 0
    other = run("verify", "--since", tmp_path / "kept.txt", "--signed-by", "ed25519:AAAA")
    assert other.exit_code == 2
    assert "signed by" in other.stderr
    alone = run("verify", "--signed-by", key)  # nothing was signed: not to be taken for an answer
    assert alone.exit_code == 2 and "--since" in alone.stderr


def test_a_changed_checkpoint_is_no_proof(run, tmp_path):
    text = run("checkpoint").stdout
    (tmp_path / "kept.txt").write_text(text.replace("written 2", "written 1"))
    done = run("verify", "--since", tmp_path / "kept.txt")
    assert done.exit_code == 2
    assert "kept.txt" in done.stderr
    assert "changed or cut" in " ".join(done.stderr.split())


def test_a_record_whose_end_is_lost_is_refused_and_named(run, tmp_path):
    """An older copy of the database put in place of the present one answers nothing, and is not written to."""
    file = tmp_path / "record" / "record.sqlite3"
    with open_record(tmp_path / "record") as record:
        record.close()
        older = file.read_bytes()
        record.fail("new.txt", "capture", "empty")
    file.write_bytes(older)
    for verb in ("people", "relink", "checkpoint", "verify"):
        done = run(verb)
        assert done.exit_code == 4, verb
        assert "the end of the record is lost" in " ".join(done.stderr.split())
