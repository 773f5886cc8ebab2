"""Hunches: words that the trained head takes for an event's word, where no frame has the words for it.

Two layers of attention of their own (`events.onnx`, int8) go on from the middle of the one pass of the encoder, where
names and trees take another way, and a head of two layers over their word vectors (`triggers.npz`) says for each word
how much it looks like the word of an event of each kind; both come from `python -m training.events`. They
learned from sentences and, where annotated, words: a sentence's chance of a kind is the noisy-or of its words' (their
log-sum-exp), so a hunch names the strongest word. It tells the meaning of words that stand in no list ("officers came
for her at dawn"), and besides, how far a frame's own claim looks like the kind that it claims.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from khronika.errors import ModelError
from khronika.read.onnx import session
from khronika.read.parse import Hunch

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["Hunches"]

HEAD, LAYERS = "triggers.npz", "events.onnx"
FAINT = 0.02
"""Chance under which a sentence is not said to hold a kind at all."""

Floats = NDArray[np.float32]


class Hunches:
    """The trained layers and their head."""

    def __init__(self, session: InferenceSession | None, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Take the parts.

        Args:
            session: the layers, from the encoder's middle to word vectors; None: only the head is used.
            arrays: `kinds` (K names), `w1` 384 × H, `b1` H, `w2` H × K, `b2` K.

        Raises:
            KeyError: an array lacks.
        """
        self._session = session
        self.kinds: tuple[str, ...] = tuple(str(kind) for kind in arrays["kinds"])
        self._w1, self._b1, self._w2, self._b2 = (
            np.asarray(arrays[k], dtype=np.float32) for k in ("w1", "b1", "w2", "b2")
        )

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> Hunches | None:
        """Layers and head beside the model's other files, None where there are none.

        Args:
            folder: the model's.
            threads: threads the layers may use for one text.

        Raises:
            ModelError: one of the two files is absent or damaged.
        """
        path = folder / HEAD
        if not path.is_file():
            return None
        try:
            with np.load(path) as arrays:
                return cls(session(folder / LAYERS, threads), dict(arrays))
        except (OSError, KeyError, ValueError, EOFError, BadZipFile) as reason:
            raise ModelError(f"{HEAD} or {LAYERS} in {folder} is absent or damaged: {reason}") from reason

    def vectors(self, middle: Floats, mask: NDArray[np.int64], first: NDArray[np.int64]) -> Floats:
        """Word vectors B × W × 384 of a batch of windows.

        Args:
            middle: B × T × 384, the encoder's states of the wordpieces half-way.
            mask: B × T, 1 for a piece and 0 for padding.
            first: B × W, the first piece of each word.
        """
        assert self._session is not None
        (out,) = self._session.run(None, {"middle": middle, "mask": mask, "first": first})
        return np.asarray(out, np.float32)

    def scores(self, words: Floats) -> Floats:
        """W × K scores (log-odds of a word alone) of W word vectors (W × 384)."""
        hidden = words @ self._w1 + self._b1
        # GELU by its tanh form (Hendrycks and Gimpel 2016, "Gaussian Error Linear Units")
        hidden = 0.5 * hidden * (1 + np.tanh(np.float32(0.7978846) * (hidden + np.float32(0.044715) * hidden**3)))
        out: Floats = hidden @ self._w2 + self._b2
        return out

    def of(self, scores: Floats, first: int) -> tuple[Hunch, ...]:
        """The kinds that one sentence seems to hold, likeliest first.

        Args:
            scores: of the sentence's words, n × K.
            first: the sentence's first token.
        """
        top = scores.max(0)
        total = top + np.log(np.exp(scores - top).sum(0))
        chances = 1 / (1 + np.exp(-total))
        words: Sequence[int] = scores.argmax(0).tolist()
        found = [
            Hunch(first + words[k], self.kinds[k], round(float(chances[k]), 4))
            for k in np.flatnonzero(chances >= FAINT).tolist()
        ]
        return tuple(sorted(found, key=lambda h: (-h.score, h.kind)))
