"""Fits what the reader skims stories by: `python -m training.skim`, a quarter of an hour on two quiet cores, to be run
anew when frames change.

Reads with the present reader, the gate off: news on rights (the seeds, the example stories, the visible half of
../shared/data/world-stories, the visible two thirds of HRDsAttack) and other English (the training corpus: weblogs,
e-mail, reviews, Wikinews, travel guides, encyclopedia, lectures; its texts in turn make stories of some 350 words). A
piece of a story counts where the reader finds a claim in it. What it finds in other English is mostly wrong (an album
"released"), so such pieces teach nothing, neither way. No label of the gold is used, and no story that is set apart;
article-extraction-benchmark and the geoparsing set are for measuring alone (`bench/gating.py`).

The words' weights are a logistic regression with an L2 penalty (Adam, full batch). The bound from which a story is read
is chosen over stories that took no part in fitting its weights (`FOLDS`-fold): of the claims on rights at most `LOST`
may be in stories that it closes.
"""

from __future__ import annotations

import argparse
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.figures import Stories
from bench.heldout import SHARED, is_apart
from bench.hrdsattack import SET, documents, load
from bench.mixture import on_rights
from khronika.facts.documents import Block, BlockKind, Document, document_id
from khronika.read.reader import FrameReader, load_reader, masked
from khronika.read.skim import SHORT, STEM, SURE, WORD, Skimmer, pieces, promise, stem
from khronika.settings import Settings
from training import corpus

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "khronika" / "resources" / "skim.tsv"
FOLDERS = (ROOT / "examples" / "stories", SHARED.parent / "seeds", SHARED / "world-stories")
OTHER = ("parse_train", "parse_dev", "ner_gold_train")
"""Files of the training corpus; none of its test files."""
LENGTH = 350
"""Words of a story made of the corpus's texts."""
RAREST = 3
"""Stories that must show a stem for it to have a weight."""
PENALTY = 4e-3
STEPS, RATE = 200, 0.05
FOLDS = 5
LOST = 0.001
JOBS = 2
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One story as it is weighed: the stems of its words in order, and in how many claims each piece has a share.

    `key`: a hash of the text, by which stories are divided for fitting; `rights`: whether it is news on rights.
    """

    key: str
    rights: bool
    stems: tuple[str, ...]
    small: tuple[bool, ...]
    claims: tuple[int, ...]

    @property
    def fold(self) -> int:
        """The part of the stories in which it is judged by the others' weights."""
        return int(self.key, 16) % FOLDS

    @property
    def pieces(self) -> list[set[str]]:
        """The stems of each piece."""
        return [{*self.stems[first:last]} for first, last in pieces(len(self.stems))]


def example(document: Document, rights: bool, reader: FrameReader) -> Example:
    """A document read in full."""
    text = masked(document)
    words = [*WORD.finditer(text)]
    spots = [(c.trigger or (c.start, c.end))[0] for c in reader.read(document).claims]
    ends = [words[last].start() if last < len(words) else len(text) for _, last in pieces(len(words))]
    claims = Counter(next(n for n, end in enumerate(ends) if spot < end) for spot in spots)
    return Example(
        hashlib.sha256(text.encode()).hexdigest(),
        rights,
        tuple(stem(m[0]) for m in words),
        tuple(m[0].islower() for m in words),
        tuple(claims[n] for n in range(len(ends))),
    )


def visible(settings: Settings) -> Iterator[tuple[Document, bool]]:
    """The documents that may be looked at, and whether they are news on rights."""
    for folder in FOLDERS:
        manifest = folder / "manifest.csv"
        found = Stories(folder.name, folder, manifest if manifest.is_file() else folder.parent / "manifest.csv")
        for document in on_rights(found, settings):
            if folder.name != "world-stories" or _number(Path(document.source).stem) % 2:
                yield document, True
    for article in load(SET):
        if not is_apart(article.body):
            yield from ((document, True) for document in documents(article, settings))
    for name in OTHER:
        yield from ((document, False) for document in stories_of(SHARED / "training-corpus" / f"{name}.spacy"))


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16)


def stories_of(path: Path) -> Iterator[Document]:
    """The texts of a corpus file in turn, as stories; a text told twice running (with other quotes) only once."""
    texts = (doc.text.strip().replace("\n", " ") for doc in corpus.documents(path))
    lines: list[str] = []
    for _, same in groupby(texts, lambda text: re.sub(r"\W", "", text.lower())):
        lines.append(next(same))
        if sum(len(line.split()) for line in lines) >= LENGTH:
            yield story(lines)
            lines = []


def story(lines: Sequence[str]) -> Document:
    """A document of these paragraphs."""
    text, blocks = "\n".join(lines), []
    for line in lines:
        at = blocks[-1].end + 1 if blocks else 0
        blocks.append(Block(BlockKind.STORY, at, at + len(line)))
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document(
        id=document_id(sha, 1), source="corpus", part=1, sha256=sha, text=text, blocks=tuple(blocks), language="en"
    )


@dataclass(frozen=True, slots=True)
class Sparse:
    """Which stems each piece has: `columns` one after another, `rows` the piece of each."""

    columns: NDArray[np.int64]
    rows: NDArray[np.int64]
    count: int

    def dot(self, weights: Vector) -> Vector:
        """The sum of each piece's weights."""
        return np.bincount(self.rows, weights[self.columns], self.count)

    def back(self, errors: Vector, width: int) -> Vector:
        """The sum of the errors of the pieces that have each stem."""
        return np.bincount(self.columns, errors[self.rows], width)


def sparse(several: Iterable[set[str]], names: dict[str, int]) -> Sparse:
    """The pieces by the stems that have a number."""
    each = [sorted(names[s] for s in stems if s in names) for stems in several]
    rows = np.repeat(np.arange(len(each)), [len(columns) for columns in each])
    return Sparse(np.array([c for columns in each for c in columns], np.int64), rows, len(each))


def vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    """The stems of at least `RAREST` stories, numbered; none of names, so that no story is read or left for whom or
    which country it tells of: words that are mostly written small."""
    seen = Counter(s for e in examples for s in {*e.stems})
    small: Counter[str] = Counter()
    for e in examples:
        for s, is_small in zip(e.stems, e.small, strict=True):
            small[s] += 1 if is_small else -1
    return {s: n for n, s in enumerate(sorted(s for s, n in seen.items() if n >= RAREST and small[s] > 0))}


def fit(examples: Sequence[Example]) -> tuple[dict[str, float], float]:
    """Weights of the stems, and the bias (Adam: Kingma and Ba 2015)."""
    names = vocabulary(examples)
    kept = [(p, n) for e in examples for p, n in zip(e.pieces, e.claims, strict=True) if e.rights or not n]
    x = sparse([p for p, _ in kept], names)
    y = np.array([n > 0 for _, n in kept], float)
    w = np.zeros(len(names) + 1)
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        errors = 1 / (1 + np.exp(-(x.dot(w[:-1]) + w[-1]))) - y
        gradient = np.append(x.back(errors, len(names)) / len(y) + PENALTY * w[:-1], errors.mean())
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return {s: float(w[n]) for s, n in names.items()}, float(w[-1])


def promises(examples: Sequence[Example], weights: dict[str, float], bias: float) -> list[float]:
    """What each story promises; 1 where it is read in any case, for being short or for one sure piece."""
    skimmer = Skimmer(weights, bias, 0.0)
    each = [skimmer.chances(e.stems) for e in examples]
    return [1.0 if len(e.stems) < SHORT or max(c) >= SURE else promise(c) for e, c in zip(examples, each, strict=True)]


def crossed(examples: Sequence[Example]) -> list[float]:
    """What each story promises by weights fitted without it and its fold."""
    out = [0.0] * len(examples)
    for fold in range(FOLDS):
        weights = fit([e for e in examples if e.fold != fold])
        held = [n for n, e in enumerate(examples) if e.fold == fold]
        for n, value in zip(held, promises([examples[n] for n in held], *weights), strict=True):
            out[n] = value
    return out


def bound(examples: Sequence[Example], values: Sequence[float], lost: float) -> float:
    """The highest promise to ask for that closes stories with at most that share of the claims on rights."""
    own = sorted((v, sum(e.claims)) for e, v in zip(examples, values, strict=True) if e.rights)
    left = lost * sum(n for _, n in own)
    for value, claims in own:
        left -= claims
        if left < 0:
            return value
    return 1.0


def write(weights: dict[str, float], bias: float, opens: float, examples: Sequence[Example]) -> None:
    """The weights as a data file with where they come from."""
    rights = sum(e.rights for e in examples)
    head = [
        f"# Which stories are worth reading: the log-odds that a stem (a word's first {STEM} letters) adds to the",
        "# chance of a piece of a story to hold a claim, and the promise (*opens) from which a story is read.",
        "# Written by `python -m training.skim`; not to be edited. Fitted to where the reader finds claims in",
        f"# {rights} stories on rights (seeds, examples, visible parts of world-stories and HRDsAttack) and in",
        f"# {len(examples) - rights} of other English (the training corpus).",
        "stem\tweight",
    ]
    # The bound is cut off, not rounded, so that the story it was taken from stays open.
    rows = {"*bias": f"{bias:.4f}", "*opens": f"{int(opens * 1000) / 1000:.3f}"}
    rows |= {name: f"{value:.3f}" for name, value in sorted(weights.items())}
    TARGET.write_text("\n".join([*head, *(f"{n}\t{v}" for n, v in rows.items())]) + "\n", encoding="utf-8")


def main() -> None:
    """Reads, fits, chooses, writes, and prints what the bound does with stories not fitted to."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lost", type=float, default=LOST, help="share of the claims on rights that may be lost")
    options.add_argument("--jobs", type=int, default=JOBS, help="processes that read")
    given = options.parse_args()
    with Pool(given.jobs) as pool:
        examples = pool.starmap(_example, visible(Settings()), chunksize=8)
    values = crossed(examples)
    opens = bound(examples, values, given.lost)
    for rights in (True, False):
        of = [(e, v) for e, v in zip(examples, values, strict=True) if e.rights is rights]
        read = [e for e, v in of if v >= opens]
        words = sum(len(e.stems) for e in read) / sum(len(e.stems) for e, _ in of)
        claims = sum(sum(e.claims) for e in read) / sum(sum(e.claims) for e, _ in of)
        kind = "on rights" if rights else "other"
        print(f"{kind}: {len(read)} of {len(of)} stories read, {words:.3f} of the words, {claims:.4f} of the claims")
    weights, bias = fit(examples)
    known = [sum(s in weights for s in e.stems) / len(e.stems) for e in examples if e.rights and len(e.stems) >= SHORT]
    print(f"opens at {opens:.3f}; least share of known words in a story on rights {min(known):.2f}")
    write(weights, bias, opens, examples)


def _example(document: Document, rights: bool) -> Example:
    """`example` with this process's reader, whose model is loaded once."""
    return example(document, rights, _reader())


@cache
def _reader() -> FrameReader:
    return load_reader(Settings(gate=0))


if __name__ == "__main__":
    main()
