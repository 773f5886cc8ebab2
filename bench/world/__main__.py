"""`python -m bench.world --stories 10000 --seed 1`: link a synthetic country's claims and say how good and how dear it
is.

`--growth`: also a tenth of the stories, in a process of its own, and the factor. `--worst N`: the N worst errors of
each class (`--only merged,custody` for some). `--write DIR`: the stories as text and the truth as JSON lines instead,
to run reading on them. Exit code 1 when a figure misses its bar.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from bench.world import splinked
from bench.world.arrival import arrive
from bench.world.harness import QUESTIONS, run
from bench.world.knobs import Knobs, Size
from bench.world.report import bars, more, table
from bench.world.worst import CLASSES, worst
from bench.world.writing import write


def parser() -> argparse.ArgumentParser:
    """The options; every knob of the world is one."""
    options = argparse.ArgumentParser(
        prog="python -m bench.world", description="Linking and custody on a synthetic country."
    )
    options.add_argument("--stories", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--json", action="store_true", help="the figures as JSON")
    options.add_argument("--questions", type=int, default=QUESTIONS, help="about custody")
    options.add_argument("--apart", action="store_true", help="custody also given the true people and events")
    options.add_argument("--arrivals", type=int, default=0, metavar="N", help="N stories that arrive one by one")
    options.add_argument("--splink", action="store_true", help="splink on the same person records, where installed")
    options.add_argument("--growth", action="store_true", help="beside a tenth of the stories")
    options.add_argument("--worst", type=int, default=0, metavar="N", help="the N worst errors of each class")
    options.add_argument("--only", default=",".join(CLASSES), help="classes of errors to show")
    options.add_argument("--write", type=Path, metavar="DIR", help="write the stories and the truth, measure nothing")
    for knob in fields(Knobs):
        options.add_argument(f"--{knob.name.replace('_', '-')}", type=float, default=knob.default, metavar="SHARE")
    return options


def main(arguments: list[str] | None = None) -> int:
    """Runs it."""
    chosen = parser().parse_args(arguments)
    knobs = Knobs(**{knob.name: getattr(chosen, knob.name) for knob in fields(Knobs)})
    size = Size(chosen.stories, chosen.seed)
    if chosen.write:
        print(f"{write(size, knobs, chosen.write)} stories in {chosen.write}")
        return 0
    done = run(size, knobs, questions=chosen.questions, apart=chosen.apart)
    figures = done.to_json()
    if chosen.growth:
        figures["growth"] = _growth(figures, chosen, knobs)
    if chosen.arrivals:
        figures["arrivals"] = arrive(done.view, done.linked, chosen.arrivals).to_json()
    if chosen.splink:
        figures["splink"] = splinked.measure(done.view, done.truth)
    judged = bars(figures)
    figures["bars"] = [bar.to_json() for bar in judged]
    if chosen.json:
        print(json.dumps(figures, indent=1))
    else:
        print("\n".join(table(figures, judged)))
        print("\n".join(more(figures)))
    if chosen.worst:
        print("\n".join(worst(done, chosen.worst, chosen.only.split(","))))
    return int(any(bar.missed for bar in judged))


def _growth(figures: dict[str, Any], chosen: argparse.Namespace, knobs: Knobs) -> dict[str, Any]:
    """Each step's time over that of a tenth of the stories, measured in a process of its own."""
    call = [
        sys.executable,
        "-m",
        "bench.world",
        "--stories",
        str(chosen.stories // 10),
        "--seed",
        str(chosen.seed),
        "--json",
        "--questions=100",
    ]
    call += [f"--{k.name.replace('_', '-')}={getattr(knobs, k.name)}" for k in fields(Knobs)]
    answer = subprocess.run(call, capture_output=True, text=True, check=False)
    small = json.loads(answer.stdout)
    ratio = figures["claims"] / small["claims"]
    times = {k: round(v / max(small["seconds"].get(k, 0.0), 0.01), 1) for k, v in figures["seconds"].items()}
    return {"stories": small["stories"], "claims_ratio": round(ratio, 2), "seconds": small["seconds"], "factors": times}


if __name__ == "__main__":
    sys.exit(main())
