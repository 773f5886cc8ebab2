"""Fits the network: shuffled steps of name batches and tree batches, resumable, with a running mean of the weights.

The recipe: AdamW, encoder 1.5e-4, heads and case shapes 1e-3, 6 % warm-up, linear decay, 1,200 padded wordpieces a
step, bf16, gradients clipped at 1. What is kept is the running mean of the weights (decay 0.998), so that a model
exported before the end is usable too.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import torch
import torch.nn.functional as F
from torch import Tensor

from khronika.read.pieces import NEUTRAL, Encoded, Pieces
from training.corpus import IGNORED, NamedText, ParsedText
from training.network import Labels, Network, dropout

_PIECES_A_STEP = 1200
_LONGEST = 510
_DECAY = 0.998


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long to train: passes over the name texts and over the trees, the seed, threads, steps between saves."""

    ner_epochs: float = 2.0
    parse_epochs: float = 7.0
    seed: int = 0
    threads: int = 2
    save_every: int = 200


@dataclass(frozen=True, slots=True)
class Named:
    """A name text ready for a batch."""

    pieces: Encoded
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A tree text ready for a batch: indices into the label sets."""

    pieces: Encoded
    heads: tuple[int, ...]
    deps: tuple[int, ...]
    pos: tuple[int, ...]
    tags: tuple[int, ...]
    starts: tuple[bool, ...]


_Item = TypeVar("_Item", Named, Parsed)


def ready_named(texts: Sequence[NamedText], pieces: Pieces) -> list[Named]:
    """Name texts as wordpieces; the words past 510 pieces are left out."""
    out = []
    for text in texts:
        n = _fitting(text.words, pieces)
        out.append(Named(pieces.encode(text.words[:n]), text.tags[:n]))
    return out


def ready_parsed(texts: Sequence[ParsedText], pieces: Pieces, labels: Labels) -> list[Parsed]:
    """Tree texts as wordpieces; a text over 510 pieces is left out."""
    dep, pos, tag = ({x: i for i, x in enumerate(known)} for known in (labels.dep, labels.pos, labels.tag))
    return [
        Parsed(
            pieces.encode(text.words),
            text.heads,
            tuple(dep[x] for x in text.deps),
            tuple(pos[x] for x in text.pos),
            tuple(tag[x] for x in text.tags),
            text.starts,
        )
        for text in texts
        if _fitting(text.words, pieces) == len(text.words)
    ]


def _fitting(words: Sequence[str], pieces: Pieces) -> int:
    total = 0
    for n, word in enumerate(words):
        total += len(pieces.word(word)[0])
        if total > _LONGEST:
            return n
    return len(words)


def _plan(items: Sequence[_Item], epochs: float, rng: random.Random) -> list[list[_Item]]:
    """Batches of items of like length for so many passes."""
    out: list[list[_Item]] = []
    while epochs > 0:
        part = list(items) if epochs >= 1 else rng.sample(list(items), int(len(items) * epochs))
        epochs -= 1
        part.sort(key=lambda x: len(x.pieces.ids) * rng.uniform(0.9, 1.1))
        batch: list[_Item] = []
        longest = 0
        for item in part:
            n = len(item.pieces.ids)
            if batch and max(longest, n) * (len(batch) + 1) > _PIECES_A_STEP:
                out.append(batch)
                batch, longest = [], 0
            batch.append(item)
            longest = max(longest, n)
        out.append(batch)
    return out


def _pad(rows: Sequence[Sequence[int]], value: int = 0) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


def _vectors(network: Network, batch: Sequence[Named] | Sequence[Parsed]) -> Tensor:
    pieces = [item.pieces for item in batch]
    return network.vectors(
        _pad([p.ids for p in pieces]),
        _pad([p.shapes for p in pieces], NEUTRAL),
        _pad([[1] * len(p.ids) for p in pieces]),
        _pad([[0, *p.first] for p in pieces]),
    )


def _named_loss(network: Network, batch: Sequence[Named]) -> Tensor:
    w = dropout(_vectors(network, batch)[:, 1:], 0.1, network.training)
    target = _pad([item.tags for item in batch], IGNORED)
    return F.cross_entropy(network.ner(w).float().flatten(0, 1), target.flatten(), ignore_index=IGNORED)


def _parsed_loss(network: Network, batch: Sequence[Parsed]) -> Tensor:
    w = _vectors(network, batch)
    heads = _pad([item.heads for item in batch], IGNORED)
    sizes = torch.tensor([len(item.heads) for item in batch])
    real = heads >= 0
    scores, dependent, head = network.arcs(w)
    scores = scores[:, 1:].float()
    outside = torch.arange(scores.shape[2])[None] > sizes[:, None]
    scores = scores.masked_fill(outside[:, None], -1e4)
    row = torch.arange(len(batch))[:, None].expand_as(heads)[real]
    column = (torch.arange(heads.shape[1])[None].expand_as(heads) + 1)[real]
    relations = network.relations(dependent[row, column], head[row, heads[real]]).float()
    words = w[:, 1:][real]
    starts = torch.tensor([float(x) for item in batch for x in item.starts])
    return (
        F.cross_entropy(scores[real], heads[real])
        + F.cross_entropy(relations, torch.tensor([x for item in batch for x in item.deps]))
        + 0.5 * F.cross_entropy(network.pos(words).float(), torch.tensor([x for item in batch for x in item.pos]))
        + 0.5 * F.cross_entropy(network.tag(words).float(), torch.tensor([x for item in batch for x in item.tags]))
        + 0.5 * F.binary_cross_entropy_with_logits(network.start(words).float().squeeze(-1), starts)
    )


class Fit:
    """A training run: network, optimizer, running mean, and how far it has come."""

    def __init__(self, network: Network, steps: int) -> None:
        self.network, self.steps, self.step = network, steps, 0
        self.trained = {k: p for k, p in network.named_parameters() if p.requires_grad}
        slow = [p for k, p in self.trained.items() if k.startswith("encoder.") and "shapes" not in k]
        fast = [p for k, p in self.trained.items() if not k.startswith("encoder.") or "shapes" in k]
        groups = [{"params": slow, "lr": 1.5e-4, "base": 1.5e-4}, {"params": fast, "lr": 1e-3, "base": 1e-3}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
        self.mean = {k: p.detach().clone() for k, p in self.trained.items()}

    def advance(self, batch: Sequence[Named] | Sequence[Parsed]) -> float:
        """One step; returns the loss."""
        rate = min((self.step + 1) / (0.06 * self.steps), (self.steps - self.step) / (0.94 * self.steps))
        for group in self.optimizer.param_groups:
            group["lr"] = group["base"] * rate
        with torch.autocast("cpu", torch.bfloat16):
            kind = _named_loss if isinstance(batch[0], Named) else _parsed_loss
            loss = kind(self.network, batch)  # type: ignore[operator]
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(self.trained.values()), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step += 1
        decay = min(_DECAY, self.step / (self.step + 10))
        with torch.no_grad():
            for k, p in self.trained.items():
                self.mean[k].lerp_(p, 1 - decay)
        return float(loss.detach())

    def save(self, path: Path) -> None:
        """Write a checkpoint, all or nothing."""
        state = {
            "step": self.step,
            "network": self.network.state_dict(),
            "mean": self.mean,
            "optimizer": self.optimizer.state_dict(),
            "random": torch.get_rng_state(),
            "labels": asdict(self.network.labels),
        }
        part = path.with_suffix(".part")
        torch.save(state, part)
        part.replace(path)

    def load(self, path: Path) -> None:
        """Go on from a checkpoint."""
        state = torch.load(path, map_location="cpu", weights_only=False)
        self.step = state["step"]
        self.network.load_state_dict(state["network"])
        self.mean = state["mean"]
        self.optimizer.load_state_dict(state["optimizer"])
        torch.set_rng_state(state["random"])


def fit(
    network: Network, named: Sequence[Named], parsed: Sequence[Parsed], schedule: Schedule, checkpoint: Path
) -> None:
    """Train, or go on training from `checkpoint`, and leave the end state there.

    Args:
        network: with the base weights loaded.
        named, parsed: the training texts.
        schedule: passes, seed, threads.
        checkpoint: file to go on from and to write to every `schedule.save_every` steps.
    """
    torch.set_num_threads(schedule.threads)
    rng = random.Random(schedule.seed)
    todo: list[list[Named] | list[Parsed]] = []
    todo += _plan(named, schedule.ner_epochs, rng)
    todo += _plan(parsed, schedule.parse_epochs, rng)
    rng.shuffle(todo)
    run = Fit(network, len(todo))
    if checkpoint.exists():
        run.load(checkpoint)
    network.train()
    began, from_step, means = time.monotonic(), run.step, {Named: 0.0, Parsed: 0.0}
    while run.step < run.steps:
        batch = todo[run.step]
        kind = type(batch[0])
        loss = run.advance(batch)
        means[kind] = 0.97 * means[kind] + 0.03 * loss if means[kind] else loss
        if run.step % 50 == 0 or run.step == run.steps:
            left = (time.monotonic() - began) / (run.step - from_step) * (run.steps - run.step) / 60
            print(
                f"step {run.step}/{run.steps} names {means[Named]:.4f} trees {means[Parsed]:.4f} {left:.1f} min left",
                flush=True,
            )
        if run.step % schedule.save_every == 0 or run.step == run.steps:
            run.save(checkpoint)


def mean_weights(network: Network, checkpoint: Path) -> None:
    """Give the network the running mean of a checkpoint, ready to export."""
    state = torch.load(checkpoint, map_location="cpu", weights_only=False)
    network.load_state_dict({**state["network"], **state["mean"]})
    network.eval()
