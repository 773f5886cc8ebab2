"""A capture → its documents: decode, find the stories, label their blocks, gather what page and manifest say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from khronika.capture.blocks import label
from khronika.capture.credits import author_of, upstream_outlets
from khronika.capture.cues import fold
from khronika.capture.dateline import Dateline, find_dateline
from khronika.capture.decode import decode
from khronika.capture.limits import refuse_outsized, too_many
from khronika.capture.manifest import ManifestRow
from khronika.capture.metadata import PageFacts
from khronika.capture.pagedates import address_date, written_date
from khronika.capture.partition import partition
from khronika.capture.passages import Passage
from khronika.capture.plain import paragraphs
from khronika.capture.wording import clean
from khronika.errors import CaptureError
from khronika.facts.documents import READ_KINDS, Block, BlockKind, Capture, Document, document_id
from khronika.settings import Settings

_BETWEEN = "\n\n"
_LEAST_FOR_LANGUAGE = 60
_CLEARLY = 20.0
"""How much likelier than English (natural logarithm) another language must be: a short English text full of names leads
by 2 to 6 as Nigerian Pidgin or Basque, a sentence of French, Polish or Pidgin by 90 and more."""
_LEAST_FOR_COPY = 40


@dataclass(frozen=True, slots=True)
class Story:
    """One story before it is a document."""

    passages: list[Passage]
    facts: PageFacts
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """A story's text laid out: the paragraphs apart by a blank line, each a block."""

    text: str
    blocks: tuple[Block, ...]

    def of(self, kind: BlockKind) -> list[str]:
        """The texts of all blocks of a kind."""
        return [self.text[b.start : b.end] for b in self.blocks if b.kind == kind]


def split(capture: Capture, row: ManifestRow | None, settings: Settings) -> tuple[Document, ...]:
    """The documents of a captured page, one a story, in page order.

    `row`: what the manifest says of it; its values stand above the page's, and where publication dates differ the
    page's is kept in `note`. A story whose text repeats an earlier one of the page is its copy (`copy_of`).
    Raises CaptureError: not text, wrong encoding, no story in it, more stories than `settings.max_parts`.
    """
    text = decode(capture, settings)
    if capture.media_type == "text/html" and "<" in text:
        stories = _page_stories(text, capture.source, settings)
    else:
        stories = _text_stories(text, capture.source, settings)
    if len(stories) > settings.max_parts:
        raise too_many(capture.source, len(stories), settings)
    documents = [_document(capture, row, story, part) for part, story in enumerate(stories, start=1)]
    return tuple(_copies_marked(documents))


def _page_stories(text: str, source: str, settings: Settings) -> list[Story]:
    """The stories of a web page."""
    from khronika.capture.pages import read_page

    return [Story(story.passages, story.facts, story.note) for story in read_page(text, source, settings)]


def _text_stories(text: str, source: str, settings: Settings) -> list[Story]:
    """The stories of a page saved as text. Raises CaptureError when it has no words."""
    page = paragraphs(clean(text))
    refuse_outsized(page, source, settings)
    found = partition(page)
    if not any(c.isalnum() for passages in found for p in passages for c in p.text):
        raise CaptureError(source, "no words in it")
    return [Story(passages, PageFacts()) for passages in found]


def lay_out(passages: Sequence[Passage], kinds: Sequence[BlockKind]) -> Laid:
    """The text of a story with its blocks, in order, none overlapping, a blank line between two."""
    blocks, pieces, at = [], [], 0
    for passage, kind in zip(passages, kinds, strict=True):
        blocks.append(Block(kind, at, at + len(passage.text)))
        pieces.append(passage.text)
        at += len(passage.text) + len(_BETWEEN)
    return Laid(_BETWEEN.join(pieces), tuple(blocks))


def _document(capture: Capture, row: ManifestRow | None, story: Story, part: int) -> Document:
    """One story as a document."""
    laid = lay_out(story.passages, label(story.passages))
    facts = story.facts
    found, span = _dateline(laid)
    outlet = (row.outlet if row else None) or facts.outlet
    published, published_from, notes = _published(row, facts, laid, found)
    titles, bylines = laid.of(BlockKind.TITLE), laid.of(BlockKind.BYLINE)
    return Document(
        id=document_id(capture.sha256, part),
        source=row.source if row else capture.source,
        part=part,
        sha256=capture.sha256,
        text=laid.text,
        blocks=laid.blocks,
        url=(row.url if row else None) or facts.url,
        outlet=outlet,
        title=facts.title or (titles[0] if titles else None),
        byline=facts.byline or next((name for b in bylines if (name := author_of(b))), None),
        dateline=found.place if found else None,
        dateline_span=span,
        published=published,
        published_from=published_from,
        language=_language(row, facts, laid),
        captured=(row.captured if row else None) or capture.captured,
        upstream=upstream_outlets(
            laid.of(BlockKind.CREDIT), laid.of(BlockKind.STORY)[-1:], found.agency if found else None, outlet
        ),
        note="; ".join(filter(None, (row.note if row else None, story.note, *notes))) or None,
        keep_local=bool(row and row.keep_local),
    )


def _dateline(laid: Laid) -> tuple[Dateline | None, tuple[int, int] | None]:
    """The story's dateline and its span: of the first story paragraph, else the first strict one among the next."""
    first = True
    for block in [b for b in laid.blocks if b.kind in (BlockKind.STORY, BlockKind.BYLINE)][:5]:
        found = find_dateline(laid.text[block.start : block.end], opening=first and block.kind is BlockKind.STORY)
        if found:
            written = laid.text[block.start : block.start + found.end].rstrip()
            return found, (block.start, block.start + len(written))
        first = first and block.kind is not BlockKind.STORY
    return None, None


def _published(
    row: ManifestRow | None, facts: PageFacts, laid: Laid, found: Dateline | None
) -> tuple[str | None, str | None, list[str]]:
    """Publication date, who gave it, and what is to note. A date that nobody gives stays None.

    The manifest was typed by a person: it stands, and a page that says another day is noted. Then the page's mark-up,
    its byline, a dateline with its year; then the address.
    """
    printed = next((day for text in laid.of(BlockKind.BYLINE) if (day := written_date(text))), None)
    on_page = facts.published if facts.published_from == "page" else None
    on_page = on_page or printed or (found.date if found else None)
    if row and row.published:
        differs = on_page and not on_page.startswith(row.published)
        return row.published, "manifest", [f"the page says {on_page}, the manifest {row.published}"] if differs else []
    if on_page:
        return on_page, "page", []
    address = facts.published or (address_date(row.url) if row and row.url else None)
    return (address, "url", []) if address else (None, None, [])


def _language(row: ManifestRow | None, facts: PageFacts, laid: Laid) -> str | None:
    """The language (ISO 639-1): as the manifest or the page says, else found in the text where it is long enough."""
    if said := (row.language if row else None) or facts.language:
        return said.replace("_", "-").partition("-")[0].casefold()
    text = " ".join(laid.of(BlockKind.STORY))[:5000]
    if len(text) < _LEAST_FOR_LANGUAGE:
        return None
    import py3langid

    scores: dict[str, float] = dict(py3langid.rank(text))
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] - scores["en"] > _CLEARLY else "en"


def _copies_marked(documents: Sequence[Document]) -> list[Document]:
    """The documents, each that repeats the words of an earlier one marked as its copy."""
    first: dict[str, str] = {}
    out = []
    for document in documents:
        read = [document.text[b.start : b.end] for b in document.blocks if b.kind in READ_KINDS]
        key = "".join(c for c in fold(" ".join(read)) if c.isalnum())
        original = first.setdefault(key, document.id) if len(key) >= _LEAST_FOR_COPY else document.id
        out.append(document if original == document.id else replace(document, copy_of=original))
    return out
