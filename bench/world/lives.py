"""What truly happens: a circle's life, simulated day by day through episodes of custody.

Nothing here knows of outlets, claims or khronika. A circle is friends, colleagues or kin, who are taken alone or
together, several times.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from bench.world.knobs import FIRST, LAST, Knobs
from bench.world.people import Circle, Event, Person, after_months, term_of
from bench.world.places import words

GROUPS = words("people", "groups")
CRIMES = words("charges", "crimes")
OFFENSES = words("charges", "offenses")


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
    charge = rng.choice(OFFENSES)
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
        _prosecuted(course, day, (person,), rng.choice(CRIMES))
        return
    course.free_from[person.number] = freed


def _case(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A criminal case from search and arrest on."""
    taken = taken[: course.rng.choice((1, 1, 1, 2, 3, 4))]
    if course.rng.random() < 0.25:
        course.add("search", day, taken)
    course.add("detention", day, taken, subtype=course.rng.choice(("police", "pretrial", None)), by=None)
    _prosecuted(course, day, taken, course.rng.choice(CRIMES))


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


def _in_prison(course: _Course, now: date, ends: date, person: Person) -> date:
    """What happens in prison; gives the day of the last of it."""
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
            course.add("sentence", out, (person,), penalty="imprisonment", term=f"P{years}Y", charge=rng.choice(CRIMES))
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
            _prosecuted(course, found, (person,), rng.choice(CRIMES))
    elif fate < 0.65:
        _ends(course, person, found)
    elif fate < 0.8:
        course.add("death", found, (person,), subtype="killed")


def _flight(course: _Course, day: date, taken: tuple[Person, ...]) -> None:
    """A case is opened; the person gets away abroad; some are handed over."""
    rng = course.rng
    person = taken[0]
    charge = rng.choice(CRIMES)
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
