"""`python -m bench.police [--errors N]`: the reader against IndiaPoliceEvents, mostly lower-cased Indian news of 2002.

Each sentence is labelled with what it says police did: ARREST, KILL, FORCE (Halterman et al., "Corpus-Level Evaluation
for Event QA", Findings of ACL 2021). The stories are read whole; a claim counts for the sentence in which the word
stands that fired it. The set's fourth label, FAIL (police did not act), has no kind in the codebook and is left out.
A third of the stories is set apart; a list of keywords answers in the same run. Exit code 1 where the third set apart
is below the bar.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.heldout import MONTHS, SHARED, Score, Tally, is_apart, table
from khronika.facts.claims import Claim, Status
from khronika.facts.documents import Block, BlockKind, Document
from khronika.read.reader import FrameReader, load_reader
from khronika.read.words import people_words
from khronika.settings import Settings

SET = SHARED / "india-police-events"
LABELS = ("ARREST", "KILL", "FORCE")
BARS = {"ARREST": 0.78}
KEYWORDS: Mapping[str, re.Pattern[str]] = {
    "ARREST": re.compile(r"(?i)\b(?:arrest|detain|custody)"),
    "KILL": re.compile(r"(?i)\bpolice (?:firing|bullet)|\bpolice\b.*\bkill|\bkill.*\bpolice\b"),
    "FORCE": re.compile(r"(?i)\b(?:lathi|cane)[ -]?charg|\btear ?gas|\bteargas|\bpolice (?:firing|bullet)|opened fire"),
}
"""The plain rival: a sentence with one of these words has the label."""
_DAMAGED = {
    "â€™": "’", "â€˜": "‘", "â€œ": "“", "â€�": "”", "â€”": "—", "â€“": "–", "â€¢": "•", "Â ": " ", "â€": "”", "™": "’",
}  # fmt: skip
"""Signs that the set holds in a wrong encoding (UTF-8 taken for Windows-1252), longest first."""
_SIGN = re.compile("|".join(_DAMAGED))
_NO_ARREST = frozenset(("bail-denied", "give-up", "in-custody", "in-prison", "hold", "imprison", "jail"))
"""Frames of custody that begins before a court, and of being in custody: the label asks for an arrest that is made."""
_ON_PAPER = re.compile(r"(?i)impos|order|den[iy]|disallow|refus|forb[ai]d|prohibit|bann|curfew")
"""Words of a dispersal that is only an order: a curfew, a rally that is not allowed."""
_DAY = re.compile(r"This story is from (\w+) (\d{1,2}), (\d{4})")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the set cuts it, with its labels."""

    text: str
    labels: frozenset[str]


def load(folder: Path) -> dict[int, list[Line]]:
    """The sentences of each story, in order."""
    stories: dict[int, list[Line]] = defaultdict(list)
    with (folder / "sents.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            stories[row["doc_id"]].append(Line(repaired(row["sent_text"]), frozenset(row["sent_labels"])))
    return dict(stories)


def repaired(text: str) -> str:
    """The text with its signs as they were written, in one line."""
    return " ".join(_SIGN.sub(lambda m: _DAMAGED[m[0]], text).split())


def document(lines: Sequence[Line]) -> tuple[Document, list[int]]:
    """The story in one paragraph, as the set's documents are, and where each of its sentences starts."""
    text, starts = "", []
    for line in lines:
        starts.append(len(text))
        text += line.text + " "
    day = _DAY.search(text[:200])
    published = f"{day[3]}-{MONTHS.index(day[1]) + 1:02}-{int(day[2]):02}" if day and day[1] in MONTHS else None
    body = (Block(BlockKind.STORY, 0, len(text)),)
    found = Document(
        id="d0", source="story.txt", part=1, sha256="0" * 64, text=text, blocks=body, published=published, language="en"
    )
    return found, starts


def labels_of(claim: Claim, text: str) -> Iterator[str]:
    """What the claim says that police did; a claim that names another actor, or that it did not happen, says nothing.

    The annotators take being booked, which in Indian police reports goes with custody, for an arrest in most cases.

    `text`: the sentence in which the claim's word stands.
    """
    if claim.status is not Status.HAPPENED or not by_police(claim):
        return
    booked = claim.type == "charge" and claim.rule == "booked"
    if (claim.type == "detention" and claim.rule not in _NO_ARREST) or booked or claim.subtype == "house_arrest":
        yield "ARREST"
    named = bool(claim.actors) or re.search(r"(?i)\bpolice (?:firing|bullet)", text) is not None
    if claim.type == "death" and claim.subtype == "killed" and named:
        yield "KILL"
        yield "FORCE"
    word = claim.quote[claim.trigger[0] - claim.start : claim.trigger[1] - claim.start] if claim.trigger else ""
    if (claim.type == "dispersal" and not _ON_PAPER.match(word)) or (
        claim.type in {"ill_treatment", "attack"} and named
    ):
        yield "FORCE"


def by_police(claim: Claim) -> bool:
    """Whether police did it, or nobody is named: in this set's news an arrest that nobody makes is the police's."""
    words = {w for actor in claim.actors for w in re.findall(r"\w+", actor.lower())}
    return not words or not people_words().official.isdisjoint(words | {w.removesuffix("s") for w in words})


def found_in(reader: FrameReader, lines: Sequence[Line]) -> list[frozenset[str]]:
    """The labels that the reader gives each sentence of a story."""
    story, starts = document(lines)
    found: list[set[str]] = [set() for _ in lines]
    for claim in reader.read(story).claims:
        at = claim.trigger[0] if claim.trigger else claim.start
        n = bisect_right(starts, at) - 1
        found[n].update(labels_of(claim, lines[n].text))
    return [frozenset(f) for f in found]


def keywords_in(lines: Sequence[Line]) -> list[frozenset[str]]:
    """The labels that the keywords give each sentence."""
    return [frozenset(name for name, words in KEYWORDS.items() if words.search(line.text)) for line in lines]


def report(shown: int = 0) -> tuple[list[str], bool]:
    """The table's lines, and whether the bar is broken; with `shown` so many wrong visible sentences."""
    if not SET.is_dir():
        return ["IndiaPoliceEvents: skipped, ../shared/data/india-police-events is not there"], False
    reader = load_reader(Settings())
    columns = ("visible", "apart", "keywords", "… apart")
    tallies = {(column, label): Tally() for column in columns for label in LABELS}
    lines: list[str] = []
    sizes = {True: 0, False: 0}
    for number, story in load(SET).items():
        apart = is_apart(str(number))
        sizes[apart] += 1
        answers = ((columns[apart], found_in(reader, story)), (columns[2 + apart], keywords_in(story)))
        for column, found in answers:
            for line, got in zip(story, found, strict=True):
                for label in LABELS:
                    tallies[column, label].add(got & {label}, line.labels & {label})
        if not apart:
            lines += _wrong(story, answers[0][1])
    rows = [
        Score(f"{label}, {name}", tuple(getattr(tallies[c, label], name) for c in columns), bar)
        for label in LABELS
        for name, bar in (("precision", None), ("recall", None), ("f1", BARS.get(label)))
    ]
    shown_table, broken = table("IndiaPoliceEvents, sentences", columns, rows, judged=1)
    shares = f"visible: {sizes[False]} stories, set apart: {sizes[True]}; keywords on both parts"
    return [*lines[:shown], *shown_table, shares], broken


def _wrong(story: Sequence[Line], found: Sequence[frozenset[str]]) -> Iterator[str]:
    """The sentences of a visible story that have a wrong label, with what was missed (-) and made (+)."""
    for line, got in zip(story, found, strict=True):
        wanted = line.labels & {*LABELS}
        if got != wanted:
            marks = [f"-{name}" for name in sorted(wanted - got)] + [f"+{name}" for name in sorted(got - wanted)]
            yield f"{' '.join(marks)}: {line.text}"


def main() -> int:
    """Prints the report."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--errors", type=int, default=0, metavar="N", help="show N wrong visible sentences")
    chosen = options.parse_args()
    lines, broken = report(chosen.errors)
    print("\n".join(lines))
    return int(broken)


if __name__ == "__main__":
    sys.exit(main())
