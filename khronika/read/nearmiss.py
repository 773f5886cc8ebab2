"""Frames whose word stands in a sentence and which made no claim of it, each with the reason.

For a documenter who asks "why was this not read?": a veto, a missing word, nobody in the role, a penalty not stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.lexicon import Frame, Lexicon, Pattern, Words
from khronika.read.syntax import Tree
from khronika.read.trace import Line, Stopped, Trace
from khronika.text.tables import table

EMPTY = frozenset(
    {"be", "have", "do", "get", "go", "make", "take", "give", "put", "keep", "see", "come", "a", "the", "no"}
    | {"in", "at", "on", "under", "into", "by", "of", "from", "to", "with", "for", "off", "over", "against", "behind"}
)
"""Words that say nothing of their own: a frame that begins with one is near only if a word that says more is there."""
WANTED = {
    "person": "a person",
    "someone": "a person or a named body",
    "organization": "an organization",
    "any": "someone or something",
}


@dataclass(frozen=True, slots=True)
class NearMiss:
    """`frame` and its `kind`, the `word` it began with, the `pattern` that came nearest, the `reason`, and how many of
    the pattern's words are lacking."""

    frame: str
    kind: str
    word: str
    pattern: str
    reason: str
    lacking: int = 0


def near_misses(line: Line, trace: Trace, settled: list[Draft]) -> tuple[NearMiss, ...]:
    """All of one sentence: those that came farthest first. `settled`: the drafts that did become claims."""
    tree, found = line.tree, list[tuple[int, NearMiss]]()
    matched, unvetoed, kept = line.steps or ([], [], [])
    made = {(d.frame.id, d.token) for d in settled}
    for stopped in line.stopped:
        if (stopped.fired.frame.id, stopped.fired.trigger) not in made:
            found.append((0, _miss(tree, stopped.fired, _why_stopped(tree, stopped))))
    for draft in trace.drafts:
        if draft.order == line.number and (draft.frame.id, draft.token) not in made:
            found.append((0, _settled_away(tree, draft, settled)))
    if line.question:
        found += [(0, _miss(tree, f, "a question claims nothing")) for f in line.fired]
    fired, left, able = ({(f.frame.id, f.trigger) for f in some} for some in (line.fired, unvetoed, kept))
    outdone = [f for f in kept if (f.frame.id, f.trigger) not in fired]
    unable = [f for f in unvetoed if (f.frame.id, f.trigger) not in able]
    vetoed = [f for f in matched if (f.frame.id, f.trigger) not in left]
    found += [(1, _miss(tree, f, _why_unable(f.frame))) for f in unable]
    found += [(1, _miss(tree, f, _outdone(tree, f, line.fired))) for f in outdone]
    found += [(1, _miss(tree, f, _why_vetoed(line, f))) for f in vetoed]
    if trace.lexicon is not None:
        done = {(f.frame.id, i) for f in matched for i in (f.trigger, *f.slots)}
        told = {d.frame.id for d in settled}
        found += [
            (2 + lacking, miss)
            for lacking, i, miss in _unmatched(tree, trace.lexicon)
            if (miss.frame, i) not in done and miss.frame not in told
        ]
    found.sort(key=lambda item: item[0])
    return tuple(dict.fromkeys(miss for _, miss in found))


def _miss(tree: Tree, f: Fired, reason: str) -> NearMiss:
    pattern = " ".join(tree.token(i).text for i in sorted({f.trigger, *f.slots}))
    return NearMiss(f.frame.id, f.frame.type, tree.token(f.trigger).text, pattern, reason)


def _why_stopped(tree: Tree, stopped: Stopped) -> str:
    """What a frame that fired lacked on its way to a claim."""
    frame, there = stopped.fired.frame, "”, “".join(w.label for w in stopped.who if w.label)
    if stopped.step == "target":
        wanted = ("a named " if frame.named else "") + WANTED.get(frame.target, frame.target).removeprefix("a ")
        wanted = wanted if frame.named else WANTED.get(frame.target, frame.target)
        return f"needs {wanted} as target; there is “{there}”" if there else f"needs {wanted} as target; there is none"
    if stopped.step == "doer":
        return f"“{there}” is nobody who could do it"
    if stopped.step == "negated":
        return "negated, and nobody is named who denies it"
    if stopped.step == "averted":
        return "told as failed, escaped or refused: it did not come about"
    if stopped.step == "ground":
        return "only the ground of another claim in the sentence"
    if stopped.step == "penalty":
        return "needs a penalty, and none is stated"
    return _why_kind(frame, there)


def _why_kind(frame: Frame, there: str) -> str:
    """What the kind asks for besides its roles (`kinds.py`)."""
    if frame.type == "call":
        return "a call needs a named person or body who makes it"
    if frame.type == "figure":
        return "no number is stated"
    if frame.actor:
        who = "police, a court or another authority" if frame.actor == "official" else "someone who is no authority"
        return f"must be done by {who}" + (f"; there is “{there}”" if there else "")
    if frame.happens:
        return "only named, not told of as taking place"
    if frame.type == "protest":
        return "nobody is said to take part in it"
    return f"lacks what a claim of the kind “{frame.type}” asks for besides its roles"


def _settled_away(tree: Tree, draft: Draft, settled: list[Draft]) -> NearMiss:
    """A draft that the story as a whole took back or joined to another."""
    word = tree.token(draft.token).text
    same = next((d for d in settled if d.type == draft.type), None)
    reason = (
        f"says the same as the claim on “{tree.token(same.token).text}”"
        if same is not None
        else "a noun without its person, whom nothing else in the story names"
    )
    return NearMiss(draft.frame.id, draft.type, word, word, reason)


def _outdone(tree: Tree, f: Fired, fired: list[Fired]) -> str:
    winner = next((o for o in fired if o.trigger == f.trigger or f.trigger in o.slots), None)
    if winner is None:
        return "another frame says more of this word"
    words = " ".join(tree.token(i).text for i in sorted({winner.trigger, *winner.slots}))
    return f"the frame “{winner.frame.id}” says more: “{words}”"


def _why_unable(frame: Frame) -> str:
    if frame.negative:
        return "counts only where it is negated"
    if frame.by:
        return f"must be done by one of these: {_list(sorted(frame.by), 6)}"
    return "who does it here cannot be meant" if frame.not_by else "must be done by people or a body"


def _why_vetoed(line: Line, f: Fired) -> str:
    if f.frame.near and not f.frame.near & line.context:
        return f"needs one of these words nearby: {_list(sorted(f.frame.near), 6)}"
    tree = line.tree
    text = " " + " ".join(tree.lower(i) for i in tree) + " "
    runs = [" ".join(words) for words in f.frame.unless if f" {' '.join(words)} " in text]
    beside = [run for run in runs if tree.lower(f.trigger) in run.split()] or runs
    return f"“{max(beside, key=len)}” means something else" if beside else "the words beside it mean something else"


def _unmatched(tree: Tree, lexicon: Lexicon) -> Iterator[tuple[int, int, NearMiss]]:
    """Frames that begin with a word of the sentence and whose words do not match: how many words are lacking, where,
    and the miss; of several patterns of one frame on one word the nearest."""
    for i in tree:
        best: dict[str, tuple[int, NearMiss]] = {}
        for lacking, frame, pattern, reason in _at(tree, i, lexicon):
            miss = NearMiss(frame.id, frame.type, tree.token(i).text, pattern, reason, lacking)
            if frame.id not in best or lacking < best[frame.id][0]:
                best[frame.id] = (lacking, miss)
        yield from ((lacking, i, miss) for lacking, miss in best.values())


def _at(tree: Tree, i: int, lexicon: Lexicon) -> Iterator[tuple[int, Frame, str, str]]:
    lower, lemma = tree.lower(i), tree.lemma(i)
    verb = lexicon.verb(lemma, lower)
    around = {w for j in tree if j != i for w in (tree.lower(j), tree.lemma(j))}
    part = table("grammar.toml")["parts"].get(tree.pos(i), tree.pos(i))
    for word in dict.fromkeys((lemma, lower)):
        for frame, words in lexicon.by_noun.get(word, ()):
            missing = [w for w in words[1:] if w not in around]
            if missing and (len(missing) == len(words) - 1 or word in EMPTY):
                continue
            yield len(missing), frame, " ".join(words), _why_noun(tree, i, frame, words, missing)
    for frame, pattern in lexicon.by_verb.get(verb, ()):
        lacking = [slot for slot in pattern.slots if not slot & around]
        if verb in EMPTY and all(slot in lacking or slot <= EMPTY for slot in pattern.slots):
            continue
        reason = _why_verb(tree, i, lacking, pattern, part)
        yield len(lacking), frame, _shown(pattern, verb), reason
    for frame in lexicon.by_passive.get(verb, ()):
        if not tree.is_passive(i):
            yield 0, frame, verb, "counts only where it is done to the subject (a passive), and here it is not"
    for frame in lexicon.by_adjective.get(lower, ()):
        yield 0, frame, lower, f"counts only as a description of a noun; here it is {_a(part)}"


def _why_verb(tree: Tree, i: int, lacking: list[frozenset[str]], pattern: Pattern, part: str) -> str:
    if lacking:
        return f"needs {' and '.join(_either(slot) for slot in lacking)} after it"
    if not tree.is_verb(i):
        return f"counts only as a verb; here it is {_a(part)}"
    if any(pattern.close):
        return "its other words must follow at once, in this order"
    return "its other words stand in the sentence, but not after it in its clause"


def _why_noun(tree: Tree, i: int, frame: Frame, words: Words, missing: list[str]) -> str:
    if missing:
        return f"needs “{' '.join(missing)}” beside it"
    part = table("grammar.toml")["parts"].get(tree.pos(i), tree.pos(i))
    beside = i + len(words) <= tree.last and all(
        w in {tree.lower(i + k), tree.lemma(i + k)} for k, w in enumerate(words)
    )
    if not beside:
        return "its words must stand side by side"
    if frame.after:
        return f"needs one of these words just before: {_list(frame.after, 6)}"
    if tree.pos(i) not in {"NOUN", "PROPN"}:
        return f"counts only as a noun; here it is {_a(part)}"
    if tree.dep(i).startswith("compound"):
        return f"only describes “{tree.token(tree.head(i)).text}” here"
    return "is no noun of its own here"


def _shown(pattern: Pattern, verb: str) -> str:
    return " ".join([verb, *("|".join(sorted(slot)[:3]) for slot in pattern.slots)])


def _either(slot: frozenset[str]) -> str:
    words = sorted(slot)
    return "“" + "” or “".join(words[:4]) + ("”" if len(words) <= 4 else "” or the like")


def _list(words: list[str] | Words, most: int) -> str:
    return ", ".join(words[:most]) + (", …" if len(words) > most else "")


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
