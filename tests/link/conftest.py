"""Builders for what linking reads: documents, claims, mentions and a record's view of them."""

from itertools import count

import pytest

from khronika.facts.claims import Claim, Mention, Relation, Status
from khronika.facts.documents import Block, BlockKind, Document
from khronika.link import link

_NUMBERS = count()
WHO = "Daulet Zhaqypov"
OTHER = "Alia Ospanova"


class View:
    """A record's append-only part, from lists."""

    def __init__(self, documents=(), claims=(), mentions=(), relations=()):
        self._parts = (documents, claims, mentions, relations)

    def documents(self):
        return iter(self._parts[0])

    def claims(self):
        return iter(self._parts[1])

    def mentions(self):
        return iter(self._parts[2])

    def relations(self):
        return iter(self._parts[3])


def make_document(id, text="", *, notice="", **fields):
    """A story of one block, with a footer that is not story."""
    whole = text + ("\n" + notice if notice else "")
    blocks = [Block(BlockKind.STORY, 0, len(text))]
    if notice:
        blocks.append(Block(BlockKind.NOTICE, len(text) + 1, len(whole)))
    return Document(id=id, source=f"{id}.txt", part=1, sha256="0" * 64, text=whole, blocks=tuple(blocks), **fields)


def make_claim(document, type, targets=(), *, start=None, status="happened", quote="", place=(), actors=(), **fields):
    """A claim; each gets a span of its own unless `start` is given."""
    at = next(_NUMBERS) * 10 if start is None else start
    return Claim(
        document=document, source=f"{document}.txt", start=at, end=at + 5, quote=quote or f"Sentence {at}.",
        type=type, reader="test 1", trigger=(at, at + 1), targets=tuple(targets), actors=tuple(actors),
        place=tuple(place), status=Status(status), **fields,
    )  # fmt: skip


def make_mention(document, name, *forms, label="person", hints=()):
    """A mention with its name as first form."""
    return Mention(document, name, (name, *forms), label, tuple(hints))


def events_of(*claims, people=(WHO, OTHER), published=None, locate=None, **fields):
    """Number of events, and the linked record."""
    ids = sorted({c.document for c in claims})
    fields = {"dateline": "Oral", **fields}  # two documents of one town speak of one person of the name
    documents = [make_document(d, published=(published or {}).get(d), **fields) for d in ids]
    linked = link(View(documents, claims, [make_mention(d, p) for d in ids for p in people]), locate)
    assert {c.id for c in claims} == set(dict(linked.claim_events))
    return len(linked.events), linked


def how_many(*claims, **fields):
    """Number of events that the claims become."""
    return events_of(*claims, **fields)[0]


@pytest.fixture
def view():
    return View


@pytest.fixture
def document():
    return make_document


@pytest.fixture
def claim():
    return make_claim


@pytest.fixture
def mention():
    return make_mention


@pytest.fixture
def relation():
    return Relation
