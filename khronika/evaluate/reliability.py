"""Whether the stated confidence is right: of the claims said to be 80 % sure, are 80 % right?

The table and its summary are those of Guo et al., On Calibration of Modern Neural Networks (2017): bins of equal width,
and the expected calibration error, the mean distance between what is stated and what is right, weighted by the bins.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

BINS = 10


class Bin(NamedTuple):
    """The claims with a confidence from `low` to `high`: how many, the mean stated, the share that is right."""

    low: float
    high: float
    claims: int
    stated: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """`bins` that hold claims, in order; `error`: the expected calibration error (0-1, less is better); `brier`: the
    mean squared distance of confidence and truth (Brier 1950); `unstated`: claims that carry no confidence."""

    bins: tuple[Bin, ...]
    error: float
    brier: float
    unstated: int

    def to_json(self) -> dict[str, Any]:
        """The table, rounded to three places."""
        bins = [b._asdict() | {"stated": round(b.stated, 3), "right": round(b.right, 3)} for b in self.bins]
        figures = {"expected_calibration_error": round(self.error, 3), "brier": round(self.brier, 3)}
        return {"bins": bins, **figures, "unstated": self.unstated}


def reliability(claims: Iterable[tuple[float | None, bool]]) -> Reliability | None:
    """The table. Parameters: of each claim its confidence (0-1, None: it states none) and whether it is right.

    None where no claim states any.
    """
    every = [*claims]
    stated = [(c, right) for c, right in every if c is not None]
    if not stated:
        return None
    sorted_in: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in stated:
        sorted_in[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    bins = tuple(
        Bin(n / BINS, (n + 1) / BINS, len(held), _mean(c for c, _ in held), _mean(float(r) for _, r in held))
        for n, held in enumerate(sorted_in)
        if held
    )
    error = sum(b.claims * abs(b.stated - b.right) for b in bins) / len(stated)
    brier = _mean((c - right) ** 2 for c, right in stated)
    return Reliability(bins, error, brier, len(every) - len(stated))


def _mean(values: Iterable[float]) -> float:
    several = [*values]
    return sum(several) / len(several)
