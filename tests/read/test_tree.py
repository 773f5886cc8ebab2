"""The tree over a sentence: always a tree with one root, and never a worse one than any other."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.read.tree import arborescence, sentence_heads


def is_tree(heads):
    """Every node walks up to node 0; `heads` includes node 0."""
    for node in range(1, len(heads)):
        steps = 0
        while node and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node:
            return False
    return True


def total(scores, heads):
    return sum(scores[d, heads[d]] for d in range(1, len(heads)))


def grids(low, high):
    def grid(n):
        cells = st.lists(st.integers(-50, 50), min_size=n * n, max_size=n * n)
        return cells.map(lambda values: np.array(values, np.float64).reshape(n, n))

    return st.integers(low, high).flatmap(grid)


@given(grids(2, 5))
@settings(max_examples=150, deadline=None)
def test_no_tree_is_better(scores):
    n = len(scores)
    heads = arborescence(scores)
    assert is_tree(heads)
    every = ([0, *rest] for rest in product(range(n), repeat=n - 1))
    best = max(total(scores, h) for h in every if is_tree(h) and all(h[d] != d for d in range(1, n)))
    assert total(scores, heads) == best


@given(grids(2, 5))
@settings(max_examples=100, deadline=None)
def test_one_root_and_no_better_tree_with_one_root(scores):
    n = len(scores)
    heads = [0, *sentence_heads(scores.astype(np.float32))]
    assert is_tree(heads) and heads[1:].count(0) == 1
    every = ([0, *rest] for rest in product(range(n), repeat=n - 1))
    best = max(total(scores, h) for h in every if h[1:].count(0) == 1 and is_tree(h))
    assert total(scores, heads) == best


@given(st.integers(20, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_a_long_sentence_gets_a_tree(n, seed):
    scores = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32)
    heads = [0, *sentence_heads(scores)]
    assert is_tree(heads) and heads[1:].count(0) == 1


@pytest.mark.parametrize("n", [0, 1])
def test_the_smallest(n):
    assert sentence_heads(np.zeros((n + 1, n + 1), np.float32)) == [0] * n


def test_a_circle_is_opened_where_it_costs_least():
    scores = np.array([[0, 0, 0], [5, 0, 10], [1, 10, 0]], np.float64)
    assert arborescence(scores) == [0, 0, 1]
