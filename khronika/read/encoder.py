"""The bundled pipeline: words → wordpieces → int8 encoder (onnxruntime) → heads → `Parse`.

One pass of the encoder over a text answers for names, tags and sentence starts; trees are decoded from the kept
word vectors when a sentence is asked for its tree. The windows of one text are encoded together by length, those of
different texts never: the int8 arithmetic scales by what else is in the batch, and a text must read the same alone
or among others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from khronika.errors import ModelError
from khronika.read.heads import Floats, Heads, Labels, Tags
from khronika.read.hunches import Hunches
from khronika.read.lemmas import Lemmas
from khronika.read.onnx import session
from khronika.read.parse import Name, Parse, Sentence, Token, Tree
from khronika.read.pieces import NEUTRAL, Encoded, Pieces
from khronika.read.sentences import sentence_spans
from khronika.read.windows import Window, windows

__all__ = ["EncoderPipeline"]

_BATCH_PIECES = 256
"""Wordpieces encoded together: few, so that a layer's values stay in the processor's cache (1.5 times faster than
2,048)."""
_BATCH_WINDOWS = 32
_BATCH_WORDS = 192
"""Words whose trees are decoded together."""
_ROUND_WINDOWS = 256
"""Windows whose results are held at once before they become tokens."""
_LAZY_WORDS = 50_000
"""A text with more words has its trees decoded at once, so that its word vectors need not be kept."""


class EncoderPipeline:
    """Reads English text with the bundled model."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load the model.

        Args:
            folder: holds meta.json, encoder.onnx, heads.npz, vocab.txt, lemmas.tsv; and triggers.npz and events.onnx
                if it has hunches.
            threads: threads the encoder may use for one text.

        Raises:
            ModelError: a file is absent or damaged.
        """
        try:
            meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
            labels = Labels(**{key: tuple(meta["labels"][key]) for key in ("ner", "pos", "tag", "dep")})
            with np.load(folder / "heads.npz") as arrays:
                self._heads = Heads(dict(arrays), labels)
            self._pieces = Pieces((folder / "vocab.txt").read_text(encoding="utf-8").splitlines())
            self._session = session(folder / "encoder.onnx", threads)
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as reason:
            raise ModelError(f"the reading model in {folder} is absent or damaged: {reason}") from reason
        self._hunches = Hunches.load(folder, threads)
        self._lemmas = Lemmas.load(folder / "lemmas.tsv")
        self.name: str = meta["name"]
        self.version: str = meta["version"]

    def parse_many(self, texts: Sequence[str]) -> Iterator[Parse]:
        """Read texts in order, each by itself."""
        return map(self.parse, texts)

    def parse(self, text: str) -> Parse:
        """Read one text of any length."""
        return self.parse_windows(text, list(windows(text, lambda word: len(self._pieces.word(word)[0]))))

    def parse_windows(self, text: str, cut: Sequence[Window]) -> Parse:
        """Read a text whose words are cut already (to measure the trees on a treebank's own words).

        Args:
            text: the text that the windows' spans point into.
            cut: its windows in order, each of at most 510 wordpieces.
        """
        lazy = sum(len(w.words) for w in cut) <= _LAZY_WORDS
        tokens: list[Token] = []
        sentences: list[Sentence] = []
        names: list[Name] = []
        kept: dict[int, NDArray[np.float16]] = {}
        for at in range(0, len(cut), _ROUND_WINDOWS):
            part = cut[at : at + _ROUND_WINDOWS]
            for window, (vectors, scores) in zip(part, self._vectors(part), strict=True):
                first = len(tokens)
                tags = self._heads.tags(vectors[1:])
                tokens += self._tokens(window, tags, first)
                found = [Name(first + a, first + b, label, score) for a, b, label, score in tags.names]
                names += found
                for a, b in sentence_spans(window, tags.starts, [(a, b) for a, b, _, _ in tags.names]):
                    kept[first + a] = vectors[[0, *range(a + 1, b + 1)]].astype(np.float16)
                    within = tuple(n for n in found if first + a <= n.first < first + b)
                    decode = partial(self._tree, kept, first + a)
                    place = (window.spans[a][0], window.spans[b - 1][1])
                    if not lazy:
                        decode = partial(_known, decode())
                    hunches = self._hunches.of(scores[a:b], first + a) if self._hunches and scores is not None else ()
                    sentences.append(Sentence((first + a, first + b), place, within, decode, hunches))
        together = partial(self._trees, kept) if lazy else None
        return Parse(text, tuple(tokens), tuple(sentences), tuple(names), together)

    def middles(self, text: str) -> Iterator[tuple[Encoded, Floats]]:
        """Each window of a text with the states of its wordpieces half-way, T × 384, for training layers on them."""
        encoded = [self._pieces.encode(w.words) for w in windows(text, lambda word: len(self._pieces.word(word)[0]))]
        for one in encoded:
            yield one, self._states([one])[1][0]

    def _tokens(self, window: Window, tags: Tags, first: int) -> list[Token]:
        lemma = self._lemmas.lemma
        rows = zip(window.words, window.spans, tags.pos, tags.tag, strict=True)
        return [
            Token(first + k, word, start, end, lemma(word, tag), pos, tag)
            for k, (word, (start, end), pos, tag) in enumerate(rows)
        ]

    def _tree(self, kept: dict[int, NDArray[np.float16]], first: int) -> Tree:
        """Tree of the sentence with `first` token, whose vectors `kept` holds; they are let go."""
        (tree,) = self._grown(kept, [first])
        return tree

    def _trees(self, kept: dict[int, NDArray[np.float16]], sentences: Sequence[Sentence]) -> Iterator[Tree]:
        """The trees of sentences not decoded yet, in portions."""
        batch: list[int] = []
        words = 0
        for sentence in sentences:
            if batch and words + len(sentence) > _BATCH_WORDS:
                yield from self._grown(kept, batch)
                batch, words = [], 0
            batch.append(sentence.first)
            words += len(sentence)
        yield from self._grown(kept, batch)

    def _grown(self, kept: dict[int, NDArray[np.float16]], firsts: Sequence[int]) -> Iterator[Tree]:
        """The trees of the sentences with these first tokens: `kept` [CLS] and their words, in half precision."""
        found = self._heads.trees([kept.pop(first).astype(np.float32) for first in firsts])
        for first, (heads, deps) in zip(firsts, found, strict=True):
            yield tuple([first + h for h in heads]), tuple(deps)

    def _vectors(self, part: Sequence[Window]) -> list[tuple[Floats, Floats | None]]:
        """Of each window the vectors of [CLS] and its words, (1 + W) × 384, and its words' scores, W × K, if the model
        has hunches; encoded in batches of like length."""
        encoded = [self._pieces.encode(w.words) for w in part]
        order = sorted(range(len(part)), key=lambda k: len(encoded[k].ids))
        out: list[tuple[Floats, Floats | None]] = [(np.zeros((0, 0), np.float32), None)] * len(part)
        batch: list[int] = []
        for k in order:
            if batch and (len(batch) == _BATCH_WINDOWS or len(encoded[k].ids) * (len(batch) + 1) > _BATCH_PIECES):
                self._run(encoded, batch, out)
                batch = []
            batch.append(k)
        if batch:
            self._run(encoded, batch, out)
        return out

    def _run(self, encoded: Sequence[Encoded], batch: Sequence[int], out: list[tuple[Floats, Floats | None]]) -> None:
        vectors, middle, mask, first = self._states([encoded[k] for k in batch])
        told = self._hunches.vectors(middle, mask, first) if self._hunches else None
        for row, k in enumerate(batch):
            n = 1 + len(encoded[k].first)
            scores = self._hunches.scores(told[row, 1:n]) if self._hunches and told is not None else None
            out[k] = vectors[row, :n], scores

    def _states(self, batch: Sequence[Encoded]) -> tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]:
        """The encoder over a batch of windows: vectors of [CLS] and words (B × (1 + W) × 384), the pieces' states
        half-way (B × T × 384), which pieces are none of padding (B × T), the first piece of each word (B × (1 + W))."""
        pieces = max(len(one.ids) for one in batch)
        words = max(len(one.first) for one in batch) + 1
        ids = np.zeros((len(batch), pieces), np.int64)
        shapes = np.full((len(batch), pieces), NEUTRAL, np.int64)
        mask = np.zeros((len(batch), pieces), np.int64)
        first = np.zeros((len(batch), words), np.int64)
        for row, one in enumerate(batch):
            n = len(one.ids)
            ids[row, :n], shapes[row, :n], mask[row, :n] = one.ids, one.shapes, 1
            first[row, 1 : 1 + len(one.first)] = one.first
        vectors, middle = self._session.run(None, {"ids": ids, "shapes": shapes, "mask": mask, "first": first})
        return vectors, middle, mask, first


def _known(tree: Tree) -> Tree:
    return tree
