"""How well the reading agrees with hand-made gold, per field. Part of the product, not of the tests.

gold = load_gold("examples/gold")
result = evaluate(gold, load_export("export"))
for row in result.rows(): ...
"""

from khronika.evaluate.evaluation import Evaluation, Row, evaluate
from khronika.evaluate.export import load_export
from khronika.evaluate.gold import load_gold
from khronika.evaluate.quiz import Ask, QuizResult
from khronika.evaluate.sides import Annotation, Gold, Question, Side

__all__ = [
    "Annotation",
    "Ask",
    "Evaluation",
    "Gold",
    "Question",
    "QuizResult",
    "Row",
    "Side",
    "evaluate",
    "load_export",
    "load_gold",
]
