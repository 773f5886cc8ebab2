"""Time and peak memory of each step of linking, measured while `khronika.link.rebuild.link` runs as it is."""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

STEPS = {
    "copies": "khronika.link.update:_Step.copies",
    "people": "khronika.link.people:link_people",
    "organizations": "khronika.link.identify:link_bodies",
    "who is who": "khronika.link.update:identify",
    "events": "khronika.link.update:_Step.events",
    "changes": "khronika.link.update:_Step.changes",
}
"""Step → the function that does it. "who is who" holds people and organizations, and what is gathered for them."""


class Meter:
    """Processor seconds and highest resident memory (MB) by step. Steps may lie in each other."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.peaks: dict[str, float] = {}
        self._open: list[str] = []

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Adds what happens meanwhile to the step's."""
        self._note()
        _reset_peak()
        self._open.append(name)
        began = time.process_time()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - began
            self._note()
            self._open.pop()

    def _note(self) -> None:
        """Takes the peak so far for every open step."""
        peak = _peak()
        for name in self._open:
            self.peaks[name] = max(self.peaks.get(name, 0.0), peak)

    @contextmanager
    def linking(self) -> Iterator[None]:
        """Measures the functions of `STEPS` meanwhile. Raises AttributeError where one is no longer there."""
        before: list[tuple[Any, str, Any]] = []
        try:
            for step, path in STEPS.items():
                module, _, names = path.partition(":")
                *above, name = names.split(".")
                owner: Any = import_module(module)
                for part in above:
                    owner = getattr(owner, part)
                before.append((owner, name, getattr(owner, name)))
                setattr(owner, name, self._measured(getattr(owner, name), step))
            yield
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)

    def _measured(self, function: Callable[..., Any], step: str) -> Callable[..., Any]:
        """The function, measured."""

        def call(*args: object, **more: object) -> object:
            with self.step(step):
                return function(*args, **more)

        return call


def _reset_peak() -> None:
    """Starts the kernel's count of the highest memory anew, where it can (Linux, proc(5): clear_refs 5)."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def _peak() -> float:
    """The highest resident memory since, in MB."""
    try:
        lines = Path("/proc/self/status").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return kilobytes / (1024 * 1024 if sys.platform == "darwin" else 1024)
