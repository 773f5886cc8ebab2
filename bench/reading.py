"""Reading the stories into a record against the bundled pipeline run bare over the same text, in one process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import khronika
from bench.figures import Figure, Stories, best
from khronika.read.parse import Pipeline
from khronika.read.pipelines import load_pipeline


def decode(pipeline: Pipeline, texts: list[str]) -> int:
    """Parses all texts and asks for everything: words, tags, names, and the tree of each sentence; how many words."""
    words = 0
    for parse in pipeline.parse_many(texts):
        words += sum(bool(token.pos and token.tag) for token in parse.tokens)
        for sentence in parse.sentences:
            assert len(sentence.heads) == len(sentence.deps) == len(sentence)
            words += 0 * len(sentence.names)
    return words


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Ratio of the whole way (capture, read, link, record) to the bare pipeline; start of the model apart."""
    start = best(lambda _: load_pipeline(), runs=1)
    yield Figure("loading the model", start.clock, "s", 1.5)

    def whole(number: int) -> None:
        with khronika.open(folder / f"reading-{number}") as record:
            report = record.read([stories.folder], manifest=stories.manifest)
            assert report.new, "nothing was read"

    whole(-1)
    with khronika.open(folder / "reading--1") as record:
        texts = [document.text for document in record.documents()]
    pipeline = load_pipeline()
    words = decode(pipeline, texts)
    bare = best(lambda _: decode(pipeline, texts))
    took = best(whole)
    yield Figure("reading / bare pipeline", took.clock / bare.clock, "x", 1.5, took.over(bare))
    yield Figure("reading speed", words / took.clock, "words/s", None, f"{words:,} words")
