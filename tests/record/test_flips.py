"""A flipped bit anywhere in the record is found, or changes nothing that anybody can read."""

from __future__ import annotations

import random
from pathlib import Path

from tests.record import flips


def test_three_hundred_flipped_bits(tmp_path: Path) -> None:
    """In the database, the kept pages, `khronika.toml` and `reach`: none goes unnoticed, none ends in a traceback."""
    flips.fill(tmp_path / "record")
    outcomes = flips.flip(tmp_path / "record", random.Random(2026), 300)
    assert outcomes.unnoticed == ()
    assert outcomes.found + outcomes.harmless == 300
    assert outcomes.found > 150
