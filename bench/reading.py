"""Reading the stories into a record, and the reader alone, against the bundled pipeline run bare over the same text.

All in one process, in turn, so that what else the machine does falls on both; ratios are of processor time. "Bare" is
everything that the pipeline can tell of a text: words, tags, names, and the tree of every sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time

import khronika
from bench.figures import RUNS, Figure, Stories, best
from bench.mixture import mixture, on_rights
from khronika.facts.documents import Document
from khronika.read.parse import Pipeline
from khronika.read.pipelines import load_pipeline
from khronika.read.reader import FrameReader, load_reader
from khronika.settings import Settings

STORY = 400
"""Words of the story that speed is given for."""


def decode(pipeline: Pipeline, texts: Sequence[str]) -> int:
    """Parses all texts and asks for everything: words, tags, names, and the tree of each sentence; how many words."""
    words = 0
    for parse in pipeline.parse_many(texts):
        words += sum(bool(token.pos and token.tag) for token in parse.tokens)
        parse.decode(parse.sentences)
        for sentence in parse.sentences:
            assert len(sentence.heads) == len(sentence.deps) == len(sentence)
            words += 0 * len(sentence.names)
    return words


def in_turn(documents: Sequence[Document], reader: FrameReader) -> tuple[float, float]:
    """Processor seconds of the reader and of the bare pipeline over the documents, the quickest of `RUNS` each."""
    took: list[tuple[float, float]] = []
    for _ in range(RUNS):
        started = process_time()
        for document in documents:
            reader.read(document)
        between = process_time()
        decode(reader.pipeline, [d.text for d in documents])
        took.append((between - started, process_time() - between))
    return min(read for read, _ in took), min(bare for _, bare in took)


def speed(name: str, documents: Sequence[Document], bounds: tuple[float | None, float | None]) -> Iterator[Figure]:
    """The reader's time over the bare pipeline's, and for a story of 400 words; `bounds` of both."""
    reader = load_reader(Settings())
    read, bare = in_turn(documents, reader)
    words = sum(len(d.text.split()) for d in documents)
    each = read / words * STORY
    detail = f"{read:.1f} s / {bare:.1f} s; {bare / read:.2f} x the throughput"
    yield Figure(f"reader / bare, {name}", read / bare, "x", bounds[0], detail)
    yield Figure(
        f"a story of {STORY} words, {name}", 1000 * each, "ms", bounds[1], f"{1 / each:.0f} stories/s, one core"
    )


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
    rights = on_rights(stories, Settings())
    yield from speed("rights news", rights, (1.3, None))
    yield from speed("nine ordinary to one", mixture(rights, Settings()), (1 / 1.5, 40))
