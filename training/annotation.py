"""The project's annotation of news stories whose texts are not its own: kinds and places of claims, by offset.

`annotated.tsv` says of articles of HRDsAttack which sentence claims what, and on which word; the words themselves stay
in ../shared/data. Where capture cuts pages otherwise, offsets move: a label whose sentence is gone is left out and
counted.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench import hrdsattack
from khronika.facts.documents import Document
from khronika.settings import Settings

LABELS = Path(__file__).with_name("annotated.tsv")
USES = ("train", "check", "measure")


@dataclass(frozen=True, slots=True)
class Label:
    """One claim by hand: its sentence, its kind, its word (code points of the document's text; None: not marked)."""

    start: int
    end: int
    kind: str
    word: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """A story with what it claims, and its use: "train", "check", "measure"."""

    document: Document
    use: str
    labels: tuple[Label, ...]


def load(shared: Path, path: Path = LABELS) -> Iterator[Annotated]:
    """The annotated stories, in the order of the file's articles.

    Args:
        shared: the project's companion folder, which holds `data/hrdsattack`.
        path: the labels.

    Raises:
        ValueError: an article is not in the set, or is set apart.
    """
    several: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"):
            several.setdefault(row["article"], []).append(row)
    articles = hrdsattack.load(shared / "data" / "hrdsattack")
    known = {hashlib.sha256(a.body.encode()).hexdigest()[:16]: a for a in articles}
    for key, rows in several.items():
        if key not in known or hrdsattack.is_apart(known[key].body):
            raise ValueError(f"{path.name}: article {key} is not among those of HRDsAttack that may be read")
        for number, document in enumerate(hrdsattack.documents(known[key], Settings()), 1):
            mine = [_label(row) for row in rows if row["part"] == str(number) and row["start"]]
            yield Annotated(document, rows[0]["use"], tuple(mine))


def _label(row: dict[str, str]) -> Label:
    first, _, last = row["word"].partition("-")
    return Label(int(row["start"]), int(row["end"]), row["kind"], (int(first), int(last)) if last else None)
