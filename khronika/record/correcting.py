"""What a field of a claim may be corrected to: the codebook's values, checked before anything is written."""

from __future__ import annotations

from typing import Any

from khronika.errors import UsageError
from khronika.facts.claims import Claim, Status, amended, claim_from_json, claim_to_json
from khronika.facts.codebook import codebook
from khronika.facts.decisions import CORRECTABLE
from khronika.text import edtf
from khronika.text.durations import days_of

LONGEST = 2000
"""Characters of a value: many times what any field of a claim needs."""

_LISTS = frozenset({"targets", "actors", "place"})
_COUNTS = {"count": frozenset({"min", "max", "approx"}), "figure": frozenset({"what", "min", "max", "approx"})}
_MOST = 10**10
"""More than there are people: a greater number is a slip of the hand."""
_PENALTY = frozenset({"kind", "duration", "amount", "currency", "detail"})


def corrected(claim: Claim, field: str, value: Any) -> Claim:  # noqa: ANN401  (as JSON has it)
    """The claim with the field at the value, as JSON has it; None: the field is empty.

    Raises UsageError: no such field, not a value of the codebook, what it says already.
    """
    if field not in CORRECTABLE:
        raise UsageError(f"no field {field!r} to correct; there is {', '.join(CORRECTABLE)}")
    if value is None:
        if field in {"type", "status"}:
            raise UsageError(f"a claim without {field} is none; reject it instead")
    elif len(str(value)) > LONGEST:
        raise UsageError(f"{field}: a value of {len(str(value)):,} characters is too long")
    else:
        _check(field, value)
    row = {k: v for k, v in (claim_to_json(claim) | {field: value}).items() if v is not None}
    out = amended(claim, **{field: getattr(claim_from_json(row), field)})
    if faults := codebook().faults(out):
        raise UsageError(f"not in the codebook: {'; '.join(faults)}{_instead(out, field)}")
    if getattr(out, field) == getattr(claim, field):
        raise UsageError(f"{field} says so already; confirm the claim instead")
    return out


def _instead(claim: Claim, field: str) -> str:
    """What the codebook has in place of the claim's kind or subtype, in words; "" where these are right."""
    kinds = codebook().kinds
    if claim.type not in kinds:
        return f"; there is {', '.join(sorted(kinds))}"
    if claim.subtype in {None, *kinds[claim.type]}:
        return ""
    there = ", ".join(sorted(kinds[claim.type])) or "none"
    return f"; there is {there}" if field == "subtype" else f"; correct the subtype first: empty, or one of {there}"


def _check(field: str, value: Any) -> None:  # noqa: ANN401
    """Raises UsageError where the value is none of the field's."""
    if field in _LISTS:
        if not isinstance(value, list) or not value or not all(isinstance(v, str) and v.strip() for v in value):
            raise UsageError(f"{field}: one or more names are needed")
    elif field in _COUNTS:
        _check_count(field, value)
    elif field == "penalties":
        if not isinstance(value, list) or not value:
            raise UsageError(
                'penalties: a list is needed, such as [{"kind": "fine", "amount": 300, "currency": "KZT"}]'
            )
        for one in value:
            _check_penalty(one)
    elif field == "hedged":
        if not isinstance(value, bool):
            raise UsageError("hedged: true or false is needed")
    elif not isinstance(value, str) or not value.strip():
        raise UsageError(f"{field}: words are needed")
    elif field == "status" and value not in set(Status):
        raise UsageError(f"no status {value!r}; there is {', '.join(Status)}")
    elif field == "date":
        _check_date(value)
    elif field == "duration":
        _check_duration("duration", value)


def _check_date(value: str) -> None:
    """Raises UsageError for a date that is none."""
    try:
        edtf.validate(value)
    except ValueError as error:
        raise UsageError(f"date: {error}") from error


def _check_duration(name: str, value: Any) -> None:  # noqa: ANN401
    """Raises UsageError for a duration that is none."""
    try:
        days_of(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{name}: {value!r} is no duration; write 15 days as P15D, two years as P2Y") from error


def _check_count(field: str, value: Any) -> None:  # noqa: ANN401
    """Raises UsageError for numbers that are none."""
    if not isinstance(value, dict) or not {*value} <= _COUNTS[field] or not {"min", "max"} & {*value}:
        raise UsageError(f'{field}: numbers are needed, such as {{"min": 20, "max": 30}}')
    bounds = [value[name] for name in ("min", "max") if name in value]
    if not all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n <= _MOST for n in bounds) or bounds != sorted(
        bounds
    ):
        raise UsageError(f"{field}: {value} are no numbers of people, the smaller first")
    if not isinstance(value.get("approx", False), bool):
        raise UsageError(f"{field}: approx is true or false")
    if field == "figure" and (not isinstance(value.get("what"), str) or not value["what"].strip()):
        raise UsageError("figure: it must say what is counted")


def _check_penalty(one: Any) -> None:  # noqa: ANN401
    """Raises UsageError for a penalty that is none."""
    kinds = sorted(codebook().penalties)
    if not isinstance(one, dict) or not {*one} <= _PENALTY or one.get("kind") not in kinds:
        raise UsageError(f"penalties: {one!r} is none; its kind is one of {', '.join(kinds)}")
    if one.get("duration") is not None:
        _check_duration("penalties", one["duration"])
    amount = one.get("amount")
    if amount is not None and (
        isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < 1e15
    ):
        raise UsageError(f"penalties: {amount!r} is no amount")
    currency = one.get("currency")
    if currency is not None and not (isinstance(currency, str) and len(currency) == 3 and currency.isupper()):
        raise UsageError(f"penalties: {currency!r} is no currency; write its three letters, such as KZT")
    if not isinstance(one.get("detail", ""), str):
        raise UsageError("penalties: detail is words")
