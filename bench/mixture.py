"""The texts that speed is measured on: news on rights, and what most of the press prints.

Ordinary articles are those of ../shared/data/article-extraction-benchmark, a sample of the web's news and magazine
pages, which nothing in the project is fitted to; where the companion folder is absent, the example stories that are of
no concern to a record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from bench.figures import Stories
from bench.heldout import SHARED
from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.manifest import ManifestRow, load_manifest, row_for
from khronika.capture.stories import split
from khronika.errors import CaptureError
from khronika.facts.documents import Capture, Document
from khronika.settings import Settings

ARTICLES = SHARED / "article-extraction-benchmark" / "ground-truth.json"
EXAMPLES = Path(__file__).parent.parent / "examples" / "stories"
COMMON = frozenset(("the", "of", "and", "to", "in", "is", "that", "for", "on", "with"))
ENGLISH = 0.12
"""Share of the commonest words from which a text is English: prose has 0.2 to 0.35, other languages 0.05 at most."""
NINE = 9
"""Ordinary stories to one on rights, in the press at large."""
MOST = 150
"""Stories of a mixture: enough for a figure, few enough to wait for."""


def ordinary(settings: Settings) -> list[Document]:
    """Ordinary articles in English as documents."""
    if ARTICLES.is_file():
        bodies = [page["articleBody"] for page in json.loads(ARTICLES.read_text("utf-8")).values()]
    else:
        bodies = [path.read_text("utf-8") for path in sorted(EXAMPLES.glob("2[5-8]*.txt"))]
    return [document for body in bodies if _is_english(body) for document in _documents(body, settings)]


def _is_english(text: str) -> bool:
    words = text.lower().split()
    return sum(word in COMMON for word in words) >= ENGLISH * len(words)


def _documents(body: str, settings: Settings) -> Iterator[Document]:
    content = body.encode("utf-8", "replace")
    capture = Capture(source="page.txt", sha256="0" * 64, content=content, media_type="text/plain")
    try:
        yield from split(capture, ManifestRow(source="page.txt", language="en"), settings)
    except CaptureError:
        return


def on_rights(stories: Stories, settings: Settings) -> list[Document]:
    """The documents of the stories that the reader is for."""
    rows, _ = load_manifest(stories.manifest)
    out: list[Document] = []
    for found in find_files([stories.folder], stories.manifest):
        if isinstance(found, FoundFile) and found.source.endswith((".html", ".htm", ".txt")):
            captured = capture_file(found, settings, "2026-01-01T00:00:00Z")
            out += split(captured, row_for(rows, found.source), settings)
    return out


def mixture(rights: Sequence[Document], settings: Settings) -> list[Document]:
    """Nine ordinary stories to one on rights, each kind again from the start where there are too few."""
    many = islice(cycle(ordinary(settings)), MOST * NINE // (NINE + 1))
    few = islice(cycle(rights), MOST // (NINE + 1))
    return [*many, *few]
