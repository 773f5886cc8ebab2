"""What becomes of events in the press: who tells them, when, how precisely, who copies whom, who errs, denies,
corrects."""

from __future__ import annotations

import tomllib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bench.world import prose
from bench.world.circles import Lives
from bench.world.knobs import FIRST, Knobs, Size
from bench.world.names import SCHEMES, Written, misspelled, written
from bench.world.people import Circle, Event, Person
from bench.world.story import Filed, Line, Outlet, Part, Story, file, taken_over
from bench.world.telling import Teller

KEPT = 12
"""Circles that round-ups look back to."""


@cache
def outlets() -> tuple[Outlet, ...]:
    """The outlets of `outlets.toml`."""
    rows = tomllib.loads(Path(__file__).with_name("outlets.toml").read_text("utf-8"))["outlet"]
    return tuple(Outlet(**{**row, "scheme": SCHEMES.index(row["scheme"])}) for row in rows)


@dataclass(slots=True)
class Version:
    """How one outlet has one event: its day and term, wrong or right, and whether it has put an error right."""

    day: date
    term: str | None
    wrong: bool = False


class Press:
    """Writes the stories of one world, one after the other; the same for the same size, seed and knobs."""

    def __init__(self, size: Size, knobs: Knobs | None = None) -> None:
        self.size, self.knobs = size, knobs or Knobs()
        self.lives = Lives(size, self.knobs)
        self._number = 0
        self._behind: deque[_Desk] = deque(maxlen=KEPT)

    def stories(self) -> Iterator[Filed]:
        """As many as the size says, circle by circle (not in order of days: no step may rest on an order of
        arrival)."""
        for circle in self.lives.circles():
            rng = Random(f"press/{self.size.seed}/{circle.number}")
            for story in self._cover(rng, circle):
                if self._number > self.size.stories:
                    return
                yield file(story)

    def _story(self, outlet: Outlet, published: date, rng: Random, origin: str | None = None) -> Story:
        """A new story, still empty."""
        self._number += 1
        undated = rng.randint(0, 20) if rng.random() < self.knobs.undated else None
        return Story(outlet, origin or outlet.name, published, self._number, origin is None, undated)

    # --- which stories

    def _cover(self, rng: Random, circle: Circle) -> Iterator[Story]:
        """All stories about a circle, and now and then a round-up of several."""
        desk = _Desk(self, rng, circle)
        beats: dict[date, list[Event]] = {}
        for event in circle.events:
            beats.setdefault(event.day, []).append(event)
        many = 0
        for day, events in beats.items():
            for story in desk.cover(day, events):
                many += 1
                yield story
        self._behind.append(desk)
        if rng.random() < self.knobs.roundups * many and len(self._behind) > 2:
            yield from self._round_up(rng)

    def _round_up(self, rng: Random) -> Iterator[Story]:
        """A list of people of several circles who are in custody on a day."""
        day = FIRST + timedelta(days=rng.randrange(600, 2900))
        held = [(desk, e) for desk in self._behind for e in _in_custody(desk.circle, day)]
        if len(held) < 2:
            return
        outlet = rng.choices(outlets(), [o.weight for o in outlets()])[0]
        story = self._story(outlet, day, rng)
        for desk, event in rng.sample(held, min(len(held), rng.randint(3, 8))):
            desk.background(story, event, event.people)
        if not story.lines:
            self._number -= 1
            return
        desk.finish(story, desk.circle.town.name, desk.circle.town.region)
        yield story


def _in_custody(circle: Circle, day: date) -> list[Event]:
    """For each of the circle who is in custody on the day: the event that put the person there."""
    last: dict[int, Event] = {}
    for event in circle.events:
        if event.day >= day or event.status == "denied":
            continue
        for person in event.people:
            if event.kind in ("release", "death", "movement", "acquittal") or event.subtype == "pardoned":
                last.pop(person.number, None)
            elif event.kind in ("detention", "internment") or (
                event.penalty == "imprisonment" and event.kind == "sentence"
            ):
                last[person.number] = replace_people(event, person)
    return [*last.values()]


def replace_people(event: Event, person: Person) -> Event:
    """The event as one person's."""
    return replace(event, people=(person,))


class _Desk:
    """The stories about one circle."""

    def __init__(self, press: Press, rng: Random, circle: Circle) -> None:
        self.press, self.rng, self.circle, self.knobs = press, rng, circle, press.knobs
        self.versions: dict[tuple[str, str], Version] = {}
        self.told: set[str] = set()
        self.schemes: dict[tuple[str, int], int] = {}
        self.first: dict[int, int] = {}
        self.teller = Teller(rng, self.knobs, circle)

    def cover(self, day: date, events: list[Event]) -> Iterator[Story]:
        """The stories about what happened on one day: announcements before it, reports, copies, corrections."""
        rng = self.rng
        for event in events:
            if event.announced:
                yield from self._announce(event)
        if events[0].status == "denied":
            yield from self._false_release(events[0])
            return
        kept = [e for e in events if rng.random() > (self._unreported(e) / max(self.circle.fame, 0.5))]
        if not kept:
            return
        pool = [*outlets()]
        for _ in range(1 + min(int(rng.expovariate(1.6 / self.circle.fame)), 6)):
            outlet = rng.choices(pool, [o.weight for o in pool])[0]
            pool.remove(outlet)
            late = rng.random() < self.knobs.late
            published = day + timedelta(days=rng.randint(8, 200) if late else rng.choice((0, 0, 0, 1, 1, 2, 3)))
            story = self._report(outlet, published, kept)
            yield story
            yield from self._borrowed(story)
            yield from self._corrected(outlet, published, kept)
        self.told.update(e.id for e in kept)

    def _unreported(self, event: Event) -> float:
        """How likely nobody tells of it at the time."""
        return self.knobs.unreported_release if event.kind == "release" else self.knobs.unreported

    def _report(self, outlet: Outlet, published: date, events: list[Event]) -> Story:
        """An outlet's own report of the day's events, with background."""
        rng = self.rng
        story = self.press._story(outlet, published, rng)
        for event in events:
            people = event.people
            if len(people) > 1 and rng.random() < self.knobs.subset:
                people = tuple(rng.sample(people, rng.randint(1, len(people) - 1)))
            self._news(story, event, people)
        about = {*story.cast}
        past = [e for e in self.circle.events if e.day < events[0].day and e.status != "denied"]
        past = [e for e in past if any(p.number in about for p in e.people) and prose.has("old", _old_key(e))]
        past = [e for e in past if e.id in self.told or rng.random() < 0.5]
        for event in past[-6:]:
            if rng.random() < self.knobs.background:
                self.background(story, event, tuple(p for p in event.people if p.number in about))
        self.finish(story, events[0].town.name, events[0].town.region)
        return story

    def _news(self, story: Story, event: Event, people: tuple[Person, ...]) -> None:
        """An event as the news of the story."""
        self.cast(story, people)
        if people and not all(p.number in story.cast for p in people):
            people = tuple(p for p in people if p.number in story.cast)
            if not people:
                return
        version = self.version(story.origin, event, story.published)
        story.lines += self.teller.news(story, event, people, version.day, version.term)

    def background(self, story: Story, event: Event, people: tuple[Person, ...]) -> None:
        """An earlier event, told in passing."""
        self.cast(story, people)
        people = tuple(p for p in people if p.number in story.cast)
        if people and prose.has("old", _old_key(event)):
            version = self.version(story.origin, event, story.published)
            story.lines.append(self.teller.old(story, event, people, version.day, version.term))

    def finish(self, story: Story, town: str, region: str) -> None:
        """Title, dateline, fillers, footer."""
        rng = self.rng
        values = {"town": town, "region": region, "outlet": story.outlet.name}
        at_least = 3 if len(story.lines) > 2 else 5
        for text in prose.fillers(rng, values, rng.randint(at_least, at_least + 4)):
            story.lines.insert(rng.randint(1, len(story.lines)), Line(text))
        story.lines.insert(0, self.teller.title(story, values))
        if rng.random() < 0.5:
            story.dateline = town.upper()
        story.footer = prose.footer(rng, story.outlet.name) if rng.random() < 0.6 else ""

    # --- people in a story

    def cast(self, story: Story, people: tuple[Person, ...]) -> None:
        """Puts people into a story's cast, as its outlet writes them. Two of one written name are told apart by what
        the name leaves out, or the second is left out."""
        rng, knobs = self.rng, self.knobs
        taken = {part.written.full for part in story.cast.values()}
        for person in people:
            if person.number in story.cast:
                continue
            scheme = self._scheme(story.outlet, person)
            share = 0.5 if SCHEMES[story.outlet.scheme] == "passport" else knobs.middle_told
            form = written(person.naming, scheme, rng.random() < share)
            if form.full in taken:
                form = written(person.naming, scheme, True)
            if rng.random() < knobs.typos:
                form = Written(misspelled(rng, form.full), form.short)
            if rng.random() < knobs.short_only and form.short not in taken and len(form.short) > 3:
                form = Written(form.short, form.short)
            if form.full in taken:
                continue
            taken.add(form.full)
            story.cast[person.number] = Part(person, form, self._hints(story, person))
            if person.relation and person.relation[1] in story.cast and rng.random() < 0.6:
                story.ties.add((person.number, person.relation[0], person.relation[1]))

    def _scheme(self, outlet: Outlet, person: Person) -> int:
        """How the outlet spells the person, in all its stories: by its own scheme, or as the first report did."""
        first = self.first.setdefault(person.number, outlet.scheme)
        own = self.rng.random() < self.knobs.own_spelling
        return self.schemes.setdefault((outlet.name, person.number), outlet.scheme if own else first)

    def _hints(self, story: Story, person: Person) -> list[str]:
        """What the story says of the person: role, age."""
        rng = self.rng
        hints = [rng.choice(person.roles)] if rng.random() < self.knobs.role_told else []
        if rng.random() < self.knobs.age_told:
            age = story.published.year - person.born - (story.published.month <= person.number % 12)
            if rng.random() < self.knobs.age_wrong:
                age += rng.choice((-2, -1, 1, 2))
            hints.append(str(age))
        return hints

    # --- errors

    def version(self, origin: str, event: Event, published: date) -> Version:
        """How the outlet has the event: the same in all its stories until it is put right."""
        key = (origin, event.id)
        if key not in self.versions:
            made = Version(event.day, event.term)
            if self.rng.random() < self.knobs.date_wrong and (other := self._other_day(event, published)):
                made = Version(other, event.term, True)
            if event.term and self.rng.random() < self.knobs.term_wrong:
                made = Version(made.day, _other_term(self.rng, event.term), True)
            self.versions[key] = made
        return self.versions[key]

    def _other_day(self, event: Event, published: date) -> date | None:
        """A wrong day that keeps the order of the people's events, and is not after the report."""
        mine = {p.number for p in event.people}
        near = [e for e in self.circle.events if e is not event and any(p.number in mine for p in e.people)]
        low = max((e.day for e in near if e.day <= event.day), default=event.day - timedelta(days=10))
        high = min((e.day for e in near if e.day >= event.day), default=event.day + timedelta(days=10))
        days = [event.day + timedelta(days=n) for n in range(-9, 10) if n]
        fits = [d for d in days if low < d < high and d <= published]
        return self.rng.choice(fits) if fits else None

    def _corrected(self, outlet: Outlet, published: date, events: list[Event]) -> Iterator[Story]:
        """The outlet's correction of what it had wrong, some days later."""
        wrong = [e for e in events if (v := self.versions.get((outlet.name, e.id))) and v.wrong]
        if wrong and self.rng.random() < self.knobs.corrected:
            for event in wrong:
                self.versions[outlet.name, event.id] = Version(event.day, event.term)
            story = self.press._story(outlet, published + timedelta(days=self.rng.randint(1, 30)), self.rng)
            for event in wrong:
                self.cast(story, event.people)
                people = tuple(p for p in event.people if p.number in story.cast)
                story.lines += self.teller.correction(story, event, people)
            self.finish(story, wrong[0].town.name, wrong[0].town.region)
            yield story

    # --- copies

    def _borrowed(self, story: Story) -> Iterator[Story]:
        """Exact copies, edited copies and retellings by other outlets."""
        rng, knobs = self.rng, self.knobs
        others = [o for o in outlets() if o.name != story.outlet.name and not o.state]
        for kind, share in (("verbatim", knobs.verbatim), ("near", knobs.near), ("relay", knobs.relays)):
            while others and rng.random() < share / (1 + share):
                outlet = rng.choices(others, [o.borrow for o in others])[0]
                others.remove(outlet)
                published = story.published + timedelta(days=rng.choice((0, 0, 1, 1, 2, 5)))
                if kind == "relay":
                    yield from self._retold(story, outlet, published)
                    continue
                self.press._number += 1
                copy = taken_over(story, outlet, published, self.press._number)
                copy.footer = prose.footer(rng, outlet.name)
                if kind == "near":
                    self._edit(copy)
                yield copy

    def _edit(self, copy: Story) -> None:
        """Another title, the end cut off, a sentence put in."""
        rng = self.rng
        town = self.circle.town
        values = {"town": town.name, "region": town.region, "outlet": copy.outlet.name}
        copy.lines[0] = Line(prose.sentence(rng, "title", "none", values))
        cut = rng.randint(0, max(1, len(copy.lines) // 4))
        while cut and len(copy.lines) > 3:
            copy.lines.pop()
            cut -= 1
        named = {p.number for line in copy.lines for d in line.drafts for p in d.people}
        copy.cast = {n: part for n, part in copy.cast.items() if n in named}
        if rng.random() < 0.5:
            copy.lines.append(Line("The text has been shortened."))

    def _retold(self, source: Story, outlet: Outlet, published: date) -> Iterator[Story]:
        """The source's news in the outlet's own words and spelling. Credited in a line, in the sentence, or not at
        all."""
        rng = self.rng
        story = self.press._story(outlet, published, rng, source.origin)
        way = rng.random()
        quoted = None
        story.uncredited = way <= self.knobs.uncredited
        if not story.uncredited:
            if rng.random() < self.knobs.credit_line:
                story.upstream = (source.outlet.name,)
            else:
                quoted = story.relayed = source.outlet.name
        events = [d.event for line in source.lines[1:] for d in line.drafts if d.event and d.status == "happened"]
        for event in dict.fromkeys(events):
            people = tuple(p for p in event.people if p.number in source.cast)
            self.cast(story, people)
            people = tuple(p for p in people if p.number in story.cast)
            if event.people and not people:
                continue
            version = self.version(source.origin, event, source.published)
            story.lines += self.teller.news(story, event, people, version.day, version.term, quoted)
            if len(story.lines) > 2:
                break
        if not story.lines:
            self.press._number -= 1
            return
        town = self.circle.town
        self.finish(story, town.name, town.region)
        yield story

    # --- what is said before, and what never was

    def _announce(self, event: Event) -> Iterator[Story]:
        """A trial announced before it is held."""
        assert event.announced
        rng = self.rng
        outlet = rng.choices(outlets(), [o.weight for o in outlets()])[0]
        story = self.press._story(outlet, event.announced, rng)
        self.cast(story, event.people)
        people = tuple(p for p in event.people if p.number in story.cast)
        story.lines += self.teller.plan(story, event, people)
        self.finish(story, event.town.name, event.town.region)
        yield story

    def _false_release(self, event: Event) -> Iterator[Story]:
        """A release that did not take place, reported by one outlet and denied in another."""
        rng = self.rng
        first, second = rng.sample(outlets(), 2)
        story = self.press._story(first, event.day + timedelta(days=rng.randint(0, 2)), rng)
        self._news(story, event, event.people)
        self.finish(story, event.town.name, event.town.region)
        yield story
        yield from self._borrowed(story)
        answer = self.press._story(second, story.published + timedelta(days=rng.randint(1, 12)), rng)
        self.cast(answer, event.people)
        answer.lines.append(self.teller.denial(answer, event, event.people, "The family"))
        self.finish(answer, event.town.name, event.town.region)
        yield answer


def _old_key(event: Event) -> str:
    """The key of the event's background sentences."""
    return Teller.key(event, old=True)


def _other_term(rng: Random, term: str) -> str:
    """Another term of the same unit."""
    if term.endswith("D"):
        days = int(term[1:-1])
        return f"P{rng.choice([d for d in (5, 7, 10, 12, 15, 20) if d != days])}D"
    years, _, rest = term[1:].partition("Y")
    if not rest and "Y" in term:
        return f"P{max(1, int(years) + rng.choice((-1, 1, 2)) or 1)}Y" if int(years) > 1 else "P2Y"
    return f"P{int(years)}Y" if "Y" in term and int(years) else "P1Y"
