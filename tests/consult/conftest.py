"""A stub endpoint, and a short own story to ask about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from khronika.consult.reader import EndpointReader, load_endpoint_reader
from khronika.facts.documents import Block, BlockKind, Document
from khronika.settings import Settings
from tests.consult.stub import Stub

TAKEN = "Police in Veldora detained the baker Ilse Maranova on 4 March."
JAILED = "A court later sentenced Maranova to 15 days in jail and a fine of 300 euros for a picket."
NOTICE = "Subscribe to our letter of the week."


def document_of(*blocks: tuple[BlockKind, str], **more: object) -> Document:
    text, at, found = "\n\n".join(words for _, words in blocks), 0, []
    for kind, words in blocks:
        found.append(Block(kind, at, at + len(words)))
        at += len(words) + 2
    return replace(
        Document(
            id="d1", source="a.txt", part=1, sha256="0" * 64, text=text, blocks=tuple(found), published="2031-03-06"
        ),
        **more,
    )


@pytest.fixture
def story() -> Document:
    return document_of((BlockKind.STORY, TAKEN), (BlockKind.STORY, JAILED), (BlockKind.NOTICE, NOTICE))


@pytest.fixture
def stub() -> Iterator[Stub]:
    with Stub() as server:
        yield server


@pytest.fixture
def ask(stub: Stub) -> Callable[..., EndpointReader]:
    """A reader that asks the stub; its waits are noted in `waits` instead of slept."""

    def reader(**limits: int) -> EndpointReader:
        made = load_endpoint_reader(stub.url, "test-model", Settings(**limits))
        made.waits = []  # type: ignore[attr-defined]
        made.pause = made.waits.append  # type: ignore[attr-defined]
        return made

    return reader
