"""The highest memory of the program while it reads the stories, as the operating system counts it."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, Stories

BYTES = 1 if sys.platform == "darwin" else 1024
"""What `ru_maxrss` counts in: bytes on macOS, kilobytes elsewhere (getrusage(2))."""


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Peak resident memory of `khronika read` in a process of its own."""
    program = Path(sys.executable).with_name("khronika")
    call = [program, "read", stories.folder, "--manifest", stories.manifest, "--record", folder / "memory"]
    subprocess.run(call, check=True, capture_output=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * BYTES
    yield Figure("peak memory of reading", peak / 1e6, "MB", 700)
