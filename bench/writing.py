"""What appending to the record costs beside plain SQLite inserts of the same values under the same guarantees."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import khronika
from bench.figures import Figure, Stories, best
from khronika.facts.claims import Claim, Reading, claim_to_json
from khronika.facts.documents import Capture, Document

Page = tuple[Capture, list[Document], list[Reading]]


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Time to append what was read, hashes, seals and log included, over inserting it as JSON, one transaction each."""
    pages = _pages(stories, folder / "written")

    def ours(number: int) -> None:
        with khronika.open(folder / f"append-{number}") as record:
            record.connect(create=True)
            for page in pages:
                record.append(*page)

    def raw(number: int) -> None:
        database = sqlite3.connect(folder / f"raw-{number}.sqlite3", isolation_level=None)
        database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE row (key, body)")
        for _, documents, readings in pages:
            database.execute("BEGIN")
            rows = [(d.id, json.dumps(asdict(d))) for d in documents]
            rows += [(c.id, json.dumps(claim_to_json(c))) for r in readings for c in r.claims]
            rows += [(m.document, json.dumps(asdict(m))) for r in readings for m in (*r.mentions, *r.relations)]
            database.executemany("INSERT INTO row VALUES (?, ?)", rows)
            database.execute("COMMIT")
        database.close()

    took, plain = best(ours), best(raw)
    yield Figure("append / raw SQLite inserts", took.clock / plain.clock, "x", None, took.over(plain))


def _pages(stories: Stories, folder: Path) -> list[Page]:
    """The stories as read once: each page's bytes with its documents and readings."""
    with khronika.open(folder) as record:
        record.read([stories.folder], manifest=stories.manifest)
        view = record.view()
        claims: dict[str, list[Claim]] = defaultdict(list)
        for claim in view.claims():
            claims[claim.document].append(claim)
        mentions, relations = [*view.mentions()], [*view.relations()]
        pages: dict[str, list[Document]] = defaultdict(list)
        for document in view.documents():
            pages[document.sha256].append(document)
        return [
            (
                Capture(source=docs[0].source, sha256=sha, content=record.bytes_of(sha), media_type="text/plain"),
                docs,
                [
                    Reading(
                        d.id,
                        "bench",
                        tuple(claims[d.id]),
                        tuple(r for r in relations if r.document == d.id),
                        tuple(m for m in mentions if m.document == d.id),
                    )
                    for d in docs
                ],
            )
            for sha, docs in pages.items()
        ]
