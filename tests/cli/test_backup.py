"""`khronika backup`, `restore`, `export --as record`, `import`: one file, there and back."""

from __future__ import annotations

import shutil

import pytest
from click.testing import CliRunner

from khronika.cli.main import khronika


@pytest.fixture
def run(record_folder, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shutil.copytree(record_folder, tmp_path / "record")

    def call(*words, record="record", typed=None):
        return CliRunner().invoke(khronika, [*map(str, words), "--record", str(tmp_path / record)], input=typed)

    return call


def test_there_and_back(run, tmp_path):
    """What comes back gives every answer as before; a folder that has a record is left alone."""
    made = run("backup", tmp_path / "b.tar")
    assert made.exit_code == 0
    assert "log entries, 4 pages" in made.stdout
    assert run("backup", tmp_path / "b.tar").exit_code == 2
    assert run("restore", tmp_path / "b.tar").exit_code == 2
    back = run("restore", tmp_path / "b.tar", record="back")
    assert back.exit_code == 0
    assert back.stdout.startswith("sound: ")
    for words in (["case", "Jorun"], ["events"], ["verify"]):
        assert run(*words).stdout == run(*words, record="back").stdout


def test_export_as_record_and_import_give_the_same_bytes(run, tmp_path):
    assert run("export", "--as", "record", "--to", tmp_path / "one").exit_code == 0
    assert run("import", tmp_path / "one", record="other").exit_code == 0
    assert run("export", "--as", "record", "--to", tmp_path / "two", record="other").exit_code == 0
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_damaged_backup_is_refused_by_name(run, tmp_path):
    run("backup", tmp_path / "b.tar")
    content = (tmp_path / "b.tar").read_bytes()
    (tmp_path / "b.tar").write_bytes(
        content.replace(b"Velkaste was detained outside", b"Velkaste was sighted outside ")
    )
    done = run("restore", tmp_path / "b.tar", record="back")
    assert done.exit_code == 4
    assert "captures/" in done.stderr and "record.sqlite3" in done.stderr
    assert not (tmp_path / "back").exists()


def test_a_passphrase_typed_or_from_a_file(run, tmp_path):
    """Typed twice for a new backup, once to bring it back; a wrong one is told as such."""
    assert run("backup", tmp_path / "b.age", "--passphrase", typed="seven slow herons\nother\n").exit_code != 0
    assert run("backup", tmp_path / "b.age", "--passphrase", typed="seven slow herons\n" * 2).exit_code == 0
    (tmp_path / "words").write_text("seven slow herons\n")
    wrong = run("restore", tmp_path / "b.age", "--passphrase", record="back", typed="seven\n")
    assert (wrong.exit_code, "does not open" in wrong.stderr) == (2, True)
    assert run("restore", tmp_path / "b.age", record="back").exit_code == 2
    assert run("restore", tmp_path / "b.age", "--passphrase-file", tmp_path / "words", record="back").exit_code == 0
    (tmp_path / "words").write_text("\n")
    assert run("backup", tmp_path / "c.age", "--passphrase-file", tmp_path / "words").exit_code == 2
    both = run("backup", tmp_path / "c.age", "--to", "age1x", "--passphrase", typed="a\na\n")
    assert (both.exit_code, "not both" in both.stderr) == (2, True)
