"""The recipe: one story → its claims.

0. skim     a story whose words promise no claim goes no further
1. mask     what is not read as story (notices, bylines, the dateline) becomes blank, offsets kept
2. parse    words, sentences, names in one pass of the model
3. cast     every written form under the fullest name
4. gate     sentences without a trigger word go no further
5. fire     frames on the tree, roles, voice, time, place, ground, penalties → drafts
6. settle   drafts of one happening lend each other names and dates
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from khronika.facts.claims import Claim, Mention, Reading, Relation
from khronika.facts.documents import READ_KINDS, BlockKind, Document
from khronika.read.casing import parse_cased
from khronika.read.cast import Cast
from khronika.read.counts import count_of
from khronika.read.draft import Draft, finish
from khronika.read.frames import Scene, drafts_of
from khronika.read.gate import passes
from khronika.read.gazetteer import Gazetteer
from khronika.read.lexicon import Lexicon, load_lexicon
from khronika.read.parse import Parse, Pipeline, Sentence
from khronika.read.pipelines import load_pipeline
from khronika.read.settle import settle
from khronika.read.skim import Skimmer, load_skimmer
from khronika.read.speakers import Floor
from khronika.read.sureness import confidence
from khronika.read.syntax import Tree
from khronika.read.ties import find_ties
from khronika.read.trace import Trace
from khronika.read.when import Calendar
from khronika.read.where import Map
from khronika.read.who import Resolver
from khronika.read.words import people_words
from khronika.settings import Settings

MAIN = 2
"""Mentions that make someone the person whom a story is about."""
_NOT_LINE_END = re.compile(r"[^\n]")
LEAD = 2
"""Paragraphs of the story in which people are described before they are named."""


@dataclass(frozen=True, slots=True)
class FrameReader:
    """Reads by frames: every claim rests on a named rule. Satisfies `facts.contracts.Reader`."""

    pipeline: Pipeline
    lexicon: Lexicon
    atlas: Gazetteer
    skimmer: Skimmer | None = None
    """None: every story is read."""

    @property
    def name(self) -> str:
        """Name and version, with the mark of a lexicon of one's own and the pipeline's, as stored with each claim."""
        all_read = "" if self.skimmer or self.lexicon.mark else ", all read"
        return f"{self.lexicon.name}{all_read} / {self.pipeline.name} {self.pipeline.version}"

    def read(self, document: Document, trace: Trace | None = None) -> Reading:
        """All claims, relations and mentions of the document; none where its words promise none (`skim.py`), and the
        reading says so. `trace` takes what the steps did, for an explanation; with one everything is read."""
        if document.language not in {None, "en"}:
            return Reading(document.id, self.name)
        text = masked(document)
        if self.skimmer and trace is None and not self.skimmer.is_open(text):
            return Reading(document.id, self.name, unread=True)
        parse = parse_cased(text, self.pipeline, self.atlas.country_of)
        story = _Story(document, parse, self, trace)
        claims, relations = story.read()
        return Reading(document.id, self.name, tuple(claims), tuple(relations), tuple(story.mentions()))


def load_reader(settings: Settings) -> FrameReader:
    """The reader that `settings` asks for. Raises ModelError or LexiconError."""
    lexicon = load_lexicon(settings.lexicon)
    # Frames of one's own may ask for words that the bundled weights know nothing of.
    skimmer = load_skimmer() if settings.gate and not lexicon.mark else None
    return FrameReader(load_pipeline(settings.pipeline, settings.threads), lexicon, Gazetteer.load(), skimmer)


def masked(document: Document) -> str:
    """The document's text with everything that is not read blanked out: same length, same offsets.

    A block that repeats an earlier one to the letter (a caption printed twice) is read once.
    """
    text = document.text
    out = [*_NOT_LINE_END.sub(" ", text)]
    seen: set[str] = set()
    for block in document.blocks:
        words = " ".join(text[block.start : block.end].split())
        if block.kind in READ_KINDS and words not in seen:
            seen.add(words)
            out[block.start : block.end] = text[block.start : block.end]
    if document.dateline_span:
        low, high = document.dateline_span
        out[low:high] = _NOT_LINE_END.sub(" ", text[low:high])
    return "".join(out)


class _Story:
    """One story while it is read."""

    def __init__(self, document: Document, parse: Parse, reader: FrameReader, trace: Trace | None = None) -> None:
        self.document, self.parse, self.reader = document, parse, reader
        self.cast = Cast(parse)
        self.resolver = Resolver(self.cast, count_of)
        self.trees: dict[int, Tree] = {}
        self.floor = Floor(parse, self.resolver, self.tree)
        self.relations: list[Relation] = []
        self.trace = trace

    def tree(self, n: int) -> Tree:
        """The tree of sentence `n`, decoded once."""
        if n not in self.trees:
            self.trees[n] = Tree(self.parse, self.parse.sentences[n])
        return self.trees[n]

    def read(self) -> tuple[list[Claim], list[Relation]]:
        """Claims in text order, and relations."""
        opened = [passes(self.parse, s, self.reader.lexicon) for s in self.parse.sentences]
        tied = [self._tied(s) for s in self.parse.sentences]
        wanted = zip(self.parse.sentences, opened, tied, strict=True)
        self.parse.decode(s for s, open_, tie in wanted if open_ or tie)
        self._ties(tied)
        self.resolver.restart()
        scene = Scene(
            self.cast,
            self.resolver,
            Calendar(self.document.published, self.document.captured),
            Map(self.cast, self.reader.atlas, self.document.dateline),
            self.floor,
            self.document,
        )
        drafts: list[Draft] = []
        namings: list[tuple[int, tuple[str, ...]]] = []
        for n, sentence in enumerate(self.parse.sentences):
            self.resolver.enter(sentence.first, sentence.last)
            if self.trace is not None:
                scene.line = self.trace.line(self.tree(n), n, opened[n], self._context(n))
            if opened[n]:
                scene.context = self._context(n)
                drafts += drafts_of(self.tree(n), n, self._early(sentence), self.reader.lexicon, scene)
            else:
                scene.calendar.skim(self.parse, sentence)
            if people := self.resolver.memory.naming(sentence.first, sentence.last):
                namings.append((n, tuple(p.name for p in people)))
            self.resolver.leave()
        if self.trace is not None:
            self.trace.keep(drafts)
        settled = settle(drafts, self._main(), namings)
        claims = [finish(d, self.document, self.reader.name, confidence(d)) for d in settled]
        if self.trace is not None:
            self.trace.lexicon, self.trace.cast = self.reader.lexicon, self.cast
            self.trace.settled = [*zip(settled, claims, strict=True)]
        return list({c.id: c for c in claims}.values()), self.relations

    def _tied(self, sentence: Sentence) -> bool:
        """Whether the sentence may state a tie: it names a person and has a word like "wife"."""
        nouns, tokens = people_words().relations, self.parse.tokens[sentence.first : sentence.last]
        return any(x.label == "PERSON" for x in sentence.names) and any(t.lemma in nouns for t in tokens)

    def _ties(self, tied: list[bool]) -> None:
        """First pass: who is whose wife, leader, brother — said anywhere in the story. `tied`: in which sentences."""
        for n, sentence in enumerate(self.parse.sentences):
            self.resolver.enter(sentence.first, sentence.last)
            if tied[n]:
                self.relations += find_ties(self.tree(n), self.resolver, self.document.id)
            self.resolver.leave()

    def _context(self, n: int) -> frozenset[str]:
        """The words of sentence `n` and of the one before, lower-case."""
        first = self.parse.sentences[max(0, n - 1)].first
        return frozenset(t.text.lower() for t in self.parse.tokens[first : self.parse.sentences[n].last])

    def _early(self, sentence: Sentence) -> bool:
        """Whether the sentence is a headline, caption or one of the story's first paragraphs."""
        story = 0
        for block in self.document.blocks:
            story += block.kind is BlockKind.STORY
            if block.start <= sentence.start < block.end:
                return block.kind is not BlockKind.STORY or story <= LEAD
        return False

    def _main(self) -> str | None:
        """Whom the story is about: a person named at least `MAIN` times and twice as often as anyone else."""
        people = sorted(self.cast.people, key=lambda c: -c.mentions)
        if not people or people[0].mentions < MAIN:
            return None
        alone = len(people) == 1 or people[0].mentions >= 2 * people[1].mentions
        return people[0].name if alone else None

    def mentions(self) -> Iterator[Mention]:
        """People and organizations named in the story."""
        for who in [*self.cast.people, *self.cast.groups]:
            label = "person" if who.label == "PERSON" else "organization"
            forms = tuple(dict.fromkeys([who.name, *sorted(who.forms, key=lambda f: -len(f))]))
            yield Mention(self.document.id, who.name, forms, label, tuple(who.hints))
