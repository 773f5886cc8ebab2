"""One loaded reader for all reading tests, and a way to make a story of a few sentences."""

from __future__ import annotations

import pytest

from khronika.facts.claims import Claim
from khronika.facts.documents import Block, BlockKind, Document, document_id
from khronika.read.reader import FrameReader, load_reader
from khronika.settings import Settings


@pytest.fixture(scope="session")
def reader() -> FrameReader:
    """The bundled reader, loaded once."""
    return load_reader(Settings())


def story(text: str, **fields) -> Document:
    """A document whose paragraphs (separated by blank lines) are all story; published on Wednesday, 2024-05-15."""
    blocks, at = [], 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(BlockKind.STORY, at, at + len(paragraph)))
        at += len(paragraph) + 2
    values = {"published": "2024-05-15", "language": "en", "dateline": "Tarsk"} | fields
    values.setdefault("blocks", tuple(blocks))
    return Document(id=document_id("0" * 64, 1), source="story.txt", part=1, sha256="0" * 64, text=text, **values)


@pytest.fixture
def claims(reader):
    """A function: text → its claims."""

    def read(text: str, **fields) -> list[Claim]:
        return list(reader.read(story(text, **fields)).claims)

    return read


def of(found: list[Claim], kind: str) -> list[Claim]:
    """The claims of one kind."""
    return [c for c in found if c.type == kind]
