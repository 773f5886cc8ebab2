"""A story in the making: its lines with what each claims, its people as this outlet writes them, and the facts it
becomes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bench.world.names import Written
from bench.world.people import Event, Person
from bench.world.places import COUNTRY
from khronika.facts.claims import Claim, Count, Mention, Penalty, Relation, Status
from khronika.facts.documents import Block, BlockKind, Document, document_id

READER = "bench.world 1"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who publishes. `scheme` of `names.SCHEMES`; `state`: official media; `borrow`: share of others' stories taken
    over."""

    name: str
    scheme: int
    weight: int
    state: bool = False
    borrow: int = 1


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before it stands in a document. `true`: id of the event that it truly tells of; `event` that event, where
    it changes custody; `people` its named targets (with `as_actors`: its actors)."""

    true: str
    kind: str
    event: Event | None = None
    people: tuple[Person, ...] = ()
    as_actors: bool = False
    subtype: str | None = None
    actors: tuple[str, ...] = ()
    group: str | None = None
    count: Count | None = None
    place: tuple[str, ...] = ()
    day: str | None = None
    status: Status = Status.HAPPENED
    hedged: bool = False
    speaker: str | None = None
    penalties: tuple[Penalty, ...] = ()
    charge: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and what it claims."""

    text: str
    drafts: tuple[Draft, ...] = ()


@dataclass(slots=True)
class Part:
    """A person in one story: as written there, and what the story says of the person."""

    person: Person
    written: Written
    hints: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One story. `origin`: name of the outlet whose reporting it is; `own`: it is the outlet's own; `lines` begin with
    the title; `bodies`: organizations named, with their abbreviation; `ties`: stated kin, by number; `relayed`: the
    outlet that its sentences cite; `uncredited`: retold without naming the source; `introduced`: who was named in
    full."""

    outlet: Outlet
    origin: str
    published: date
    number: int
    own: bool = True
    undated: int | None = None
    dateline: str | None = None
    lines: list[Line] = field(default_factory=list)
    cast: dict[int, Part] = field(default_factory=dict)
    bodies: dict[str, str | None] = field(default_factory=dict)
    ties: set[tuple[int, str, int]] = field(default_factory=set)
    upstream: tuple[str, ...] = ()
    relayed: str | None = None
    uncredited: bool = False
    introduced: set[int] = field(default_factory=set)
    footer: str = ""

    @property
    def counts_as(self) -> str:
        """Whose reporting it is, as far as anything published tells: an uncredited retelling is its own outlet's."""
        return self.outlet.name if self.uncredited else self.origin

    @property
    def known(self) -> date:
        """The first day on which the record can know it: publication, else capture."""
        return self.published + timedelta(days=self.undated or 0)


@dataclass(frozen=True, slots=True)
class Filed:
    """A story as facts, with the true event of each claim and the true person of each name."""

    document: Document
    claims: tuple[Claim, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    events: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    drafts: tuple[Draft, ...]
    story: Story


def file(story: Story) -> Filed:
    """The facts that a reader without fault would find in the story."""
    text, blocks, spans = _text(story)
    sha256 = hashlib.sha256(f"{story.outlet.name}/{story.number}/{text}".encode()).hexdigest()
    source = f"{story.number:07d}.txt"
    published = None if story.undated is not None else story.published.isoformat()
    document = Document(
        id=document_id(sha256, 1),
        source=source,
        part=1,
        sha256=sha256,
        text=text,
        blocks=blocks,
        outlet=story.outlet.name,
        title=story.lines[0].text,
        dateline=story.dateline,
        published=published,
        published_from="page" if published else None,
        language="en",
        captured=f"{(story.known + timedelta(days=0 if story.undated else 2)).isoformat()}T12:00:00Z",
        upstream=story.upstream,
    )
    claims: dict[str, tuple[Claim, Draft]] = {}
    for line, (start, end) in zip(story.lines, spans, strict=True):
        for draft in line.drafts:
            claim = _claim(story, document, draft, line.text, start, end)
            claims.setdefault(claim.id, (claim, draft))
    shorts = [part.written.short for part in story.cast.values()]
    mentions = [_mention(document.id, part, shorts) for part in story.cast.values()]
    mentions += [
        Mention(document.id, body, (body, *([short] if short else [])), "organization")
        for body, short in story.bodies.items()
    ]
    relations = [
        Relation(document.id, story.cast[a].written.full, kind, story.cast[b].written.full)
        for a, kind, b in sorted(story.ties)
        if a in story.cast and b in story.cast
    ]
    return Filed(
        document,
        tuple(c for c, _ in claims.values()),
        tuple(mentions),
        tuple(relations),
        tuple((i, d.true) for i, (_, d) in claims.items()),
        tuple((part.written.full, part.person.id) for part in story.cast.values()),
        tuple(d for _, d in claims.values()),
        story,
    )


def _text(story: Story) -> tuple[str, tuple[Block, ...], list[tuple[int, int]]]:
    """The whole text, its blocks, and the span of each line."""
    title, *lines = story.lines
    parts, spans = [title.text], [(0, len(title.text))]
    at = len(title.text) + 2
    blocks = [Block(BlockKind.TITLE, 0, len(title.text))]
    opening = f"{story.dateline} — " if story.dateline else ""
    start = at
    at += len(opening)
    paragraph = opening
    for i, line in enumerate(lines):
        spans.append((at, at + len(line.text)))
        gap = "\n\n" if i % 3 == 2 else " "
        paragraph += line.text + gap
        at += len(line.text) + len(gap)
    body = paragraph.rstrip()
    parts.append(body)
    blocks.append(Block(BlockKind.STORY, start, start + len(body)))
    at = start + len(body) + 2
    for kind, note in ((BlockKind.CREDIT, _credit(story)), (BlockKind.NOTICE, story.footer)):
        if note:
            parts.append(note)
            blocks.append(Block(kind, at, at + len(note)))
            at += len(note) + 2
    return "\n\n".join(parts), tuple(blocks), spans


def _credit(story: Story) -> str:
    """The credit line of a story that says where it is from."""
    return f"Originally published on {story.upstream[0]}." if story.upstream else ""


def _claim(story: Story, document: Document, draft: Draft, quote: str, start: int, end: int) -> Claim:
    """The claim with names as this story writes them."""
    names = tuple(story.cast[p.number].written.full for p in draft.people if p.number in story.cast)
    return Claim(
        document=document.id,
        source=document.source,
        start=start,
        end=end,
        quote=quote,
        type=draft.kind,
        reader=READER,
        rule="bench.world",
        subtype=draft.subtype,
        targets=() if draft.as_actors else names,
        actors=(names if draft.as_actors else ()) + draft.actors,
        count=draft.count,
        group=draft.group,
        place=draft.place,
        date=draft.day,
        status=draft.status,
        hedged=draft.hedged,
        speaker=draft.speaker,
        penalties=draft.penalties,
        charge=draft.charge,
    )


def _mention(document: str, part: Part, shorts: list[str]) -> Mention:
    """The person as named in the story; the short form only where it means nobody else there."""
    full, short = part.written.full, part.written.short
    forms = (full, short) if short != full and shorts.count(short) == 1 else (full,)
    return Mention(document, full, forms, "person", tuple(part.hints))


def taken_over(story: Story, outlet: Outlet, published: date, number: int) -> Story:
    """The story as another outlet prints it, word for word."""
    lines = [*story.lines]
    return replace(
        story, outlet=outlet, published=published, number=number, own=False, undated=None, lines=lines, footer=""
    )


def place_of(town: str, region: str, short: bool) -> tuple[str, ...]:
    """A claim's place."""
    return (town,) if short else (town, region, COUNTRY)
