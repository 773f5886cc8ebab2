"""From an answer to proposals: each value is checked against the document and the codebook, whatever the answer says.

A claim is dropped where its sentence, its kind, its status, a target or its speaker does not hold: without them it
would say something else. Any other field that does not hold is left out of its claim. Both are counted by reason.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from khronika.consult.passages import Passages
from khronika.facts.claims import Claim, Count, Figure, Penalty, Status
from khronika.facts.codebook import codebook
from khronika.text import edtf
from khronika.text.durations import days_of
from khronika.text.tables import table

MOST_CLAIMS = 300
"""Claims looked at in one answer: the richest annotated story has 40."""
MOST_NAMES = 50
_LONGEST_QUOTE = 3000
_SHORTEST_QUOTE = 12
"""Letters and signs of a quotation: fewer are no sentence, and stand in any story."""
_LONGEST_WORDS = 500
_LONGEST_DAYS = 1000 * 366
_MOST_PEOPLE = 10**10
_PENALIZED = frozenset({"sentence", "sentence_change"})


class Unusable(Exception):
    """A claim does not hold; the message is the reason, one of a few."""


@dataclass(slots=True)
class Checked:
    """What of an answer holds: `claims`, and `dropped` by reason."""

    passages: Passages
    reader: str
    claims: dict[str, Claim] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)

    def take(self, items: list[Any]) -> None:
        """Looks at every claim of the answer."""
        self.dropped["claim: too many"] += max(0, len(items) - MOST_CLAIMS)
        for item in items[:MOST_CLAIMS]:
            try:
                claim = self._claim(item)
            except Unusable as error:
                self.dropped[f"claim: {error}"] += 1
                continue
            if claim.id in self.claims:
                self.dropped["claim: said twice"] += 1
            self.claims.setdefault(claim.id, claim)

    def counts(self) -> tuple[tuple[str, int], ...]:
        """What was dropped and how often, by reason."""
        return tuple(sorted((reason, n) for reason, n in self.dropped.items() if n))

    def _claim(self, item: Any) -> Claim:  # noqa: ANN401  (whatever JSON can hold)
        """One claim. Raises Unusable."""
        if not isinstance(item, dict):
            raise Unusable("not an object")
        document, book = self.passages.document, codebook()
        kind, status = item.get("type"), item.get("status")
        if not isinstance(kind, str) or kind not in book.kinds:
            raise Unusable("kind not in the codebook")
        if not isinstance(status, str) or status not in book.statuses:
            raise Unusable("status not in the codebook")
        start, end = self._quote(item.get("quote"))
        subtype = item.get("subtype")
        known = isinstance(subtype, str) and subtype in book.kinds[kind]
        return Claim(
            document=document.id,
            source=document.source,
            start=start,
            end=end,
            quote=document.text[start:end],
            type=kind,
            reader=self.reader,
            subtype=subtype if self._kept("subtype", subtype, known) else None,
            targets=self._targets(item.get("targets")),
            actors=self._words("actors", item),
            count=self._count("count", item.get("count")),
            group=self._word("group", item),
            place=self._words("place", item),
            date=self._date(item.get("date")),
            status=Status(status),
            hedged=item.get("hedged") is True,
            speaker=self._sure("speaker", item["speaker"]) if item.get("speaker") not in (None, "") else None,
            penalties=tuple(self._penalties(item, kind)),
            charge=self._word("charge", item),
            duration=self._duration("duration", item.get("duration")),
            list=self._word("list", item),
            figure=self._figure(item.get("figure"), kind),
        )

    def _quote(self, value: Any) -> tuple[int, int]:  # noqa: ANN401
        """Where the sentence stands. Raises Unusable."""
        if not isinstance(value, str) or len(value) > _LONGEST_QUOTE:
            raise Unusable("quote not in the story")
        if len(value.strip()) < _SHORTEST_QUOTE:
            raise Unusable("quote too short")
        if span := self.passages.find(value):
            return span
        raise Unusable("quote not in the story")

    def _kept(self, name: str, value: object, holds: bool) -> bool:
        """Whether a field's value is there and holds; one that does not hold is counted."""
        if value is None or value == "" or value == []:
            return False
        if not holds:
            self.dropped[f"field: {name}"] += 1
        return holds

    def _sure(self, role: str, name: Any) -> str:  # noqa: ANN401
        """A name without which the claim would be another. Raises Unusable where the story does not have it."""
        found = self.passages.words(name) if isinstance(name, str) and len(name) <= _LONGEST_WORDS else None
        if found is None:
            raise Unusable(f"{role} not in the story")
        return found

    def _targets(self, value: Any) -> tuple[str, ...]:  # noqa: ANN401
        """To whom it was done, every one of them. Raises Unusable."""
        names = [] if value is None else _list_of_words(value)
        if names is None:
            raise Unusable("target not in the story")
        return tuple(self._sure("target", name) for name in names)

    def _several(self, name: str, item: dict[str, Any]) -> list[str]:
        """The values of a list, each once; what is no list of words or too long is counted and left out."""
        listed = _list_of_words(item.get(name))
        return listed or [] if self._kept(name, item.get(name), listed is not None) else []

    def _words(self, name: str, item: dict[str, Any]) -> tuple[str, ...]:
        """Those of a list that the story has."""
        return tuple(w for value in self._several(name, item) if (w := self._told(name, value)))

    def _word(self, name: str, item: dict[str, Any]) -> str | None:
        """The field's words, if the story has them."""
        return self._told(name, item.get(name))

    def _told(self, name: str, value: Any) -> str | None:  # noqa: ANN401
        """Words that stand in the story."""
        short = isinstance(value, str) and len(value) <= _LONGEST_WORDS
        found = self.passages.words(value) if short else None
        return found if self._kept(name, value, found is not None) else None

    def _date(self, value: Any) -> str | None:  # noqa: ANN401
        """An EDTF date."""
        return value if self._kept("date", value, isinstance(value, str) and _is_date(value)) else None

    def _duration(self, name: str, value: Any) -> str | None:  # noqa: ANN401
        """An ISO 8601 duration."""
        return value if self._kept(name, value, isinstance(value, str) and _is_duration(value)) else None

    def _count(self, name: str, value: Any) -> Count | None:  # noqa: ANN401
        """A number of people."""
        bounds = _bounds(value)
        return Count(*bounds) if self._kept(name, value, bounds is not None) and bounds else None

    def _figure(self, value: Any, kind: str) -> Figure | None:  # noqa: ANN401
        """A number claimed for a situation, with what is counted in the story's words."""
        bounds = _bounds(value)
        what = self._told("figure", value.get("what")) if isinstance(value, dict) else None
        holds = kind == "figure" and bounds is not None and what is not None
        return Figure(what, *bounds) if self._kept("figure", value, holds) and what and bounds else None

    def _penalties(self, item: dict[str, Any], kind: str) -> Iterator[Penalty]:
        """The penalties whose kind is the codebook's."""
        value = item.get("penalties")
        usable = isinstance(value, list) and len(value) <= MOST_NAMES and kind in _PENALIZED
        if not self._kept("penalties", value, usable) or not isinstance(value, list):
            return
        for one in value:
            named = isinstance(one, dict) and isinstance(one.get("kind"), str) and one["kind"] in codebook().penalties
            if not self._kept("penalties", one, named):
                continue
            amount, currency = one.get("amount"), one.get("currency")
            sum_ = self._kept("amount", amount, _is_amount(amount))
            coined = isinstance(currency, str) and currency in _currencies()
            yield Penalty(
                one["kind"],
                self._duration("penalty duration", one.get("duration")),
                float(amount) if sum_ else None,
                currency if self._kept("currency", currency, coined) else None,
                self._told("penalty detail", one.get("detail")),
            )


@cache
def _currencies() -> frozenset[str]:
    """The ISO 4217 codes that khronika knows."""
    return frozenset(code for codes in table("currencies.toml")["countries"].values() for code in codes)


def _list_of_words(value: Any) -> list[str] | None:  # noqa: ANN401
    """The words of a list, each once; None where the value is none, or too long."""
    if not isinstance(value, list) or len(value) > MOST_NAMES or not all(isinstance(v, str) for v in value):
        return None
    return [*dict.fromkeys(value)]


def _is_date(value: str) -> bool:
    """Whether the value is EDTF as the codebook uses it."""
    try:
        return len(value) <= 25 and bool(edtf.validate(value))
    except ValueError:
        return False


def _is_duration(value: str) -> bool:
    """Whether the value is an ISO 8601 duration of up to a thousand years."""
    try:
        return len(value) <= 30 and not value.endswith("T") and 0 < days_of(value) <= _LONGEST_DAYS
    except ValueError:
        return False


def _is_amount(value: object) -> bool:
    """Whether the value is a sum of money."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and 0 <= value < 1e15  # type: ignore[arg-type, operator]


def _bounds(value: Any) -> tuple[int | None, int | None, bool] | None:  # noqa: ANN401
    """(min, max, approx) of a number of people; None where it is none."""
    if not isinstance(value, dict):
        return None
    low, high = value.get("min"), value.get("max")
    for bound in (low, high):
        if bound is not None and (type(bound) is not int or not 0 <= bound < _MOST_PEOPLE):
            return None
    if (low is None and high is None) or (low is not None and high is not None and low > high):
        return None
    return low, high, value.get("approx") is True
