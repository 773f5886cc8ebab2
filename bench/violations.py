"""A story's claims in the attributes of HRDsAttack: which violations, upon whom, by whom, where, when.

The set (Ran et al., "A New Task and Dataset on Detecting Attacks on Human Rights Defenders", Findings of ACL 2023)
asks for one answer a story, the codebook for every event; the event that the story tells most is the answer here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from khronika.facts.claims import Claim, Mention, Reading, Status
from khronika.facts.documents import Document
from khronika.facts.events import Event
from khronika.link.copies import find_copies
from khronika.link.events import link_events
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
    told = [(c, v) for d, r in stories for c in r.claims if (v := violation_of(c, d.text))]
    people = {n for _, r in stories for m in r.mentions if m.label == "person" for n in (m.name, *m.forms)}
    victims = frozenset(t for c, _ in told for t in c.targets if t in people)
    claims = [c for c, _ in told]
    event = main_event(claims, [d for d, _ in stories], [m for _, r in stories for m in r.mentions])
    about = {c.id: c for c in claims if event and c.id in event.claims}
    city, region, country = _place([*about.values(), *claims], [d for d, _ in stories], atlas)
    year, month, day = _day(event, claims)
    perpetrator_type = _perpetrator(told)
    return Attributes(
        victims=victims,
        violations=frozenset(v for _, v in told) or frozenset((UNKNOWN,)),
        perpetrator=perpetrator_type is not None,
        perpetrator_type=perpetrator_type,
        country=country,
        region=region,
        city=city,
        year=year,
        month=month,
        day=day,
    )


def main_event(claims: Sequence[Claim], documents: Sequence[Document], mentions: Iterable[Mention]) -> Event | None:
    """The event that most sentences tell; of several the one with more victims, then the one told first."""
    names: Mapping[tuple[str, str], str] = {
        (m.document, form): f"{m.label[0]}{m.name}" for m in mentions for form in (m.name, *m.forms)
    }
    events, _ = link_events(claims, {d.id: d for d in documents}, names, find_copies(documents))
    order = {c.id: n for n, c in enumerate(claims)}

    def weight(event: Event) -> tuple[int, int, int]:
        victims = max(len(event.targets), event.count.min or 0 if event.count else 0)
        return len(event.claims), victims, -min(order[c] for c in event.claims)

    return max(events, key=weight, default=None)


def _place(
    claims: Sequence[Claim], documents: Sequence[Document], atlas: Gazetteer
) -> tuple[str | None, str | None, str | None]:
    """City, region and country: of the first claim that has each, the main event's first; else the dateline's."""
    chains = [c.place for c in claims if c.place]
    chains += [atlas.chain(part) for d in documents if d.dateline for part in [d.dateline.split(",")[0]]]
    city = region = country = None
    for chain in chains:
        code = next((iso for name in reversed(chain) if (iso := atlas.country_of(name))), None)
        if country and code and atlas.country_of(country) != code:
            continue
        for name in chain:
            if atlas.country_of(name) == code and code and name == chain[-1]:
                country = country or name
            elif (found := atlas.find(name, code)) and found.geonames:
                city = city or name
            elif found:
                region = region or name
    return city, region, country


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
