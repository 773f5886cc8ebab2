"""Fits the weights of the reader's confidence: `python -m training.confidence`, to be run anew when frames change.

Reads the stories of `annotated.tsv` that are for use "check": neither a frame was written nor the trained head fitted
with them in sight, so that what is right there is right elsewhere. Pairs the claims with the labels (kind and passage,
one to one) and fits a logistic regression with an L2 penalty (Newton's method) to "this claim is right". The penalty
is chosen by cross-validation over stories, so that no story helps to judge itself.

The stories for use "measure" and the half of gold-world that is set apart (`sha256(document) mod 2 = 0`) take no part,
not by one figure: the tables that are printed last, and the errors that are written into the file, are measured there.
"""

from __future__ import annotations

import argparse
import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from khronika.capture.files import FoundFile, capture_file, find_files
from khronika.capture.manifest import load_manifest, row_for
from khronika.capture.stories import split
from khronika.evaluate.export import side_of
from khronika.evaluate.gold import load_gold
from khronika.evaluate.pairing import pair
from khronika.evaluate.reliability import Reliability, reliability
from khronika.evaluate.sides import Gold
from khronika.facts.claims import Claim
from khronika.facts.documents import Document
from khronika.read.reader import FrameReader, load_reader
from khronika.read.sureness import LEAST, MOST, features
from khronika.read.trace import Trace
from khronika.settings import Settings
from training.annotation import USES, Annotated, load

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "khronika" / "resources" / "confidence.toml"
PENALTIES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
FOLDS = 8
OWN = 1
"""Columns that are no features: the intercept."""
SINGLE = 4.0
RAREST = 3
"""Claims that must show a feature for it to have a weight."""
Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """One claim: the story's page, its features, whether it is right."""

    page: str
    features: frozenset[str]
    right: bool


Told = list[tuple[Claim, frozenset[str]]]


def claims_of(story: Document, reader: FrameReader) -> Told:
    """The story's claims and their features."""
    trace = Trace()
    reader.read(story, trace)
    unique = {c.id: (c, frozenset(features(d))) for d, c in reversed(trace.settled)}
    return [*unique.values()]


def by_hand(story: Annotated, reader: FrameReader) -> list[Example]:
    """The claims made in an annotated story, right where a label of their kind is told in their sentence."""
    left = list(story.labels)
    out = []
    for claim, signs in claims_of(story.document, reader):
        same = (n for n in left if n.kind == claim.type and n.start < claim.end and n.end > claim.start)
        found = next(same, None)
        if found:
            left.remove(found)
        out.append(Example(story.document.sha256 + story.document.text[:40], signs, found is not None))
    return out


def read(folder: Path, reader: FrameReader) -> Iterator[tuple[Document, Told]]:
    """Each story of a folder with a manifest, with its claims and their features."""
    rows, _ = load_manifest(folder / "manifest.csv")
    for found in find_files([folder], folder / "manifest.csv"):
        if isinstance(found, FoundFile) and found.source.endswith((".html", ".htm", ".txt")):
            captured = capture_file(found, Settings(), "2026-01-01T00:00:00Z")
            for story in split(captured, row_for(rows, found.source), Settings()):
                yield story, claims_of(story, reader)


def examples(gold: Gold, stories: Sequence[tuple[Document, Told]]) -> list[Example]:
    """The claims made in the gold's pages, right where the evaluation pairs them."""
    pages = {page for page, _ in gold.stories}
    side = side_of((story, [c for c, _ in claims]) for story, claims in stories)
    made = [a for a in side.annotations if a.story[0] in pages]
    right = {id(s) for _, s in pair(gold.annotations, made)}
    known = {c.id: f for _, claims in stories for c, f in claims}
    return [Example(a.story[0], known[a.claim.id], id(a) in right) for a in made]


def set_apart(gold: Gold) -> Gold:
    """The half of gold that only measures."""
    document = {a.story[0]: a.claim.document for a in gold.annotations}
    document |= {page: Path(page).stem for page, _ in gold.stories if page not in document}
    apart = {page for page, d in document.items() if int(hashlib.sha256(d.encode()).hexdigest(), 16) % 2 == 0}
    return replace(
        gold,
        annotations=tuple(a for a in gold.annotations if a.story[0] in apart),
        stories=frozenset(s for s in gold.stories if s[0] in apart),
    )


def matrix(several: Sequence[Example], names: Sequence[str]) -> Vector:
    """Claims × features, 0 or 1; first a column of ones."""
    at = {name: n + OWN for n, name in enumerate(names)}
    out = np.zeros((len(several), len(names) + OWN))
    out[:, 0] = 1
    for row, example in enumerate(several):
        out[row, [at[f] for f in example.features if f in at]] = 1
    return out


def fit(x: Vector, y: Vector, penalty: float, names: Sequence[str]) -> Vector:
    """The weights of least penalized log loss, the intercepts first and free of penalty (Newton-Raphson).

    A single frame's weight costs `SINGLE` times as much as what frames share: few claims speak for it.
    """
    weights = np.zeros(x.shape[1])
    ridge = np.full(x.shape[1], penalty)
    ridge[OWN:] *= [SINGLE if name.startswith("frame:") else 1.0 for name in names]
    ridge[:OWN] = 1e-6
    for _ in range(50):
        p = 1 / (1 + np.exp(-(x @ weights)))
        gradient = x.T @ (p - y) + ridge * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def predict(x: Vector, weights: Vector) -> Vector:
    """What is stated for each claim, within the bounds that the reader keeps."""
    return np.clip(1 / (1 + np.exp(-(x @ weights))), LEAST, MOST)


def names_of(several: Sequence[Example]) -> list[str]:
    """The features that are not too rare."""
    counts = Counter(f for e in several for f in e.features)
    return sorted(name for name, n in counts.items() if n >= RAREST)


def crossed(several: Sequence[Example], penalty: float) -> Vector:
    """What is stated for each claim by weights fitted without its page."""
    fold = [int(hashlib.sha256(e.page.encode()).hexdigest(), 16) % FOLDS for e in several]
    out = np.zeros(len(several))
    for n in range(FOLDS):
        rest = [e for e, f in zip(several, fold, strict=True) if f != n]
        held = [i for i, f in enumerate(fold) if f == n]
        names = names_of(rest)
        weights = fit(matrix(rest, names), np.array([e.right for e in rest], float), penalty, names)
        if held:
            out[held] = predict(matrix([several[i] for i in held], names), weights)
    return out


def loss(p: Vector, y: Vector) -> float:
    """Mean log loss."""
    return float(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def ranked(p: Vector, y: Vector) -> float:
    """The share of pairs of a right and a wrong claim in which the right one is stated surer (area under the ROC)."""
    right, wrong = p[y == 1], p[y == 0]
    above = (right[:, None] > wrong[None]).mean() + 0.5 * (right[:, None] == wrong[None]).mean()
    return float(above)


def show(title: str, p: Vector, y: Vector) -> Reliability:
    """Prints the reliability table of one set."""
    told = reliability(zip(p.tolist(), (y == 1).tolist(), strict=True))
    assert told
    base = float(y.mean())
    entropy = -(base * math.log(base) + (1 - base) * math.log(1 - base))
    print(f"{title}: {len(y)} claims, {base:.3f} right; log loss {loss(p, y):.3f} (one figure for all {entropy:.3f}),")
    print(f"  Brier {told.brier:.3f}, expected calibration error {told.error:.3f}, ranking {ranked(p, y):.3f}")
    for b in told.bins:
        print(f"  {b.low:.1f}-{b.high:.1f}  stated {b.stated:.2f}  right {b.right:.2f}  claims {b.claims}")
    return told


def write(weights: Vector, names: Sequence[str], lines: Sequence[str]) -> None:
    """The weights as a data file with where they come from."""
    head = [
        "# How sure the reader is of a claim: weights of a logistic regression over the signs of read/sureness.py.",
        "# Written by `python -m training.confidence`; not to be edited. Fitted to the claims that the reader makes in",
        '# the stories of training/annotated.tsv for use "check", right where kind and passage are the label\'s.',
        *(f"# {line}" for line in lines),
    ]
    body = [f"intercept = {weights[0]:.3f}", "", "[weights]"]
    body += [f'"{name}" = {w:.3f}' for name, w in zip(names, weights[OWN:], strict=True) if abs(w) >= 0.005]
    TARGET.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")


def main() -> None:
    """Fits, measures, writes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the project's companion folder")
    shared = parser.parse_args().shared
    reader = load_reader(Settings())
    told: dict[str, list[Example]] = {use: [] for use in USES}
    for story in load(shared):
        if story.use != "train":
            told[story.use] += by_hand(story, reader)
    several, unseen = told["check"], told["measure"]
    y = np.array([e.right for e in several], float)
    losses = {penalty: loss(crossed(several, penalty), y) for penalty in PENALTIES}
    penalty = min(losses, key=lambda k: losses[k])
    print("log loss by penalty:", {k: round(v, 4) for k, v in losses.items()})
    names = names_of(several)
    weights = fit(matrix(several, names), y, penalty, names)
    inside = show("check, cross-validated over stories", crossed(several, penalty), y)
    world = examples(set_apart(load_gold(shared / "gold-world")), [*read(shared / "data" / "world-stories", reader)])
    outside = {
        name: show(name, predict(matrix(some, names), weights), np.array([e.right for e in some], float))
        for name, some in (("measure", unseen), ("gold-world, set apart", world))
    }
    pages = len({e.page for e in several})
    lines = [
        f"{len(several)} claims of {pages} stories, {y.mean():.3f} right; L2 penalty {penalty:g}.",
        f"Expected calibration error: these, cross-validated, {inside.error:.3f};",
        *(f"{name} {one.error:.3f} ({sum(b.claims for b in one.bins)} claims);" for name, one in outside.items()),
    ]
    write(weights, names, lines)


if __name__ == "__main__":
    main()
