"""Small sides to compare, written as a page's rows are."""

import json
from pathlib import Path

import pytest

QUOTE = "Guards at the harbor prison moved Ilse Maronkin to a punishment cell on Friday, her sister said."
MARONKIN = {
    "id": "a1", "event": "maronkin-cell", "type": "transfer", "subtype": "solitary", "quote": QUOTE,
    "targets": ["Ilse Maronkin"], "actors": ["Guards"], "place": ["harbor prison"], "date": "2025-03-07",
    "status": "happened", "speaker": "her sister",
}  # fmt: skip
FINE = {
    "id": "a2", "event": "brusk-fine", "type": "sentence",
    "quote": "Emre Brusk was fined 300 euros for filming the queue.",
    "targets": ["Emre Brusk"], "status": "happened", "charge": "filming the queue",
    "penalties": [{"kind": "fine", "amount": 300, "currency": "EUR"}],
}  # fmt: skip


@pytest.fixture
def maronkin():
    """A claim about a named person, with most fields."""
    return {**MARONKIN}


@pytest.fixture
def fine():
    """A claim with a penalty, in another sentence."""
    return {**FINE}


@pytest.fixture
def write_gold(tmp_path):
    """Writes a gold folder: pages as {document: (source, part, claims)}, and the lists beside them."""

    def write(pages, name="gold", **lists) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for document, (source, part, claims) in pages.items():
            page = {"document": document, "source": source, "part": part, "claims": claims, "relations": []}
            (folder / f"{document}.json").write_text(json.dumps(page), encoding="utf-8")
        for list_name, rows in lists.items():
            (folder / f"{list_name}.json").write_text(json.dumps(rows), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def write_export(tmp_path):
    """Writes an export folder from claim rows, document rows and people rows."""

    def write(claims, documents=(), people=(), name="export") -> Path:
        folder = tmp_path / name
        folder.mkdir()
        for file, rows in (("claims", claims), ("documents", documents), ("people", people)):
            (folder / f"{file}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return folder

    return write
