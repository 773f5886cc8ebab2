"""Rebuilds the bundled model: `python -m training.build`.

Trains (or goes on training, from the checkpoint in the work folder), exports, scores the exported model on the test
files, and writes it with its card to `khronika/resources/model/en`. `--snapshot` exports a training that is not done.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch

from khronika.read.pieces import Pieces
from training import base, export, lemma_table, measure
from training.card import write_card
from training.corpus import NER_LABELS, ParsedText, named_texts, parsed_texts
from training.fit import Schedule, fit, mean_weights, ready_named, ready_parsed
from training.network import Labels, Network

_TARGET = Path(__file__).parent.parent / "khronika" / "resources" / "model" / "en"
VERSION = "2026.11.22"


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/data/training-corpus"))
    parser.add_argument("--work", type=Path, default=Path("build/model"), help="checkpoints and intermediate files")
    parser.add_argument("--target", type=Path, default=_TARGET, help="where the model goes")
    parser.add_argument("--ner-epochs", type=float, default=Schedule().ner_epochs)
    parser.add_argument("--parse-epochs", type=float, default=Schedule().parse_epochs)
    parser.add_argument("--threads", type=int, default=Schedule().threads)
    parser.add_argument("--snapshot", action="store_true", help="do not train: export what the checkpoint holds")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    schedule = Schedule(given.ner_epochs, given.parse_epochs, threads=given.threads)
    torch.manual_seed(schedule.seed)
    texts = list(parsed_texts(given.corpus / "parse_train.spacy"))
    network = Network(_labels(texts))
    network.encoder.load_base(base.weights())
    checkpoint = given.work / "checkpoint.pt"
    if not given.snapshot:
        pieces = Pieces(base.vocabulary())
        named = ready_named(list(named_texts(given.corpus / "ner_v2_train.spacy")), pieces)
        fit(network, named, ready_parsed(texts, pieces, network.labels), schedule, checkpoint)
    mean_weights(network, checkpoint)
    _export(network, texts, given.target, quantized=True)
    scores = {"int8": measure.all_scores(given.target, given.corpus)}
    if not given.snapshot:
        _export(network, texts, given.work / "fp32", quantized=False)
        scores["fp32"] = measure.all_scores(given.work / "fp32", given.corpus)
    for kind, values in scores.items():
        print(kind)
        measure.show(values)
    (given.work / "scores.json").write_text(json.dumps(scores, indent=1))
    write_card(given.target, scores, schedule, VERSION)


def _labels(texts: list[ParsedText]) -> Labels:
    fields = ("pos", "tags", "deps")
    return Labels(NER_LABELS, *(tuple(sorted({x for text in texts for x in getattr(text, field)})) for field in fields))


def _export(network: Network, texts: list[ParsedText], folder: Path, quantized: bool) -> None:
    export.encoder(network, folder, quantized)
    export.heads(network, folder)
    export.companions(network, base.vocabulary(), VERSION, folder)
    lemma_table.write(folder / "lemmas.tsv", lemma_table.rows(texts))


if __name__ == "__main__":
    main()
