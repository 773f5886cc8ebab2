"""The heads' arithmetic: name paths that may be, labels that fit the tree."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.read.heads import Heads, Labels, _moves, viterbi

NER = ("O", "B-PERSON", "I-PERSON", "B-LOC", "I-LOC")
LABELS = Labels(NER, ("NOUN", "VERB"), ("NN", "VB"), ("nsubj", "obj", "root"))
WIDTH, ARC, REL = 12, 8, 4


def heads(seed=0):
    draw = np.random.default_rng(seed)
    shapes = {
        "ner.weight": (5, WIDTH), "ner.bias": (5,), "pos.weight": (2, WIDTH), "pos.bias": (2,),
        "tag.weight": (2, WIDTH), "tag.bias": (2,), "start.weight": (1, WIDTH), "start.bias": (1,),
        "mlp.weight": (2 * ARC + 2 * REL, WIDTH), "mlp.bias": (2 * ARC + 2 * REL,),
        "arc": (ARC, ARC), "arc_bias": (ARC,), "rel": (3, REL + 1, REL + 1),
    }  # fmt: skip
    return Heads({k: draw.normal(size=v).astype(np.float32) for k, v in shapes.items()}, LABELS)


def allowed(path):
    return all(NER[b][:2] != "I-" or NER[a][2:] == NER[b][2:] for a, b in zip([0, *path], path, strict=False))


@given(st.integers(1, 5), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_no_allowed_path_is_better(n, seed):
    logits = np.random.default_rng(seed).normal(size=(n, 5)).astype(np.float32)
    path = viterbi(logits, _moves(NER))
    assert allowed(path)
    best = max(sum(logits[i, k] for i, k in enumerate(p)) for p in product(range(5), repeat=n) if allowed(p))
    assert np.isclose(sum(logits[i, k] for i, k in enumerate(path)), best, atol=1e-4)


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_names_lie_apart_and_within(n, seed):
    words = np.random.default_rng(seed).normal(size=(n, WIDTH)).astype(np.float32)
    tags = heads(seed).tags(words)
    assert len(tags.pos) == len(tags.tag) == len(tags.starts) == n
    at = 0
    for first, last, label, score in tags.names:
        assert at <= first < last <= n and label in ("PERSON", "LOC") and 0 < score <= 1
        at = last


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
@settings(max_examples=40, deadline=None)
def test_only_the_root_is_called_root(n, seed):
    vectors = np.random.default_rng(seed).normal(size=(n + 1, WIDTH)).astype(np.float32)
    arcs, deps = heads(seed).tree(vectors[0], vectors[1:])
    assert [dep == "root" for dep in deps] == [head == i for i, head in enumerate(arcs)]
    assert deps.count("root") == 1
