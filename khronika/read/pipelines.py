"""Which pipeline reads: the bundled model, or an installed spaCy pipeline by its name."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from khronika.read.encoder import EncoderPipeline
from khronika.read.parse import Pipeline

__all__ = ["load_pipeline"]

BUNDLED = Path(__file__).resolve().parent.parent / "resources" / "model" / "en"


@lru_cache(maxsize=2)
def load_pipeline(name: str = "bundled", threads: int = 1) -> Pipeline:
    """Load a pipeline, once per process: reading a second folder does not load it again.

    Args:
        name: "bundled", or the name of an installed spaCy pipeline.
        threads: threads the bundled model may use for one text.

    Raises:
        ModelError: there is no such pipeline, or its files are damaged.
    """
    if name == "bundled":
        return EncoderPipeline(BUNDLED, threads)
    from khronika.read.spacy_pipeline import SpacyPipeline

    return SpacyPipeline(name)
