"""Exports: the codebook's interchange to the letter, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.errors import UsageError
from khronika.facts.claims import Claim, Count, Mention, Penalty, Relation
from khronika.facts.documents import Block, BlockKind, Document
from khronika.facts.events import Conflict, Event, Interval, Person, Place
from khronika.publish.export import export

TEXT = "Police in Velgrad detained Aigul Nurlan, said “Novosti 9” — 文字."


class Shelf:
    """A record of one story, in memory."""

    def documents(self) -> Iterator[Document]:
        block = Block(BlockKind.STORY, 0, len(TEXT))
        yield Document(
            id="d1", source="a.html", part=1, sha256="0" * 64, text=TEXT, blocks=(block,), outlet="Novosti 9"
        )
        yield Document(
            id="d2", source="b.html", part=1, sha256="1" * 64, text=TEXT, blocks=(block,), published="2021-06"
        )

    def claims(self) -> Iterator[Claim]:
        yield Claim(
            document="d1", source="a.html", start=0, end=39, quote=TEXT[:39], type="detention", reader="words 1",
            rule="custody.detain", trigger=(18, 26), subtype="police", targets=("Aigul Nurlan", "a stranger"),
            actors=("Police",), count=Count(2, 2), place=("Velgrad",), date="2021-06-22", speaker="Novosti 9",
            penalties=(Penalty("fine", amount=20.0, currency="EUR"),),
        )  # fmt: skip

    def mentions(self) -> Iterator[Mention]:
        return iter(())

    def relations(self) -> Iterator[Relation]:
        return iter(())

    def people(self) -> Iterator[Person]:
        yield Person(
            id="p1", name="Aigul Nurlan", forms=("Aigul Nurlan", "Nurlan"), documents=("d1", "d2"),
            relations=(("Aigul Nurlan", "spouse", "B"),), hints=("44",),
        )  # fmt: skip
        yield Person(id="p2", name="A Bystander", forms=("A Bystander",), documents=("d1",))

    def organizations(self) -> Iterator[Person]:
        yield Person(id="o1", name="Novosti 9", forms=("Novosti 9",), documents=("d1",), kind="organization")

    def events(self) -> Iterator[Event]:
        conflict = Conflict("count", ((Count(2, 2), ("c1",)), (Count(3), ("c2",))))
        yield Event(id="e2", type="release", claims=(), targets=("p1",))
        yield Event(
            id="e1", type="detention", claims=("c1",), date="2021-06-22", place=Place("Velgrad", "XX"), targets=("p1",),
            actors=("o1",), conflicts=(conflict,),
        )  # fmt: skip

    def claim_events(self) -> dict[str, str]:
        return {claim.id: "e1" for claim in self.claims()}

    def names(self) -> dict[tuple[str, str], str]:
        return {("d1", "Aigul Nurlan"): "p1", ("d1", "Novosti 9"): "o1"}

    def copies(self) -> dict[str, str]:
        return {"d2": "d1"}

    def custody(self) -> dict[str, tuple[Interval, ...]]:
        span = {"start": "2021-06-22", "held": True, "because": ("e1",), "known": "2021-06"}
        first = Interval(end=None, state="detained", **span)  # type: ignore[arg-type]
        rival = Interval(end="2021-06-25", state="detained", rival=True, **span)  # type: ignore[arg-type]
        return {"p1": (first, rival)}


@pytest.fixture
def rows(tmp_path: Path) -> dict[str, list[dict[str, object]]]:
    files = export(Shelf(), tmp_path / "out")
    return {file.stem: [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] for file in files}


def test_files_and_keys_as_the_codebook_lists_them(rows: dict[str, list[dict[str, object]]]) -> None:
    """Six files; keys in the codebook's order; absent fields left out; nothing that the codebook does not name."""
    assert [*rows] == ["documents", "claims", "events", "people", "organizations", "cases"]
    assert [*rows["documents"][1]] == ["id", "source", "part", "published", "sha256", "text", "copy_of"]
    assert [*rows["claims"][0]] == [
        "id", "document", "source", "start", "end", "quote", "event", "targets_ids", "speaker_id", "reader", "type",
        "targets", "actors", "count", "place", "date", "status", "speaker", "penalties", "subtype",
    ]  # fmt: skip
    assert [*rows["events"][1]] == [
        "id", "type", "date", "place", "targets", "actors", "status", "claims", "origins", "conflicts",
    ]  # fmt: skip
    assert [*rows["people"][0]] == ["id", "name", "forms", "documents", "relations"]
    assert [*rows["organizations"][0]] == ["id", "name", "forms", "documents", "relations"]
    assert [*rows["cases"][0]] == ["person", "name", "events", "custody"]


def test_values(rows: dict[str, list[dict[str, object]]]) -> None:
    """Ids where a name stands for someone in the record; the quote is the text at its span; cases in order of date."""
    claim, document = rows["claims"][0], rows["documents"][0]
    assert (claim["targets_ids"], claim["speaker_id"], claim["event"]) == (["p1"], "o1", "e1")
    assert str(document["text"])[claim["start"] : claim["end"]] == claim["quote"]  # type: ignore[misc]
    assert claim["penalties"] == [{"kind": "fine", "amount": 20.0, "currency": "EUR"}]
    assert rows["events"][1]["conflicts"] == [
        {
            "field": "count",
            "values": [{"value": {"min": 2, "max": 2}, "claims": ["c1"]}, {"value": {"min": 3}, "claims": ["c2"]}],
        }
    ]
    assert rows["people"][0]["relations"] == [{"a": "Aigul Nurlan", "kind": "spouse", "b": "B"}]
    [case] = rows["cases"]
    assert (case["person"], case["events"]) == ("p1", ["e1", "e2"])
    assert case["custody"] == [{"from": "2021-06-22", "state": "detained", "because": ["e1"], "known": "2021-06"}]


def test_an_earlier_export_is_replaced_anything_else_refused(tmp_path: Path) -> None:
    """Exported again to the same bytes; a folder with a stranger's file, a file, an unknown form: refused."""
    first = {f.name: f.read_bytes() for f in export(Shelf(), tmp_path / "out")}
    again = {f.name: f.read_bytes() for f in export(Shelf(), tmp_path / "out")}
    assert again == first
    (tmp_path / "out" / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        export(Shelf(), tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text() == "mine"
    with pytest.raises(UsageError, match="is a file"):
        export(Shelf(), tmp_path / "out" / "notes.txt")
    with pytest.raises(UsageError, match="csv"):
        export(Shelf(), tmp_path / "other", as_="csv")
    assert not (tmp_path / "other").exists()


class Broken(Shelf):
    """A record whose events cannot be read."""

    def events(self) -> Iterator[Event]:
        yield next(super().events())
        raise ValueError("a damaged row")


def test_an_export_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    """Half-way through something breaks: the old files stay, no half export beside them."""
    files = export(Shelf(), tmp_path / "out")
    before = [f.read_bytes() for f in files]
    with pytest.raises(ValueError, match="damaged"):
        export(Broken(), tmp_path / "out")
    assert [f.read_bytes() for f in files] == before
    assert [p.name for p in tmp_path.iterdir()] == ["out"]
