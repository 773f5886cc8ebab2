"""Killed at any moment, a record has all that it said it had, and nothing by halves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_CODE = """
import random, sys
from pathlib import Path
from tests.record import kills
place = kills.Place(Path(sys.argv[1]) / "place")
for what in kills.RUNS:
    toll = kills.kill(place, what, int(sys.argv[2]), random.Random(what))
    print(what, toll.killed, toll.early, toll.acknowledged, flush=True)
    assert not toll.lost, toll.lost
    assert not toll.wrong, toll.wrong
"""


@pytest.mark.skipif(os.name != "posix", reason="needs fork and SIGKILL")
def test_a_few_kills_of_every_run(tmp_path: Path) -> None:
    """Reading, linking anew, export, backup: five kills each, in a process that has nothing else open.
    `make torture` kills 1,000 times."""
    words = [sys.executable, "-c", _CODE, str(tmp_path), "5"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    told = [line.split() for line in done.stdout.splitlines()]
    assert [words[0] for words in told] == ["read", "relink", "export", "backup"]
    assert sum(int(words[1]) for words in told) > 4
