"""From a name as a person types it to the person of the record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import get_close_matches

from khronika.errors import NotFound, SeveralPeople
from khronika.facts.events import Person
from khronika.text.fold import fold
from khronika.text.names import matches

FITS = 0.7
"""Least score of `names.matches` at which a name is taken to fit: a slip in a surname or a full name does, one in a
given name alone does not, since that makes another name of it (Marat, Murat; Maria, Mario)."""

CLEAR = 0.08
"""How much better the best fit must be than the next person's to be meant alone: a full name against a namesake's."""


def find_person(typed: str, people: Sequence[Person], describe: Callable[[Person], str]) -> Person:
    """The person whom the typed name means: an id, or a name in any form that `matches` takes.

    `describe` gives one line that tells a person apart. Raises SeveralPeople, or NotFound with names that are near.
    """
    if by_id := next((p for p in people if p.id == typed), None):
        return by_id
    scored = sorted(((_fit(typed, p), p) for p in people), key=lambda pair: (-pair[0], pair[1].id))
    fitting = [(score, p) for score, p in scored if score >= FITS]
    if not fitting:
        raise NotFound(f"nobody in the record is called “{typed}”{_near(typed, people)}")
    best = fitting[0][0]
    meant = [p for score, p in fitting if best - score < CLEAR]
    if len(meant) > 1:
        raise SeveralPeople(typed, [describe(p) for p in meant])
    return meant[0]


def _fit(typed: str, person: Person) -> float:
    """How well the typed name fits any form of the person's name, 0-1."""
    return max((matches(typed, form) for form in dict.fromkeys((person.name, *person.forms))), default=0.0)


def _near(typed: str, people: Sequence[Person]) -> str:
    """Names that look like the typed one, as the end of a sentence."""
    names = {fold(p.name): p.name for p in people}
    near = [names[n] for n in get_close_matches(fold(typed), names, n=3, cutoff=0.6)]
    return f"; near: {', '.join(near)}" if near else ""
