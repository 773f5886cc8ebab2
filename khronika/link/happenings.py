"""Whether a claim tells of a happening that other claims tell of: the fields compared, and the reasons to say no."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.facts.claims import Claim, Count, Penalty, Status
from khronika.text.edtf import bounds, days_apart, overlaps
from khronika.text.fold import fold

ENOUGH = 2.0
"""Evidence from which a claim joins a happening: the same named person alone is enough (3), an exact day with a place
(2 + 1.5), a place with the same described group (1.5 + 1.5), in one document a place and nothing against it (1.5 + 1).
The weights are judgements, checked on annotated stories half of which were only scored: pairwise F1 0.82 there."""

SLACK = 1
"""Days by which reports of one dated happening differ: "on Tuesday" said of a night, or of the day it became known."""


RIVAL = 7
"""Days by which two documents' dates of one person's penalty may differ where its term is the same: then the dates are
rival accounts of one event, shown as a conflict, not two events."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The word lists of `happenings.toml`; see the file's comments for what each holds."""

    by_actor: frozenset[str]
    public: frozenset[str]
    each_their_own: frozenset[str]
    subtype_tells: frozenset[str]
    lasting: frozenset[str]
    gathering: frozenset[str]
    generic: frozenset[str]
    place_rank: frozenset[str]


def load_kinds(text: str) -> Kinds:
    """The lists from the TOML `text`. Raises LexiconError when one is missing or not a list."""
    try:
        data = tomllib.loads(text)
        return Kinds(**{f.name: frozenset(map(str.lower, data[f.name])) for f in fields(Kinds)})
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LexiconError("happenings.toml", str(error)) from error


@cache
def kinds() -> Kinds:
    """The packaged lists, read once."""
    return load_kinds((files("khronika") / "resources" / "happenings.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Telling:
    """A claim with what linking knows of it: `who` ids of the people and bodies it is about, `actors` ids or folded
    names, `published` its document's day, `order` where the claim starts in it (code points)."""

    claim: Claim
    who: frozenset[str]
    actors: frozenset[str]
    published: str | None = None
    order: int = 0

    @property
    def kind_key(self) -> tuple[str, str]:
        """Type and status group: claims of different keys are never one event (codebook rule 19)."""
        return self.claim.type, status_group(self.claim.status)


def status_group(status: Status) -> str:
    """Demanded and possible events are events of their own; a denial is about the event it denies; a planned one may
    turn out to be the one that happened."""
    return str(status) if status in {Status.DEMANDED, Status.POSSIBLE} else "told"


@dataclass(slots=True)
class Happening:
    """An event in the making: what its tellings say together."""

    tellings: list[Telling] = field(default_factory=list)
    who: set[str] = field(default_factory=set)
    actors: set[str] = field(default_factory=set)
    group: set[str] = field(default_factory=set)
    subtypes: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    places: list[tuple[str, ...]] = field(default_factory=list)
    penalties: set[Penalty] = field(default_factory=set)
    charges: list[frozenset[str]] = field(default_factory=list)
    counts: set[Count] = field(default_factory=set)
    statuses: set[Status] = field(default_factory=set)
    described: bool = False
    orders: dict[str, list[int]] = field(default_factory=dict)

    def take(self, telling: Telling) -> None:
        """The telling is of this happening."""
        claim = telling.claim
        self.tellings.append(telling)
        self.statuses.add(claim.status)
        self.described = self.described or bool(claim.group)
        self.orders.setdefault(claim.document, []).append(telling.order)
        self.who |= telling.who
        self.actors |= telling.actors
        self.group |= group_words(claim.group)
        if claim.subtype and claim.subtype not in {"unspecified", "other"}:
            self.subtypes.add(claim.subtype)
        if claim.date:
            self.dates.add(claim.date)
        if (chain := place_chain(claim.place)) and chain not in self.places:
            self.places.append(chain)
        self.penalties.update(claim.penalties)
        if claim.count:
            self.counts.add(claim.count)
        if (charge := _words(claim.charge)) and charge not in self.charges:
            self.charges.append(charge)


def evidence(happening: Happening, telling: Telling) -> float | None:
    """How much speaks for the telling being of the happening, or None where something speaks against it."""
    total = 0.0
    for part in (_who, _when, _where, _group, _subtype, _penalties, _details):
        said = part(happening, telling)
        if said is None:
            return None
        total += said
    return total if _anchored(happening, telling) else None


def _anchored(happening: Happening, telling: Telling) -> bool:
    """Whether more than the kind ties the two: a person, a public act, a place, a day, a group or an actor."""
    claim = telling.claim
    if telling.who & happening.who or claim.type in kinds().public or claim.status is Status.DENIED:
        return True
    chain = place_chain(claim.place)
    return bool(
        (chain and any(places_agree(chain, other) > 0 for other in happening.places))
        or (claim.date in happening.dates and _is_day(str(claim.date)))
        or group_words(claim.group) & happening.group
        or telling.actors & happening.actors
        or _same_penalty_here(happening, telling)
    )


def distance(happening: Happening, telling: Telling) -> int:
    """Code points to the happening's nearest telling in the same document; large where it has none there."""
    there = happening.orders.get(telling.claim.document, ())
    return min((abs(order - telling.order) for order in there), default=10**9)


def _who(happening: Happening, telling: Telling) -> float | None:
    """Named people must be shared; a group's penalty is not one member's (rule 18)."""
    kind = telling.claim.type
    if happening.who and telling.who:
        shared = happening.who & telling.who
        if kind in kinds().public:
            return 1.0 if shared else -0.5
        if not shared:
            return None
        if happening.who == telling.who:
            return 3.3
        if kind in kinds().each_their_own or _brings_others(happening, telling):
            return None
        return 3.0
    if not happening.who and not telling.who:
        return 0.5 if telling.claim.status is Status.DENIED else 0.0
    if telling.claim.status is Status.DENIED and not telling.who:
        return 0.5
    if kind in kinds().public:
        return 0.0
    if _same_penalty_here(happening, telling):
        return 1.0
    named = any(who.startswith("p") for who in happening.who | telling.who)
    return None if named or telling.claim.date not in happening.dates else 0.0


def _brings_others(happening: Happening, telling: Telling) -> bool:
    """Whether the telling would add people to a happening told elsewhere, with no common day to show that it is one:
    "Marta Ruiz and Pavel Novak remain in prison" does not make Novak part of Ruiz's arrest."""
    here = telling.claim.document in happening.orders
    return bool(telling.who - happening.who) and not here and telling.claim.date not in happening.dates


def _same_penalty_here(happening: Happening, telling: Telling) -> bool:
    """Whether one document gives one person without a name and one with a name the same stated penalty: "Court jails
    protester for 15 days" above "Klaus Weber was sentenced to 15 days"."""
    mine = {(p.kind, p.duration, p.amount) for p in telling.claim.penalties if p.duration or p.amount}
    theirs = {(p.kind, p.duration, p.amount) for p in happening.penalties}
    several = any((count.min or 0) > 1 for count in {*happening.counts, telling.claim.count} if count)
    one = not several and len(happening.who | telling.who) == 1
    return one and telling.claim.document in happening.orders and bool(mine & theirs)


def _when(happening: Happening, telling: Telling) -> float | None:
    """Dates must be able to agree; nothing that happened is told before its day."""
    said = telling.claim.date
    if not said and happening.dates and _too_early(happening, telling):
        return None
    if not said or not happening.dates:
        return None if _only_planned(happening, telling) else _undated(happening, telling)
    apart = max(days_apart(said, other) for other in happening.dates)
    if SLACK < apart <= RIVAL and _same_term(happening, telling):
        return -0.5
    if apart > SLACK or (apart and not telling.who & happening.who):
        return None
    if said in happening.dates:
        return 2.0 if _is_day(said) else 1.0
    return 1.0 if apart == 0 else 0.5


def _same_term(happening: Happening, telling: Telling) -> bool:
    """Whether another document gives the same person the same stated term."""
    terms = {(p.kind, p.duration) for p in telling.claim.penalties if p.duration}
    theirs = {(p.kind, p.duration) for p in happening.penalties}
    apart = telling.claim.document not in happening.orders
    return apart and bool(terms & theirs) and bool(telling.who & happening.who)


def _only_planned(happening: Happening, telling: Telling) -> bool:
    """Whether a plan without a date meets something that happened: nothing says that it is the same."""
    return telling.claim.status is Status.PLANNED and Status.HAPPENED in happening.statuses


def _undated(happening: Happening, telling: Telling) -> float:
    """A claim without a date about unnamed people says little about another document's dated happening."""
    if not happening.dates or telling.who & happening.who or telling.claim.type in kinds().lasting:
        return 0.0
    return 0.0 if telling.claim.document in happening.orders else -1.0


def _too_early(happening: Happening, telling: Telling) -> bool:
    """Whether the telling was published before the happening's first possible day."""
    if not telling.published or telling.claim.status is Status.PLANNED:
        return False
    return any(
        not overlaps(telling.published, day) and _first(day) > _first(telling.published) for day in happening.dates
    )


def _first(value: str) -> date:
    """The first day of an EDTF value."""
    return bounds(value)[0] or date.min


def _is_day(value: str) -> bool:
    """Whether the value is one day."""
    earliest, latest = bounds(value)
    return earliest is not None and earliest == latest


def _where(happening: Happening, telling: Telling) -> float | None:
    """Places must be one or lie in each other, for named people less strictly: a court's town is not the arrest's."""
    chain = place_chain(telling.claim.place)
    if not chain or not happening.places:
        return 0.5 if telling.claim.document in happening.orders and not telling.who else 0.0
    fits = [places_agree(chain, other) for other in happening.places]
    gathering = telling.claim.type in kinds().gathering
    if min(fits) < 0.0:
        return -0.7 if telling.who & happening.who and not gathering else None
    if (gathering or not telling.who) and max(fits) < 1.0 and _whole_country(chain, happening.places):
        return None if gathering or telling.claim.date else 0.5
    exact = max(fits) == 1.0 and len(chain) > 2
    return 2.0 if exact else 1.5 * max(fits)


def _whole_country(chain: tuple[str, ...], others: Sequence[tuple[str, ...]]) -> bool:
    """Whether one side names only the country that the other side's town is in: on a given day, a country's protests or
    arrests are not one town's (codebook rule 21)."""
    return any((len(chain) == 1) != (len(other) == 1) for other in others)


def _group(happening: Happening, telling: Telling) -> float | None:
    """Described groups: a shared telling word is evidence, with the same number it is enough ("2 million farmers");
    different ones say no where nobody is named."""
    mine = group_words(telling.claim.group)
    if mine and happening.group:
        if mine & happening.group:
            return 2.0 if telling.claim.count in happening.counts else 1.5
        if telling.who & happening.who and telling.claim.type not in kinds().public:
            return 0.0
        if _one_day_and_place(happening, telling) and _counts_meet(happening, telling):
            return -0.5
        return -1.0 if telling.claim.type in kinds().public else None
    generic = bool(telling.claim.group) or happening.described or telling.claim.type in kinds().gathering
    return 0.5 if generic and not telling.who else 0.0


def _one_day_and_place(happening: Happening, telling: Telling) -> bool:
    """Whether the day and the most specific place are the same: then groups are described in other words ("worshipers",
    "residents")."""
    claim = telling.claim
    chain = place_chain(claim.place)
    day = claim.date in happening.dates and _is_day(str(claim.date))
    return day and bool(chain) and any(places_agree(chain, other) == 1.0 for other in happening.places)


def _counts_meet(happening: Happening, telling: Telling) -> bool:
    """Whether the numbers may be of one group: "his mother" is not "at least two activists"."""
    mine = telling.claim.count
    least, most = (mine.min or 0, mine.max or 10**9) if mine else (0, 10**9)
    return all(least <= (other.max or 10**9) and (other.min or 0) <= most for other in happening.counts)


def _subtype(happening: Happening, telling: Telling) -> float | None:
    """Subtypes that are different acts say no; closer descriptions that differ weigh a little."""
    mine = telling.claim.subtype
    if not mine or mine in {"unspecified", "other"} or not happening.subtypes:
        return 0.0
    if mine in happening.subtypes:
        return 0.5
    return None if telling.claim.type in kinds().subtype_tells else -0.3


def _penalties(happening: Happening, telling: Telling) -> float | None:
    """Equal penalties are evidence; other terms of one kind say no unless the day is the same (then they
    conflict); unnamed people who got another kind of penalty are other people."""
    mine = {(p.kind, p.duration, p.amount) for p in telling.claim.penalties if p.duration or p.amount}
    theirs = {(p.kind, p.duration, p.amount) for p in happening.penalties if p.duration or p.amount}
    if mine & theirs:
        return 1.0
    kinds_told, kinds_known = {p.kind for p in telling.claim.penalties}, {p.kind for p in happening.penalties}
    if not telling.who and kinds_told and kinds_known and not kinds_told & kinds_known:
        return None
    differ = {kind for kind, *_ in mine} & {kind for kind, *_ in theirs}
    if differ and (not telling.claim.date or telling.claim.date not in happening.dates):
        return None
    return 0.0


def _details(happening: Happening, telling: Telling) -> float | None:
    """Small evidence: a shared charge, shared actors, the same document."""
    charge = _words(telling.claim.charge)
    same_charge = any(2 * len(charge & other) >= len(charge) + len(other) - 1 for other in happening.charges if charge)
    near = telling.claim.document in happening.orders
    return 0.5 * same_charge + 0.7 * bool(telling.actors & happening.actors) + 1.0 * near


@lru_cache(maxsize=65_536)
def group_words(group: str | None) -> frozenset[str]:
    """The telling words of a group's description, plural "s" cut off; generic ones ("people", "dozens") left out."""
    words = fold(group or "").split()
    return frozenset(w.removesuffix("s") for w in words if w not in kinds().generic and not w.isdigit() and len(w) > 2)


@lru_cache(maxsize=65_536)
def _words(text: str | None) -> frozenset[str]:
    """The words of a charge that are longer than three letters."""
    return frozenset(w for w in fold(text or "").split() if len(w) > 3)


@lru_cache(maxsize=65_536)
def place_chain(place: tuple[str, ...]) -> tuple[str, ...]:
    """The places folded, most specific first, words of rank left out ("Xinjiang Province" → "xinjiang")."""
    chain = []
    for name in place:
        words = fold(name).split()
        chain.append(" ".join(w for w in words if w not in kinds().place_rank) or " ".join(words))
    return tuple(dict.fromkeys(p for p in chain if p))


def places_agree(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """1 where the most specific places are one, 0.6 where one lies in the other, 0.2 where only the country (or larger
    place) is shared and one side has no more, -1 where they differ. Both non-empty."""
    if _same_place(a[0], b[0]):
        return 1.0
    if any(_same_place(a[0], other) for other in b[1:]) or any(_same_place(b[0], other) for other in a[1:]):
        return 0.6
    return -1.0


def _same_place(a: str, b: str) -> bool:
    """Whether two folded place names are one: equal, or one's words all in the other's with the same first word."""
    if a == b:
        return True
    x, y = a.split(), b.split()
    return x[0] == y[0] and (set(x) <= set(y) or set(y) <= set(x))
