"""The reader's name: which frames it reads by, so that each claim says it and a record knows what it was read with."""

from __future__ import annotations

from pathlib import Path

from khronika.settings import Settings


def lexicon_in_name(mark: str) -> str:
    """How a lexicon of one's own shows in the reader's name: " + lexicon 3fa9c1d2"; "" for the bundled frames."""
    return f" + lexicon {mark}" if mark else ""


def own_lexicon(settings: Settings) -> str:
    """How the lexicon that the settings name will show in the reader's name. Reads it: a bad file stops the start.

    Raises LexiconError.
    """
    from khronika.read.lexicon import load_lexicon  # here, so that asking a record does not load what reads

    return lexicon_in_name(load_lexicon(Path(settings.lexicon)).mark) if settings.lexicon else ""


def is_other_lexicon(name: str, own: str) -> bool:
    """Whether a reader of this name read by other frames than a run whose lexicon shows as `own`."""
    return name.startswith("frames ") and name.partition(" / ")[0].partition(" + ")[2] != own.removeprefix(" + ")
