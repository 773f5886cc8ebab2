"""The whole comparison: claims, fields, kinds, events, people, silence, confidence and the quiz.

Every figure is over all gold and all system values, so a claim that is missed costs all of its fields and a claim that
is made up costs precision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from khronika.evaluate.confusion import Confused, confusion
from khronika.evaluate.figures import Cubed, Score, pairwise, people
from khronika.evaluate.pairing import Pair, is_whole, pair
from khronika.evaluate.quiz import Ask, QuizResult, put
from khronika.evaluate.reliability import Reliability, reliability
from khronika.evaluate.sides import Annotation, Gold, Side
from khronika.evaluate.values import FIELDS, shared, values_of
from khronika.evaluate.worst import Sentence, worst


class Row(NamedTuple):
    """One line of a printed evaluation. Shares are 0-1; `gold` and `system` counts; None: does not apply."""

    label: str
    precision: float
    recall: float
    f1: float
    gold: int | None = None
    system: int | None = None
    paired: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """How a side agrees with gold.

    `claims`: same kind and passage. `whole`: besides, targets, status, penalties and date right. `fields`, `types`: per
    field and per kind. `events`: are the same claims put together, over pairs of claims. `names`, `people`: written
    forms found, and put together as the same people (None where a side names no people). `in_silent_pages`,
    `in_silent_stories`: claims made in pages, and in stories, where gold has none. `missed`, `made_up`: the claims
    that found no partner. `unread`: annotated pages that the other side never read: all that is in them is
    missed. `confusion`: kinds of gold against kinds read on the same passage; `sentences`: those in which something is
    wrong, the worst first; `reliability`: is the stated confidence right (None: none is stated). `quiz`: the custody
    quiz, if it was put.
    """

    claims: Score
    whole: Score
    fields: tuple[tuple[str, Score], ...]
    types: tuple[tuple[str, Score], ...]
    events: Score
    names: Score | None
    people: Cubed | None
    in_silent_pages: int
    in_silent_stories: int
    missed: tuple[Annotation, ...] = ()
    made_up: tuple[Annotation, ...] = ()
    unread: tuple[str, ...] = ()
    confusion: tuple[Confused, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    reliability: Reliability | None = None
    quiz: QuizResult | None = None

    def rows(self) -> list[Row]:
        """The table to print: claims, whole claims, fields, events, names, people, kinds."""
        rows = [_row("claims (kind and passage)", self.claims), _row("whole claims", self.whole)]
        rows += [_row("  " + name, score) for name, score in self.fields]
        rows.append(_row("events, pairwise", self.events))
        if self.names and self.people:
            rows.append(_row("names found", self.names))
            rows.append(Row("people, B-cubed", self.people.precision, self.people.recall, self.people.f1))
        return rows + [_row("  " + name, score) for name, score in self.types]

    def to_json(self, worst: int = 0) -> dict[str, Any]:
        """Everything but the single claims, for programs; shares rounded to three places.

        Parameters: `worst`: how many of the worst sentences.
        """
        out: dict[str, Any] = {
            "claims": self.claims.to_json(),
            "whole_claims": self.whole.to_json(),
            "fields": {name: score.to_json() for name, score in self.fields},
            "types": {name: score.to_json() for name, score in self.types},
            "claims_where_gold_has_none": self.in_silent_pages,
            "claims_in_stories_without_any": self.in_silent_stories,
            "unread_pages": [*self.unread],
            "events_pairwise": self.events.to_json(),
            "confusion": [one._asdict() for one in self.confusion],
        }
        if self.reliability:
            out["reliability"] = self.reliability.to_json()
        if worst:
            out["worst"] = [sentence.to_json() for sentence in self.sentences[:worst]]
        if self.names and self.people:
            out["people"] = {"forms_found": self.names.to_json(), "bcubed": self.people.to_json()}
        return out if self.quiz is None else out | {"custody_quiz": self.quiz.to_json()}


def evaluate(gold: Gold, system: Side, ask: Ask | None = None) -> Evaluation:
    """Compares a side with gold. Claims from pages that gold does not hold are left out.

    Parameters: `ask` answers the custody quiz; without it the quiz is not put.
    """
    pages = {page for page, _ in gold.stories}
    ours = gold.annotations
    theirs = [a for a in system.annotations if a.story[0] in pages]
    pairs = pair(ours, theirs)
    names, clustered = people(gold.people, system.people) if gold.people and system.people else (None, None)
    found, used = {id(g) for g, _ in pairs}, {id(s) for _, s in pairs}
    missed = tuple(a for a in ours if id(a) not in found)
    made_up = tuple(a for a in theirs if id(a) not in used)
    return Evaluation(
        claims=Score(len(pairs), len(theirs), len(ours)),
        whole=Score(sum(is_whole(g, s) for g, s in pairs), len(theirs), len(ours)),
        fields=tuple((field, _field(field, pairs, ours, theirs)) for field in FIELDS),
        types=_types(pairs, ours, theirs),
        events=pairwise((g.event, s.event) for g, s in pairs),
        names=names,
        people=clustered,
        in_silent_pages=_unfounded(theirs, pages - {a.story[0] for a in ours}),
        in_silent_stories=_in_silent_stories(gold, theirs),
        missed=missed,
        made_up=made_up,
        unread=tuple(sorted(pages - {page for page, _ in system.stories})),
        confusion=confusion(pairs, missed, made_up),
        sentences=worst(pairs, missed, made_up),
        reliability=reliability((a.claim.confidence, id(a) in used) for a in theirs),
        quiz=put(gold.quiz, ask) if ask and gold.quiz else None,
    )


def _field(field: str, pairs: Sequence[Pair], gold: Sequence[Annotation], system: Sequence[Annotation]) -> Score:
    """The score of one field."""
    hits = sum(shared(field, g.claim, s.claim) for g, s in pairs)
    given = _values(field, [g for g, _ in pairs])
    return Score(hits, _values(field, system), _values(field, gold), hits / given if given else None)


def _values(field: str, side: Sequence[Annotation]) -> int:
    """How many values of the field these claims have in all."""
    return sum(len(values_of(a.claim, field)) for a in side)


def _types(
    pairs: Sequence[Pair], gold: Sequence[Annotation], system: Sequence[Annotation]
) -> tuple[tuple[str, Score], ...]:
    """The score of each kind that either side has."""

    def of(kind: str) -> Score:
        counts = (sum(a.claim.type == kind for a in side) for side in ([g for g, _ in pairs], system, gold))
        return Score(*counts)

    return tuple((kind, of(kind)) for kind in sorted({a.claim.type for a in (*gold, *system)}))


def _unfounded(system: Sequence[Annotation], silent: set[str]) -> int:
    """Claims made in pages of which gold says that they hold none."""
    return sum(a.story[0] in silent for a in system)


def _in_silent_stories(gold: Gold, system: Sequence[Annotation]) -> int:
    """Claims made in single stories, parts of pages too, of which gold says that they hold none."""
    silent = gold.stories - {a.story for a in gold.annotations}
    return sum(a.story in silent for a in system)


def _row(label: str, score: Score) -> Row:
    """A score as a line to print."""
    return Row(label, score.precision, score.recall, score.f1, score.gold, score.system, score.paired)
