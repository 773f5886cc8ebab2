"""Our figures are those of the project's independent scorer, where its companion folder is at hand."""

import importlib.util
import json
import random
from pathlib import Path

import pytest

import khronika
from khronika.evaluate import evaluate, load_export, load_gold

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SHARED_GOLD = SHARED / "gold"
SCORER = SHARED / "score" / "score.py"
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
    assert compared(scorer, GOLD, tmp_path)["claims"]["f1"] < 1


def compared(scorer, gold: Path, export: Path) -> dict:
    """Our figures, once every one of them has been found equal to the other program's, to the third decimal."""
    theirs, ours = scorer.score(gold, export), evaluate(load_gold(gold), load_export(export)).to_json()
    for key in ("claims", "whole_claims", "types", "events_pairwise", "claims_where_gold_has_none"):
        assert ours[key] == theirs[key], key
    assert ours.get("people") == theirs.get("people")
    assert ours["fields"].keys() == theirs["fields"].keys()
    for field, figures in theirs["fields"].items():
        assert ours["fields"][field] == {k: v for k, v in figures.items() if v is not None}, field
    return ours


@pytest.fixture(scope="module")
def export(scorer, tmp_path_factory) -> Path:
    """A real export: the stories of ../shared/gold, read and exported."""
    seeds = SHARED / "seeds"
    if not (seeds / "manifest.csv").is_file() or not SHARED_GOLD.is_dir():
        pytest.skip("needs ../shared/seeds and ../shared/gold")
    folder = tmp_path_factory.mktemp("real")
    with khronika.open(folder / "record") as record:
        record.read([seeds], manifest=seeds / "manifest.csv")
        record.export(folder / "export")
    return folder / "export"


def lines(export: Path) -> list[dict]:
    """The export's claims."""
    return [json.loads(line) for line in (export / "claims.jsonl").read_text(encoding="utf-8").splitlines()]


def odd(claims: list[dict]) -> list[dict]:
    """Claims as other programs may write them: no status, one target as text, empty fields, no events, paths."""
    out = []
    for number, claim in enumerate(claims):
        changes = [
            {"status": None}, {"source": "some/where/" + claim["source"]}, {"targets": None}, {"penalties": None},
            {"event": "all"}, {"place": (claim.get("place") or ["Nowhere"])[0]}, {"count": {"min": 3}}, {"charge": ""},
            {"targets": []}, {"speaker": None, "date": None}, {"quote": claim["quote"][:30]}, {"quote": "short"},
        ]  # fmt: skip
        row = claim | changes[number % len(changes)]
        out.append({key: value for key, value in row.items() if key != "event" or number % 3})
    return out


EXPORTS = {
    "as it is": lambda claims: claims,
    "half of it": lambda claims: claims[::2],
    "every claim twice": lambda claims: claims + [claim | {"id": claim["id"] + "b"} for claim in claims],
    "backwards": lambda claims: claims[::-1],
    "nothing": lambda claims: [],
    "one kind": lambda claims: [claim | {"type": "detention"} for claim in claims],
    "odd": odd,
}


@pytest.mark.parametrize("people", [True, False], ids=["people", "nobody"])
@pytest.mark.parametrize("name", EXPORTS)
def test_both_say_the_same_of_a_real_reading(scorer, export, tmp_path, name, people):
    """On ../shared/gold, of what this reader makes of its stories, whole, partial, doubled, turned round and odd."""
    rows = EXPORTS[name](lines(export))
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (tmp_path / "claims.jsonl").write_text(text, encoding="utf-8")
    if people:
        (tmp_path / "people.jsonl").write_bytes((export / "people.jsonl").read_bytes())
    ours = compared(scorer, SHARED_GOLD, tmp_path)
    assert ("people" in ours) is people
    assert (ours["claims"]["system"] > 0) is bool(rows)


def test_both_say_the_same_of_two_annotators(scorer):
    """Gold against gold of other pages, and against itself."""
    if not SHARED_GOLD.is_dir():
        pytest.skip("needs ../shared/gold")
    assert compared(scorer, SHARED_GOLD, SHARED_GOLD)["whole_claims"]["f1"] == 1
    assert compared(scorer, SHARED_GOLD, GOLD)["claims"]["system"] == 0
