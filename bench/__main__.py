"""`python -m bench`: what reading costs, each figure beside its bound, then how well it reads what nobody tuned it to.

Exit code 1 when a figure is over its bound or a score below its bar. The sets of the second part are in the project's
companion folder (`bench/hrdsattack.py`, `bench/police.py`, `bench/names.py`); where that is absent, they are skipped,
and said to be.

Reads `../shared/seeds` where the project's companion folder is there, else the example stories. Times are the best of
three, since on a shared machine only the least disturbed run says something about the program.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from bench import capturing, gating, growth, hrdsattack, memory, names, police, reading, writing
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
        for part in (reading, gating, memory, writing, capturing, growth):
            for figure in part.measure(chosen, Path(folder)):
                print(figure.line(), flush=True)
                broken |= figure.broken
    for check in (hrdsattack, police, names):
        lines, below = check.report()
        print("\n".join(lines), flush=True)
        broken |= below
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
