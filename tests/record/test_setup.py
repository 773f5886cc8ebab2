"""Django beside a host program that has its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from khronika.errors import UsageError
from khronika.record.record import Record

_HOST = """
import sys
from django.conf import settings
own = {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
settings.configure(INSTALLED_APPS={apps!r}, DATABASES={{"default": own}})
from khronika.errors import UsageError
from khronika.record.record import open_record
try:
    with open_record(sys.argv[1], create=True) as record:
        print(record.check(), "default" in __import__("django.db", fromlist=["x"]).connections)
except UsageError as error:
    print(error)
"""


def _run(code: str, *args: str) -> str:
    return subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True).stdout


def test_a_host_with_django_of_its_own(tmp_path: Path) -> None:
    """The host's settings stay; without the app the message says what to add."""
    out = _run(_HOST.format(apps=["khronika.record"]), str(tmp_path / "r"))
    assert out.split() == ["0", "pages,", "0", "documents,", "0", "claims,", "1", "log", "entry", "True"]
    assert "khronika.record" in _run(_HOST.format(apps=[]), str(tmp_path / "s"))


def test_django_is_imported_only_when_a_record_is_opened() -> None:
    """Importing the room, or the recipe, does not cost Django's start."""
    code = "import sys, khronika.record.record; print('django' in sys.modules)"
    assert _run(code).strip() == "False"


def test_migrations_are_complete() -> None:
    """The models have no change that no migration makes."""
    from django.core.management import call_command

    from khronika.record.setup import configure

    configure()
    call_command("makemigrations", "record", check=True, dry_run=True, verbosity=0)


def test_a_record_that_cannot_be_written_can_be_asked(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a read-only disk nothing is made beside the database; changes that wait in its WAL are not passed over."""
    record.close()
    monkeypatch.setattr("khronika.record.setup.os.access", lambda path, mode: False)
    before = {path.name for path in record.path.iterdir()}
    assert record.case("Nurlan").status(on="2021-06-24").held is True
    assert record.verify().ok
    assert {path.name for path in record.path.iterdir()} == before
    record.close()
    (record.path / "record.sqlite3-wal").write_bytes(b"changes")
    with pytest.raises(UsageError, match="copy it elsewhere"):
        record.people()
