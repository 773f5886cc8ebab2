"""When it happened: the time expressions of a sentence, each resolved and given to the claim that it stands with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from khronika.read.parse import Parse, Sentence
from khronika.read.syntax import Tree
from khronika.text import edtf
from khronika.text.dates import TimeExpression, find_times, resolve

REACH = 16
"""Farthest a time may stand from the word it dates, in words, a clause boundary between counting `CLAUSE` more."""
CLAUSE = 9
NEAR = re.compile(r"W\d|day|week|past")
"""Values that count days or weeks from publication (`khronika.text.dates`): capture may be days later."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved time expression: EDTF `value`, its tokens (first, last exclusive), and the verb it hangs on."""

    value: str
    first: int
    last: int
    verb: int


class Calendar:
    """Resolves the times of one story in text order; keeps the story's own last date for "two days earlier".

    Where the page tells no publication date, the day of its capture completes years and months (codebook rule 10:
    other evidence), but "yesterday" and "on Thursday" stay open.
    """

    def __init__(self, published: str | None, captured: str | None = None) -> None:
        self.published = _day(published)
        self.captured = _day(captured[:10]) if captured else None
        self.story: str | None = None

    def resolve(self, expression: TimeExpression, story: str | None, future: bool = False) -> str | None:
        """The EDTF value of an expression, or None where what it counts from is not known."""
        reference = self.published
        if reference is None and not NEAR.match(expression.value):
            reference = self.captured
        return resolve(expression, reference, story, future=future)

    def moments(self, tree: Tree, future: frozenset[int]) -> list[Moment]:
        """The sentence's times. `future`: verbs told as to come, whose weekdays lie after publication."""
        base = tree.sentence.start
        out: list[Moment] = []
        last_value = self.story
        for expression in find_times(tree.parse.text[tree.sentence.start : tree.sentence.end]):
            tokens = [
                i
                for i in tree
                if tree.token(i).end > base + expression.start and tree.token(i).start < base + expression.end
            ]
            if not tokens or _is_name(tree, expression, tokens):
                continue
            verb = tree.verb_above(_top(tree, tokens))
            value = self.resolve(expression, last_value, future=verb in future)
            if value is None:
                continue
            out.append(Moment(value, tokens[0], tokens[-1] + 1, verb))
            last_value = value
        if out:
            self.story = _for_chain(out[-1].value) or self.story
        return out

    def skim(self, parse: Parse, sentence: Sentence) -> None:
        """Keep the story's date going over a sentence that is not read: "On June 3 …" before "The next day he …"."""
        for expression in find_times(parse.text[sentence.start : sentence.end]):
            value = self.resolve(expression, self.story)
            if value is not None:
                self.story = _for_chain(value) or self.story


def _for_chain(value: str) -> str | None:
    """A value that "the next day" can count from: a day, month or year, not an open interval."""
    return None if ".." in value else value


def _is_name(tree: Tree, expression: TimeExpression, tokens: list[int]) -> bool:
    """ "the July 20 Movement", "May" as a person: a time inside a name is none."""
    return any(
        n.label != "LOC" and n.first <= tokens[0] and n.last >= tokens[-1] + 1 and n.last - n.first > len(tokens)
        for n in tree.sentence.names
    )


def _top(tree: Tree, tokens: list[int]) -> int:
    """The token of the expression from which the others hang."""
    inside = set(tokens)
    return next((i for i in tokens if tree.head(i) not in inside or tree.head(i) == i), tokens[0])


def date_of(tree: Tree, trigger: int, moments: list[Moment], rivals: list[int]) -> str | None:
    """The time that dates the word `trigger`, or None.

    A time on the trigger's own verb wins; a verb joined to it shares it ("arrested and charged in May"); else the
    nearest in words, clause boundaries counting more, unless it stands on a verb of its own that is no trigger.
    `rivals`: the other triggers of the sentence.
    """
    verb = tree.verb_above(trigger)
    chain = {trigger, verb}
    best: tuple[float, str] | None = None
    for m in moments:
        cost = _cost(tree, m, trigger, verb, chain, rivals)
        if cost <= REACH and (best is None or cost < best[0]):
            best = (cost, m.value)
    return best[1] if best else None


def _cost(tree: Tree, m: Moment, trigger: int, verb: int, chain: set[int], rivals: list[int]) -> float:
    if m.verb in chain and (trigger == verb or not any(tree.verb_above(r) == verb and r == verb for r in rivals)):
        return 0
    distance = min(abs(m.first - trigger), abs(m.last - 1 - trigger))
    if (tree.head(m.verb) == verb and tree.dep(m.verb).startswith("conj")) or (
        tree.head(verb) == m.verb and tree.dep(verb).startswith("conj")
    ):
        own = any(m.verb == r or tree.verb_above(r) == m.verb for r in rivals)
        return 3 + distance * (0.6 if own else 0.4)
    between = range(min(trigger, m.first), max(trigger, m.last))
    clauses = sum(
        1
        for i in between
        if i not in chain and tree.is_verb(i) and not tree.dep(i).startswith(("amod", "aux", "xcomp"))
    )
    nearer = any(min(abs(m.first - r), abs(m.last - 1 - r)) < distance for r in rivals)
    return distance * 0.5 + CLAUSE * min(clauses, 2) + (6 if nearer else 0) + _apart(tree, m, trigger, verb, chain)


def _apart(tree: Tree, m: Moment, trigger: int, verb: int, chain: set[int]) -> float:
    """What it costs that the time stands on another verb: "released a video on Monday about his arrest" does not date
    the arrest."""
    if m.verb in chain:
        return 0
    return 3 if trigger == verb else 8


def _day(published: str | None) -> date | None:
    """The publication day; the first day of a coarser value (a month's page is still of that month)."""
    if not published:
        return None
    try:
        return edtf.bounds(published)[0]
    except ValueError:
        return None
