"""A story's claims in the attributes of HRDsAttack: which violations, upon whom, by whom, where, when.

The set (Ran et al., "A New Task and Dataset on Detecting Attacks on Human Rights Defenders", Findings of ACL 2023)
asks for one answer a story, the codebook for every event; the event that the story tells most is the answer here.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim, Mention, Reading, Relation, Status
from khronika.facts.documents import Document
from khronika.facts.events import Event
from khronika.link import link
from khronika.read.gazetteer import Gazetteer
from khronika.read.words import people_words
from khronika.text.edtf import bounds

DETENTION, DISAPPEARANCE, KIDNAPPING = "arbitrary detention", "enforced disappearance", "kidnapping"
KILLING, TORTURE, OTHER, UNKNOWN = "killing", "torture", "other", "unknown"
STATE, OTHERS, ARMED = "state actor", "other non-state actors", "other actors without permissions"

_KINDS = {
    "detention": DETENTION, "internment": DETENTION, "sentence": DETENTION, "sentence_change": DETENTION,
    "conviction": DETENTION, "charge": DETENTION, "trial": DETENTION, "transfer": DETENTION, "release": DETENTION,
    "disappearance": DISAPPEARANCE, "death": KILLING, "threat": OTHER, "attack": OTHER, "dispersal": OTHER,
    "search": OTHER, "communication_interference": OTHER, "organization_ban": OTHER,
}  # fmt: skip
"""What becomes of each of the codebook's kinds; kinds that are not here are no violation."""
_TORTURE = frozenset(("torture", "beating"))
_SEIZED = ("abduct", "kidnap", "hostage", "captive", "captor", "ransom")
"""Beginnings of the words that tell of a kidnapping, whatever the codebook calls it."""
_RIGHTS = frozenset((Status.HAPPENED, Status.POSSIBLE, Status.DEMANDED))
_FREE = frozenset(("fine", "activity_ban", "freedom_limitation", "suspended"))
_MILITANTS = frozenset(
    (
        *("gunman", "gunmen", "bandit", "militant", "rebel", "insurgent", "terrorist", "kidnapper", "abductor"),
        *("captor", "group", "guerrilla", "gang", "jihadist", "cartel", "taliban", "isis", "mafia"),
    )
)


_RIGHTS_WORDS = re.compile(
    r"(?i)\b(?:activis|journalis|protest|opposition|dissident|human rights|rights group|blogger|reporter|critic|unionis"
    r"|demonstrat|defender|political prisoner|crackdown|regime|junta|press freedom|free speech|freedom of)"
)
_RIGHTS_LEAST = 3
"""Words of rights, protest or the press from which a story's arrests are not those of ordinary crime."""
_CRIMES = (
    (KIDNAPPING, re.compile(r"(?i)kidnap|abduct|hostage")),
    (KILLING, re.compile(r"(?i)murder|kill|homicide|manslaughter|assassinat|slaying|death of")),
)
"""Charges that name another violation."""
_LEAST = 0.05
"""Share of a story's claims from which a violation is one that the story is about."""
_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b[A-Z]\.[A-Z]\.")
_POSSESSIVE = re.compile(r"['’]s\b")
_CLAIM, _DATELINE, _CITY, _MENTION = 2.0, 3.0, 0.3, 0.6
"""What a claim's place, a dateline, a city's name and a bare mention weigh where a country's name weighs 1."""
_CITY_STATES = frozenset(("HK", "MO", "SG", "MC", "VA"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Attributes:
    """What the set asks of a story; None where it is not stated. `month` and `day` are numbers."""

    victims: frozenset[str] = frozenset()
    violations: frozenset[str] = frozenset()
    perpetrator: bool = False
    perpetrator_type: str | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


def violation_of(claim: Claim, text: str) -> str | None:
    """The set's violation that a claim tells of, or None.

    `text`: the document's, in which the claim's trigger lies. A claim that is denied or only planned tells of none.
    """
    if claim.status not in _RIGHTS:
        return None
    if claim.trigger and text[slice(*claim.trigger)].lower().startswith(_SEIZED):
        return KIDNAPPING
    if claim.type == "ill_treatment":
        return TORTURE if claim.subtype in _TORTURE else OTHER
    if claim.type == "death":
        return KILLING if claim.status is Status.HAPPENED else None
    if claim.type == "movement":
        return OTHER if claim.subtype in {"deported", "exit_refused"} else None
    if claim.type == "sentence" and claim.penalties and {p.kind for p in claim.penalties} <= _FREE:
        return OTHER
    return _KINDS.get(claim.type)


def attributes(stories: Sequence[tuple[Document, Reading]], atlas: Gazetteer) -> Attributes:
    """One answer for a page's stories, read as one."""
    documents = [d for d, _ in stories]
    mentions = [m for _, r in stories for m in r.mentions]
    people = {n for m in mentions if m.label == "person" for n in (m.name, *m.forms)}
    told = [(c, v) for d, r in stories for c in r.claims if (v := violation_of(c, d.text))]
    claims = [c for c, _ in told]
    violations = _violations(told, documents)
    event = main_event(claims, documents, mentions)
    counts = Counter(v for _, v in violations)
    city, region, country = _place(claims, documents, atlas)
    year, month, day = _day(event, claims)
    perpetrator_type = _perpetrator(told)
    return Attributes(
        victims=frozenset(t for c, _ in violations for t in c.targets if t in people and " " in t),
        violations=frozenset(v for v, n in counts.items() if n >= _LEAST * len(violations)) or frozenset((UNKNOWN,)),
        perpetrator=perpetrator_type is not None,
        perpetrator_type=perpetrator_type,
        country=country,
        region=region,
        city=city,
        year=year,
        month=month,
        day=day,
    )


def _violations(told: Sequence[tuple[Claim, str]], documents: Iterable[Document]) -> list[tuple[Claim, str]]:
    """The claims that tell of a violation, each with it.

    Whether custody is arbitrary no claim says. It counts where the story speaks of rights, protest or the press, and
    not where it is that of people accused of the killing or kidnapping that it is about: that is the violation.
    """
    crimes = [next((v for v, words in _CRIMES if words.search(c.charge or "")), v) for c, v in told]
    named = [(c, crime if v == DETENTION else v) for (c, v), crime in zip(told, crimes, strict=True)]
    counts = Counter(v for _, v in named)
    rights = sum(len(_RIGHTS_WORDS.findall(d.text)) for d in documents) >= _RIGHTS_LEAST
    if rights and counts[KIDNAPPING] <= counts[DETENTION]:
        return named
    return [(c, v) for c, v in named if v != DETENTION]


@dataclass(frozen=True, slots=True)
class _Article:
    """A record of one article, for linking."""

    _documents: Sequence[Document]
    _claims: Sequence[Claim]
    _mentions: Sequence[Mention]

    def documents(self) -> Iterator[Document]:
        """Its stories."""
        return iter(self._documents)

    def claims(self) -> Iterator[Claim]:
        """Their claims."""
        return iter(self._claims)

    def mentions(self) -> Iterator[Mention]:
        """Whom and what they name."""
        return iter(self._mentions)

    def relations(self) -> Iterator[Relation]:
        """None are asked about."""
        return iter(())


def main_event(claims: Sequence[Claim], documents: Sequence[Document], mentions: Iterable[Mention]) -> Event | None:
    """The event that most sentences tell; of several the one with more victims, then the one told first."""
    events = link(_Article(documents, claims, [*mentions])).events
    order = {c.id: n for n, c in enumerate(claims)}

    def weight(event: Event) -> tuple[int, int, int]:
        victims = max(len(event.targets), event.count.min or 0 if event.count else 0)
        return len(event.claims), victims, -min(order[c] for c in event.claims)

    return max(events, key=weight, default=None)


def _place(
    claims: Sequence[Claim], documents: Sequence[Document], atlas: Gazetteer
) -> tuple[str | None, str | None, str | None]:
    """City, region and country that the story is about: those named most, in its claims above all."""
    text = "\n".join(d.text for d in documents)
    named = Counter(_POSSESSIVE.sub("", name) for name in _NAME.findall(text))
    found = [(name, times, atlas.find(name), atlas.country_of(name)) for name, times in named.items()]
    lines = [d.dateline.split(",")[0] for d in documents if d.dateline]
    codes: dict[str, float] = defaultdict(float)
    for _, times, place, code in found:
        codes[_state(code or (place.country if place else None))] += times * (1 if code else _CITY)
    for claim in claims:
        codes[_state(next((iso for name in reversed(claim.place) if (iso := atlas.country_of(name))), None))] += _CLAIM
    for line in lines:
        place = atlas.find(line)
        codes[_state(place.country if place else None)] += _DATELINE
    state = _most({code: weight for code, weight in codes.items() if code})
    if state is None:
        return None, None, None
    cities: dict[str, float] = defaultdict(float)
    regions: dict[str, float] = defaultdict(float)
    votes = [(name, 1.0) for c in claims for name in c.place]
    votes += [(line, _DATELINE) for line in lines] + [(name, _MENTION * times) for name, times, *_ in found]
    for name, weight in votes:
        place, code = atlas.find(name, state), atlas.country_of(name)
        if place and _state(place.country) == state and (not code or code in _CITY_STATES):
            (cities if place.geonames else regions)[name] += weight
    claimed = {name for c in claims for name in c.place}
    region = _most({name: weight for name, weight in regions.items() if name in claimed})
    return _most(cities), region, atlas.country_name(state)


def _most(weights: Mapping[str, float]) -> str | None:
    """What weighs most, the first of several; None of none."""
    return max(weights, key=lambda name: weights[name], default=None)


def _state(code: str | None) -> str:
    """The state that a territory belongs to, as the set has it: Hong Kong and Macau are cities of China; "" of none."""
    return "CN" if code in {"HK", "MO"} else code or ""


def _day(event: Event | None, claims: Sequence[Claim]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of the main event, as far as they are known; else the first claim's that has."""
    dates = [event.date] if event and event.date else []
    for date in [*dates, *(c.date for c in claims if c.date)]:
        first, last = bounds(date)
        if first and last:
            year = first.year if first.year == last.year else None
            month = first.month if year and first.month == last.month else None
            return year, month, first.day if month and first.day == last.day else None
    return None, None, None


def _perpetrator(told: Sequence[tuple[Claim, str]]) -> str | None:
    """Who did it, by the kind that most claims speak for: custody is the state's where nobody else is named."""
    votes: dict[str, int] = {}
    for claim, violation in told:
        words = {w for actor in claim.actors for w in actor.lower().split()}
        words |= {w.removesuffix("s") for w in words}
        if words & _MILITANTS:
            kind = ARMED
        elif words & people_words().official or violation == DETENTION:
            kind = STATE
        elif words or violation == KIDNAPPING:
            kind = ARMED if violation == KIDNAPPING else OTHERS
        else:
            continue
        votes[kind] = votes.get(kind, 0) + 1
    return max(votes, key=lambda kind: votes[kind], default=None)
