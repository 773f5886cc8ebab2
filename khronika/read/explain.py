"""Why a sentence is read as it is: each claim with its frame and where every value comes from, and what nearly fired.

Everything here is observed in a trace of the real reading (`trace.py`), or said about it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from khronika.facts.claims import Claim, Status, claim_to_json
from khronika.facts.documents import Document
from khronika.read.draft import Draft
from khronika.read.fire import Fired
from khronika.read.nearmiss import NearMiss, near_misses
from khronika.read.reader import FrameReader
from khronika.read.sureness import doubts
from khronika.read.syntax import Tree
from khronika.read.trace import Line, Trace
from khronika.read.voice import Heard
from khronika.read.who import Who
from khronika.text.tables import table


@dataclass(frozen=True, slots=True)
class Word:
    """One word: `part` of speech in plain English, `tag` Penn; `link`: what it is to `head`, the number of the word
    that it hangs on in the sentence (0-based; its own for the main word); `label` the tree's own mark for it."""

    text: str
    lemma: str
    part: str
    tag: str
    head: int
    link: str
    label: str


@dataclass(frozen=True, slots=True)
class Named:
    """A name found: as written, its label, and the fullest form in the story."""

    text: str
    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a claim: which field, what it says, and where that comes from."""

    field: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, the frame that it rests on with its example, the words that fired it, where its values are from, and
    the fields for which nothing was found, of those that the frame looks for."""

    claim: Claim
    frame: str
    example: str
    words: str
    parts: tuple[Part, ...]
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """One sentence. `opened`: whether it holds all the words of any frame; if not it is not read further."""

    text: str
    words: tuple[Word, ...]
    names: tuple[Named, ...]
    opened: bool
    question: bool
    claims: tuple[Told, ...]
    near: tuple[NearMiss, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What `reader` does with a text, sentence by sentence."""

    reader: str
    sentences: tuple[Explained, ...]

    def to_json(self) -> dict[str, Any]:
        """Everything, for a program."""
        return {"reader": self.reader, "sentences": [_sentence_to_json(s) for s in self.sentences]}


def explain(reader: FrameReader, document: Document) -> Explanation:
    """Reads the document with a trace and says why each sentence gave what it gave."""
    trace = Trace()
    reader.read(document, trace)
    return Explanation(reader.name, tuple(_explained(line, trace, document) for line in trace.lines.values()))


def _explained(line: Line, trace: Trace, document: Document) -> Explained:
    tree = line.tree
    names = tuple(
        Named(tree.text(n.first, n.last), n.label, who.name if (who := trace.named(n.first)) else "")
        for n in tree.sentence.names
    )
    settled = [(d, c) for d, c in trace.settled if d.order == line.number]
    told = tuple(_told(line, trace, document, draft, claim) for draft, claim in settled)
    near = near_misses(line, trace, [d for d, _ in settled])
    text = tree.text(tree.first, tree.last)
    return Explained(text, tuple(_word(tree, i) for i in tree), names, line.opened, line.question, told, near)


def _word(tree: Tree, i: int) -> Word:
    grammar, token, label = table("grammar.toml"), tree.token(i), tree.dep(i)
    link = grammar["links"].get(label) or grammar["links"].get(label.split(":")[0], label)
    return Word(
        token.text,
        token.lemma,
        grammar["parts"].get(token.pos, token.pos),
        token.tag,
        tree.head(i) - tree.first,
        link,
        label,
    )


def _told(line: Line, trace: Trace, document: Document, draft: Draft, claim: Claim) -> Told:
    tree = line.tree
    fired = next((f for f in line.fired if f.trigger == draft.token and f.frame is draft.frame), None)
    fired = fired or Fired(draft.frame, draft.token, "verb")
    spots = sorted({fired.trigger, *fired.slots})
    words = " … ".join(_runs(tree, spots))
    before = _before(draft, trace)
    parts = [*_people(tree, fired, draft, before), *_when_where(line, document, draft, before)]
    parts += [*_terms(tree, fired, draft, before), *_voiced(line, fired, draft, claim)]
    absent = _absent(draft, {p.field for p in parts}, document)
    return Told(claim, draft.frame.id, draft.frame.example, words, tuple(parts), absent)


def _absent(draft: Draft, found: set[str], document: Document) -> tuple[str, ...]:
    """The fields that the frame looks for and nothing was found for."""
    frame = draft.frame
    sought = ["target"] if frame.shape not in {"none", "topic", "figure", "acts"} else []
    sought += ["actor"] if frame.shape in {"done_to", "acts", "noun_of"} else []
    sought += ["place", "date"] + ["penalty"] * frame.penalties + ["charge"] * bool(frame.reasons)
    hint = "" if document.published else " (without the day of publication only full dates can be told)"
    return tuple(name + (hint if name == "date" else "") for name in sought if name not in found)


def _runs(tree: Tree, spots: list[int]) -> list[str]:
    """The tokens as written, those side by side in one piece."""
    runs: list[list[int]] = []
    for i in spots:
        if runs and runs[-1][-1] == i - 1:
            runs[-1].append(i)
        else:
            runs.append([i])
    return [tree.text(run[0], run[-1] + 1) for run in runs]


def _before(draft: Draft, trace: Trace) -> Draft | None:
    """The draft as its own sentence gave it; None where the story made it anew."""
    same = [
        d
        for d in trace.drafts
        if d.order == draft.order and d.token == draft.token and d.type == draft.type and d.frame is draft.frame
    ]
    return next((d for d in same if d.place == draft.place), same[0] if same else None)


LENT = "from another sentence of the story"


def _people(tree: Tree, fired: Fired, draft: Draft, before: Draft | None) -> list[Part]:
    """Targets and actors, each with its place in the tree."""
    parts: list[Part] = []
    for name in ("targets", "actors"):
        known = {(w.head, w.names) for w in getattr(before, name)} if before else set()
        for who in getattr(draft, name):
            if not who.label and not who.count:
                continue
            shown = ", ".join(who.names) or who.text or "nobody named"
            if any(p.field == name.removesuffix("s") and p.value == shown for p in parts):
                continue
            lent = (who.head, who.names) not in known
            source = LENT if lent else _stands(tree, fired, who)
            parts.append(Part(name.removesuffix("s"), shown, source))
    if draft.count is not None and (group := next((w for w in [*draft.targets, *draft.actors] if w.count), None)):
        parts.append(Part("count", _bounds(draft.count.min, draft.count.max, draft.count.approx), f"“{group.text}”"))
    return parts


def _bounds(low: int | None, high: int | None, approx: bool) -> str:
    shown = f"{low}" if low == high else f"{'' if low is None else low}-{'' if high is None else high}"
    return f"about {shown}" if approx else shown


def _stands(tree: Tree, fired: Fired, who: Who) -> str:
    """Where a role's noun stands towards the word that fired, and through what it was known to be this person."""
    if not tree.first <= who.head < tree.last:
        return LENT
    place = _place_in_tree(tree, {fired.trigger, *fired.slots}, who.head)
    word = tree.token(who.head).text
    if who.names and word.lower() not in " ".join(who.names).lower():
        return f"{place}; “{who.text or word}” is this person in the story"
    return place


def _place_in_tree(tree: Tree, spots: set[int], i: int) -> str:
    """ "subject of “faced”", "“by” after “detained”", "whose “arrest”"."""
    for spot in sorted(spots):
        dep = tree.dep(spot)
        if tree.head(spot) == i and dep.startswith("amod"):
            return f"the noun that “{tree.token(spot).text}” describes"
        if tree.head(spot) == i and dep.startswith("acl"):
            return f"the noun that the clause with “{tree.token(spot).text}” is about"
    top = i
    while tree.dep(top).startswith(("conj", "appos", "flat")) and tree.head(top) != top:
        top = tree.head(top)
    head = tree.token(tree.head(top)).text
    base, case = tree.dep(top).split(":")[0], tree.case(top)
    joined = " (joined by “and”)" if top != i and tree.dep(i).startswith("conj") else ""
    if base in {"obl", "nmod"} and case:
        by = case == "by" and tree.is_verb(tree.head(top)) and tree.is_passive(tree.head(top))
        return f"“{case}” after “{head}”{', which says by whom' if by else ''}{joined}"
    link = table("grammar.toml")["links"].get(tree.dep(top), base)
    if base == "root" or tree.head(top) == top:
        return f"the sentence's main word{joined}"
    if tree.dep(top) == "nsubj:pass":
        return f"subject of “{head}” (passive){joined}"
    return f"{link} “{head}”{joined}" if link.startswith("whose") else f"{link} of “{head}”{joined}"


def _when_where(line: Line, document: Document, draft: Draft, before: Draft | None) -> list[Part]:
    parts = []
    if draft.place:
        shown, sentence = ", ".join(draft.place), line.tree.text(line.tree.first, line.tree.last)
        source = "in the sentence" if draft.place[0] in sentence else LENT
        if draft.place == draft.fallback and draft.place[0] not in sentence:
            dateline = document.dateline or ""
            named = draft.place[0].lower() in dateline.lower()
            source = f"the dateline “{dateline}”" if named else "where the story plays"
        parts.append(Part("place", shown, source))
    if draft.date:
        own = before is not None and before.date == draft.date
        said = [m for m in line.moments if m.value.removesuffix("/..") == draft.date.removesuffix("/..")]
        words = line.tree.text(said[0].first, said[0].last) if said else ""
        reckoned = f", published {document.published}" if document.published and words else ""
        parts.append(Part("date", draft.date, f"“{words}”{reckoned}" if own and words else LENT))
    return parts


def _terms(tree: Tree, fired: Fired, draft: Draft, before: Draft | None) -> list[Part]:
    """Penalties, ground, duration, list, figure."""
    parts = []
    for penalty in draft.penalties:
        own = before is not None and any(p.duration == penalty.duration for p in before.penalties)
        value = " ".join(str(v) for v in (penalty.kind, penalty.duration, penalty.amount, penalty.currency) if v)
        source = f"“{penalty.detail}”" if penalty.detail else f"the term beside “{tree.token(fired.trigger).text}”"
        parts.append(Part("penalty", value, source if own else LENT))
    if draft.charge:
        opens = max(tree.first, draft.charge_tokens[0] - 1) if draft.charge_tokens else None
        own = before is not None and before.charge == draft.charge and opens is not None
        parts.append(
            Part("charge", draft.charge, f"after “{tree.token(opens).text}”" if own and opens is not None else LENT)
        )
    if draft.duration:
        parts.append(Part("duration", draft.duration, f"the span of time beside “{tree.token(fired.trigger).text}”"))
    if draft.list:
        parts.append(Part("list", draft.list, "the words that fired"))
    if draft.figure:
        f = draft.figure
        parts.append(Part("figure", f"{_bounds(f.min, f.max, f.approx)} {f.what}", "the phrase of the word that fired"))
    return parts


def _voiced(line: Line, fired: Fired, draft: Draft, claim: Claim) -> list[Part]:
    """Status, hedge and speaker, each with the word that made it so."""
    tree, heard = line.tree, line.heard.get(fired.trigger, [])
    parts = [Part("status", str(claim.status), _why_status(tree, heard, fired, draft))]
    if claim.hedged:
        at = next((h.at for h in heard if h.hedged), fired.trigger)
        parts.append(Part("hedged", "yes", _by_word(tree, at, fired.trigger, "a word of doubt")))
    if claim.speaker:
        parts.append(Part("speaker", claim.speaker, _why_speaker(tree, heard, fired)))
    else:
        parts.append(Part("speaker", "the outlet itself", "nobody else is said to say it"))
    if claim.confidence is not None:
        why = ", ".join(doubts(draft)[:3])
        parts.append(Part("confidence", f"{claim.confidence:.2f}", f"less for: {why}" if why else "nothing against it"))
    return parts


def _why_status(tree: Tree, heard: list[Heard], fired: Fired, draft: Draft) -> str:
    if draft.status is Status.HAPPENED:
        return "told as having happened"
    if heard and heard[-1].status is draft.status:
        at = next(h.at for n, h in enumerate(heard) if all(later.status is draft.status for later in heard[n:]))
        return _by_word(tree, at, fired.trigger, "")
    if draft.status is Status.DENIED and heard and heard[-1].negated:
        return "negated, and said by a speaker"
    if fired.frame.status == str(draft.status):
        return f"the words of the frame “{fired.frame.id}” say so"
    return "by what this kind of claim asks for"


def _by_word(tree: Tree, at: int, trigger: int, what: str) -> str:
    """ "by “demanded” above it", "by “could” beside “face”"."""
    if at != trigger:
        return f"by “{tree.token(at).text}” above it"
    verb = tree.verb_above(at)
    helpers = [k for v in dict.fromkeys((at, verb)) for k in tree.kids(v, "aux", "advmod", "mark", "det")]
    shown = "”, “".join(tree.token(k).text for k in sorted(helpers))
    return f"by “{shown}” beside it" if helpers else (what or "by the words before it")


def _why_speaker(tree: Tree, heard: list[Heard], fired: Fired) -> str:
    speaker = heard[-1].speaker if heard else None
    if speaker is None:
        return "who the sentence's subject is" if fired.frame.speaks else "who speaks the quotation, or acts in it"
    if tree.case(speaker).startswith(("according", "per")):
        return "“according to”"
    return _place_in_tree(tree, set(), speaker)


def _sentence_to_json(sentence: Explained) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "words": [{name: getattr(w, name) for name in Word.__slots__} for w in sentence.words],
        "names": [{name: getattr(n, name) for name in Named.__slots__} for n in sentence.names],
        "opened": sentence.opened,
        "question": sentence.question,
        "claims": [
            {
                "claim": claim_to_json(told.claim),
                "frame": told.frame,
                "example": told.example,
                "words": told.words,
                "absent": [*told.absent],
                "parts": [{name: getattr(p, name) for name in Part.__slots__} for p in told.parts],
            }
            for told in sentence.claims
        ],
        "near_misses": [{name: getattr(n, name) for name in NearMiss.__slots__} for n in sentence.near],
    }
