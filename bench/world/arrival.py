"""Stories that arrive one by one: what each costs in a record of the others, and whether the record ends up the
same."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from bench.world.harness import View
from khronika.facts.events import Linked
from khronika.link.memory import MemoryIndex
from khronika.link.update import update


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Seconds for each story that came last, and whether all was derived as if it had come at once."""

    seconds: tuple[float, ...]
    same: bool

    def to_json(self) -> dict[str, Any]:
        """Milliseconds."""
        each = sorted(self.seconds)
        worst, middle = (round(1000 * s, 1) for s in (each[-1], median(each)))
        return {"stories": len(each), "median_ms": middle, "worst_ms": worst, "same_as_at_once": self.same}


def arrive(view: View, at_once: Linked, number: int) -> Arrivals:
    """Links all stories but `number` of them, spread over the record, then these one after the other."""
    every = sorted(d.id for d in view.documents())
    last = every[:: max(1, len(every) // number)][:number]
    index = MemoryIndex(view.without({*last}))
    index.take(update(index, index.all()))
    seconds = []
    for document in last:
        index.add(view.without({*every} - {document}))
        began = time.process_time()
        index.take(update(index, [document]))
        seconds.append(time.process_time() - began)
    return Arrivals(tuple(seconds), index.linked() == at_once)
