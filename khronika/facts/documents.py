"""A captured page becomes documents: one story each, its text cut into labeled blocks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from khronika.text.fold import fold


class BlockKind(StrEnum):
    """What a passage of a page is. Only kinds in `READ_KINDS` are read for claims; the others are kept, shown grey."""

    TITLE = "title"
    HEADING = "heading"
    STORY = "story"
    CAPTION = "caption"
    TEASER = "teaser"
    BYLINE = "byline"
    CREDIT = "credit"
    NOTICE = "notice"


READ_KINDS = frozenset({BlockKind.TITLE, BlockKind.HEADING, BlockKind.STORY, BlockKind.CAPTION, BlockKind.TEASER})
"""Codebook rule 4: a headline, caption or teaser that repeats the body is annotated like any sentence; boilerplate
(`NOTICE`: subscribe boxes, "About this blog", legal notices), bylines and credits are not."""


@dataclass(frozen=True, slots=True)
class Block:
    """A labeled passage. `start` and `end` are code points in the document's text, `end` exclusive."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One story of one captured page.

    `source` is the file's name or address, `part` its 1-based place in a page of several stories, `published` an EDTF
    date or None where neither page nor manifest gives one (never guessed), `published_from` says which of
    "page", "manifest", "url" gave it, `captured` RFC 3339, `sha256` of the captured bytes (hex), `dateline` the place
    words before the first sentence ("ALMATY, Kazakhstan"); the dateline's characters stay in `text`, and its span, dash
    included, is `dateline_span`. `upstream` names outlets that the page itself credits ("originally published on …",
    "With reporting by …"). `copy_of` is the id of the document of which this text is a copy. `keep_local`: it is
    marked as not to leave this program: no other reader is asked about it.
    """

    id: str
    source: str
    part: int
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    dateline: str | None = None
    dateline_span: tuple[int, int] | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    captured: str | None = None
    upstream: tuple[str, ...] = ()
    copy_of: str | None = None
    note: str | None = None
    keep_local: bool = False

    @property
    def known_from(self) -> str | None:
        """The first day on which the record could know this story: its publication, else its capture (EDTF)."""
        return self.published or (self.captured[:10] if self.captured else None)

    @property
    def family(self) -> str:
        """The origin that the document names, folded: the one upstream outlet that it credits, else its own outlet (an
        outlet that tells a thing twice is one source), else its id."""
        own = fold(self.outlet or "")
        upstream = sorted({fold(name) for name in self.upstream} - {own, ""})
        return upstream[0] if len(upstream) == 1 else own or self.id

    @property
    def is_own(self) -> bool:
        """Whether it is its own outlet's, by what the page says: no copy, and no other outlet credited for it."""
        return self.copy_of is None and self.family == (fold(self.outlet or "") or self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """What arrived: the bytes, once, before anything reads them. `sha256` is their hex digest, `source` where from."""

    source: str
    sha256: str
    content: bytes
    media_type: str
    captured: str | None = None


def document_id(sha256: str, part: int) -> str:
    """The id of part `part` (1-based) of the page whose bytes hash to `sha256`: equal bytes give equal ids, so that
    reading the same page twice adds nothing."""
    return "d" + hashlib.sha256(f"{sha256}:{part}".encode()).hexdigest()[:16]
