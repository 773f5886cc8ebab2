"""Records for tests: made once a test, in its own folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.link.rebuild import link
from khronika.record.record import Record, open_record
from tests import stories


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Record]:
    """A record without anything in it."""
    with open_record(tmp_path / "record", create=True) as record:
        yield record


@pytest.fixture
def record(empty: Record) -> Record:
    """A record of three stories about two people."""
    for i, text in enumerate((stories.ARREST, stories.RELEASE, stories.OTHER)):
        empty.append(*stories.page(text, f"{i}.txt"))
    empty.replace(link(empty.view()))
    return empty
