"""Scores of a pipeline on the test files, and its speed: what the model card reports.

Names: exact spans and labels, own words. Trees: on the treebank's words, own sentences; LAS with and without
punctuation (the usual figure for English leaves it out). Sentences: exact spans, own words on the raw text; PUD's
sentences, which come one by one, are joined in threes first.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from pathlib import Path

from spacy.tokens import Doc

from khronika.read.encoder import EncoderPipeline
from khronika.read.parse import Parse
from khronika.read.tokenize import tokenize
from khronika.read.windows import Window
from training.corpus import documents

NAME_SETS = ("ewt", "pud", "gum", "wikigold")
TREE_SETS = ("ewt", "gum", "pud")
Scores = dict[str, float]
Found = tuple[int, int, str]
"""A name: its code points and label."""


def f_score(pairs: Iterable[tuple[Set[object], Set[object]]]) -> float:
    """F1 in per cent over (predicted, gold) sets."""
    hit = total = 0
    for predicted, gold in pairs:
        hit += len(predicted & gold)
        total += len(predicted) + len(gold)
    return 200 * hit / max(1, total)


def names(pipeline: EncoderPipeline, path: Path) -> Scores:
    """F1 of names: all, and by label."""
    pairs: list[tuple[set[Found], set[Found]]] = []
    for doc in documents(path):
        parse = pipeline.parse(doc.text)
        found = {(parse.tokens[n.first].start, parse.tokens[n.last - 1].end, n.label) for n in parse.names}
        pairs.append((set(found), {(e.start_char, e.end_char, e.label_) for e in doc.ents}))
    out = {"F1": f_score(pairs)}
    for label in ("PERSON", "ORG", "LOC"):
        out[label] = f_score((_labeled(a, label), _labeled(b, label)) for a, b in pairs)
    return out


def _labeled(found: Set[Found], label: str) -> set[Found]:
    return {x for x in found if x[2] == label}


def _on_gold_words(pipeline: EncoderPipeline, doc: Doc) -> Parse:
    spans = tuple((t.idx, t.idx + len(t)) for t in doc)
    return pipeline.parse_windows(doc.text, [Window(spans, tuple(t.text for t in doc))])


def trees(pipeline: EncoderPipeline, path: Path) -> Scores:
    """Accuracy of arcs, labeled arcs, tags and lemmas on the treebank's words."""
    hits: Counter[str] = Counter()
    for doc in documents(path):
        parse = _on_gold_words(pipeline, doc)
        heads = [h for s in parse.sentences for h in s.heads]
        deps = [d for s in parse.sentences for d in s.deps]
        for token, gold, head, dep in zip(parse.tokens, doc, heads, deps, strict=True):
            arc = head == gold.head.i
            labeled = arc and dep == gold.dep_.lower()
            hits.update({"words": 1, "UAS all": arc, "LAS all": labeled, "UPOS": token.pos == gold.pos_})
            hits.update({"XPOS": token.tag == gold.tag_, "lemma": token.lemma == gold.lemma_.lower().replace("’", "'")})
            if gold.dep_ != "punct":
                hits.update({"no punct": 1, "UAS": arc, "LAS": labeled})
    return {
        key: 100 * n / hits["no punct" if key in ("UAS", "LAS") else "words"]
        for key, n in hits.items()
        if key not in ("words", "no punct")
    }


def cuts(pipeline: EncoderPipeline, path: Path, join: int = 1) -> Scores:
    """F1 of words and sentences on the raw text; `join` documents are read as one."""
    words: list[tuple[set[object], set[object]]] = []
    sentences: list[tuple[set[object], set[object]]] = []
    for text, gold in _joined(documents(path), join):
        parse = pipeline.parse(text)
        sentences.append(({(s.start, s.end) for s in parse.sentences}, gold))
    for doc in documents(path):
        words.append((set(tokenize(doc.text)), {(t.idx, t.idx + len(t)) for t in doc}))
    return {"words": f_score(words), "sentences": f_score(sentences)}


def _joined(docs: Iterator[Doc], join: int) -> Iterator[tuple[str, set[object]]]:
    text, gold, held = "", set[object](), 0
    for doc in docs:
        gold |= {(len(text) + s.start_char, len(text) + s.end_char) for s in doc.sents}
        text += doc.text.rstrip() + " "
        held += 1
        if held == join:
            yield text, gold
            text, gold, held = "", set(), 0
    if text:
        yield text, gold


def speed(pipeline: EncoderPipeline, path: Path) -> Scores:
    """Words a second, names and tags alone and with every tree, on documents of about 400 words."""
    texts = [text for text, _ in _joined(documents(path), 20)][:40]
    for text in texts[:2]:
        pipeline.parse(text)
    began = time.perf_counter()
    parses = [pipeline.parse(text) for text in texts]
    bare = time.perf_counter() - began
    for parse in parses:
        for sentence in parse.sentences:
            _ = sentence.heads
    full = time.perf_counter() - began
    n = sum(len(p.tokens) for p in parses)
    return {"words/s": n / bare, "words/s with every tree": n / full}


def all_scores(folder: Path, corpus: Path) -> dict[str, Scores]:
    """Every score of the model in a folder."""
    pipeline = EncoderPipeline(folder)
    out = {f"names {x}": names(pipeline, corpus / f"ner_test_{x}.spacy") for x in NAME_SETS}
    for x in TREE_SETS:
        path = corpus / f"parse_test_{x}.spacy"
        out[f"trees {x}"] = {**trees(pipeline, path), **cuts(pipeline, path, 3 if x == "pud" else 1)}
    out["words dev"] = cuts(pipeline, corpus / "parse_dev.spacy")
    out["speed"] = speed(pipeline, corpus / "parse_test_pud.spacy")
    return out


def show(scores: dict[str, Scores]) -> None:
    """Print scores, one test a line."""
    for test, values in scores.items():
        print(test, "  ".join(f"{k} {v:.1f}" for k, v in values.items()), flush=True)
