"""Our figures are those of the project's independent scorer, where its companion folder is at hand."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

from khronika.evaluate import evaluate, load_export, load_gold

ROOT = Path(__file__).parents[2]
SCORER = ROOT.parent / "shared" / "score" / "score.py"
GOLD = ROOT / "examples" / "gold"


@pytest.fixture(scope="module")
def scorer():
    if not SCORER.is_file():
        pytest.skip("needs ../shared/score/score.py")
    spec = importlib.util.spec_from_file_location("score", SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(claims: list, chance: random.Random) -> list:
    """Some claims lost, some changed, some said twice."""
    out = []
    for claim in claims:
        changes = [{"targets": ["Nobody Known"]}, {"date": "1999"}, {"status": "denied"}, {"event": "one"}, {}]
        changes += [{"quote": claim["quote"][:70]}, {"charge": "the " + claim.get("charge", "rest")}]
        if chance.random() < 0.8:
            out.append(claim | chance.choice(changes))
        if chance.random() < 0.1:
            out.append(claim | {"id": claim["id"] + "again"} | chance.choice(changes))
    return out


@pytest.mark.parametrize("seed", [1, 2])
def test_both_scorers_say_the_same(scorer, tmp_path, seed):
    """Two programs written apart, one answer: every figure of a disturbed copy of the examples' gold."""
    chance = random.Random(seed)
    for file in GOLD.glob("*.json"):
        page = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(page, dict):
            page["claims"] = disturbed(page["claims"], chance)
        (tmp_path / file.name).write_text(json.dumps(page), encoding="utf-8")
    theirs = scorer.score(GOLD, tmp_path)
    ours = evaluate(load_gold(GOLD), load_export(tmp_path)).to_json()
    for key in ("claims", "whole_claims", "types", "events_pairwise", "people", "claims_where_gold_has_none"):
        assert ours[key] == theirs[key], key
    for field, figures in theirs["fields"].items():
        assert ours["fields"][field] == {k: v for k, v in figures.items() if v is not None}, field
    assert ours["claims"]["f1"] < 1
