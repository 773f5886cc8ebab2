"""One sentence's fired frames become drafts: roles filled, voice heard, time, place, ground and penalties attached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from khronika.facts.claims import Count, Figure, Penalty, Status
from khronika.facts.documents import Document
from khronika.read.cast import Cast
from khronika.read.counts import count_of
from khronika.read.draft import Draft
from khronika.read.fire import Fired, fire
from khronika.read.ground import ground_of
from khronika.read.lexicon import Lexicon
from khronika.read.penalties import PenaltySpan, find_penalties
from khronika.read.quotes import Quote, inside
from khronika.read.roles import cast_roles
from khronika.read.syntax import Tree
from khronika.read.voice import Voice, listen
from khronika.read.when import Calendar, Moment, date_of
from khronika.read.where import Map
from khronika.read.who import Resolver, Who
from khronika.read.words import people_words
from khronika.text import edtf
from khronika.text.durations import find_durations

FRESH = 45
"""Days; a claim dated farther from publication did not happen at the dateline, as far as the story says."""
BACKGROUND = ("in recent", "over the past", "in the past", "for years", "since ", "last year", "previous", "earlier")
"""How a sentence opens that tells what went before, not the story's own day."""


@dataclass(slots=True)
class Scene:
    """What a sentence is read against: the story's people, calendar, map, quotations, and who speaks them.

    `speaker_of` gives the name of who speaks quotation n; `context`: words of this sentence and the one before.
    """

    cast: Cast
    resolver: Resolver
    calendar: Calendar
    map: Map
    quotes: list[Quote]
    speaker_of: Callable[[int], Who | None]
    document: Document
    context: frozenset[str] = field(default_factory=frozenset)


def drafts_of(tree: Tree, order: int, early: bool, lexicon: Lexicon, scene: Scene) -> list[Draft]:
    """The drafts of one sentence. `order`: its number; `early`: headline, caption or lead."""
    fired = fire(tree, lexicon, scene.context)
    voices = {f.trigger: listen(tree, f.trigger) for f in fired}
    future = frozenset(tree.verb_above(t) for t, v in voices.items() if v.status is Status.PLANNED)
    moments = scene.calendar.moments(tree, future)
    rivals = [f.trigger for f in fired]
    background = " ".join(tree.lower(i) for i in tree).startswith(BACKGROUND)
    timed = frozenset(i for m in moments for i in range(m.first, m.last))
    found: list[tuple[Fired, Draft]] = []
    for f in fired:
        draft = _draft(tree, f, voices[f.trigger], scene, timed)
        if draft is not None:
            draft.order, draft.title, draft.background = order, early, background
            draft.date = date_of(tree, f.trigger, moments, [r for r in rivals if r != f.trigger])
            found.append((f, draft))
    found = _without_background(found)
    _punish(tree, found, scene)
    out = [d for f, d in found if not (f.frame.needs == "penalty" and not d.penalties)]
    return [one for d in out for one in _spread(tree, d, scene, moments)]


def _draft(tree: Tree, f: Fired, voice: Voice, scene: Scene, timed: frozenset[int]) -> Draft | None:
    """The draft of one fired frame, or None where its roles or voice say that it is no claim. `timed`: tokens of dates."""
    scene.resolver.speaker = None
    told = _speaker(tree, f, voice, scene)
    roles = cast_roles(tree, f)
    targets = [w for i in roles.targets if i not in timed for w in scene.resolver.everyone(tree, i)]
    actors = [w for i in roles.actors if i not in timed for w in scene.resolver.everyone(tree, i)]
    fitting = _fitting(tree, f, targets, scene)
    if fitting is None:
        return None
    actors = [w for w in actors if w.names or w.kind in {"people", "body", "person"}]
    status = voice.status
    if voice.negated and status is not Status.DENIED and f.frame.shape != "figure":
        if told is None or status is not Status.HAPPENED:
            return None
        status = Status.DENIED
    if f.frame.status and status is Status.HAPPENED:
        status = Status(f.frame.status)
    draft = Draft(
        f.frame,
        f.frame.type,
        0,
        _sentence_span(tree),
        _trigger_span(tree, f),
        f.trigger,
        _subtype(tree, f, actors, scene),
        fitting,
        actors,
        status=status,
        hedged=voice.hedged,
        speaker=told.label if told else None,
    )
    return _by_kind(tree, f, draft)


def _speaker(tree: Tree, f: Fired, voice: Voice, scene: Scene) -> Who | None:
    """Who says it: the verb of saying above it, else who speaks the quotation it stands in. "I" then means them."""
    quote = inside(scene.quotes, tree.token(f.trigger).start)
    beside = scene.speaker_of(quote) if quote is not None else None
    who = scene.resolver.resolve(tree, voice.speaker) if voice.speaker is not None else beside
    if beside is not None and beside.names:
        scene.resolver.speaker = next((c for c in scene.cast.people if c.name == beside.names[0]), None)
    if who is not None and who.kind == "thing" and not who.names and voice.status is not Status.DEMANDED:
        head = tree.lemma(who.head) if tree.first <= who.head < tree.last else ""
        return (
            who
            if head
            in {
                "report",
                "statement",
                "medium",
                "media",
                "newspaper",
                "source",
                "record",
                "paper",
                "document",
                "embassy",
                "ministry",
                "office",
                "agency",
                "group",
            }
            else None
        )
    return who if who is not None and who.label else None


def _fitting(tree: Tree, f: Fired, targets: list[Who], scene: Scene) -> list[Who] | None:
    """The targets that the frame can be about; None where it needs one and has none."""
    frame, words = f.frame, people_words()
    kept = [replace(w, kind="people") if _is_people(tree, w, scene) else w for w in targets]
    if frame.target == "person":
        kept = [w for w in kept if w.kind in {"person", "people"}]
    elif frame.target == "organization":
        kept = [
            w
            for w in kept
            if (w.kind == "body" and (w.names or tree.lemma(w.head) in words.bodies))
            or tree.lemma(w.head) in words.bodies
        ]
        kept = [w for w in kept if not (w.names and scene.map.atlas.country_of(w.names[0]))]
    if kept:
        return kept
    if targets and not frame.bare:
        return None
    lemma = tree.lemma(f.trigger)
    loose = (
        frame.bare or frame.thing or frame.shape in {"noun_of", "acts", "none", "figure"} or lemma in frame.bare_nouns
    )
    return (
        []
        if loose or " ".join(tree.lower(s) for s in f.slots) in frame.bare_nouns
        else ([] if _headline(tree, f) else None)
    )


def _headline(tree: Tree, f: Fired) -> bool:
    """A headline drops its subject: "Held for another's post", "Arrest in Gulfport"."""
    return f.form == "verb" and tree.is_passive(f.trigger) and tree.last - tree.first <= 14


def _is_people(tree: Tree, who: Who, scene: Scene) -> bool:
    """Nationals and peoples in the plural: "Uyghurs", "three Canadians"."""
    if not tree.first <= who.head < tree.last:
        return False
    token = tree.token(who.head)
    if who.kind == "thing":
        return token.tag in {"NNPS", "NNS"} and token.text[:1].isupper()
    named = scene.cast.at(who.head)
    return who.kind == "body" and token.tag == "NNPS" and named is not None and named.label == "LOC"


def _by_kind(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """What single kinds ask for besides: a call needs a named voice, a figure a number, a listing its list."""
    frame = f.frame
    if frame.type == "call":
        draft.actors = [w for w in draft.actors if w.names or w.kind == "body"]
        if not draft.actors:
            return None
    if frame.actor and not _actor_fits(tree, frame.actor, draft):
        return None
    if frame.self_target and frame.status == "denied" and draft.targets:
        draft.speaker, draft.actors = draft.targets[0].label, []
    if frame.type == "figure":
        return _figure(tree, f, draft)
    if frame.listing and f.slots:
        first = min(f.slots[0], f.slots[-1])
        draft.list = tree.text(first, max(f.slots) + 1)
    if frame.type in {"detention", "internment", "disappearance"}:
        draft.duration = _duration(tree, f)
    ground = ground_of(tree, f)
    if ground is not None:
        draft.charge, draft.charge_tokens = ground[0], (ground[1], ground[2])
    return draft


def _actor_fits(tree: Tree, wanted: str, draft: Draft) -> bool:
    """Violence by officials is ill-treatment, by others an attack: told by who does it, else by the scene."""
    words = people_words()
    spoken = " ".join(w.text.lower() for w in draft.actors)
    official = any(w in words.official for w in spoken.replace("’", "'").split())
    if wanted == "private":
        return not official
    if draft.actors:
        return official
    return any(tree.lower(i) in words.custody or tree.lower(i) in words.official for i in tree)


def _figure(tree: Tree, f: Fired, draft: Draft) -> Draft | None:
    """ "312 political prisoners", "no political prisoners" = 0."""
    first, last = tree.phrase(f.trigger, ("acl", "parataxis", "punct", "case", "mark"))
    text = tree.text(first, last)
    none = any(tree.lower(k) == "no" for k in tree.kids(f.trigger, "det"))
    count = Count(0, 0) if none else count_of(text)
    if count is None:
        return None
    what = " ".join(t for t in text.split() if not t[0].isdigit() and t.lower() != "no")
    draft.figure, draft.targets = Figure(what, count.min, count.max, count.approx), []
    return draft


def _subtype(tree: Tree, f: Fired, actors: list[Who], scene: Scene) -> str | None:
    frame, words = f.frame, people_words()
    if frame.subtypes:
        return frame.subtypes.get(tree.lower(f.trigger), frame.subtypes.get(tree.lemma(f.trigger), frame.subtype))
    if frame.type == "detention":
        sentence = " ".join(tree.lower(i) for i in tree)
        if any(
            w in sentence for w in ("pretrial", "pre-trial", "pre - trial", "on remand", "without bail", "without bond")
        ):
            return "pretrial"
        if any(any(p in w.text.lower().split() or p == w.text.lower() for p in words.police) for w in actors):
            return "police"
        return "unspecified"
    if frame.id == "die" and any(tree.lower(i) in words.custody for i in tree):
        return "in_custody"
    return frame.subtype


def _duration(tree: Tree, f: Fired) -> str | None:
    """ "held for two years", "after 17 days in detention": a span of time beside the trigger, no term of a court."""
    base = tree.sentence.start
    text = tree.parse.text[base : tree.sentence.end]
    at = tree.token(f.trigger).start - base
    for span in find_durations(text):
        before = text[: span.start].lower().split()[-4:]
        if (
            abs(span.start - at) <= 60
            and any(w in before for w in ("for", "after", "than", "spent"))
            and "-old" not in text[span.end : span.end + 5]
        ):
            return span.iso
    return None


def _without_background(found: list[tuple[Fired, Draft]]) -> list[tuple[Fired, Draft]]:
    """Codebook rule 15: an event named only in the ground of another claim of the sentence is that ground, no claim."""
    spans = [(d.charge_tokens, f.trigger) for f, d in found if d.charge_tokens]
    out = []
    for f, d in found:
        inside_other = any(s and s[0] <= f.trigger < s[1] and t != f.trigger for s, t in spans)
        if not (
            inside_other
            and d.type
            in {
                "protest",
                "call",
                "attack",
                "threat",
                "organization_ban",
                "death",
                "search",
                "ill_treatment",
                "charge",
                "dispersal",
                "declaration",
                "internment",
                "movement",
            }
        ):
            out.append((f, d))
    return out


def _punish(tree: Tree, found: list[tuple[Fired, Draft]], scene: Scene) -> None:
    """Give each penalty of the sentence to the verb or noun before it, or around it."""
    takers = [(f, d) for f, d in found if f.frame.penalties or f.frame.becomes]
    if not takers:
        return
    base = tree.sentence.start
    spans = find_penalties(tree.parse.text[base : tree.sentence.end], scene.map.country)
    for span in spans:
        taker = _taker(takers, base + span.start, base + span.end)
        if taker is not None and span.penalty not in taker.penalties:
            taker.penalties.append(span.penalty)
    for f, d in takers:
        _settle_penalties(tree, f, d, spans)


def _taker(takers: list[tuple[Fired, Draft]], start: int, end: int) -> Draft | None:
    """The draft whose word stands inside the penalty's words, else the nearest before it, else the first after."""
    for _, d in takers:
        if start <= d.trigger[0] < end:
            return d
    before = [d for _, d in takers if d.trigger[0] < end]
    return before[-1] if before else takers[0][1]


def _settle_penalties(tree: Tree, f: Fired, d: Draft, spans: list[PenaltySpan]) -> None:
    if f.frame.becomes and any(p.duration or (p.kind == "imprisonment" and p.detail) for p in d.penalties):
        d.type, d.subtype, d.duration = f.frame.becomes, None, None
    elif f.frame.becomes:
        d.penalties = []
    if tree.lemma(f.trigger) == "fine" and not d.penalties:
        d.penalties = [Penalty("fine")]


def _spread(tree: Tree, d: Draft, scene: Scene, moments: list[Moment]) -> list[Draft]:
    """Place the draft; one draft a city where the sentence lists several (codebook rule 21); "respectively" resolved
    (rule 3)."""
    places = scene.map.places_of(tree, d.token)
    if not places and _here(d, scene):
        places = [scene.map.default] if scene.map.default else []
    out = []
    several = places if d.type in {"protest", "detention", "dispersal"} and not d.names else places[:1]
    for place in several or [()]:
        out.append(replace(d, place=place, targets=list(d.targets), actors=list(d.actors), penalties=list(d.penalties)))
    if len(out) == 1 and any(tree.lower(i) == "respectively" for i in tree) and len(d.names) == len(d.penalties) > 1:
        return [
            replace(out[0], targets=[Who(d.token, (n,), n, kind="person")], penalties=[p])
            for n, p in zip(d.names, d.penalties, strict=True)
        ]
    return out


def _here(d: Draft, scene: Scene) -> bool:
    """Whether an event without a place of its own can be taken to the dateline: told as fresh."""
    if d.status is not Status.HAPPENED or not scene.map.default:
        return False
    if d.date is None:
        return d.type in {"protest", "dispersal", "detention", "trial", "sentence", "conviction"} and d.title
    published = scene.document.published
    return bool(published) and edtf.days_apart(d.date, published or "") <= FRESH


def _sentence_span(tree: Tree) -> tuple[int, int]:
    """The sentence's code points, without white space at its ends."""
    text, start, end = tree.parse.text, tree.sentence.start, tree.sentence.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _trigger_span(tree: Tree, f: Fired) -> tuple[int, int]:
    token = tree.token(f.trigger)
    return token.start, token.end
