"""`python -m bench.torture`: what the tests do to a record a few times, done in full. Exit code 1 when anything fails.

With `--scale 0.1` a tenth of everything; with names (kills, flips, attacks, damage, backups, migrations, disks,
faults) only those.
Each part prints what it did, how much of it went as it must, and how long it took. Needs fork (Linux, macOS).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from bench.torture import parts

PARTS = {
    "kills": (parts.kills, 1000),
    "flips": (parts.flips, 10_000),
    "attacks": (parts.attacks, 1000),
    "damage": (parts.damage, 2000),
    "backups": (parts.backups, 1000),
    "migrations": (parts.migrations, 200),
    "disks": (parts.disks, 100),
    "faults": (parts.faults, 2000),
}
"""Each part, and how often it does its worst in full."""


def main() -> int:
    """Runs the parts; gives the exit code."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*", choices=[*PARTS, []], help="which parts; all if left out")
    asked.add_argument("--scale", type=float, default=1.0, help="a part of everything")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    broken = 0
    for name in given.names or PARTS:
        part, times = PARTS[name]
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as folder:
            for line in part(Path(folder), max(1, round(times * given.scale)), given.seed):
                broken += line.broken
                print(f"{line}  {time.monotonic() - began:.0f} s", flush=True)
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
