"""The heads over the encoder's word vectors: tags, sentence starts, names, arcs. Plain matrix arithmetic.

The arrays are those the training wrote (`heads.npz`); the formulas are the network's, written again in numpy:
linear heads, and biaffine arcs and labels after Dozat and Manning 2017.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khronika.read.tree import sentence_heads

__all__ = ["Floats", "Heads", "Labels", "Tags"]

Floats = NDArray[np.float32]
_OUTSIDE = "O"
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Labels:
    """The closed label sets, in the order of the heads' outputs; `ner` in BIO marks ("O", "B-PERSON", …)."""

    ner: tuple[str, ...]
    pos: tuple[str, ...]
    tag: tuple[str, ...]
    dep: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tags:
    """What the linear heads say of a window of W words: tag names, starts, and names as (first, last, label, score)."""

    pos: list[str]
    tag: list[str]
    starts: list[bool]
    names: list[tuple[int, int, str, float]]


class Heads:
    """The heads of one model."""

    def __init__(self, arrays: Mapping[str, Floats], labels: Labels) -> None:
        """Args: arrays: by the network's parameter names, matrices as out × in."""
        self.labels = labels
        get = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in arrays.items()}
        order = ("ner", "pos", "tag", "start")
        self._linear = np.concatenate([get[f"{x}.weight"] for x in order]).T.copy()
        self._bias = np.concatenate([get[f"{x}.bias"] for x in order])
        self._cuts = np.cumsum([len(labels.ner), len(labels.pos), len(labels.tag)]).tolist()
        self._mlp, self._mlp_bias = get["mlp.weight"].T.copy(), get["mlp.bias"]
        self._arc, self._arc_bias = get["arc"], get["arc_bias"]
        rel = get["rel"]
        self._rel, self._rel_width = rel.transpose(1, 0, 2).reshape(rel.shape[1], -1).copy(), rel.shape[1]
        self._root = labels.dep.index("root")
        self._moves = _moves(labels.ner)

    def tags(self, words: Floats) -> Tags:
        """Tags, sentence starts and names of a window. Args: words: W × 384."""
        ner, pos, tag, start = np.split(words @ self._linear + self._bias, self._cuts, axis=1)
        return Tags(
            pos=[self.labels.pos[k] for k in pos.argmax(1).tolist()],
            tag=[self.labels.tag[k] for k in tag.argmax(1).tolist()],
            starts=(start[:, 0] > 0).tolist(),
            names=self._names(ner),
        )

    def _names(self, logits: Floats) -> list[tuple[int, int, str, float]]:
        best: list[int] = logits.argmax(1).tolist()
        if not any(best):
            return []
        steps = zip([0, *best], best, strict=False)
        path = best if all(self._moves[a, b] == 0 for a, b in steps) else viterbi(logits, self._moves)
        shifted = np.exp(logits - logits.max(1, keepdims=True))
        chosen = shifted[np.arange(len(path)), path] / shifted.sum(1)
        out: list[tuple[int, int, str, float]] = []
        first = -1
        for i, k in enumerate([*path, 0]):
            mark = self.labels.ner[k]
            if first >= 0 and not mark.startswith("I-"):
                score = float(np.exp(np.log(chosen[first:i]).mean()))
                out.append((first, i, self.labels.ner[path[first]][2:], round(score, 4)))
                first = -1
            if mark.startswith("B-"):
                first = i
        return out

    def tree(self, root: Floats, words: Floats) -> tuple[list[int], list[str]]:
        """The tree of one sentence.

        Args:
            root: the [CLS] vector of the window, 384.
            words: the sentence's word vectors, n × 384.

        Returns:
            n heads (index within the sentence; the root's its own) and n labels.
        """
        return self.trees([np.concatenate([root[None], words])])[0]

    def trees(self, sentences: Sequence[Floats]) -> list[tuple[list[int], list[str]]]:
        """The trees of several sentences: the large matrices are fetched from memory once for all of them.

        Args:
            sentences: the [CLS] vector of the window and the word vectors of each, (1 + n) × 384.

        Returns:
            Heads and labels of each, as from `tree`.
        """
        if not sentences:
            return []
        x = np.concatenate(sentences) @ self._mlp + self._mlp_bias
        x = np.where(x > 0, x, 0.1 * x)
        arc, rel = len(self._arc), self._rel_width - 1
        dependent, head = x[:, :arc] @ self._arc, x[:, arc : 2 * arc]
        scale, bias = 4 / np.sqrt(arc), head @ self._arc_bias
        ends = np.cumsum([len(s) for s in sentences]).tolist()
        parts = [slice(end - len(s), end) for s, end in zip(sentences, ends, strict=True)]
        heads = [sentence_heads((dependent[p] @ head[p].T * scale + bias[p]).astype(np.float32)) for p in parts]
        above = np.concatenate([np.array(h) + p.start for h, p in zip(heads, parts, strict=True)])
        rows = np.concatenate([np.arange(p.start + 1, p.stop) for p in parts])
        one = np.ones((len(rows), 1), np.float32)
        rel_dependent = np.concatenate([x[rows, 2 * arc : 2 * arc + rel], one], 1)
        rel_head = np.concatenate([x[above, 2 * arc + rel :], one], 1)
        grid = (rel_dependent @ self._rel).reshape(len(rows), -1, self._rel_width)
        relations = np.einsum("nle,ne->nl", grid, rel_head)
        relations[:, self._root] += np.where(np.concatenate(heads) == 0, -_IMPOSSIBLE, _IMPOSSIBLE)
        names = iter([self.labels.dep[k] for k in relations.argmax(1).tolist()])
        return [([i if h == 0 else h - 1 for i, h in enumerate(own)], [next(names) for _ in own]) for own in heads]


def _moves(labels: Sequence[str]) -> Floats:
    """L × L: 0 where label j may follow label i, else a large negative number: I-x follows only B-x and I-x."""
    moves = np.zeros((len(labels), len(labels)), np.float32)
    for j, after in enumerate(labels):
        if after.startswith("I-"):
            for i, before in enumerate(labels):
                if before == _OUTSIDE or before[2:] != after[2:]:
                    moves[i, j] = _IMPOSSIBLE
    return moves


def viterbi(logits: Floats, moves: Floats) -> list[int]:
    """The best allowed path of labels (Viterbi 1967).

    Args:
        logits: W × L scores of each word's labels.
        moves: L × L cost of label j after label i; before the first word stands label 0.
    """
    total = logits[0] + moves[0]
    back = np.zeros(logits.shape, np.int64)
    for i in range(1, len(logits)):
        ways = total[:, None] + moves
        back[i] = ways.argmax(0)
        total = ways.max(0) + logits[i]
    path = [int(total.argmax())]
    for i in range(len(logits) - 1, 0, -1):
        path.append(int(back[i, path[-1]]))
    return path[::-1]
