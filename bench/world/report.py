"""The figures of a run as a table, each beside its bar (issue 4, "What it must show")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that is judged: at least (or with `most` at most) `bound`."""

    name: str
    value: float
    bound: float
    most: bool = False

    @property
    def missed(self) -> bool:
        """Whether it is not met."""
        return self.value > self.bound if self.most else self.value < self.bound

    def line(self) -> str:
        """ "people, B-cubed F1     0.9914  (at least 0.98)"."""
        word = ("OVER" if self.most else "BELOW") if self.missed else ("at most" if self.most else "at least")
        return f"{self.name:<34}{self.value:10.4f}  ({word} {self.bound:g})"

    def to_json(self) -> dict[str, Any]:
        """As an object."""
        return {"name": self.name, "value": self.value, "bound": self.bound, "missed": self.missed}


def bars(figures: dict[str, Any]) -> list[Bar]:
    """The judged figures. Time and memory are judged at 100,000 stories and more, growth where it was measured."""
    people, events = figures["people"], figures["events"]
    judged = [
        Bar("people, B-cubed F1", people["b_cubed"]["f1"], 0.98),
        Bar("people, pairwise precision", people["pairwise"]["precision"], 0.995),
        Bar("events, pairwise F1", events["pairwise"]["f1"], 0.95),
        Bar("custody, states right", figures["custody"]["right"], 0.98),
        Bar("origins exact, share of events", figures["origins_exact"], 0.95),
    ]
    if "growth" in figures:
        judged.append(Bar("linking, growth for 10 x stories", figures["growth"]["factors"]["link"], 12, True))
    if figures["stories"] >= 100_000:
        judged.append(Bar("linking, seconds", figures["seconds"]["link"], 900, True))
        judged.append(Bar("linking, peak MB", max(figures["peak_mb"].values()), 2000, True))
    return judged


def table(figures: dict[str, Any], judged: Sequence[Bar]) -> list[str]:
    """The figures in lines."""
    people, events, custody = figures["people"], figures["events"], figures["custody"]
    lines = [
        f"{figures['stories']} stories, seed {figures['seed']}: {figures['claims']} claims, {people['true']} people in "
        f"{people['items']} mentions, {events['true']} events"
    ]
    lines += [bar.line() for bar in judged]
    for name, part in (("people", people), ("events", events)):
        for way in ("b_cubed", "pairwise"):
            score = part[way]
            lines.append(
                f"{name + ' ' + way.replace('_', '-'):<34}P {score['precision']:.4f}  R {score['recall']:.4f}  "
                f"F1 {score['f1']:.4f}"
            )
    lines.append(f"{'people, events found':<34}{people['found']}, {events['found']}")
    lines.append(
        f"{'custody where a state is reported':<34}{custody['right_where_a_state_is_reported']:10.4f}  of "
        f"{custody['asked_where_a_state_is_reported']} questions"
    )
    if "right_with_true_people_and_events" in custody:
        given = custody["right_with_true_people_and_events"]
        lines.append(f"{'custody given the true events':<34}{given:10.4f}")
    lines.append(f"{'step':<16}{'seconds':>10}{'peak MB':>10}")
    lines += [f"{step:<16}{took:10.2f}{figures['peak_mb'][step]:10.0f}" for step, took in figures["seconds"].items()]
    return lines


def more(figures: dict[str, Any]) -> list[str]:
    """What else was asked for: growth, arrivals, splink."""
    lines = []
    if growth := figures.get("growth"):
        each = ", ".join(f"{step} {factor} x" for step, factor in growth["factors"].items())
        lines.append(f"beside {growth['stories']} stories, {growth['claims_ratio']} times the claims: {each}")
    if arrivals := figures.get("arrivals"):
        same = "as at once" if arrivals["same_as_at_once"] else "NOT as at once"
        times = f"median {arrivals['median_ms']} ms, worst {arrivals['worst_ms']} ms"
        lines.append(f"{arrivals['stories']} stories one by one: {times}; all derived {same}")
    if "splink" in figures:
        lines += splink_lines(figures["splink"])
    return lines


def splink_lines(found: dict[str, Any] | None) -> list[str]:
    """Splink's people at each threshold."""
    if found is None:
        return ["splink: not installed"]
    lines = [f"splink {found['version']} on DuckDB, {found['records']} person records, {found['seconds']} s"]
    for threshold, people in found["thresholds"].items():
        cubed, pairs = people["b_cubed"], people["pairwise"]
        lines.append(
            f"  from {threshold}: B-cubed P {cubed['precision']:.4f} R {cubed['recall']:.4f} F1 {cubed['f1']:.4f}, "
            f"pairwise P {pairs['precision']:.4f} R {pairs['recall']:.4f}"
        )
    return lines
