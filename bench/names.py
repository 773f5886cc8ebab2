"""`python -m bench.names [--errors N]`: how well names of people are told to be one name, beside other comparers.

Two questions, two sets of pairs:

*Labelled pairs*: the person pairs of `../shared/data/name-pairs` (half of the public name bench of nomenklatura).
Many of its labels are an opinion on what a screening desk should see ("Tim Cock" is "Tim Cook", "Kim Myong-sik" is
"Kim Myong-guk"), not found in documents. Figure: F1.

*Different people*: 4,500 pairs of people known to be two, a third of each sort, the smallest by hash. (1) `story`:
victims whom the annotators of `../shared/data/hrdsattack` list apart for one article; these are the families,
colleagues and namesakes of real stories, and all of them are taken. (2) `cross`: names of two groups of the labelled
set that are joined by no true pair; pairs that share a word are left out, since nobody says that "Lavrov" of one row
is not the "Sergey Lavrov" of another, and the set's own false pairs ask that. (3) `near`: made to look alike from
parts of real names of the first two sorts: one man's given names with two surnames that begin alike, or one surname
with two given names that begin alike, so that only one word tells them apart, as it does two homonyms' brothers. Made
pairs whose differing words are within two letters of each other, or are one given name by `given_names.tsv`, are left
out: they may be two spellings of one name, and no document says otherwise. What fills up to 4,500 where `story` has
fewer than 1,500 is `near`. Figure: pairs that a comparer would call one name.

All pairs are cut in two halves by hash: the first column's errors may be looked at (`--errors`), the second is apart:
only its scores are ever printed. Plain `rapidfuzz` ratio and, where they can be imported, rigour's and nomenklatura's
comparers answer in the same run, at the threshold that gives them their best F1 on the visible half; khronika's
threshold is `SAME`. A name's score alone merges nobody: `tests/link` says what more is asked. Exit code 1 where a bar
is missed.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import itertools
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from bench.heldout import SHARED
from khronika.text.fold import fold
from khronika.text.name_tables import given_groups
from khronika.text.names import SAME, same_spelling
from khronika.text.romanization import word_key

PAIRS = SHARED / "name-pairs" / "cases.csv"
STORIES = SHARED / "hrdsattack"
F1_BAR = 0.80
DIFFERENT = 4_500
FALSE_BAR = 1
Comparer = Callable[[str, str], float]
_PLAIN = re.compile(r"(?:[^\W\d_]['’-]?[^\W\d_]['’\w-]+ ?)+")
"""A name of whole words only: an initial, a bracket or a comma is no part to make names of."""


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two names; `one`: whether they are one person's. `sort`: where the pair is from."""

    a: str
    b: str
    one: bool
    sort: str

    @property
    def mark(self) -> int:
        """The pair as a number, the same for either order."""
        return int(hashlib.sha256("|".join(sorted((self.a, self.b))).encode()).hexdigest(), 16)

    @property
    def apart(self) -> bool:
        """Whether the pair is in the half that nobody looks at."""
        return self.mark % 2 == 0


def labelled(path: Path) -> list[Pair]:
    """The person pairs of the labelled set."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    return [
        Pair(row["name1"], row["name2"], row["is_match"] == "true", "labelled")
        for row in rows
        if row["schema"] == "Person"
    ]


def of_stories(folder: Path) -> list[Pair]:
    """Each two victims of one article, with full names."""
    pairs = set()
    for name in ("train.json", "dev.json"):
        for row in json.loads((folder / name).read_text("utf-8")):
            victims = row["annotations"][0]["annotation"]["victims"]
            names = {(v["victim_name"] or "").strip() for v in victims}
            full = {name for name in names if len(name.split()) > 1 and "(" not in name}
            pairs |= {Pair(a, b, False, "story") for a, b in itertools.combinations(sorted(full), 2)}
    return sorted(pairs)


def across(pairs: Iterable[Pair]) -> list[Pair]:
    """Names of two groups that no true pair joins and that have no word in common."""
    above: dict[str, str] = {}

    def root(name: str) -> str:
        while name in above:
            name = above[name]
        return name

    names: dict[str, str] = {}
    for pair in pairs:
        a, b = fold(pair.a), fold(pair.b)
        names.update({a: pair.a, b: pair.b})
        if pair.one and root(a) != root(b):
            above[root(b)] = root(a)
    found = []
    for a, b in itertools.combinations(sorted(names), 2):
        if root(a) != root(b) and not set(a.split()) & set(b.split()):
            found.append(Pair(names[a], names[b], False, "cross"))
    return found


def made_alike(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs of made names that differ in one word, with one first letter on both sides."""
    full = sorted({name.title() for pair in pairs for name in (pair.a, pair.b) if _PLAIN.fullmatch(name)})
    parts = [(" ".join(words[:-1]), words[-1]) for name in full if 1 < len(words := name.split()) < 5]
    givens, surnames = sorted({g for g, _ in parts}), sorted({s for _, s in parts if len(s) > 2})
    for given, surname in parts:
        for other in surnames:
            if _begins_alike(surname, other):
                yield Pair(f"{given} {surname}", f"{given} {other}", False, "near")
        for other in givens:
            if len(other.split()) == len(given.split()) == 1 and _begins_alike(given, other):
                yield Pair(f"{given} {surname}", f"{other} {surname}", False, "near")


def _begins_alike(a: str, b: str) -> bool:
    """Whether two words have one first letter, are more than two letters apart and no equivalents."""
    x, y = fold(a), fold(b)
    if x[:1] != y[:1] or min(len(x), len(y)) < 3 or Levenshtein.distance(x, y) <= 2:
        return False
    return not given_groups().get(word_key(x), frozenset()) & given_groups().get(word_key(y), frozenset())


def different(known: Sequence[Pair], stories: Sequence[Pair]) -> list[Pair]:
    """The 4,500 pairs of different people; see the module."""
    third = DIFFERENT // 3
    first = _smallest(stories, third)
    second = _smallest(across(known), third)
    third_sort = _smallest(set(made_alike([*known, *stories])), DIFFERENT - len(first) - len(second))
    return [*first, *second, *third_sort]


def _smallest(pairs: Iterable[Pair], number: int) -> list[Pair]:
    """The pairs with the smallest marks."""
    return sorted(pairs, key=lambda pair: (pair.mark, pair))[:number]


@dataclass(frozen=True, slots=True)
class Answers:
    """How a comparer does on one half: F1 on the labelled pairs, false matches among them and among the different."""

    f1: float
    labelled_false: int
    false: dict[str, int]

    @property
    def all_false(self) -> int:
        """False matches among the different people of every sort."""
        return sum(self.false.values())


def answers(scores: Sequence[tuple[Pair, float]], threshold: float) -> Answers:
    """Counts at the threshold."""
    right = sum(pair.one and score >= threshold for pair, score in scores)
    wanted = sum(pair.one for pair, _ in scores)
    wrong = [pair.sort for pair, score in scores if not pair.one and score >= threshold]
    said = wrong.count("labelled")
    f1 = 2 * right / (right + said + wanted) if right + said + wanted else 0.0
    return Answers(f1, said, {sort: wrong.count(sort) for sort in ("story", "cross", "near")})


def best_threshold(scores: Sequence[tuple[Pair, float]]) -> float:
    """The threshold with the best F1 on the labelled pairs among these."""
    known = [(pair, score) for pair, score in scores if pair.sort == "labelled"]
    return max(sorted({score for _, score in known}), key=lambda at: answers(known, at).f1, default=1.0)


def plain(a: str, b: str) -> float:
    """The plain rival: rapidfuzz's ratio of the folded names."""
    return ratio(fold(a), fold(b)) / 100


def peers() -> Iterator[tuple[str, Comparer]]:
    """Comparers of other projects that this Python can import; none of them is a dependency of khronika."""
    try:
        from rigour.names import compare_parts, normalize_name, tokenize_name
        from rigour.names.part import NamePart
    except ImportError:
        pass
    else:
        yield "rigour", partial(_by_rigour, compare_parts, normalize_name, tokenize_name, NamePart)
    try:
        from followthemoney import model
        from nomenklatura.matching import LogicV2
    except ImportError:
        return
    yield "nomenklatura LogicV2", partial(_by_nomenklatura, model, LogicV2, LogicV2.default_config())


def _by_rigour(compare: Any, normalize: Any, tokenize: Any, part: Any, a: str, b: str) -> float:  # noqa: ANN401
    """Mean of rigour's scores of the aligned parts, weighted by their letters."""
    left, right = ([part(word, i) for i, word in enumerate(tokenize(normalize(name) or ""))] for name in (a, b))
    if not left or not right:
        return 0.0
    aligned = compare(left, right)
    sizes = [sum(len(p.form) for p in (*x.qps, *x.rps)) for x in aligned]
    return float(sum(x.score * size for x, size in zip(aligned, sizes, strict=True)) / (sum(sizes) or 1))


def _by_nomenklatura(model: Any, matcher: Any, config: Any, a: str, b: str) -> float:  # noqa: ANN401
    """LogicV2's score of two entities that have a name and nothing else."""
    sides = []
    for name in (a, b):
        entity = model.make_entity("Person")
        entity.id = hashlib.sha256(name.encode()).hexdigest()  # what it derives from an entity it keeps by id
        entity.add("name", name)
        sides.append(entity)
    return float(matcher.compare(*sides, config).score)


def report(errors: int = 0) -> tuple[list[str], bool]:
    """The lines to print, and whether khronika misses a bar."""
    if not PAIRS.is_file() or not STORIES.is_dir():
        return [f"names: skipped, {PAIRS} or {STORIES} is not there"], False
    known = labelled(PAIRS)
    pairs = [*known, *different(known, of_stories(STORIES))]
    head = "".join(
        f"{column:>11}" for column in ("F1 visible", "apart", "all", "said wrong", "of story", "cross", "near")
    )
    sizes = {sort: sum(not p.one and p.sort == sort for p in pairs) for sort in ("labelled", "story", "cross", "near")}
    lines = [f"{'names of people':<34}{head}", f"{'pairs of different people':<67}" + "".join(
        f"{size:11,}" for size in sizes.values())]  # fmt: skip
    below = False
    for name, comparer, threshold in (
        ("khronika", same_spelling, SAME), ("rapidfuzz ratio", plain, None), *((n, c, None) for n, c in peers()),
    ):  # fmt: skip
        scores = [(pair, comparer(pair.a, pair.b)) for pair in pairs]
        visible, hidden = ([s for s in scores if s[0].apart is apart] for apart in (False, True))
        at = best_threshold(visible) if threshold is None else threshold
        whole = answers(scores, at)
        halves = (answers(visible, at).f1, answers(hidden, at).f1)
        lines.append(f"{f'{name} at {at:.2f}':<34}" + "".join(f"{v:11.3f}" for v in (*halves, whole.f1)) + "".join(
            f"{n:11,}" for n in (whole.labelled_false, *whole.false.values())))  # fmt: skip
        if threshold is not None:
            below = whole.f1 < F1_BAR or whole.all_false > FALSE_BAR
            shown = [f"  {score:.3f}  {pair.a}  |  {pair.b}  ({pair.sort})" for pair, score in sorted(visible)
                     if pair.one is not (score >= at)]  # fmt: skip
            lines += shown[:errors]
    verdict = "MISSED" if below else "met"
    lines.append(f"khronika: F1 at least {F1_BAR:.2f}, at most {FALSE_BAR} of {DIFFERENT:,} different pairs: {verdict}")
    return lines, below


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the report."""
    parser = argparse.ArgumentParser(prog="python -m bench.names", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong pairs of the visible half")
    lines, below = report(parser.parse_args(argv).errors)
    print("\n".join(lines))
    return int(below)


if __name__ == "__main__":
    sys.exit(main())
