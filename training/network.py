"""The network: the base encoder with case shapes, and joint heads for names, sentence starts, tags and trees.

A word is the vector of its first wordpiece. Arcs and their labels are scored by biaffine attention
(Dozat and Manning 2017, "Deep Biaffine Attention for Neural Dependency Parsing"), the [CLS] mark being the root.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from khronika.read.pieces import SHAPES

WIDTH = 384
ARC, REL = 256, 128
DROPOUT = 0.1
MIDDLE = 4
"""Layers that all heads share; behind them names and trees go one way, events another."""
HIDDEN = 256
"""Width of the hidden layer of the events' head."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The closed label sets, in the order of the heads' outputs."""

    ner: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]


def dropout(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout with its chances in 256ths, drawn eight at a time: several times faster on a CPU than torch's own."""
    if not training:
        return x
    n = x.numel()
    chances = torch.empty((n + 7) // 8, dtype=torch.int64).random_(-(2**63), None).view(torch.uint8)[:n]
    dropped = round(rate * 256)
    return x * (chances >= dropped).view(x.shape) * (256 / (256 - dropped))


class Layer(nn.Module):
    """One transformer layer of the base model (post-norm, 12 heads, feed-forward 1536)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.o, self.ln1 = (
            nn.Linear(WIDTH, 3 * WIDTH),
            nn.Linear(WIDTH, WIDTH),
            nn.LayerNorm(WIDTH, eps=1e-12),
        )
        self.i, self.f, self.ln2 = nn.Linear(WIDTH, 1536), nn.Linear(1536, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """B × T × 384 → the same; `bias` (B × 1 × 1 × T) is large and negative at padding."""
        b, t, d = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, 12, d // 12).permute(2, 0, 3, 1, 4).unbind(0)
        a = (q @ k.transpose(-1, -2) * (d // 12) ** -0.5 + bias).softmax(-1).to(v.dtype) @ v
        a = self.o(a.transpose(1, 2).reshape(b, t, d))
        x = self.ln1(x + dropout(a, DROPOUT, self.training))
        return self.ln2(x + dropout(self.f(F.gelu(self.i(x))), DROPOUT, self.training))


class Encoder(nn.Module):
    """Wordpieces and case shapes → vectors, B × T × 384."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.kind, self.shapes = nn.Parameter(torch.zeros(WIDTH)), nn.Embedding(2 * SHAPES, WIDTH)
        nn.init.zeros_(self.shapes.weight)
        self.ln = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(6))

    def load_base(self, path: Path) -> None:
        """Take the base model's weights; the word embeddings stay frozen."""
        w = {k.removeprefix("bert."): v.float() for k, v in load_file(str(path)).items()}
        target = {
            "words.weight": w["embeddings.word_embeddings.weight"],
            "positions.weight": w["embeddings.position_embeddings.weight"],
            "kind": w["embeddings.token_type_embeddings.weight"][0],
            "shapes.weight": torch.zeros(2 * SHAPES, WIDTH),
        }
        for end in ("weight", "bias"):
            target[f"ln.{end}"] = w[f"embeddings.LayerNorm.{end}"]
            for n in range(6):
                at, to = f"encoder.layer.{n}.", f"layers.{n}."
                target[f"{to}qkv.{end}"] = torch.cat(
                    [w[f"{at}attention.self.{x}.{end}"] for x in ("query", "key", "value")]
                )
                target[f"{to}o.{end}"] = w[f"{at}attention.output.dense.{end}"]
                target[f"{to}ln1.{end}"] = w[f"{at}attention.output.LayerNorm.{end}"]
                target[f"{to}i.{end}"] = w[f"{at}intermediate.dense.{end}"]
                target[f"{to}f.{end}"] = w[f"{at}output.dense.{end}"]
                target[f"{to}ln2.{end}"] = w[f"{at}output.LayerNorm.{end}"]
        self.load_state_dict(target)
        self.words.weight.requires_grad_(False)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Each B × T: wordpiece ids, case shapes, 1 for a piece and 0 for padding."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind + self.shapes(shapes)
        x = dropout(self.ln(x), DROPOUT, self.training)
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels
        self.encoder = Encoder()
        self.ner, self.start = nn.Linear(WIDTH, len(labels.ner)), nn.Linear(WIDTH, 1)
        self.pos, self.tag = nn.Linear(WIDTH, len(labels.pos)), nn.Linear(WIDTH, len(labels.tag))
        self.mlp = nn.Linear(WIDTH, 2 * ARC + 2 * REL)
        self.arc, self.arc_bias = nn.Parameter(torch.randn(ARC, ARC) * 0.02), nn.Parameter(torch.zeros(ARC))
        self.rel = nn.Parameter(torch.randn(len(labels.dep), REL + 1, REL + 1) * 0.02)

    def vectors(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Word vectors B × (1 + W) × 384, position 0 the [CLS] mark; `first` (B × (1 + W)) starts with 0."""
        x = self.encoder(ids, shapes, mask)
        return x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))

    def arcs(self, w: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores B × (1 + W dependents) × (1 + W heads), and the vectors that label an arc's two ends."""
        h = dropout(w, 0.2, self.training)
        h = dropout(F.leaky_relu(self.mlp(h), 0.1), 0.3, self.training)
        dependent, head, rel_dependent, rel_head = h.split((ARC, ARC, REL, REL), -1)
        scores = dependent @ self.arc @ head.transpose(1, 2) * (4 / math.sqrt(ARC)) + (head @ self.arc_bias)[:, None, :]
        return scores, rel_dependent, rel_head

    def relations(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Label scores N × L of N arcs, from their ends' vectors (N × 128 each)."""
        one = torch.ones_like(dependent[..., :1])
        dependent, head = torch.cat([dependent, one], -1), torch.cat([head, one], -1)
        t = (dependent @ self.rel.permute(1, 0, 2).reshape(REL + 1, -1)).view(-1, len(self.labels.dep), REL + 1)
        return (t * head[:, None, :]).sum(-1)


class EventLayers(nn.Module):
    """Layers of their own from the encoder's middle on, and a head: how much a word looks like an event's, by kind."""

    def __init__(self, kinds: int) -> None:
        """Args: kinds: how many."""
        super().__init__()
        self.layers = nn.ModuleList(Layer() for _ in range(6 - MIDDLE))
        self.head = nn.Sequential(
            nn.Dropout(0.1), nn.Linear(WIDTH, HIDDEN), nn.GELU(approximate="tanh"), nn.Dropout(0.2),
            nn.Linear(HIDDEN, kinds),
        )  # fmt: skip
        last = self.head[-1]
        assert isinstance(last, nn.Linear)
        nn.init.constant_(last.bias, -5.0)  # most words are of no event

    def vectors(self, middle: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """Word vectors B × W × 384 from the pieces' middle states (B × T × 384), which of them are none of padding
        (B × T), and the first piece of each word (B × W)."""
        x = middle
        bias = ((1.0 - mask.to(x.dtype)) * -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
