"""How a story tells an event: which of its values, how precisely, in which words; and what the sentence then claims."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from bench.world import prose
from bench.world.knobs import Knobs
from bench.world.lives import GROUPS
from bench.world.people import Circle, Event, Person
from bench.world.story import Draft, Line, Story, place_of
from khronika.facts.claims import Penalty, Status

CURRENCY = "XTS"
"""ISO 4217's code for tests: the country's crowns are nobody's money."""


RELATED = ("relatives", "the family", "the lawyer", "a cellmate")
"""Unnamed sources."""


@cache
def bodies() -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...]]:
    """Organizations as (name, abbreviation or None), and official speakers."""
    table = tomllib.loads(Path(__file__).with_name("outlets.toml").read_text("utf-8"))["organizations"]
    names = [row.partition("|") for row in table["names"]]
    return tuple((name, short or None) for name, _, short in names), tuple(table["officials"])


@dataclass(frozen=True, slots=True)
class Saying:
    """How an event is told in one sentence. `level` and `key` of `prose.toml`; `day` EDTF; `quoted`: who says it;
    `brief`: by family name, without place, charge or court."""

    level: str
    day: str | None
    term: str | None = None
    place: bool = False
    quoted: str | None = None
    brief: bool = False
    key: str | None = None
    status: Status = Status.HAPPENED


class Teller:
    """Sentences about the events of one circle."""

    def __init__(self, rng: Random, knobs: Knobs, circle: Circle) -> None:
        self.rng, self.knobs, self.circle = rng, knobs, circle

    @staticmethod
    def key(event: Event, old: bool = False) -> str:
        """The key of an event's sentences in `prose.toml`."""
        if event.kind == "sentence":
            return event.penalty or "fine"
        if event.kind == "death" and old:
            return "death"
        if event.kind in (
            "transfer",
            "sentence_change",
            "ill_treatment",
            "death",
            "acquittal",
            "movement",
            "custody_protest",
        ):
            return event.subtype or event.kind
        if event.kind == "protest" and event.subtype == "solo":
            return "solo"
        return "mass" if event.kind == "detention" and event.count else event.kind

    # --- sentences

    def news(
        self,
        story: Story,
        event: Event,
        people: tuple[Person, ...],
        day: date,
        term: str | None,
        quoted: str | None = None,
    ) -> list[Line]:
        """The event as news: a sentence in full, perhaps it again further down, a denial, a demand, a danger."""
        rng = self.rng
        share = self.knobs.rally_told if event.kind == "protest" else self.knobs.date_told
        told = self._date(day, story.published, share, self.knobs.date_vague)
        if quoted is None and rng.random() < self.knobs.attributed:
            quoted = self._source()
        place = rng.random() < (self.knobs.rally_told if event.kind == "protest" else self.knobs.place_told)
        lines = [self._line(story, event, people, Saying("lead", told, term, place, quoted))]
        if rng.random() < self.knobs.again:
            again = day.isoformat() if rng.random() < 0.15 else None
            lines.append(self._line(story, event, people[:2], Saying("lead", again, term, brief=True)))
        official = rng.choice(bodies()[1])
        deniable = event.kind != "release" and prose.has("denied", self._denied_key(event))
        if deniable and people and rng.random() < self.knobs.denials:
            lines.append(self.denial(story, event, people[:1], official))
        if event.kind == "charge" and people and rng.random() < self.knobs.dangers:
            lines.append(self._danger(story, event, people[:1]))
        held = event.kind in ("detention", "charge", "ill_treatment", "custody_protest", "internment")
        if people and (held or event.penalty == "imprisonment") and rng.random() < self.knobs.demands:
            lines.append(self._demand(story, event, people[:1]))
        return lines

    def old(self, story: Story, event: Event, people: tuple[Person, ...], day: date, term: str | None) -> Line:
        """The event in passing."""
        share = self.knobs.old_day + self.knobs.old_vague
        told = self._date(day, story.published, share, self.knobs.old_vague / share)
        if told is None and event.kind in ("release", "acquittal", "death"):
            told = str(day.year)  # without any date it would read as news
        return self._line(story, event, people[:3], Saying("old", told, term, self.rng.random() < 0.5))

    def correction(self, story: Story, event: Event, people: tuple[Person, ...]) -> list[Line]:
        """The event with its right values, in full, after a word about the error."""
        word = "An earlier report of ours gave a wrong date or term."
        day = event.day.isoformat()
        lines = [self._line(story, event, people, Saying("lead", day, event.term, True)), Line(word)]
        return lines if people or event.group else [Line(word)]

    def plan(self, story: Story, event: Event, people: tuple[Person, ...]) -> list[Line]:
        """A trial before it is held."""
        day = event.day.isoformat() if self.rng.random() < 0.8 else None
        place = self.rng.random() < self.knobs.place_told
        line = self._line(story, event, people, Saying("lead", day, None, place, key="planned", status=Status.PLANNED))
        return [line]

    def denial(self, story: Story, event: Event, people: tuple[Person, ...], speaker: str) -> Line:
        """Someone says that it is not so."""
        people = tuple(p for p in people if p.number in story.cast)
        text = prose.sentence(
            self.rng,
            "denied",
            self._denied_key(event),
            {"who": self._who(story, people, False), "speaker": speaker},
            len(people) > 1,
        )
        name = speaker.removeprefix("The ") if speaker != "The family" else "family"
        if name != "family":
            story.bodies[name] = None
        draft = Draft(
            event.id, event.kind, event, people, subtype=self._subtype(event), status=Status.DENIED, speaker=name
        )
        return Line(text, (draft,))

    def title(self, story: Story, values: dict[str, str]) -> Line:
        """A headline: half of them tell the first event, by family name."""
        rng = self.rng
        draft = next((d for line in story.lines for d in line.drafts if d.status == "happened" and d.event), None)
        if draft and draft.event and draft.people and rng.random() < 0.5:
            key = self.key(draft.event)
            person = story.cast[draft.people[0].number]
            if prose.has("title", key) and not draft.as_actors:
                term = next((p.duration for p in draft.penalties if p.duration), None)
                if term or "term" not in " ".join(prose.templates()["title"][key]):
                    text = prose.sentence(
                        rng,
                        "title",
                        key,
                        {"who": person.written.short, "term": prose.term(term).title() if term else ""},
                    )
                    own = Draft(
                        draft.true,
                        draft.kind,
                        draft.event,
                        draft.people[:1],
                        subtype=draft.subtype,
                        penalties=draft.penalties,
                    )
                    return Line(text, (own,))
        return Line(prose.sentence(rng, "title", "none", values))

    def _line(self, story: Story, event: Event, people: tuple[Person, ...], saying: Saying) -> Line:
        """One sentence and its claim. What the drawn sentence has no room for, the claim does not say either."""
        rng = self.rng
        key = saying.key or self.key(event, saying.level == "old")
        values: dict[str, str] = {"on": prose.on(saying.day), "charge": event.charge or "crimes"}
        group, count = None, None
        if event.group and event.count:
            values["crowd"], count = prose.crowd(rng, event.count, event.group)
            group = values["crowd"]
            if key == "mass" and (not people or (saying.level == "lead" and rng.random() < 0.25)):
                key, people = "mass_only", ()
        elif key == "protest":
            values["crowd"] = group = rng.choice(GROUPS)
        values["who"] = self._who(story, people, not saying.brief)
        chain = self._place(event, values) if saying.place else ()
        charge = self._charge(event, key, saying.brief, values)
        if event.by and not saying.brief and rng.random() < 0.6:
            values["by"] = event.by
        penalties = self._penalties(event, saying.term, values)
        if saying.quoted:
            self._attribute(story, saying.quoted, values)
        text = prose.sentence(rng, saying.level, key, values, len(people) > 1)
        acts = bool(event.by and event.by in text)
        if acts and event.by:
            story.bodies.setdefault(event.by, None)
        named = group is not None and group.casefold() in text.casefold()
        return Line(
            text,
            (
                Draft(
                    true=event.id,
                    kind=event.kind,
                    event=event,
                    people=people,
                    as_actors=event.kind in ("protest", "custody_protest"),
                    subtype=self._subtype(event),
                    actors=(event.by,) if acts and event.by else (),
                    group=group if named else None,
                    count=count if named else None,
                    place=chain if chain and values["in"] in text else (),
                    day=saying.day if prose.on(saying.day) in text else None,
                    status=saying.status,
                    speaker=saying.quoted.removeprefix("the ") if saying.quoted else None,
                    penalties=penalties if saying.status is Status.HAPPENED else (),
                    charge=charge if charge and charge in text else None,
                ),
            ),
        )

    def _place(self, event: Event, values: dict[str, str]) -> tuple[str, ...]:
        """The place as told: the town alone, or with its region."""
        short = self.rng.random() < self.knobs.place_short
        values["in"] = f" in {event.town.name}" + ("" if short else f", {event.town.region}")
        return place_of(event.town.name, event.town.region, short)

    def _charge(self, event: Event, key: str, brief: bool, values: dict[str, str]) -> str | None:
        """The charge, where it is told; a report of a charge always tells it."""
        told = event.charge and (key == "charge" or (not brief and self.rng.random() < self.knobs.charge_told))
        if not told or not event.charge:
            return None
        charge = event.charge
        values |= {"over": f" over {charge}", "overc": f" on charges of {charge}", "ofc": f" of {charge}"}
        return charge

    def _attribute(self, story: Story, quoted: str, values: dict[str, str]) -> None:
        """Who says it: an outlet reports, others say."""
        values["said"] = f", {quoted} {'reported' if quoted == story.relayed else 'said'}"
        if quoted not in RELATED:
            story.bodies.setdefault(quoted.removeprefix("the "), None)

    def _danger(self, story: Story, event: Event, people: tuple[Person, ...]) -> Line:
        """The term that may follow a charge."""
        term = f"P{self.rng.randint(3, 15)}Y"
        text = prose.sentence(
            self.rng, "lead", "possible", {"who": self._who(story, people, False), "term": prose.term(term)}
        )
        penalty = Penalty("imprisonment", term)
        draft = Draft(f"{event.id}.possible", "sentence", None, people, status=Status.POSSIBLE, penalties=(penalty,))
        return Line(text, (draft,))

    def _demand(self, story: Story, event: Event, people: tuple[Person, ...]) -> Line:
        """A body's statement, and the release that it demands: one demanded release for each time in custody."""
        name, short = self.rng.choice(bodies()[0])
        story.bodies[name] = short
        text = prose.sentence(self.rng, "lead", "demanded", {"who": self._who(story, people, False), "org": name})
        person = people[0]
        spells = [
            e
            for e in self.circle.events
            if e.day <= event.day and person in e.people and e.kind in ("detention", "internment", "movement")
        ]
        spell = spells[-1].id if spells else event.id
        release = Draft(
            f"{spell}.demanded.{person.number}", "release", None, people, status=Status.DEMANDED, speaker=name
        )
        call = Draft(f"{event.id}.call.{name}", "call", None, (), subtype="statement", actors=(name,))
        return Line(text, (release, call))

    # --- values

    def _source(self) -> str:
        """Someone who tells the outlet."""
        names = [name for name, _ in bodies()[0]]
        return self.rng.choice([*RELATED, *RELATED, self.rng.choice(names), "the " + self.circle.town.police])

    def _who(self, story: Story, people: tuple[Person, ...], full: bool) -> str:
        """The people as the sentence names them: at first in full with role and age, then by family name."""
        names = []
        for person in people:
            part = story.cast[person.number]
            if not full or person.number in story.introduced:
                names.append(part.written.short)
                continue
            story.introduced.add(person.number)
            role = next((h for h in part.hints if not h.isdigit()), "")
            age = next((h for h in part.hints if h.isdigit()), "")
            tail = f" ({age})" if age else ""
            names.append(f"{role} {part.written.full}{tail}".strip())
        return prose.listed(names) if names else ""

    def _date(self, day: date, published: date, told: float, vague: float) -> str | None:
        """The day as told: itself, its month or year, or nothing."""
        if self.rng.random() > told:
            return None
        if self.rng.random() >= vague or day > published:
            return day.isoformat()
        return day.isoformat()[: 7 if self.rng.random() < 0.6 or day.year == published.year else 4]

    def _penalties(self, event: Event, term: str | None, values: dict[str, str]) -> tuple[Penalty, ...]:
        """The event's penalty as told."""
        if not event.penalty:
            return ()
        if event.fine:
            values["fine"] = f"{event.fine:,} crowns"
            return (Penalty("fine", None, float(event.fine), CURRENCY, values["fine"]),)
        values["term"] = prose.term(term) if term else ""
        return (Penalty(event.penalty, term),)

    def _denied_key(self, event: Event) -> str:
        return event.subtype if event.kind == "ill_treatment" and event.subtype else event.kind

    def _subtype(self, event: Event) -> str | None:
        """The subtype as a reader gets it from the sentence: an arrest's is seldom told."""
        if event.kind == "detention":
            return self.rng.choice((event.subtype, None, "unspecified"))
        return event.subtype
