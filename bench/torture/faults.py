"""R3, in a process that was started with `faults.c` before its C library: the n-th call that writes fails.

For every n, as long as anything is still written, or for as many as asked for, spread evenly; once, and from then on.
Prints one line of JSON for each kind of run.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bench.torture.parts import REFUSED, after, apart
from tests.record import kills

FAULTS = ctypes.CDLL(os.environ["LD_PRELOAD"])
Told = Callable[[str], None]


def main() -> None:
    """Arguments: a folder, how many failures, a seed (unused: places are spread evenly)."""
    folder, times = Path(sys.argv[1]), int(sys.argv[2])
    place = kills.Place(folder / "place")
    for what in kills.RUNS:
        each = max(1, times // (2 * len(kills.RUNS)))
        calls = _calls(place, what, folder)
        steps = sorted({1 + number * calls // each for number in range(each)}) if calls > each else range(1, calls + 1)
        wrong, refused, done = [], 0, 0
        for lasting in (0, 1):
            for step in steps:
                code, ill = _fail(place, what, folder, (step, lasting))
                refused, done = refused + (code == REFUSED), done + 1
                wrong += [f"call {step} of {calls}{' and all after it' * lasting}: {one}" for one in ill]
        more = f"of {calls} calls; {refused} refused"
        print(json.dumps({"what": f"a failing disk: {what}", "times": done, "wrong": wrong, "more": more}), flush=True)


def _calls(place: kills.Place, what: str, folder: Path) -> int:
    """How many calls of the run could fail."""
    record = Path(shutil.copytree(place.base, folder / f"{what}-whole" / "record"))

    def run(told: Told) -> None:
        kills.RUNS[what](place, record, lambda line: None)
        told(str(FAULTS.faults_met()))

    (number,), _ = apart(run, lambda: FAULTS.faults_at(ctypes.c_long(1 << 40), 0, bytes(record.parent)))
    shutil.rmtree(record.parent)
    return int(number)


def _fail(place: kills.Place, what: str, folder: Path, how: tuple[int, int]) -> tuple[int, list[str]]:
    """The run with one failure; its exit code, and what is not as it must be afterwards."""
    record = Path(shutil.copytree(place.base, folder / f"{what}-{how[0]}-{how[1]}" / "record"))
    begin = ctypes.c_long(how[0]), how[1], bytes(record.parent)
    told, code = apart(lambda told: kills.RUNS[what](place, record, told), lambda: FAULTS.faults_at(*begin))
    ill = [] if code in {0, REFUSED} else [f"exit code {code}"]
    ill += after(place, what, record, told)
    shutil.rmtree(record.parent)
    return code, ill


if __name__ == "__main__":
    main()
