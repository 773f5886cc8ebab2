"""Comparers: what speaks for or against two portraits being one person, with points, a reason and the values compared.

Points are added up. `SURE` of them make a link, from `ASK` on it is a question for a person, `REFUSED` by any one
comparer makes it neither. The scale: one point is what a shared town or companion says; a full name in one spelling is
two, so that no name alone reaches `SURE`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from khronika.facts.placing import opposed
from khronika.link.surroundings import Portrait
from khronika.text.name_parts import parse_name
from khronika.text.names import SAME, clash, is_short_form, leaves_words_out, same_consonants, same_spelling

SURE = 2.5
"""From here on two are one person. Same name and same country are 2.5; a surname alone needs town and country."""

ASK = 1.5
"""From here on it is a question: a full name in one spelling with nothing else known is 2; 1.5 with the country where
the name is known to be borne by two."""

REFUSED = -100.0
"""What one comparer says when it cannot be."""

CERTAIN = 0.95
"""From this `same_spelling` on, names of equally many words are one name but for a slip."""

LIKELY = 0.88
"""From this on they may be one name: above `SAME`, since one changed letter in a given name of six reaches that and
makes another name."""

FAR = 0.5
"""What it takes away that a name of the one is far from a name of the other, though nearer ones are between them."""

YEARS = 2
"""Birth years computed from ages in the news may differ by this much for one person (birthdays, old figures)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one comparer says: `points` for (positive) or against, the `reason` in words, the `values` of both sides."""

    points: float
    reason: str
    values: tuple[str, str]


Comparer = Callable[[Portrait, Portrait], Evidence | None]


def decisions(a: Portrait, b: Portrait) -> Evidence | None:
    """What people said: these two are not one. Whom people put together with others is besides joined by machine only
    with those of whom nobody said anything: what is held apart must not meet by way of a third."""
    placed = (a.one or b.one) and (a.one or a.sides) and (b.one or b.sides) and not a.one & b.one
    if not placed and not opposed(a.sides, b.sides):
        return None
    return Evidence(REFUSED, "held apart by a person", (min(a.names), min(b.names)))


def names(a: Portrait, b: Portrait) -> Evidence | None:
    """The written names: one spelling key, a close spelling, a short form; refused where any two of them clash.

    A name that many bear (`common` on both sides) says a point less.
    """
    if a.keys == b.keys and len(a.keys) == 1:
        x, y = min(a.names), min(b.names)
        return Evidence(_of_full(2.0, x, a, b), "spelling", (x, y))
    pairs = sorted(((alike(x, y), x, y) for x in a.names for y in b.names), reverse=True)
    points, x, y = pairs[0]
    clashing = [(x, y) for score, x, y in pairs if score <= 0 and (points <= 0 or clash(x, y))]
    if clashing:
        return Evidence(REFUSED, "other name", min(clashing))
    if a.keys & b.keys:
        points = 2.0
    reason = "spelling" if points > 1 else "short form" if points == 1 else "some likeness of the names"
    return Evidence(_of_full(points, x, a, b) - (FAR if pairs[-1][0] <= 0 else 0.0), reason, (x, y))


def _of_full(points: float, name: str, a: Portrait, b: Portrait) -> float:
    """The points of the names, a point less where many bear them or where it is one word."""
    if len(parse_name(name).words) < 2:
        return min(points, 1.0)
    return points - 1.0 if a.common and b.common else points


@lru_cache(maxsize=65_536)
def alike(x: str, y: str) -> float:
    """Points of two written names; 0 where they contradict each other.

    One spelling 2, a slip 1.5, a letter 1.25, vowels only 0.5 (and 0.25 where there is little but no contradiction);
    a surname alone, initials, words left out: 1.
    """
    score = same_spelling(x, y)
    if score >= LIKELY:
        even = len(parse_name(x).words) == len(parse_name(y).words)
        return 2.0 if score >= 1.0 and even else 1.5 if score >= CERTAIN and even else 1.25
    if is_short_form(x, y) or is_short_form(y, x) or leaves_words_out(x, y) or leaves_words_out(y, x):
        return 1.0
    return 0.5 if same_consonants(x, y) else 0.25 if score >= SAME else 0.0


def patronymics(a: Portrait, b: Portrait) -> Evidence | None:
    """The father's name inside the name: the same is as good as a town, another is another person."""
    if not a.patronymics or not b.patronymics:
        return None
    values = (min(a.patronymics), min(b.patronymics))
    if a.patronymics & b.patronymics:
        return Evidence(1.0, "patronymic", (min(a.patronymics & b.patronymics),) * 2)
    close = all(same_spelling(x, y) >= 0.8 for x in a.patronymics for y in b.patronymics)
    return None if close else Evidence(REFUSED, "other patronymic", values)


def ages(a: Portrait, b: Portrait) -> Evidence | None:
    """Years of birth that stated ages give: further apart than `YEARS` is another person."""
    if not a.born or not b.born:
        return None
    low, high = min(a.born | b.born), max(a.born | b.born)
    values = (_years(a), _years(b))
    if high - low > YEARS:
        return Evidence(REFUSED, "other age", values)
    return Evidence(1.0 if high - low < YEARS else 0.25, "age", values)


def _years(portrait: Portrait) -> str:
    """The years of birth in words."""
    return "born " + ", ".join(map(str, sorted(portrait.born)))


def roles(a: Portrait, b: Portrait) -> Evidence | None:
    """What both are called ("teacher")."""
    shared = sorted(a.roles & b.roles)
    return Evidence(min(1.0, 0.5 * len(shared)), f"both {shared[0]}", (shared[0],) * 2) if shared else None


def places(a: Portrait, b: Portrait) -> Evidence | None:
    """Where their stories are set: a town in common, a region or country; towns known and none in common, countries
    likewise."""
    towns, countries = sorted(a.towns & b.towns), sorted(a.countries & b.countries)
    if towns:
        points = 1.0 + (0.5 if countries or not (a.countries and b.countries) else 0.0)
        return Evidence(points, f"both are set in {towns[0]}", (towns[0],) * 2)
    if a.countries and b.countries and not countries:
        return Evidence(-0.5, "other country", (min(a.countries), min(b.countries)))
    if regions := sorted(a.regions & b.regions):
        return Evidence(0.5, f"both are set in {regions[0]}", (regions[0],) * 2)
    if a.home and b.home:
        return Evidence(-0.75, "other town", (min(a.home), min(b.home)))
    return Evidence(0.5, f"both are set in {countries[0]}", (countries[0],) * 2) if countries else None


def times(a: Portrait, b: Portrait) -> Evidence | None:
    """Stories of one week or the next: who is in the news is there for a while."""
    shared = a.weeks & b.weeks
    if not shared:
        return None
    day = str(date.fromordinal(min(shared) * 7))
    return Evidence(0.5, f"in the news about {day}", (day,) * 2)


def happenings(a: Portrait, b: Portrait) -> Evidence | None:
    """What befell them on one day; else what their documents both tell of."""
    if own := sorted(a.happenings & b.happenings):
        return Evidence(1.5, f"both tell of {own[0][0]} on {own[0][1]}", (own[0][1],) * 2)
    if scene := sorted(a.scene & b.scene):
        return Evidence(1.0, f"both tell of {scene[0][0]} on {scene[0][1]}", (scene[0][1],) * 2)
    return None


def charges(a: Portrait, b: Portrait) -> Evidence | None:
    """Words of the charge that both face."""
    shared = sorted(a.charges & b.charges)
    return Evidence(0.5, f"both charged with {' '.join(shared[:3])}", (shared[0],) * 2) if shared else None


def company(a: Portrait, b: Portrait) -> Evidence | None:
    """Others named in the documents of both, who are neither of the two."""
    shared = sorted((a.company & b.company) - a.keys - b.keys)
    if not shared:
        return None
    return Evidence(min(2.0, 0.5 + 0.5 * len(shared)), f"both name {shared[0]}", (shared[0],) * 2)


def bystanders(a: Portrait, b: Portrait) -> Evidence | None:
    """Officials and speakers that the documents of both name: less than a companion, since they are named in many."""
    shared = sorted((a.bystanders & b.bystanders) - a.keys - b.keys)
    if not shared:
        return None
    return Evidence(min(1.0, 0.5 * len(shared)), f"both stories name {shared[0]}", (shared[0],) * 2)


def outlets(a: Portrait, b: Portrait) -> Evidence | None:
    """An outlet in common says little: it writes of many."""
    shared = sorted(a.outlets & b.outlets)
    return Evidence(0.25, f"both from {shared[0]}", (shared[0],) * 2) if shared else None


def pages(a: Portrait, b: Portrait) -> Evidence | None:
    """Parts of one page are about one matter."""
    shared = sorted(a.pages & b.pages)
    return Evidence(0.5, "both on one page", (shared[0],) * 2) if shared else None


def texts(a: Portrait, b: Portrait) -> Evidence | None:
    """Copies of one text speak of one person."""
    shared = sorted(a.origins & b.origins)
    return Evidence(2.0, "copies of one text", (shared[0],) * 2) if shared else None


def documents(a: Portrait, b: Portrait) -> Evidence | None:
    """A document that names both tells them apart, and is believed."""
    shared = sorted(a.documents & b.documents)
    return Evidence(REFUSED, "told apart in one story", (shared[0],) * 2) if shared else None


REFUSING: tuple[Comparer, ...] = (decisions, documents, ages, patronymics, names)
"""Those that can say no, the cheapest first."""

COMPARERS: tuple[Comparer, ...] = (
    texts, company, bystanders, happenings, places, times, charges, roles, pages, outlets,
)  # fmt: skip
"""The others."""


ALONE = Evidence(0.5, "nobody else of the name is known", ("", ""))
"""What speaks for a mention of which nothing is told: that the record knows one bearer of the name, and no other."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was said of two portraits, `evidence` in the comparers' order."""

    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        """The sum."""
        return round(sum(e.points for e in self.evidence), 3)

    @property
    def refused(self) -> bool:
        """Whether one comparer says that it cannot be."""
        return any(e.points <= REFUSED for e in self.evidence)

    @property
    def score(self) -> float:
        """The points as a number from 0 to 1: 0.5 at `ASK`, 0.91 at `SURE`."""
        return 0.0 if self.refused else round(1 / (1 + 10 ** (1.5 - self.points)), 3)

    @property
    def reason(self) -> str:
        """The reasons in words, the name first."""
        return "; ".join(e.reason for e in self.evidence)


def compare(a: Portrait, b: Portrait) -> Verdict:
    """Every comparer asked, unless one of those that can say no does."""
    said: list[Evidence] = []
    for comparer in REFUSING:
        if evidence := comparer(a, b):
            said.append(evidence)
            if evidence.points <= REFUSED:
                return Verdict((evidence,))
    said.reverse()  # the name first
    said += [evidence for comparer in COMPARERS if (evidence := comparer(a, b))]
    return Verdict(tuple(said))
