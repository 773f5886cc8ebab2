"""Writes the model card beside the model: data, licences, scores as measured, how to rebuild, limits."""

from __future__ import annotations

from pathlib import Path

from training.fit import Schedule
from training.measure import NAME_SETS, TREE_SETS, Scores

_TEMPLATE = Path(__file__).parent / "card.md"


def write_card(folder: Path, scores: dict[str, dict[str, Scores]], schedule: Schedule, version: str) -> None:
    """Write MODEL_CARD.md.

    Args:
        folder: the exported model's.
        scores: by kind of export ("int8", "fp32"), then by test.
        schedule: how it was trained.
        version: of the model.
    """
    size = sum(f.stat().st_size for f in folder.iterdir() if f.name != "MODEL_CARD.md") / 1e6
    body = "".join(
        f"\n### {kind}\n\n{_names(values)}\n{_trees(values)}\n{_rest(values)}" for kind, values in scores.items()
    )
    card = _TEMPLATE.read_text(encoding="utf-8").format(
        version=version,
        size=size,
        ner=schedule.ner_epochs,
        parse=schedule.parse_epochs,
        seed=schedule.seed,
        scores=body,
    )
    (folder / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _names(values: dict[str, Scores]) -> str:
    out = "| names, F1 on exact spans | all | PERSON | ORG | LOC |\n|---|---|---|---|---|\n"
    for x in NAME_SETS:
        row = values[f"names {x}"]
        out += f"| {x} | {row['F1']:.1f} | {row['PERSON']:.1f} | {row['ORG']:.1f} | {row['LOC']:.1f} |\n"
    return out


def _trees(values: dict[str, Scores]) -> str:
    keys = ("UAS", "LAS", "LAS all", "UPOS", "XPOS", "lemma", "sentences", "words")
    out = (
        "| trees, tags, lemmas on the treebank's words; sentences and words (F1) on raw text"
        " | UAS | LAS | LAS with punctuation | UPOS | XPOS | lemma | sentences | words |\n" + "|---" * 9 + "|\n"
    )
    for x in TREE_SETS:
        row = values[f"trees {x}"]
        out += f"| {x} | " + " | ".join(f"{row[key]:.1f}" for key in keys) + " |\n"
    return out


def _rest(values: dict[str, Scores]) -> str:
    speed = values["speed"]
    return (
        f"Words on the development part: F1 {values['words dev']['words']:.2f}. "
        f"Speed on one thread, documents of some 400 words: {speed['words/s']:,.0f} words/s for words, sentences, tags"
        f" and names, {speed['words/s with every tree']:,.0f} with every tree decoded.\n"
    )
