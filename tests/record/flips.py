"""A record with every kind of row in it, one bit of which is flipped at a time: what `verify` says, and what changed.

Used by the tests with few flips and by `make torture` with many.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
from dataclasses import dataclass, replace
from pathlib import Path

from khronika.errors import KhronikaError
from khronika.facts.decisions import By
from khronika.facts.documents import Document
from khronika.facts.second import Outcome, SecondReading
from khronika.flow import link
from khronika.record.folder import MARK
from khronika.record.record import Record, open_record
from tests import stories

SURROGATE = ("id", "applied")
"""Columns that nobody reads: numbers of derived rows, the time of a migration."""


def fill(folder: Path) -> None:
    """Makes the record in the folder."""
    with open_record(folder, create=True) as record:
        record.begin_run("words 1")
        for number, text in enumerate((stories.ARREST, stories.RELEASE, stories.OTHER)):
            capture, documents, readings = stories.page(text, f"{number}.txt")
            record.append(capture, documents, readings)
            record.append_second(documents[0], _second(documents[0]))
        record.fail("empty.txt", "capture", "empty file")
        record.fail("other.txt", "capture", "empty file")
        record.clear("other.txt")
        link(record)
        claims = [claim.id for claim in record.view().claims()]
        record.confirm(claims[0], "Ana")
        record.correct(claims[1], "date", "2021-06-24", By("Bo", "the court's own list"))
        record.merge("Aigul Nurlan", "Daniyar Ospan", By("Ana", "a pseudonym"))
        record.undo(3, "Bo")
        link(record)


def _second(document: Document) -> SecondReading:
    """A second reading that proposes what the first reader claimed."""
    claims = stories.WordReader("2").read(document).claims
    return SecondReading(document=document.id, reader="second", outcome=Outcome.READ, claims=claims, tokens=7)


def readable(folder: Path) -> str:
    """A hash over everything that can be read in the record: each value of each row, each captured byte, the mark."""
    whole = hashlib.sha256()
    database = sqlite3.connect(folder / "record.sqlite3")
    database.text_factory = bytes
    try:
        names = (
            "SELECT lower(CAST(name AS TEXT)) AS name FROM sqlite_master"
            " WHERE CAST(type AS TEXT) = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
        )
        for table in [name.decode() for (name,) in database.execute(names)]:
            columns = [row[1].decode() for row in database.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{column}"' for column in columns if column not in SURROGATE)
            rows = sorted(database.execute(f'SELECT {kept} FROM "{table}"'), key=repr)
            whole.update(f"{table} {rows!r}".encode())
    finally:
        database.close()
    for file in sorted([*(folder / "captures").rglob("*"), folder / MARK]):
        if file.is_file():
            whole.update(file.name.encode() + file.read_bytes())
    return whole.hexdigest()


@dataclass(frozen=True)
class Outcomes:
    """How flips ended: found by `verify`, without effect, unnoticed."""

    found: int = 0
    harmless: int = 0
    unnoticed: tuple[str, ...] = ()


def flip(folder: Path, chosen: random.Random, times: int) -> Outcomes:
    """Flips one random bit in a random file of the record, asks `verify`, puts the bit back; `times` times.

    Half of the flips are in bytes that are not zero: most of a small database is empty space.
    """
    files = [folder / "record.sqlite3", *(f for f in sorted((folder / "captures").rglob("*")) if f.is_file())]
    files += [folder / MARK, folder / "reach"]
    before, outcomes = readable(folder), Outcomes()
    for number in range(times):
        file = files[0] if number % 4 else chosen.choice(files[1:])
        content = file.read_bytes()
        places = [i for i, byte in enumerate(content) if byte] if number % 2 else range(len(content))
        place, bit = chosen.choice(places), chosen.randrange(8)
        file.write_bytes(content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :])
        outcomes = _judge(folder, f"{file.name} byte {place} bit {bit}", before, outcomes)
        file.write_bytes(content)
        for leftover in folder.glob("record.sqlite3-*"):
            leftover.unlink()
    return outcomes


def _judge(folder: Path, what: str, before: str, outcomes: Outcomes) -> Outcomes:
    """The outcomes with one flip more. Anything but an error of ours is a failure of the test itself."""
    with Record(folder) as record:
        try:
            damaged = record.check().damaged
        except KhronikaError as error:  # it does not even open
            damaged = (str(error),)
        except Exception as error:
            raise AssertionError(f"{what}: {error!r}") from error
    if damaged:
        return replace(outcomes, found=outcomes.found + 1)
    try:
        same = readable(folder) == before
    except sqlite3.DatabaseError:
        same = False
    if same:
        return replace(outcomes, harmless=outcomes.harmless + 1)
    return replace(outcomes, unnoticed=(*outcomes.unnoticed, what))
