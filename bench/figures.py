"""A measured figure with its bound, and the stories that it is measured on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

RUNS = 3


@dataclass(frozen=True)
class Figure:
    """One figure: `value` in `unit`, at most `bound` (None: told, not judged), `detail` what it is made of."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    detail: str = ""

    @property
    def broken(self) -> bool:
        """Whether the value is over its bound."""
        return self.bound is not None and self.value > self.bound

    def line(self) -> str:
        """The figure as one line: "reading / bare pipeline   1.21 ×  (at most 1.5)  0.92 s / 0.76 s"."""
        judged = "" if self.bound is None else f"({'OVER' if self.broken else 'at most'} {self.bound:g})"
        return f"{self.name:<34}{self.value:9.2f} {self.unit:<6}{judged:<16}{self.detail}"


@dataclass(frozen=True)
class Stories:
    """A folder of stories and its manifest."""

    name: str
    folder: Path
    manifest: Path


@dataclass(frozen=True, order=True)
class Took:
    """Seconds on the clock, and of the processor: where others use the machine too, only the second says much."""

    clock: float
    processor: float

    def over(self, other: Took) -> str:
        """Both, and the ratio of the processor's: "0.92 s / 0.76 s; of processor time 1.19 x"."""
        ratio = self.processor / other.processor
        return f"{self.clock:.2f} s / {other.clock:.2f} s; of processor time {ratio:.2f} x"


def best(work: Callable[[int], object], runs: int = RUNS) -> Took:
    """The quickest of `runs` calls; each is given its number, to have a place of its own."""
    times = []
    for number in range(runs):
        clock, processor = time.perf_counter(), time.process_time()
        work(number)
        times.append(Took(time.perf_counter() - clock, time.process_time() - processor))
    return min(times)
