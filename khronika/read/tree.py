"""The best tree over a sentence's words: the maximum spanning arborescence.

Chu and Liu 1965, Edmonds 1967: take each word's best head; if they run in a circle, shrink the circle to one node,
solve the smaller problem, and open the circle where the outside enters it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["arborescence", "sentence_heads"]

_NEVER = -1e12
_ONE_ROOT = 1e6


def sentence_heads(scores: NDArray[np.float32]) -> list[int]:
    """Heads of a sentence's words in the best tree with exactly one root.

    Args:
        scores: n + 1 × n + 1, [dependent, head], row and column 0 standing for the root; row 0 is not used.

    Returns:
        n heads: 0 for the sentence's root, else 1 + the index of the head word.
    """
    grid = scores.astype(np.float64)
    np.fill_diagonal(grid, _NEVER)
    heads: list[int] = grid.argmax(1).tolist()
    if heads[1:].count(0) == 1:
        heads[0] = 0
        if _circle(heads) is None:  # the best head of each word already makes a tree with one root: none is better
            return heads[1:]
    heads = arborescence(grid)
    if heads[1:].count(0) == 1:  # the best of all trees has one root: it is the best of those with one
        return heads[1:]
    grid[:, 0] -= _ONE_ROOT  # every root arc costs that much, so the best tree has one
    return arborescence(grid)[1:]


def arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Head of each node in the maximum spanning arborescence that grows from node 0.

    Args:
        scores: m × m, [dependent, head]; the diagonal and row 0 are ignored.

    Returns:
        m heads; that of node 0 is 0.
    """
    grid = scores.copy()
    np.fill_diagonal(grid, _NEVER)
    heads: list[int] = grid.argmax(1).tolist() if len(grid) else []
    if not heads:
        return heads
    heads[0] = 0
    circle = _circle(heads)
    return heads if circle is None else _open(grid, heads, circle)


def _circle(heads: list[int]) -> list[int] | None:
    """Nodes that run in a circle, or None."""
    seen_in = [0] * len(heads)  # the walk that met a node first; node 0 ends every walk
    for start in range(1, len(heads)):
        node = start
        while node and not seen_in[node]:
            seen_in[node] = start
            node = heads[node]
        if node and seen_in[node] == start:
            circle = [node]
            while heads[circle[-1]] != node:
                circle.append(heads[circle[-1]])
            return circle
    return None


def _open(grid: NDArray[np.float64], heads: list[int], circle: list[int]) -> list[int]:
    """Solve with the circle shrunk to one node, then open it where an outside head enters."""
    outside = np.ones(len(heads), bool)
    outside[circle] = False
    ring, rest = np.array(circle), outside.nonzero()[0]
    m = len(rest)
    small = np.full((m + 1, m + 1), _NEVER)
    small[:m, :m] = grid[rest[:, None], rest]
    leaving = grid[rest[:, None], ring]
    small[:m, m] = leaving.max(1)
    entering = grid[ring[:, None], rest] - grid[ring, [heads[k] for k in circle]][:, None]
    small[m, :m] = entering.max(0)
    solved = arborescence(small)
    out = list(heads)
    for k in range(1, m):
        out[int(rest[k])] = int(ring[leaving[k].argmax()]) if solved[k] == m else int(rest[solved[k]])
    door = int(ring[entering[:, solved[m]].argmax()])
    out[door] = int(rest[solved[m]])
    return out
