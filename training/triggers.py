"""Trains the trigger head: `python -m training.triggers` writes `triggers.npz` beside the bundled model's other files.

For each word of a text, how much it looks like the word of an event of each of the codebook's kinds. What is given is
only which kinds a sentence holds, so a sentence's chance is the noisy-or of its words' (log-sum-exp of their scores;
multiple-instance learning), and which word it is the head finds by itself. The encoder is left as it is: the head reads
the vectors that names and trees are read from.

Learned from
- silver: what the frames claim in the articles of HRDsAttack that are not set apart (`bench.hrdsattack`), and in texts
  of the training corpus, most of which hold nothing;
- gold: the stories of `gold-world` whose name's SHA-256 is odd. The even half is the measure and is never read here.
  Besides, all annotated stories of each folder given by `--stories` (`gold/`, `stories/`, `manifest.csv` in it).

The bundled head: `--stories A --stories B --every 4 --ordinary 900`, where A and B hold 20 annotated news stories each,
whose texts are their publishers' and no part of the project. With every article and text instead, and no such stories,
claims' F1 is 0.006 lower on stories that neither head has seen.

Source: Ilse, Tomczak and Welling 2018, "Attention-based Deep Multiple Instance Learning"; the pooling is close to the
noisy-or of Zhang, Platt and Viola 2005, "Multiple Instance Boosting for Object Detection".
"""

from __future__ import annotations

import argparse
import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import nn

from bench import hrdsattack
from bench.heldout import is_apart
from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.manifest import load_manifest, row_for
from khronika.capture.stories import split
from khronika.evaluate.gold import load_gold
from khronika.evaluate.sides import Annotation
from khronika.evaluate.values import same_passage
from khronika.facts.codebook import codebook
from khronika.facts.documents import Block, BlockKind, Document
from khronika.read.encoder import EncoderPipeline
from khronika.read.pipelines import BUNDLED
from khronika.read.reader import FrameReader, load_reader, masked
from khronika.settings import Settings
from training.corpus import documents

SHARED = Path(__file__).resolve().parents[2] / "shared"
TARGET = BUNDLED / "triggers.npz"
HIDDEN = 192
EPOCHS = 5
RATE = 2e-3
GOLD_TIMES = 4
"""How often a sentence of the gold is seen for one of silver."""
SHORTEST = 3
ORDINARY = 3000
"""Texts of the training corpus that take part."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence: its word vectors, n × 384, and which kinds it holds, K × 0 or 1."""

    vectors: NDArray[np.float16]
    kinds: NDArray[np.float32]


def examples(
    document: Document, reader: FrameReader, kinds: Sequence[str], told: Callable[[int, int], set[str]]
) -> Iterator[Example]:
    """The sentences of a story. `told`: the kinds of what stands between two code points."""
    pipeline = reader.pipeline
    assert isinstance(pipeline, EncoderPipeline)
    for sentence, vectors in pipeline.sentence_vectors(masked(document)):
        if len(sentence) >= SHORTEST:
            held = told(sentence.start, sentence.end)
            yield Example(vectors, np.array([kind in held for kind in kinds], np.float32))


def silver(document: Document, reader: FrameReader, kinds: Sequence[str]) -> Iterator[Example]:
    """A story's sentences by what the frames claim there."""
    claims = reader.read(document).claims
    yield from examples(document, reader, kinds, lambda a, b: {c.type for c in claims if a <= c.start < b})


def articles(every: int = 1, ordinary: int = ORDINARY) -> Iterator[Document]:
    """The articles of HRDsAttack that are not set apart, and ordinary texts: those that names are learned from.

    `every`: only each so-manieth article; `ordinary`: how many ordinary texts.
    """
    settings = Settings()
    kept = (a for a in hrdsattack.load(hrdsattack.SET) if not is_apart(a.body))
    yield from islice((d for a in kept for d in hrdsattack.documents(a, settings)), 0, None, every)
    texts = [doc.text for doc in documents(SHARED / "data" / "training-corpus" / "ner_gold_train.spacy")]
    for number in random.Random(0).sample(range(len(texts)), min(ordinary, len(texts))):
        text = texts[number]
        block = Block(BlockKind.STORY, 0, len(text))
        name = f"ordinary-{number}"
        yield Document(id=name, source=name, part=1, sha256=name, text=text, blocks=(block,), language="en")


def world(reader: FrameReader, kinds: Sequence[str]) -> Iterator[Example]:
    """The sentences of the half of gold-world that may be looked at, by its gold."""
    folder = SHARED / "data" / "world-stories"
    yield from annotated(SHARED / "gold-world", folder, folder / "manifest.csv", reader, kinds, seen=_odd)


def _odd(name: str) -> bool:
    """Whether a story of gold-world may be looked at."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 1


def annotated(
    gold_folder: Path,
    folder: Path,
    manifest: Path,
    reader: FrameReader,
    kinds: Sequence[str],
    seen: Callable[[str], bool] = lambda name: True,
) -> Iterator[Example]:
    """The sentences of a folder of annotated stories, by its gold. `seen`: which stories' names may be read."""
    gold = load_gold(gold_folder)
    rows, _ = load_manifest(manifest)
    of = {a.story[0]: [b for b in gold.annotations if b.story[0] == a.story[0]] for a in gold.annotations}
    for found in find_files([folder], manifest):
        if not isinstance(found, FoundFile) or not (given := of.get(Path(found.source).name)):
            continue
        name = given[0].claim.document or Path(found.source).stem
        if not seen(name):
            continue
        captured = capture_file(found, Settings(), "2026-01-01T00:00:00Z")
        for story in split(captured, row_for(rows, found.source), Settings()):
            text = masked(story)

            def told(a: int, b: int, text: str = text, given: list[Annotation] = given) -> set[str]:
                return {g.claim.type for g in given if same_passage(g.claim.quote, text[a:b])}

            yield from examples(story, reader, kinds, told)


def train(several: list[Example], seed: int) -> nn.Sequential:
    """The head, fitted by AdamW with a linearly falling rate, 64 sentences a step."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    size = len(several[0].kinds)
    head = nn.Sequential(
        nn.Dropout(0.2), nn.Linear(384, HIDDEN), nn.GELU(approximate="tanh"), nn.Dropout(0.2), nn.Linear(HIDDEN, size)
    )
    last = head[-1]
    assert isinstance(last, nn.Linear)
    nn.init.constant_(last.bias, -5.0)  # most words are of no event
    optimizer = torch.optim.AdamW(head.parameters(), RATE, weight_decay=0.05)
    steps = EPOCHS * (-(-len(several) // 64))
    done = 0
    for _ in range(EPOCHS):
        order.shuffle(several)
        for at in range(0, len(several), 64):
            batch = several[at : at + 64]
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - done / steps) + 1e-5
            words = torch.from_numpy(np.concatenate([e.vectors for e in batch]).astype(np.float32))
            parts = head(words).split([len(e.vectors) for e in batch])
            found = torch.stack([part.logsumexp(0) for part in parts])
            wanted = torch.from_numpy(np.stack([e.kinds for e in batch]))
            loss = F.binary_cross_entropy_with_logits(found, wanted)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            done += 1
    return head.eval()


def write(head: nn.Sequential, kinds: Sequence[str], target: Path) -> None:
    """Writes the head as `khronika.read.hunches` loads it, in half precision."""
    first, last = head[1], head[-1]
    assert isinstance(first, nn.Linear)
    assert isinstance(last, nn.Linear)
    arrays = {
        "w1": first.weight.T,
        "b1": first.bias,
        "w2": last.weight.T,
        "b2": last.bias,
    }
    half = {name: value.detach().numpy().astype(np.float16) for name, value in arrays.items()}
    np.savez(target, kinds=np.array(kinds), **half)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--stories", type=Path, action="append", default=[], help="a folder of annotated stories")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth article of the silver")
    parser.add_argument("--ordinary", type=int, default=ORDINARY, help="how many ordinary texts")
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    kinds = sorted(codebook().kinds)
    reader = load_reader(Settings(gate=0))
    reader = replace(reader, lexicon=replace(reader.lexicon, by_hunch={}))  # silver is what the frames' own words say
    gold = list(world(reader, kinds))
    for more in given.stories:
        gold += annotated(more / "gold", more / "stories", more / "manifest.csv", reader, kinds)
    made = [e for document in articles(given.every, given.ordinary) for e in silver(document, reader, kinds)]
    print(f"{len(gold)} of gold, {len(made)} of silver, {sum(bool(e.kinds.any()) for e in made)} with a claim")
    write(train(made + gold * GOLD_TIMES, given.seed), kinds, given.target)


if __name__ == "__main__":
    main()
