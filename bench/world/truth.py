"""The truth to measure against: whose name, which event, which origin, and where a person was as far as was published.

Origins. Outlets, by whose reporting an event is told: exact and edited copies and credited retellings count as the
outlet that they are from, an outlet that tells a thing twice counts once. A retelling that names no source counts as
its own outlet's: nothing that is published tells it from own reporting, and what nobody can know is not asked.

Custody. The question is (person, day, known): where was the person on the day, as the stories published up to `known`
tell? So the right answer is a function of what is published by then, never of what only the simulation knows. It is
worked out here from the simulated life and the tellings of it, by rules of its own, not by khronika's:

- An event that nobody has told of by `known` does not count. Before the first that does: `unknown` or `free`.
- Told late: it counts from its day, but only for questions with `known` on or after the first report.
- Several days told: each outlet has one voice, its latest own report (so a correction replaces the error, and copies
  and retellings add nothing). The day that most outlets give is the right one, also where it is not the true one. On a
  tie, any state that one of the tied days gives is accepted between them.
- Only a month or year is told: within it the state before and the state after are both accepted. No date: the same
  between the event before it and the first report.
- A term runs from the day custody began, where that is reported (the country's courts count it all), else from the
  sentence; where custody is reported without its day, either will do. After it, without a reported release: `unknown`.
  A reported release, not the arithmetic, makes one free. Limited freedom and suspended terms end by themselves:
  afterwards `unknown` or `free`.
- An open end (police custody, house arrest before a trial) lasts; 60 days after the last thing published of the person
  `unknown` is accepted too.
- A fine for someone in custody, parole granted, a release that is reported and denied: the state before, and `free`.
- What is only done to people in custody, told of one of whom no custody is known: any custody, or `unknown`.
- Denied, demanded, planned, possible: nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from bench.world.people import Event, after_term
from bench.world.story import Filed
from khronika.facts.claims import Status

HELD = frozenset({"detained", "imprisoned", "interned", "house_arrest", "psychiatric"})
NOBODY_SAYS = frozenset({"unknown", "free"})
PROCEEDINGS = frozenset({"charge", "trial", "conviction", "acquittal", "sentence", "court_appeal", "sentence_change"})
"""Kinds that follow each other as a case goes: a sentence is not before the conviction."""
CHANGES = frozenset(
    {"detention", "internment", "disappearance", "sentence", "sentence_change", "acquittal", "transfer", "release",
     "movement", "death"}
)  # fmt: skip
"""Kinds that change custody: one of no exact day lies between the known ones before and after it. Of a search, a
charge or a beating nobody can say whether it came before the arrest."""
STALE = timedelta(days=60)
FAR = date(9999, 1, 1)


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim about one event of one person: when it could be known, whose reporting it is, and what it says."""

    known: date
    origin: str
    own: bool
    day: str | None
    term: str | None
    status: str


@dataclass(slots=True)
class Life:
    """A person's events that were told of, each with its tellings."""

    events: dict[str, Event] = field(default_factory=dict)
    tellings: dict[str, list[Telling]] = field(default_factory=dict)

    def in_order(self) -> list[tuple[Event, list[Telling]]]:
        """As they truly happened."""
        order = sorted(self.events.values(), key=lambda e: (e.day, int(e.id.partition(".")[2])))
        return [(e, self.tellings[e.id]) for e in order]


@dataclass(slots=True)
class Truth:
    """`events`: claim id → true event; `people`: (document id, name) → true person; `origins`: true event → outlets
    whose own reporting tells of it; `reporting`: document id → the outlet whose reporting it is; `lives` by true
    person."""

    events: dict[str, str] = field(default_factory=dict)
    people: dict[tuple[str, str], str] = field(default_factory=dict)
    origins: dict[str, set[str]] = field(default_factory=dict)
    reporting: dict[str, str] = field(default_factory=dict)
    lives: dict[str, Life] = field(default_factory=dict)

    def take(self, filed: Filed) -> None:
        """Adds a story's truth."""
        document, story = filed.document.id, filed.story
        self.events.update(filed.events)
        self.reporting[document] = story.counts_as
        self.people.update(((document, name), person) for name, person in filed.people)
        for _, event in filed.events:
            self.origins.setdefault(event, set()).add(story.counts_as)
        for draft in filed.drafts:
            if draft.event is None:
                continue
            term = next((p.duration for p in draft.penalties if p.duration), None)
            telling = Telling(
                story.known, story.counts_as, story.own or story.uncredited, draft.day, term, str(draft.status)
            )
            for person in draft.people:
                life = self.lives.setdefault(person.id, Life())
                life.events[draft.event.id] = draft.event
                life.tellings.setdefault(draft.event.id, []).append(telling)


# --- where someone was


@dataclass(frozen=True, slots=True)
class Span:
    """A day known to lie from `low` to `high`."""

    low: date
    high: date


@dataclass(frozen=True, slots=True)
class Situation:
    """The accepted states from a turn on. `since`: where custody began and by which event; `until`: the first day
    after the term; `after`: the accepted states then."""

    when: Span
    states: frozenset[str]
    since: Span | None = None
    opened: str | None = None
    until: Span | None = None
    after: frozenset[str] = frozenset({"unknown"})

    def held(self, day: date) -> bool:
        """Whether the person is surely in custody on the day."""
        return self.states <= HELD and (self.until is None or day < self.until.high)


START = Situation(Span(date.min, date.min), NOBODY_SAYS)


def accepted(life: Life, on: date, known: date) -> frozenset[str]:
    """The right answers to (person, day, known)."""
    turns = _turns(life, known)
    if not turns:
        return NOBODY_SAYS
    last = max(t.known for told in life.tellings.values() for t in told if t.known <= known)
    situations = _situations(turns, life)
    out: set[str] = set()
    for i, now in enumerate(situations):
        if now.when.low > on or any(later.when.high <= on for later in situations[i + 1 :]):
            continue
        if now.until is None or on < now.until.high:
            out |= now.states
        if now.until is not None and on >= now.until.low:
            out |= now.after
        if now.until is None and now.states & {"detained", "house_arrest"} and on > last + STALE:
            out.add("unknown")
    return frozenset(out)


@dataclass(slots=True)
class Turn:
    """An event as known: when it was, its term, and whether someone denies it."""

    event: Event
    when: Span
    terms: tuple[str, ...]
    denied: bool


def _turns(life: Life, known: date) -> list[Turn]:
    """The events that are told as having happened by `known`, with the days that may be theirs."""
    turns: list[Turn] = []
    for event, tellings in life.in_order():
        told = [t for t in tellings if t.known <= known]
        happened = [t for t in told if t.status == Status.HAPPENED]
        if happened:
            denied = any(t.status == Status.DENIED for t in told)
            turns.append(Turn(event, _when(happened), _votes(happened, "term"), denied))
    for kinds in (PROCEEDINGS, CHANGES):
        _bound([t for t in turns if t.event.kind in kinds])
    return turns


def _bound(turns: Sequence[Turn]) -> None:
    """Days that are not told exactly lie between those of the events before and after."""
    for before, turn in pairwise(turns):
        low = max(turn.when.low, before.when.low)
        turn.when = Span(low, max(low, turn.when.high))
    for turn, after in pairwise(reversed(turns)):
        high = min(after.when.high, turn.when.high)
        after.when = Span(min(after.when.low, high), high)


def _votes(told: Sequence[Telling], name: str) -> tuple[str, ...]:
    """The values that most outlets give, each outlet by its latest own report."""
    latest: dict[str, tuple[bool, date, str]] = {}
    for one in told:
        value = getattr(one, name)
        if value is None or (name == "day" and len(value) < 10):
            continue
        ranked = (one.own, one.known, value)
        latest[one.origin] = max(latest.get(one.origin, ranked), ranked, key=lambda r: r[:2])
    counts: dict[str, int] = {}
    for _, _, value in latest.values():
        counts[value] = counts.get(value, 0) + 1
    most = max(counts.values(), default=0)
    return tuple(sorted(v for v, n in counts.items() if n == most))


def _when(told: Sequence[Telling]) -> Span:
    """The days on which the event may have been."""
    report = min(t.known for t in told)
    days = [date.fromisoformat(v) for v in _votes(told, "day")]
    if days:
        return Span(min(days), max(days))
    low, high = date.min, report
    for one in told:
        if one.day:
            first, after = _vague(one.day)
            low, high = max(low, first), min(high, after - timedelta(days=1))
    return Span(low, max(low, high))


def _vague(value: str) -> tuple[date, date]:
    """First day of a month or year, and the first day after it."""
    year, _, month = value.partition("-")
    first = date(int(year), int(month or 1), 1)
    return first, after_term(first, "P1M" if month else "P1Y")


def _situations(turns: Sequence[Turn], life: Life) -> list[Situation]:
    """The situations that the turns bring about, one after the other."""
    out = [START]
    opening = {"detention", "internment", "movement"}
    for turn in turns:
        truly = [e.id for e, _ in life.in_order() if e.kind in opening and e.day <= turn.event.day]
        new = _after(out[-1], turn, truly[-1] if truly else None)
        if new is not None:
            out.append(new)
    return out


def _after(now: Situation, turn: Turn, opened: str | None) -> Situation | None:
    """The situation after a turn; None where nothing changes."""
    event, when = turn.event, turn.when
    held = now.held(when.low)
    simple = {"internment": "interned", "disappearance": "missing", "death": "dead"}
    if event.kind == "release" and (turn.denied or event.status == "denied"):
        return replace(now, when=when, states=now.states | {"free"} | ({"unknown"} if turn.denied else set())) if (
            turn.denied) else Situation(when, frozenset({"free"}))  # fmt: skip
    if event.kind == "release":
        return Situation(when, frozenset({"free"}))
    if event.kind in simple:
        return Situation(when, frozenset({simple[event.kind]}), when, event.id)
    if event.kind == "detention" or event.subtype == "extradited":
        firm = now.states & {"imprisoned", "interned", "psychiatric"} if held else frozenset()
        return Situation(when, frozenset({"detained"}) | firm, when, event.id)
    if event.subtype == "fled":
        return Situation(when, frozenset({"free"}))
    if event.kind == "acquittal":
        return Situation(when, frozenset({"free"}) if held else now.states | NOBODY_SAYS)
    if event.kind == "sentence":
        return _sentenced(now, turn, held, opened)
    if event.kind == "sentence_change":
        return _changed(now, turn, held)
    if event.kind == "transfer":
        return _moved(now, turn, held)
    if event.kind in ("ill_treatment", "custody_protest") and not held:
        return replace(now, when=when, states=now.states | HELD | {"unknown"}, until=None)
    return None


def _sentenced(now: Situation, turn: Turn, held: bool, opened: str | None) -> Situation | None:
    """After a penalty."""
    event, when = turn.event, turn.when
    if event.penalty == "fine":
        return replace(now, when=when, states=now.states | NOBODY_SAYS) if held else None
    if event.penalty == "compulsory_treatment":
        return Situation(
            when, frozenset({"psychiatric"}), now.since if held else when, now.opened if held else event.id
        )
    if event.penalty in ("freedom_limitation", "suspended"):
        return Situation(when, frozenset({"restricted"}), None, None, _ends(when, turn.terms, when), NOBODY_SAYS)
    states = frozenset({"imprisoned"} if event.penalty == "imprisonment" else {"imprisoned", "detained"})
    since = now.since if held and now.since else when
    if held and (now.opened != opened or "interned" in now.states):
        since = Span(
            since.low, when.high
        )  # what is known of custody is not what the sentence ends: both counts will do
    return Situation(when, states, since, now.opened if held else event.id, _ends(since, turn.terms, when))


def _ends(since: Span, terms: Sequence[str], when: Span) -> Span | None:
    """The first day after the term, at least a day after the sentence; None where no term is told."""
    if not terms:
        return None
    low = min(after_term(since.low, t) for t in terms)
    high = max(after_term(since.high if since.low == since.high else when.high, t) for t in terms)
    return Span(max(low, when.low + timedelta(days=1)), max(high, when.high + timedelta(days=1)))


def _changed(now: Situation, turn: Turn, held: bool) -> Situation | None:
    """After an appeal, parole or pardon."""
    subtype, when = turn.event.subtype, turn.when
    if subtype == "pardoned":
        return Situation(when, frozenset({"free"}))
    if subtype == "paroled":
        return replace(now, when=when, states=now.states | {"free"})
    if not held:
        return replace(now, when=when, states=now.states | {"imprisoned", "detained", "unknown"}, until=None)
    if subtype == "upheld":
        return None
    after = {"unknown"} if now.until else {"unknown", "imprisoned", "detained"}
    until = _ends(now.since, turn.terms, when) if now.since else None
    states = now.states if "imprisoned" in now.states else now.states | {"imprisoned"}
    return replace(now, when=when, states=states, until=until or now.until, after=frozenset(after))


def _moved(now: Situation, turn: Turn, held: bool) -> Situation | None:
    """After a transfer."""
    subtype, when = turn.event.subtype, turn.when
    if subtype in ("house_arrest", "psychiatric"):
        kept = now if held else Situation(when, frozenset(), when, turn.event.id)
        return replace(kept, when=when, states=frozenset({subtype}))
    if held and not now.states & {"psychiatric", "house_arrest"}:
        return None
    kept = now if held else Situation(when, frozenset(), when, turn.event.id)
    return replace(kept, when=when, states=frozenset({"imprisoned", "detained"}))
