"""What capture costs for web pages beside the extractor that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, Stories, best
from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.stories import split
from khronika.settings import Settings

PAGES = Path(__file__).parent.parent / "examples" / "stories"


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Time a page, splitting, blocks, dates and language included, and its ratio to one call of trafilatura."""
    import trafilatura

    settings = Settings()
    found = [f for f in find_files([PAGES]) if isinstance(f, FoundFile) and f.path.suffix == ".html"]
    pages = [f.path.read_bytes() for f in found]

    def ours(_: int) -> None:
        for file in found:
            split(capture_file(file, settings), None, settings)

    def theirs(_: int) -> None:
        for page in pages:
            trafilatura.bare_extraction(page, with_metadata=True)

    best(ours, runs=1)
    took, alone = best(ours), best(theirs)
    detail = f"{took.over(alone)}; {len(found)} pages"
    yield Figure("capture / trafilatura alone", took.clock / alone.clock, "x", None, detail)
