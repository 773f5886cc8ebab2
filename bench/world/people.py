"""People, events and circles of the invented country, and how its terms are counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bench.world.names import Naming
from bench.world.places import Town


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
