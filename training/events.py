"""Trains the layers and the head that see events: `python -m training.events` writes `events.onnx` and `triggers.npz`
beside the bundled model's other files; 17 minutes on a busy machine of two cores.

For each word of a text, how much it looks like the word of an event of each of the codebook's kinds. The encoder is
left as it is up to its middle (the fourth of six layers), where names and trees go their way; the last two layers are
copied and go on learning, for events alone (docs/decisions/0012: what that gains).

A sentence's chance of a kind is the noisy-or of its words' (log-sum-exp of their scores; multiple-instance learning).
Where the annotation marks the word, or one frame's claim of that kind does, the word is also learned.

Learned from
- the stories of `annotated.tsv` for use "train" (news on rights), and those of `gold-world` whose name's SHA-256 is
  odd. The even half is a measure and never read here;
- ordinary texts of the training corpus, as sentences that hold nothing.

Printed at the end: scores on the stories for use "check" and "measure", which take no part.

Source: Ilse, Tomczak and Welling 2018, "Attention-based Deep Multiple Instance Learning"; the pooling is close to the
noisy-or of Zhang, Platt and Viola 2005, "Multiple Instance Boosting for Object Detection".
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.manifest import load_manifest, row_for
from khronika.capture.stories import split
from khronika.evaluate.gold import load_gold
from khronika.evaluate.values import same_passage
from khronika.facts.codebook import codebook
from khronika.facts.documents import Block, BlockKind, Document
from khronika.read.casing import parse_cased
from khronika.read.encoder import EncoderPipeline
from khronika.read.parse import Parse, Sentence
from khronika.read.pipelines import BUNDLED
from khronika.read.reader import FrameReader, load_reader, masked
from khronika.settings import Settings
from training import annotation, export
from training.corpus import documents
from training.network import WIDTH, EventLayers

SHARED = Path(__file__).resolve().parents[2] / "shared"
PIECES = 1200
"""Wordpieces a step, padding included."""
EPOCHS = 8
SLOW, FAST = 1e-4, 1e-3
"""Highest rate of the copied layers and of the new head."""
WARM = 0.06
SHORTEST = 3
"""Words of the shortest sentence that is learned from."""
ORDINARY = 900
POINT = 0.6
"""What it costs to name another word than the marked one, beside what it costs to miss the kind."""
ASIDE = -30.0
"""Score of a word that is none of the sentence's."""


@dataclass(slots=True)
class Told:
    """A sentence: its words in the window, first and last (exclusive); its kinds, each with the words that tell it."""

    first: int
    last: int
    kinds: dict[int, set[int]]


@dataclass(slots=True)
class Window:
    """A window of a text: the middle states of its wordpieces (T × 384), its words' first pieces, its sentences."""

    middle: NDArray[np.float16]
    first: list[int]
    sentences: list[Told]
    use: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """What somebody finds in a passage of a text: a kind, and the place of the word, if it is known."""

    kind: str
    word: int | None


def windows(document: Document, reader: FrameReader, use: str, claimed: list[tuple[Sentence, Claimed]]) -> list[Window]:
    """A story's windows, each with what is claimed in its sentences."""
    pipeline = reader.pipeline
    assert isinstance(pipeline, EncoderPipeline)
    kinds = {kind: n for n, kind in enumerate(sorted(codebook().kinds))}
    parse = _parse(document, reader)
    found: dict[int, dict[int, set[int]]] = {}
    for sentence, claim in claimed:
        told = found.setdefault(sentence.first, {}).setdefault(kinds[claim.kind], set())
        if claim.word is not None:
            told.add(claim.word)
    out: list[Window] = []
    at = 0
    for encoded, middle in pipeline.middles(masked(document)):
        last = at + len(encoded.first)
        held = [s for s in parse.sentences if at <= s.first and s.last <= last and len(s) >= SHORTEST]
        told = [
            Told(s.first - at, s.last - at, {k: {w - at for w in ws} for k, ws in found.get(s.first, {}).items()})
            for s in held
        ]
        if told:
            out.append(Window(middle.astype(np.float16), encoded.first, told, use))
        at = last
    return out


def _parse(document: Document, reader: FrameReader) -> Parse:
    return parse_cased(masked(document), reader.pipeline, reader.atlas.country_of)


def by_hand(shared: Path, reader: FrameReader) -> Iterator[Window]:
    """The windows of `annotated.tsv`."""
    lost = 0
    for story in annotation.load(shared):
        parse = _parse(story.document, reader)
        starts = [s.start for s in parse.sentences]
        framed = _framed(story.document, parse, reader)
        claimed = []
        for label in story.labels:
            spot = label.word[0] if label.word else label.start
            n = bisect_right(starts, spot) - 1
            if n < 0 or parse.sentences[n].end <= spot:
                lost += 1
                continue
            sentence = parse.sentences[n]
            word = _head(parse, sentence, *label.word) if label.word else framed.get((sentence.first, label.kind))
            claimed.append((sentence, Claimed(label.kind, word)))
        yield from windows(story.document, reader, story.use, claimed)
    print(f"{lost} labels without their sentence")


def _head(parse: Parse, sentence: Sentence, start: int, end: int) -> int | None:
    """The word of a marked phrase that tells the event: the highest in the tree, a verb, noun or adjective if any."""
    inside = [
        i for i in range(sentence.first, sentence.last) if parse.tokens[i].start < end and parse.tokens[i].end > start
    ]
    above = {i: sentence.heads[i - sentence.first] for i in inside}
    tops = [i for i in inside if above[i] not in above or above[i] == i]
    content = [i for i in [*tops, *inside] if parse.tokens[i].pos in {"VERB", "NOUN", "ADJ", "PROPN"}]
    return next(iter([*content, *tops]), None)


def _framed(document: Document, parse: Parse, reader: FrameReader) -> dict[tuple[int, str], int]:
    """The word on which the one frame rests that claims a kind in a sentence: {(its first token, kind): token}."""
    at = {t.start: t.i for t in parse.tokens}
    starts = [s.first for s in parse.sentences]
    found: dict[tuple[int, str], set[int]] = {}
    for claim in reader.read(document).claims:
        if claim.trigger and claim.trigger[0] in at:
            word = at[claim.trigger[0]]
            found.setdefault((starts[bisect_right(starts, word) - 1], claim.type), set()).add(word)
    return {key: next(iter(words)) for key, words in found.items() if len(words) == 1}


def world(shared: Path, reader: FrameReader) -> Iterator[Window]:
    """The windows of the half of gold-world that may be looked at."""
    folder = shared / "data" / "world-stories"
    gold = load_gold(shared / "gold-world")
    rows, _ = load_manifest(folder / "manifest.csv")
    for found in find_files([folder], folder / "manifest.csv"):
        if not isinstance(found, FoundFile):
            continue
        given = [a.claim for a in gold.annotations if a.story[0] == Path(found.source).name]
        if not given or int(hashlib.sha256((given[0].document or "").encode()).hexdigest(), 16) % 2 == 0:
            continue
        captured = capture_file(found, Settings(), "2026-01-01T00:00:00Z")
        for story in split(captured, row_for(rows, found.source), Settings()):
            parse = _parse(story, reader)
            framed = _framed(story, parse, reader)
            claimed = [
                (s, Claimed(c.type, framed.get((s.first, c.type))))
                for s in parse.sentences
                for c in given
                if same_passage(c.quote, parse.text[s.start : s.end])
            ]
            yield from windows(story, reader, "train", claimed)


def ordinary(shared: Path, reader: FrameReader) -> Iterator[Window]:
    """Windows of texts that names are learned from: nothing is claimed there."""
    texts = [doc.text for doc in documents(shared / "data" / "training-corpus" / "ner_gold_train.spacy")]
    for number in random.Random(0).sample(range(len(texts)), min(ORDINARY, len(texts))):
        text, name = texts[number], f"ordinary-{number}"
        block = Block(BlockKind.STORY, 0, len(text))
        document = Document(id=name, source=name, part=1, sha256=name, text=text, blocks=(block,), language="en")
        yield from windows(document, reader, "train", [])


def batches(several: Sequence[Window], draw: random.Random | None, size: int = PIECES) -> list[list[Window]]:
    """Windows of like length together; in another order each time, if `draw` is given."""
    order = sorted(several, key=lambda w: len(w.middle) * (draw.uniform(0.8, 1.2) if draw else 1))
    out: list[list[Window]] = []
    batch: list[Window] = []
    for window in order:
        if batch and max(len(w.middle) for w in [*batch, window]) * (len(batch) + 1) > size:
            out.append(batch)
            batch = []
        batch.append(window)
    out.append(batch)
    if draw:
        draw.shuffle(out)
    return out


def scores(layers: EventLayers, batch: Sequence[Window]) -> tuple[Tensor, list[Told]]:
    """S sentences × L words × K kinds, words past a sentence's end at `ASIDE`; and the sentences."""
    pieces, words = max(len(w.middle) for w in batch), max(len(w.first) for w in batch)
    middle = torch.zeros(len(batch), pieces, WIDTH)
    mask = torch.zeros(len(batch), pieces)
    first = torch.zeros(len(batch), words, dtype=torch.long)
    for row, window in enumerate(batch):
        n = len(window.middle)
        middle[row, :n] = torch.from_numpy(window.middle.astype(np.float32))
        mask[row, :n] = 1
        first[row, : len(window.first)] = torch.tensor(window.first)
    told = [(row, t) for row, window in enumerate(batch) for t in window.sentences]
    longest = max(t.last - t.first for _, t in told)
    index = torch.zeros(len(told), longest, dtype=torch.long)
    aside = torch.full((len(told), longest, 1), ASIDE)
    for n, (row, t) in enumerate(told):
        index[n, : t.last - t.first] = torch.arange(row * words + t.first, row * words + t.last)
        aside[n, : t.last - t.first] = 0
    with torch.autocast("cpu", torch.bfloat16, enabled=layers.training):
        vectors = layers.vectors(middle, mask, first).float()
    found = layers.head(vectors.reshape(-1, WIDTH)[index.reshape(-1)]).view(len(told), longest, -1)
    return found + aside, [t for _, t in told]


def loss_of(layers: EventLayers, batch: Sequence[Window]) -> Tensor:
    """Binary cross-entropy of each sentence's kinds; and of which word tells it, where that is known."""
    found, told = scores(layers, batch)
    wanted = torch.zeros(len(told), found.shape[2])
    marked = []
    for n, sentence in enumerate(told):
        for kind, words in sentence.kinds.items():
            wanted[n, kind] = 1
            if words:
                marked.append((n, kind, [w - sentence.first for w in words]))
    loss = F.binary_cross_entropy_with_logits(found.logsumexp(1), wanted) * found.shape[2] / 4
    if marked:
        column = torch.stack([found[n, :, kind] for n, kind, _ in marked])
        right = torch.full(column.shape, ASIDE)
        for n, (_, _, words) in enumerate(marked):
            right[n, words] = 0
        loss = loss + POINT * (column.logsumexp(1) - (column + right).logsumexp(1)).sum() / len(told)
    return loss


def train(layers: EventLayers, several: list[Window], epochs: int, seed: int) -> None:
    """Fits by AdamW with a short rise of the rates and a linear fall; gradients clipped at 1."""
    draw = random.Random(seed)
    new = [p for name, p in layers.named_parameters() if not name.startswith("layers")]
    groups = [{"params": [*layers.layers.parameters()], "most": SLOW}, {"params": new, "most": FAST}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.03, fused=True)
    steps, done, began = epochs * len(batches(several, None)), 0, time.monotonic()
    for epoch in range(epochs):
        layers.train()
        total = 0.0
        for batch in batches(several, draw):
            rate = min(1.0, done / (WARM * steps)) * max(0.0, 1 - done / steps) + 1e-3
            for group in optimizer.param_groups:
                group["lr"] = group["most"] * rate
            loss = loss_of(layers, batch)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(layers.parameters(), 1.0)
            optimizer.step()
            total += float(loss.detach())
            done += 1
        print(f"epoch {epoch + 1}: loss {total:.1f}, {time.monotonic() - began:.0f} s", flush=True)
    layers.eval()


@torch.inference_mode()
def measure(layers: EventLayers, several: Sequence[Window], title: str) -> None:
    """Prints precision, recall and F1 of the sentences' kinds at several bounds, and how often the marked word is
    named."""
    chances, truth, pointed = [], [], []
    for batch in batches(several, None):
        found, told = scores(layers, batch)
        chances.append(found.logsumexp(1).sigmoid())
        wanted = torch.zeros(len(told), found.shape[2])
        for n, sentence in enumerate(told):
            for kind, words in sentence.kinds.items():
                wanted[n, kind] = 1
                if words:
                    pointed.append(int(found[n, :, kind].argmax()) + sentence.first in words)
        truth.append(wanted)
    p, y = torch.cat(chances), torch.cat(truth) > 0
    for bound in (0.3, 0.4, 0.5, 0.6, 0.7):
        made = p >= bound
        right, found_, wanted_ = int((made & y).sum()), int(made.sum()), int(y.sum())
        shares = right / max(1, found_), right / wanted_, 2 * right / (found_ + wanted_)
        print(f"{title}, from {bound}: precision {shares[0]:.3f}, recall {shares[1]:.3f}, F1 {shares[2]:.3f}")
    print(f"{title}: the marked word is the strongest in {sum(pointed) / len(pointed):.3f}")


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=SHARED, help="the project's companion folder")
    parser.add_argument("--target", type=Path, default=BUNDLED, help="the model's folder")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    torch.manual_seed(given.seed)
    export.with_middle(BUNDLED / "encoder.onnx", given.target / "encoder.onnx")
    reader = load_reader(Settings(gate=0))
    reader = replace(reader, lexicon=replace(reader.lexicon, by_hunch={}))  # the frames' own words alone
    told = [*by_hand(given.shared, reader), *world(given.shared, reader), *ordinary(given.shared, reader)]
    layers = EventLayers(len(codebook().kinds))
    export.copy_layers(given.target / "encoder.onnx", layers)
    learned = [w for w in told if w.use == "train"]
    print(f"{len(learned)} windows, {sum(bool(s.kinds) for w in learned for s in w.sentences)} sentences with a claim")
    train(layers, learned, given.epochs, given.seed)
    for use in annotation.USES[1:]:
        measure(layers, [w for w in told if w.use == use], use)
    export.events(layers, sorted(codebook().kinds), given.target)


if __name__ == "__main__":
    main()
