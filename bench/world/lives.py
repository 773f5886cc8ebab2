"""What truly happens: circles of people, whose lives are simulated day by day through episodes of custody.

Nothing here knows of outlets, claims or khronika. A circle is friends, colleagues or kin; its members are taken alone
or together, several times. Circles follow each other in a stream, so that the world's size is not bound by memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from zlib import crc32

from bench.world.knobs import FIRST, LAST, Knobs, Size
from bench.world.names import Naming, invent, twin
from bench.world.places import Country, Town

ROLES = [
    "activist",
    "blogger",
    "journalist",
    "lawyer",
    "teacher",
    "student",
    "farmer",
    "worker",
    "businessman",
    "engineer",
    "pensioner",
    "doctor",
    "imam",
    "writer",
    "programmer",
    "musician",
    "politician",
    "driver",
    "nurse",
    "editor",
]
CHARGES = (
    "participating in an unsanctioned rally",
    "inciting ethnic hatred",
    "financing an extremist organization",
    "spreading false information",
    "insulting the president",
    "organizing mass riots",
    "membership in a banned group",
    "separatism",
    "disobeying police",
    "hooliganism",
    "tax evasion",
    "abuse of office",
    "illegal possession of ammunition",
    "treason",
    "espionage",
    "inciting social discord",
    "resisting a police officer",
    "propaganda of terrorism",
    "discrediting the army",
    "picking quarrels and provoking trouble",
    "illegal crossing of the border",
    "fraud",
)
PETTY = (
    "taking part in an unsanctioned rally",
    "disobeying police",
    "petty hooliganism",
    "distributing leaflets",
    "violating the law on assemblies",
    "displaying banned symbols",
)
GROUPS = [
    "activists",
    "protesters",
    "workers",
    "students",
    "farmers",
    "residents",
    "miners",
    "drivers",
    "believers",
    "pensioners",
]


@dataclass(slots=True)
class Person:
    """Someone of the world. `relation`: (kind, other's number) where kin is in the circle."""

    number: int
    naming: Naming
    born: int
    roles: tuple[str, ...]
    town: Town
    relation: tuple[str, int] | None = None

    @property
    def id(self) -> str:
        """The true identity."""
        return f"P{self.number}"


@dataclass(slots=True, eq=False)
class Event:
    """Something that happens once. `people`: whom it is done to. `term`: ISO 8601 of a custody term or ban, `penalty`
    its kind. `group`, `count`: unnamed people whom it is done to as well, or who take part."""

    id: str
    kind: str
    day: date
    town: Town
    people: tuple[Person, ...]
    subtype: str | None = None
    charge: str | None = None
    penalty: str | None = None
    term: str | None = None
    fine: int | None = None
    group: str | None = None
    count: int | None = None
    status: str = "happened"
    by: str | None = None
    announced: date | None = None


@dataclass(slots=True)
class Circle:
    """People and what happened to them, in order of days; events of one day in the order in which they happen."""

    number: int
    people: list[Person]
    fame: float
    town: Town
    events: list[Event] = field(default_factory=list)


class Lives:
    """Draws one circle after the other."""

    def __init__(self, size: Size, knobs: Knobs) -> None:
        self.size, self.knobs = size, knobs
        self.country = Country(size)
        self._names: set[int] = set()
        self._recent: deque[Naming] = deque(maxlen=600)
        self._people = 0

    def circles(self) -> Iterator[Circle]:
        """Without end."""
        number = 0
        while True:
            rng = Random(f"lives/{self.size.seed}/{number}")
            yield self._circle(rng, number)
            number += 1

    def _circle(self, rng: Random, number: int) -> Circle:
        how_many = rng.choices((1, 2, 3, 4, 6, 8), (40, 24, 14, 10, 8, 4))[0]
        town = self.country.pick(rng)
        kin = how_many > 1 and rng.random() < self.knobs.families
        people: list[Person] = []
        for i in range(how_many):
            head = people[0] if kin and 0 < i < 4 else None
            people.append(self._person(rng, town, head))
        circle = Circle(number, people, min(rng.lognormvariate(0, 0.7), 6.0), town)
        live(rng, circle, self.knobs)
        return circle

    def _person(self, rng: Random, town: Town, head: Person | None) -> Person:
        self._people += 1
        woman = rng.random() < 0.3
        number, born = self._people, rng.randrange(1948, 1999)
        roles = tuple(rng.sample(ROLES, rng.choice((1, 1, 2))))
        if head is None:
            return Person(number, self._naming(rng, woman), born, roles, town)
        kind = rng.choice(("spouse", "sibling", "child"))
        woman = not head.naming.woman if kind == "spouse" else woman
        naming = invent(rng, woman, like=head.naming)
        if kind == "child":
            born = min(head.born + rng.randrange(20, 35), 2002)
            if head.naming.tradition in ("english", "spanish") and rng.random() < self.knobs.juniors and not woman:
                naming = Naming(**{**{f: getattr(head.naming, f) for f in Naming.__slots__}, "junior": True})
        elif kind == "spouse" and not _shares(head.naming):
            naming = self._naming(rng, woman)
        self._seen(naming)
        return Person(number, naming, born, roles, town, (kind, head.number))

    def _naming(self, rng: Random, woman: bool) -> Naming:
        """A new name, or on purpose another's. That two get one name by chance is prevented, so that the share of
        homonyms is the knob's at any size."""
        draw = rng.random()
        if self._recent and draw < self.knobs.homonyms:
            return rng.choice(self._recent)
        if self._recent and draw < self.knobs.homonyms + self.knobs.twins:
            return twin(rng, rng.choice(self._recent))
        for _ in range(30):
            naming = invent(rng, woman)
            if self._seen(naming):
                break
        self._recent.append(naming)
        return naming

    def _seen(self, naming: Naming) -> bool:
        """Whether the name is new; remembers it by a number."""
        text = f"{naming.tradition}/{naming.woman}/{naming.given}/{naming.family}"
        key = crc32(text.encode()) << 32 | crc32(text[::-1].encode())
        new = key not in self._names
        self._names.add(key)
        return new


def _shares(naming: Naming) -> bool:
    """Whether wives take the husband's name in the tradition."""
    return naming.tradition in ("slavic", "english")


# --- what happens


class _Course:
    """The days of one circle while they are simulated."""

    def __init__(self, rng: Random, circle: Circle, knobs: Knobs) -> None:
        self.rng, self.circle, self.knobs = rng, circle, knobs
        self.free_from: dict[int, date | None] = {
            p.number: max(FIRST, date(p.born + 17, 12, 31)) for p in circle.people
        }

    def add(self, kind: str, day: date, people: tuple[Person, ...], **more: object) -> Event | None:
        """An event, unless it lies beyond the period."""
        if day > LAST:
            return None
        town = more.pop("town", None) or self.circle.town
        event = Event(f"E{self.circle.number}.{len(self.circle.events)}", kind, day, town, people, **more)  # type: ignore[arg-type]
        self.circle.events.append(event)
        return event

    def at_liberty(self, day: date) -> list[Person]:
        return [p for p in self.circle.people if (free := self.free_from[p.number]) and free < day]

    def later(self, day: date, low: int, high: int) -> date:
        return day + timedelta(days=self.rng.randint(low, high))


def live(rng: Random, circle: Circle, knobs: Knobs) -> None:
    """Fills in the circle's events. Nobody is taken before the age of 17."""
    course = _Course(rng, circle, knobs)
    day = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days - 400))
    for _ in range(1 + min(int(rng.expovariate(0.9)), 5)):
        free = course.at_liberty(day)
        if not free or day >= LAST:
            break
        taken = tuple(p for p in free if rng.random() < 0.7) or (rng.choice(free),)
        episode = rng.choices((_rally, _case, _camp, _vanished, _flight, _pressed), (34, 38, 7, 6, 5, 10))[0]
        episode(course, day, taken)
        day += timedelta(days=rng.randrange(30, 700))
    circle.events.sort(key=lambda e: e.day)  # stable: events of one day stay in the order in which they were made


def _rally(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A protest, police take some; they are let go, fined, or jailed for days. Unnamed people too."""
    rng = course.rng
    crowd = rng.choice(GROUPS)
    size = rng.choice((1, 15, 30, 60, 100, 200, 500, 2000))
    subtype = rng.choice(("rally", "rally", "picket", "sit_in")) if size > 1 else "solo"
    charge = rng.choice(PETTY)
    course.add(
        "protest",
        day,
        taken[:1] if subtype == "solo" else (),
        subtype=subtype,
        group=crowd if size > 1 else None,
        count=size if size > 1 else None,
        charge=charge,
    )
    others = rng.randint(2, max(3, size // 5)) if size > 10 and rng.random() < 0.5 else None
    course.add(
        "detention",
        day,
        taken[:5],
        subtype="police",
        group=crowd if others else None,
        count=others + len(taken[:5]) if others else None,
    )
    for person in taken[:5]:
        _after_rally(course, day, person, charge)


def _after_rally(course: _Course, day: date, person: Person, charge: str) -> None:
    """What becomes of one who was taken at a rally."""
    rng = course.rng
    fate = rng.random()
    if fate < 0.45:
        freed = course.later(day, 0, 2)
        course.add("release", freed, (person,))
    elif fate < 0.65:
        court = freed = course.later(day, 0, 2)
        course.add(
            "sentence",
            court,
            (person,),
            penalty="fine",
            fine=rng.randint(2, 60) * 50,
            charge=charge,
            by=course.circle.town.court,
        )
        course.add("release", freed, (person,))
    elif fate < 0.94:
        days_ = rng.choice((3, 5, 7, 10, 10, 12, 15, 15, 15, 20, 25, 30))
        court = course.later(day, 0, 2)
        course.add(
            "sentence",
            court,
            (person,),
            penalty="administrative_arrest",
            term=f"P{days_}D",
            charge=charge,
            by=course.circle.town.court,
        )
        freed = max(day + timedelta(days=days_), court + timedelta(days=1))
        if days_ > 9 and rng.random() < 0.15:
            course.add("custody_protest", course.later(court, 1, 3), (person,), subtype="hunger_strike")
        course.add("release", freed, (person,))
    else:
        _prosecuted(course, day, (person,), rng.choice(CHARGES))
        return
    course.free_from[person.number] = freed


def _case(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A criminal case from search and arrest on."""
    taken = taken[: course.rng.choice((1, 1, 1, 2, 3, 4))]
    if course.rng.random() < 0.25:
        course.add("search", day, taken)
    course.add("detention", day, taken, subtype=course.rng.choice(("police", "pretrial", None)), by=None)
    _prosecuted(course, day, taken, course.rng.choice(CHARGES))


def _prosecuted(course: _Course, day: date, taken: tuple[Person, ...], charge: str) -> None:
    """Charge, waiting, trial, verdict for people who are held since `day`."""
    rng = course.rng
    for person in taken:
        course.free_from[person.number] = None
    charged = course.later(day, 1, 9)
    course.add("charge", charged, taken, charge=charge)
    if rng.random() < 0.12:
        _dropped(course, charged, taken)
        return
    if rng.random() < 0.15:
        for person in taken:
            course.add("transfer", course.later(charged, 1, 20), (person,), subtype="house_arrest")
    elif rng.random() < 0.15:
        course.add("ill_treatment", course.later(charged, 1, 30), taken[:1], subtype=rng.choice(("torture", "beating")))
    opens = course.later(charged, 50, 300)
    announced = opens - timedelta(days=rng.randint(4, 20)) if rng.random() < course.knobs.plans else None
    course.add("trial", opens, taken, charge=charge, by=course.circle.town.court, announced=announced)
    ends = course.later(opens, 0, 60)
    if rng.random() < 0.06:
        course.add("acquittal", ends, taken, subtype="acquitted", charge=charge, by=course.circle.town.court)
        for person in taken:
            course.free_from[person.number] = ends
        return
    course.add("conviction", ends, taken, charge=charge, by=course.circle.town.court)
    for person in taken:
        _sentenced(course, day, ends, person, charge)


def _dropped(course: _Course, charged: date, taken: tuple[Person, ...]) -> None:
    """The case ends before a trial."""
    freed = course.later(charged, 20, 120)
    for person in taken:
        course.add("release", freed, (person,))
        course.free_from[person.number] = freed


def _sentenced(course: _Course, held_since: date, day: date, person: Person, charge: str) -> None:
    """One person's sentence and what follows."""
    rng = course.rng
    court = course.circle.town.court
    kind = rng.choices(
        ("imprisonment", "freedom_limitation", "suspended", "fine", "compulsory_treatment"), (64, 14, 12, 6, 4)
    )[0]
    if kind == "fine":
        course.add("sentence", day, (person,), penalty="fine", fine=rng.randint(10, 300) * 100, charge=charge, by=court)
        course.add("release", day, (person,))
        course.free_from[person.number] = day
    elif kind == "compulsory_treatment":
        course.add("sentence", day, (person,), penalty=kind, charge=charge, by=court)
        _ends(course, person, course.later(day, 150, 900))
    elif kind == "imprisonment":
        years = rng.choices((1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15), (12, 16, 18, 12, 14, 7, 7, 5, 4, 3, 2))[0]
        half = rng.random() < 0.25 and years < 8
        term = f"P{years}Y6M" if half else f"P{years}Y"
        course.add("sentence", day, (person,), penalty=kind, term=term, charge=charge, by=court)
        _imprisoned(course, held_since, day, person, 12 * years + 6 * half, court)
    else:
        years = rng.choice((1, 2, 2, 3))
        course.add("sentence", day, (person,), penalty=kind, term=f"P{years}Y", charge=charge, by=court)
        course.free_from[person.number] = day + timedelta(days=365 * years)


def _imprisoned(course: _Course, held_since: date, day: date, person: Person, months: int, court: str) -> None:
    """Appeal, years in prison, and how they end."""
    rng = course.rng
    now = course.later(day, 30, 90)
    if rng.random() < 0.5:
        course.add("court_appeal", course.later(day, 3, 20), (person,))
        if rng.random() < 0.35 and months > 12:
            months -= rng.choice([m for m in (3, 6, 12, 24) if m < months - 6])
            course.add(
                "sentence_change",
                now,
                (person,),
                subtype="reduced",
                penalty="imprisonment",
                term=term_of(months),
                by=court,
            )
        else:
            course.add("sentence_change", now, (person,), subtype="upheld", by=court)
    ends = after_months(held_since, months)
    if ends <= now:
        ends = now + timedelta(days=5)
    now = _in_prison(course, now, ends, person)
    if now is None:
        return
    left = (ends - now).days
    fate = rng.random()
    if fate < 0.12 and left > 40:
        early = course.later(now, 20, left - 10)
        course.add(
            "sentence_change", early - timedelta(days=rng.randint(3, 10)), (person,), subtype="paroled", by=court
        )
        _ends(course, person, early)
    elif fate < 0.16 and left > 40:
        early = course.later(now, 20, left - 10)
        course.add("sentence_change", early, (person,), subtype="pardoned")
        _ends(course, person, early)
    elif fate < 0.19 and left > 40:
        course.add("death", course.later(now, 20, left - 10), (person,), subtype="in_custody")
    else:
        _ends(course, person, ends)


def _in_prison(course: _Course, now: date, ends: date, person: Person) -> date | None:
    """What happens in prison; the day after it, or None where it ended the life."""
    rng = course.rng
    for _ in range(int(rng.expovariate(0.8))):
        if (ends - now).days < 60:
            break
        now = course.later(now, 10, (ends - now).days // 2)
        what = rng.choices(("solitary", "hunger", "ill", "prison", "clinic", "false"), (20, 20, 25, 15, 8, 12))[0]
        if what in ("solitary", "prison"):
            course.add("transfer", now, (person,), subtype=what, by=None)
        elif what == "hunger":
            course.add("custody_protest", now, (person,), subtype="hunger_strike")
        elif what == "ill":
            sort = rng.choice(("torture", "beating", "medical_neglect", "medical_neglect"))
            course.add("ill_treatment", now, (person,), subtype=sort)
        elif what == "clinic" and (ends - now).days > 120:
            course.add("transfer", now, (person,), subtype="psychiatric")
            now = course.later(now, 20, 60)
            course.add("transfer", now, (person,), subtype="prison")
        elif what == "false" and rng.random() < 8 * course.knobs.false_releases:
            course.add("release", now, (person,), status="denied")
    return now


def _ends(course: _Course, person: Person, day: date) -> None:
    """A release."""
    course.add("release", day, (person,))
    course.free_from[person.number] = day if day <= LAST else None


def _camp(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """Held in a camp; let go after a year or more, moved to prison, or never heard of."""
    rng = course.rng
    for person in taken[:3]:
        course.add("internment", day, (person,))
        course.free_from[person.number] = None
        fate = rng.random()
        out = course.later(day, 200, 900)
        if fate < 0.5:
            _ends(course, person, out)
        elif fate < 0.7:
            years = rng.randint(5, 15)
            course.add(
                "sentence", out, (person,), penalty="imprisonment", term=f"P{years}Y", charge=rng.choice(CHARGES)
            )
        elif fate < 0.75:
            course.add("death", out, (person,), subtype="in_custody")


def _vanished(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """Contact is lost; later found in custody, at home, dead, or never."""
    rng = course.rng
    person = taken[0]
    course.add("disappearance", day, (person,))
    course.free_from[person.number] = None
    found = course.later(day, 3, 200)
    fate = rng.random()
    if fate < 0.45:
        course.add("detention", found, (person,), subtype="pretrial")
        if found <= LAST:
            _prosecuted(course, found, (person,), rng.choice(CHARGES))
    elif fate < 0.65:
        _ends(course, person, found)
    elif fate < 0.8:
        course.add("death", found, (person,), subtype="killed")


def _flight(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A case is opened; the person gets away abroad; some are handed over."""
    rng = course.rng
    person = taken[0]
    charge = rng.choice(CHARGES)
    course.add("charge", day, (person,), charge=charge)
    left = course.later(day, 2, 60)
    course.add("movement", left, (person,), subtype="fled")
    course.free_from[person.number] = None
    back = course.later(left, 60, 700)
    if rng.random() < 0.3 and back <= LAST:
        course.add("movement", back, (person,), subtype="extradited")
        _prosecuted(course, back, (person,), charge)


def _pressed(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A search or a threat; no custody."""
    course.add(course.rng.choice(("search", "threat")), day, taken[:1])


def after_months(day: date, months: int) -> date:
    """The day so many months later, the month's last where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def after_term(day: date, term: str) -> date:
    """The first day after a term written "P15D", "P2Y", "P2Y6M", "P8M"."""
    if term.endswith("D"):
        return day + timedelta(days=int(term[1:-1]))
    years, _, rest = term[1:].partition("Y") if "Y" in term else ("0", "", term[1:])
    return after_months(day, 12 * int(years) + int(rest.removesuffix("M") or 0))


def term_of(months: int) -> str:
    """A term as ISO 8601."""
    years, rest = divmod(months, 12)
    return "P" + (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
