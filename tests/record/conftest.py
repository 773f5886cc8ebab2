"""Records for tests: made once, copied for each test into its own folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.flow import link
from khronika.record.record import Record, open_record
from tests import stories


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two records to copy: one without anything in it, one of three stories about two people."""
    folder = tmp_path_factory.mktemp("made")
    with open_record(folder / "empty", create=True):
        pass
    shutil.copytree(folder / "empty", folder / "full")
    with open_record(folder / "full") as full:
        for i, text in enumerate((stories.ARREST, stories.RELEASE, stories.OTHER)):
            full.append(*stories.page(text, f"{i}.txt"))
        link(full)
    return folder / "empty", folder / "full"


@pytest.fixture
def empty(made: tuple[Path, Path], tmp_path: Path) -> Iterator[Record]:
    """A record without anything in it."""
    with open_record(shutil.copytree(made[0], tmp_path / "record")) as record:
        yield record


@pytest.fixture
def record(made: tuple[Path, Path], tmp_path: Path) -> Iterator[Record]:
    """A record of three stories about two people."""
    with open_record(shutil.copytree(made[1], tmp_path / "record")) as record:
        yield record
