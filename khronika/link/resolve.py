"""One component of mentions resolved into people, with why, and what remains a question.

The fullest mentions come first; each joins the one person that most speaks for, if that is sure, and nobody where two
people who contradict each other fit nearly as well. Then people are joined with people, the surest first; then surnames
alone are given to the one whom they fit. A join that any comparer refuses is never made, whoever vouches for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from khronika.facts.events import Link
from khronika.facts.placing import opposed
from khronika.link.blocks import is_full
from khronika.link.comparers import ALONE, ASK, SURE, YEARS, Verdict, compare
from khronika.link.surroundings import CROWD, Portrait, Sign
from khronika.text.name_parts import parse_name

MARGIN = 0.5
"""By this much the best must be ahead of another who fits and contradicts it: a country's worth."""

CLEAR = 1.0
"""By this much a bearer of the name must be ahead of any other, to be given what nothing is told of."""


DECIDED = "decided by a person"
"""The reason of what people put together."""


@dataclass(slots=True)
class Resolved:
    """`people` as portraits, `links` made, `doubts`: pairs that are questions, with what was said of them."""

    people: list[Portrait] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    doubts: list[tuple[Portrait, Portrait, Verdict]] = field(default_factory=list)


def resolve(component: Sequence[Portrait]) -> Resolved:
    """The people of one component of `blocks`; a pure function of it, whatever its order."""
    if len(component) == 1:
        return Resolved([replace(component[0])])
    ordered = sorted(_with_namesakes(component), key=_informative)
    people = _People()
    short: list[Portrait] = []
    for portrait in ordered:
        if is_full(min(portrait.names)):
            people.place(portrait)
        else:
            short.append(portrait)
    people.settle()
    people.adopt()
    lone = _People()
    for portrait in short:
        if not people.give(portrait):
            lone.place(portrait)
    doubts = [*people.doubts(), *people.doubts_about(lone.all)]
    found = Resolved([*people.all, *lone.all], [*people.links, *lone.links], doubts)
    return _united(found) if any(person.one for person in found.people) else found


def _united(found: Resolved) -> Resolved:
    """Those whom people put together as one person each, at the place of the first of them, and why; what is one is no
    question any more. Done last: a name that is put to another by decision goes on to be found by its like."""
    first: dict[str, Portrait] = {}
    now: dict[int, Portrait] = {}
    people: list[Portrait] = []
    links = [*found.links]
    for portrait in found.people:
        known = next((first[one] for one in sorted(portrait.one) if one in first), None)
        now[id(portrait)] = known or portrait
        if known is None:
            people.append(portrait)
            first.update(dict.fromkeys(portrait.one, portrait))
            continue
        x, y = sorted((known.mentions[0], portrait.mentions[0]), key=lambda m: (m.document, m.name))
        links.append(Link(f"{x.document}/{x.name}", f"{y.document}/{y.name}", 1.0, DECIDED, (x.name, y.name)))
        known.take(portrait)
    doubts: dict[tuple[int, int], tuple[Portrait, Portrait, Verdict]] = {}
    for a, b, verdict in found.doubts:
        one, other = now[id(a)], now[id(b)]
        if one is not other and not opposed(one.sides, other.sides):
            doubts.setdefault((min(id(one), id(other)), max(id(one), id(other))), (one, other, verdict))
    return Resolved(people, links, [*doubts.values()])


def _with_namesakes(component: Sequence[Portrait]) -> list[Portrait]:
    """Copies; a name that two people of the component are known to bear, since ages or patronymics contradict or people
    say so, counts as common: then it says less of the others too."""
    born: dict[str, set[int]] = defaultdict(set)
    fathers: dict[str, set[str]] = defaultdict(set)
    stand: dict[str, set[str]] = defaultdict(set)
    for portrait in component:
        for key in portrait.keys:
            born[key] |= portrait.born
            fathers[key] |= portrait.patronymics
            stand[key] |= portrait.sides
    shared = {key for key, years in born.items() if years and max(years) - min(years) > YEARS}
    shared |= {key for key, names in fathers.items() if len(names) > 1}
    shared |= {key for key, sides in stand.items() if opposed(sides, sides)}
    return [replace(p, common=p.common or bool(p.keys & shared)) for p in component]


def _informative(portrait: Portrait) -> tuple[object, ...]:
    """Sort key: first who is told most of, then by document and name."""
    mention = portrait.mentions[0]
    known = len(portrait.company) + len(portrait.towns) + len(portrait.happenings)
    words = len(parse_name(mention.name).words)
    return not portrait.patronymics, not portrait.born, -words, -known, mention.document, mention.name, mention.hints


class _People:
    """The people so far, found again by name and by sign."""

    def __init__(self) -> None:
        self.all: list[Portrait] = []
        self.links: list[Link] = []
        self._by_sign: dict[Sign, list[int]] = defaultdict(list)

    def place(self, portrait: Portrait) -> None:
        """To the person who most speaks for, or as a new one."""
        best = self._best(portrait)
        if best is None:
            self._index(len(self.all), portrait)
            self.all.append(portrait)
            return
        at, verdict = best
        self.links.append(_link(self.all[at], portrait, verdict))
        self._index(at, portrait)
        self.all[at].take(portrait)

    def give(self, short: Portrait) -> bool:
        """A surname alone to the one person whom it fits; whether there is one."""
        best = self._best(short)
        if best is None:
            return False
        at, verdict = best
        self.links.append(_link(self.all[at], short, verdict))
        self.all[at].take(short, named=False)
        return True

    def _index(self, at: int, portrait: Portrait) -> None:
        for sign in portrait.signs():
            found = self._by_sign[sign]
            if not found or found[-1] != at:
                found.append(at)

    def _near(self, portrait: Portrait) -> list[int]:
        """Whom to compare with: everybody while they are few, else those who share a sign that few have."""
        if len(self.all) <= CROWD:
            return [*range(len(self.all))]
        return sorted({at for s in portrait.signs() if len(found := self._by_sign.get(s, ())) <= CROWD for at in found})

    def _best(self, portrait: Portrait) -> tuple[int, Verdict] | None:
        """The surest, unless somebody else fits nearly as well and cannot be the same person."""
        said = ((at, compare(self.all[at], portrait)) for at in self._near(portrait))
        fits = sorted((fit for fit in said if fit[1].points >= ASK), key=lambda fit: (-fit[1].points, fit[0]))
        if not fits or fits[0][1].points < SURE:
            return None
        at, verdict = fits[0]
        for other, rival in fits[1:]:
            if rival.points > verdict.points - MARGIN and compare(self.all[at], self.all[other]).refused:
                return None
        return at, verdict

    def settle(self) -> None:
        """People joined with people until nothing sure is left."""
        while joins := [(v, a, b) for v, a, b in self._pairs(SURE) if not self._torn(v, a, b)]:
            gone: set[int] = set()
            for _, a, b in sorted(joins, key=lambda join: (-join[0].points, join[1], join[2])):
                if a in gone or b in gone or (verdict := compare(self.all[a], self.all[b])).points < SURE:
                    continue
                self.links.append(_link(self.all[a], self.all[b], verdict))
                self.all[a].take(self.all[b])
                gone.add(b)
            self._keep(gone)

    def adopt(self) -> None:
        """Of two bearers of a full name, if no place is told of one of them, the name is not a common one and nobody
        else comes near, they are one: such as a line in a list, or a late report of a release."""
        known = [at for at, person in enumerate(self.all) if person.home or len(person.documents) > 1]
        gone: set[int] = set()
        for b, person in enumerate(self.all):
            if person.common:
                continue
            others = (a for a in known if a != b and a not in gone and not (person.home and self.all[a].home))
            said = ((a, compare(self.all[a], person)) for a in others)
            fits = sorted((fit for fit in said if fit[1].points > 0), key=lambda fit: (-fit[1].points, fit[0]))
            best = fits[0][1].points if fits else 0.0
            if best + ALONE.points >= SURE and not any(rival.points > best - CLEAR for _, rival in fits[1:]):
                a, verdict = fits[0]
                self.links.append(_link(self.all[a], person, Verdict((*verdict.evidence, ALONE))))
                self.all[a].take(person)
                gone.add(b)
        self._keep(gone)

    def _keep(self, gone: set[int]) -> None:
        """Forgets those who became part of others."""
        self.all = [person for at, person in enumerate(self.all) if at not in gone]
        self._by_sign.clear()
        for at, person in enumerate(self.all):
            self._index(at, person)

    def _pairs(self, least: float) -> Iterator[tuple[Verdict, int, int]]:
        """Pairs of people with at least so many points."""
        for b, person in enumerate(self.all):
            for a in self._near(person):
                if a < b and (verdict := compare(self.all[a], person)).points >= least:
                    yield verdict, a, b

    def _torn(self, verdict: Verdict, a: int, b: int) -> bool:
        """Whether one of the two fits a third nearly as well who contradicts the other."""
        for one, other in ((a, b), (b, a)):
            for third in self._near(self.all[one]):
                if third in (one, other):
                    continue
                rival = compare(self.all[one], self.all[third])
                if rival.points > verdict.points - MARGIN and compare(self.all[other], self.all[third]).refused:
                    return True
        return False

    def doubts(self) -> Iterator[tuple[Portrait, Portrait, Verdict]]:
        """Each person with the one who fits best without being sure."""
        best: dict[int, tuple[float, int, int, Verdict]] = {}
        for verdict, a, b in self._pairs(ASK):
            for at in (a, b):
                found = (-verdict.points, a, b, verdict)
                if at not in best or found[:3] < best[at][:3]:
                    best[at] = found
        for _, a, b, verdict in sorted({(f[1], f[2]): f for f in best.values()}.values(), key=lambda f: f[:3]):
            yield self.all[a], self.all[b], verdict

    def doubts_about(self, short: Sequence[Portrait]) -> Iterator[tuple[Portrait, Portrait, Verdict]]:
        """Each surname alone that is nobody's, with the one whom it fits best."""
        for portrait in short:
            fits = [(compare(self.all[at], portrait), at) for at in self._near(portrait)]
            asked = [(verdict, at) for verdict, at in fits if verdict.points >= ASK]
            if asked:
                verdict, at = min(asked, key=lambda fit: (-fit[0].points, fit[1]))
                yield self.all[at], portrait, verdict


def _link(a: Portrait, b: Portrait, verdict: Verdict) -> Link:
    """The record of a join, between the first mentions of both sides."""
    x, y = sorted((a.mentions[0], b.mentions[0]), key=lambda m: (m.document, m.name))
    return Link(f"{x.document}/{x.name}", f"{y.document}/{y.name}", verdict.score, verdict.reason, (x.name, y.name))
