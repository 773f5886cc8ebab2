"""The custody quiz: the record is asked where people were, and the answers are compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from khronika.evaluate.sides import Question

Answer = tuple[str, bool | None]
"""A custody state of the codebook, and whether it counts as custody."""
Ask = Callable[[str, str, str | None], Answer | None]
"""Called with (person, on, known); None: the record knows no such person, or several."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A question answered with a wrong state."""

    question: Question
    answered: str | None


@dataclass(frozen=True, slots=True)
class QuizResult:
    """Of `asked` questions, how many got a right state, and how many a right "held or not"."""

    asked: int
    right: int
    held_right: int
    wrong: tuple[Miss, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The counts, and each wrong answer with its question."""
        wrong = [{**asdict(miss.question), "answered": miss.answered} for miss in self.wrong]
        return {"asked": self.asked, "right": self.right, "held_right": self.held_right, "wrong": wrong}


def put(questions: Iterable[Question], ask: Ask) -> QuizResult:
    """Puts every question. "Unknown whether held" is taken for right where nobody was held."""
    each = [(q, ask(q.person, q.on, q.known)) for q in questions]
    wrong = tuple(Miss(q, a[0] if a else None) for q, a in each if a is None or a[0] not in q.state)
    held = sum(_held_right(q, a[1] if a else None) for q, a in each)
    return QuizResult(len(each), len(each) - len(wrong), held, wrong)


def _held_right(question: Question, held: bool | None) -> bool:
    """Whether the answer's `held` will do."""
    return held == question.held or (question.held is False and held is None)
