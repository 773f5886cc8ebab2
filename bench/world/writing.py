"""The world on disk: stories as text with a manifest, to run reading on them, and the truth beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.world.knobs import Knobs, Size
from bench.world.press import Press
from bench.world.truth import Truth
from khronika.facts.claims import claim_to_json


def write(size: Size, knobs: Knobs, folder: Path) -> int:
    """Writes `stories/N.txt`, `stories/manifest.csv`, `claims.jsonl` (with the true event and people) and
    `lives.jsonl` as the stories are made; gives their number."""
    stories = folder / "stories"
    stories.mkdir(parents=True, exist_ok=True)
    truth = Truth()
    many = 0
    with (
        (stories / "manifest.csv").open("w", encoding="utf-8", newline="") as manifest,
        (folder / "claims.jsonl").open("w", encoding="utf-8") as claims,
    ):
        rows = csv.writer(manifest, lineterminator="\n")
        rows.writerow(("source", "outlet", "published", "captured", "language"))
        for filed in Press(size, knobs).stories():
            truth.take(filed)
            (stories / filed.document.source).write_text(filed.document.text + "\n", "utf-8", newline="\n")
            document = filed.document
            captured = (document.captured or "")[:10]
            rows.writerow((document.source, document.outlet, document.published or "", captured, "en"))
            people = dict(filed.people)
            for claim, (_, event) in zip(filed.claims, filed.events, strict=True):
                row = {
                    **claim_to_json(claim),
                    "event": event,
                    "targets_ids": [people[n] for n in claim.targets if n in people],
                }
                claims.write(_line(row))
            many += 1
    (folder / "lives.jsonl").write_text("".join(_lives(truth)), "utf-8", newline="\n")
    return many


def _lives(truth: Truth) -> Iterable[str]:
    """Each person's true events in order."""
    for person in sorted(truth.lives, key=lambda p: int(p[1:])):
        events = [
            {
                "event": e.id,
                "type": e.kind,
                "subtype": e.subtype,
                "day": e.day.isoformat(),
                "penalty": e.penalty,
                "term": e.term,
            }
            for e, _ in truth.lives[person].in_order()
        ]
        yield _line({"person": person, "events": events})


def _line(row: dict[str, Any]) -> str:
    """A row as a line."""
    return json.dumps(row, ensure_ascii=False) + "\n"
