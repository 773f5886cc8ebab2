"""The training corpus (spaCy DocBin files) as plain items: words with name tags, words with trees.

The name sources come in their own word cuts; they are cut again as the package cuts at run time, and an entity whose
edge falls inside a word ("pro-[Beijing]") is neither right nor wrong there: its words get no loss.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from khronika.read.tokenize import tokenize

NER_LABELS = ("O", *(f"{mark}-{label}" for label in ("PERSON", "ORG", "LOC") for mark in "BI"))
IGNORED = -1
"""A target that takes no part in the loss."""


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text of some sentences with its name tags, one index into NER_LABELS (or IGNORED) a word."""

    words: tuple[str, ...]
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A text of one to five sentences with its trees: `heads` are 1 + word index, 0 for the root of a sentence."""

    words: tuple[str, ...]
    heads: tuple[int, ...]
    deps: tuple[str, ...]
    pos: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    starts: tuple[bool, ...]


def documents(path: Path) -> Iterator[Doc]:
    """The documents of a DocBin file."""
    return iter(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


def named_texts(path: Path) -> Iterator[NamedText]:
    """The items of a name file, words cut as at run time."""
    for doc in documents(path):
        text = doc.text
        spans = tokenize(text)
        tags = [0] * len(spans)
        for entity in doc.ents:
            start, end = entity.start_char, entity.end_char
            inside = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
            if not inside:
                continue
            exact = spans[inside[0]][0] == start and spans[inside[-1]][1] == end
            first = NER_LABELS.index(f"B-{entity.label_}")
            for i in inside:
                tags[i] = (first if i == inside[0] else first + 1) if exact else IGNORED
        if spans:
            yield NamedText(tuple(text[a:b] for a, b in spans), tuple(tags))


def parsed_texts(path: Path) -> Iterator[ParsedText]:
    """The items of a treebank file, words as annotated."""
    for doc in documents(path):
        yield ParsedText(
            words=tuple(t.text for t in doc),
            heads=tuple(0 if t.head.i == t.i else t.head.i + 1 for t in doc),
            deps=tuple(t.dep_.lower() for t in doc),
            pos=tuple(t.pos_ for t in doc),
            tags=tuple(t.tag_ for t in doc),
            lemmas=tuple(t.lemma_ for t in doc),
            starts=tuple(bool(t.is_sent_start) for t in doc),
        )
