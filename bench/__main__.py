"""`python -m bench`: what reading costs, each figure beside its bound; exit code 1 when one is over it.

Reads `../shared/seeds` where the project's companion folder is there, else the example stories. Times are the best of
three, since on a shared machine only the least disturbed run says something about the program.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import capturing, growth, memory, reading, writing
from bench.figures import Stories

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def stories() -> Stories:
    """The stories to measure on, with their manifest."""
    if SEEDS.is_dir():
        return Stories("seeds", SEEDS, SEEDS / "manifest.csv")
    return Stories("examples", ROOT / "examples" / "stories", ROOT / "examples" / "manifest.csv")


def main() -> int:
    """Prints each figure as soon as it is measured."""
    chosen = stories()
    print(f"on {chosen.name}")
    broken = False
    with tempfile.TemporaryDirectory() as folder:
        for part in (reading, memory, writing, capturing, growth):
            for figure in part.measure(chosen, Path(folder)):
                print(figure.line(), flush=True)
                broken |= figure.broken
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
