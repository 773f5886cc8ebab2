"""The charge, reason or alleged ground of a claim, as written: "for filming a rally", "on charges of treason"."""

from __future__ import annotations

import re

from khronika.read.fire import Fired
from khronika.read.syntax import Tree
from khronika.text.dates import find_times

LIMIT = 260
"""Characters of a ground; a longer one is the rest of the sentence, not a charge."""
CHARGE_NOUNS = frozenset({"charge", "accusation", "suspicion", "count", "allegation", "ground", "pretext"})
OFFENSES = frozenset(
    {"killing", "murder", "death", "slaying", "shooting", "attack", "assassination", "plot", "case", "bombing", "theft"}
    | {"robbery", "scandal", "stabbing", "kidnapping", "abduction", "rape", "beating", "assault", "raid", "arson"}
)
"""What "charged in" opens: "in the killing of a student"; a place or a year is no ground."""
TIME_WORD = re.compile(r"\s+(?:on|in|since|late on|early on|at|of|from)\s*$")
CUT = re.compile(
    r",\s+an?\s+(?:crime|charge|offen[cs]e|law|move|verdict|sentence|accusation|felony|term|penalty|ruling|decision)\b"
    r"|,\s+(?:who|which|where|when|according|said|say|says|but|while|after|before|adding|a move|in what|as)\b"
    r"|\s+(?:after|while|before|when|until|according to|because|as)\s"
    r"|,?\s+and\s+(?:was\s+|were\s+|been\s+)?(?:sentenced|sent|fined|jailed|handed|given|placed|banned|barred|ordered|released)\b"
    r"|[;—]|\s--\s|\.\s*$|,\s*$|,\s+(?:and|he|she|they|it)\s"
)


def ground_of(tree: Tree, fired: Fired) -> tuple[str, int, int] | None:
    """The ground and its tokens (first, last exclusive), or None.

    Looks for the frame's prepositions on the trigger, or on the words of its pattern ("guilty of", "charges of").
    """
    reasons = fired.frame.reasons
    if not reasons:
        return None
    spots = {fired.trigger, *fired.slots}
    for i in sorted(tree.subtree(fired.trigger) + [s for s in fired.slots if s not in tree.subtree(fired.trigger)]):
        if i <= fired.trigger and not (fired.form == "noun" and i > min(spots)):
            continue
        for words in sorted(reasons, key=len, reverse=True):
            if words == ("of",) and fired.form == "noun" and fired.frame.shape == "done_to":
                continue  # "the prosecution of X": X is whom, not what for
            if _opens(tree, i, words) and (governor := _governed(tree, i, spots, words)) is not None:
                return _text(tree, i + len(words), governor)
    return None


def _opens(tree: Tree, i: int, words: tuple[str, ...]) -> bool:
    return i + len(words) < tree.last and all(tree.lower(i + k) == w for k, w in enumerate(words))


def _governed(tree: Tree, i: int, spots: set[int], words: tuple[str, ...]) -> int | None:
    """The head of what the preposition at `i` opens, if it hangs on one of `spots` and is no term or day."""
    head = tree.head(i)
    if tree.dep(i) not in {"case", "mark"} and not tree.dep(i).startswith(("advcl", "obl")):
        return None
    above = tree.head(head)
    near = tree.dep(head).startswith(("conj", "advcl"))
    near = near or (tree.token(head).tag == "VBG" and bool(tree.kids(above, "nummod")))  # "fined $90 for reporting …"
    if above not in spots and not (near and tree.head(above) in spots):
        return None
    lemma = tree.lemma(head)
    if words == ("in",) and lemma not in OFFENSES:
        return None
    if lemma in {
        "year",
        "month",
        "day",
        "week",
        "hour",
        "time",
        "minute",
        "bail",
        "bond",
        "question",
        "questioning",
        "basis",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "release",
    }:
        return None
    if tree.lower(i) == "on" and not (lemma in CHARGE_NOUNS or tree.kids(head, "compound", "amod", "nmod")):
        return None
    if tree.lower(i) == "on" and lemma not in CHARGE_NOUNS and lemma not in {"offence", "offense", "crime", "ground"}:
        return None
    return head


def _text(tree: Tree, first: int, governor: int) -> tuple[str, int, int] | None:
    """The words from `first` to the end of what hangs below `governor`, cut where another thought begins."""
    below = tree.subtree(governor)
    last = max(below) + 1
    if tree.lemma(governor) in CHARGE_NOUNS:
        inner = tree.obliques(governor, "of")
        if inner and inner[0] >= first - 1:
            first = min(j for j in tree.subtree(inner[0]) if tree.dep(j) != "case")
    if first >= last:
        return None
    start = tree.token(first).start
    text = tree.parse.text[start : tree.token(last - 1).end]
    if cut := CUT.search(text):
        text = text[: cut.start()]
    while last > first and tree.token(last - 1).start >= start + len(text):
        last -= 1
    text = _without_time(text)
    text = _unquoted(" ".join(text.split()).strip(" ,.;:"))
    if not text or len(text) > LIMIT:
        return None
    return text, first, last


def _without_time(text: str) -> str:
    """The ground without the day at its end, which dates the claim: "guilty of treason in May"."""
    times = find_times(text)
    if times and times[-1].end >= len(text.rstrip()):
        return TIME_WORD.sub("", text[: times[-1].start])
    return text


def _unquoted(text: str) -> str:
    """The ground without quotation marks around it; marks inside it stay in pairs: printing “harmful jokes”."""
    opened = {"“": "”", "‘": "’", '"': '"', "'": "'", "«": "»"}
    inner = text[1:] if text[:1] in opened else text
    if text[:1] in opened and inner[-1:] == opened[text[0]]:
        return inner[:-1].strip(" ,.;:")
    if text[:1] in opened and opened[text[0]] not in inner:
        return inner.strip(" ,.;:")
    if text.endswith(("”", '"')) and text.count("“") < text.count("”") + text.count('"') % 2:
        return text[:-1].strip(" ,.;:")
    return text
