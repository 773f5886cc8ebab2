"""One sentence's fired frames become drafts: roles filled, voice heard, time, place, ground and penalties attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from khronika.facts.claims import Status
from khronika.facts.documents import Document
from khronika.read.aims import addressed, aimed_at
from khronika.read.cast import Cast
from khronika.read.doers import doers_around
from khronika.read.draft import Draft
from khronika.read.fire import Fired, fire, guess
from khronika.read.fitting import able, fitting, is_body, is_office
from khronika.read.kinds import complete, subtype_of
from khronika.read.lexicon import Lexicon
from khronika.read.naming import PERSONAL
from khronika.read.placing import place
from khronika.read.punish import punish
from khronika.read.retold import in_series, measured
from khronika.read.roles import cast_roles
from khronika.read.speakers import Floor
from khronika.read.sureness import signs_of
from khronika.read.syntax import Tree
from khronika.read.trace import Filled, Line
from khronika.read.voice import Voice, listen
from khronika.read.when import Calendar, Moment, date_of, habitual
from khronika.read.where import Map
from khronika.read.who import Resolver, Who
from khronika.text import edtf

FRESH = 45
"""Days; a claim dated farther from publication did not happen at the dateline, as far as the story says."""
BACKGROUND = ("in recent", "over the past", "in the past", "for years", "since ", "last year", "previous", "earlier")
"""How a sentence opens that tells what went before, not the story's own day."""


LATELY = frozenset({"years", "months", "weeks", "decades"})
"""What "in recent …" sums up; an event told so is not of the story's own day."""
HEADLINE = 16
"""Words of the longest line that can be a headline or caption without its subject."""
OPENING = 2
"""Words from "protest" to the ground that it opens: "to protest the beatings", "in protest at the beatings"."""
PREMISES = frozenset({"search", "communication_interference"})
"""Kinds that are done to people's and bodies' things: whose they are is the target."""
BEGINNING = frozenset({"detention", "transfer", "custody_protest", "disappearance"})
"""Kinds whose "since May" dates the event that made the state: it began in May (codebook rule 14)."""


@dataclass(slots=True)
class Scene:
    """What a sentence is read against: the story's people, calendar, map, and who speaks where.

    `context`: words of this sentence and the one before; `line`: where the sentence's reading is kept, if anyone asks
    for it.
    """

    cast: Cast
    resolver: Resolver
    calendar: Calendar
    map: Map
    floor: Floor
    document: Document
    context: frozenset[str] = field(default_factory=frozenset)
    line: Line | None = None


def drafts_of(tree: Tree, order: int, early: bool, lexicon: Lexicon, scene: Scene) -> list[Draft]:
    """The drafts of one sentence; a question claims nothing, but for one that asks why: what it asks about took
    place. `order`: its number; `early`: headline, caption, lead."""
    line = scene.line
    if any(tree.token(i).text == "?" for i in tree) and not any(tree.lower(i) == "why" for i in tree):
        if line is not None:
            line.question, line.fired = True, fire(tree, lexicon, scene.context, steps=line.steps)
        return []
    steps: list[list[Fired]] = line.steps if line else []
    fired = fire(tree, lexicon, scene.context, lambda f: _able(tree, f), lambda f: _fits(tree, f, scene), steps)
    climbs = line.heard if line else None
    voices = {
        f.trigger: listen(tree, f.trigger, None if climbs is None else climbs.setdefault(f.trigger, [])) for f in fired
    }
    future = frozenset(tree.verb_above(t) for t, v in voices.items() if v.status is Status.PLANNED)
    moments = scene.calendar.moments(tree, future)
    rivals = tuple(f.trigger for f in fired)
    ahead = " ".join(tree.lower(i) for i in tree).startswith(BACKGROUND)
    said = _Said(tree, order, early, scene, moments, rivals, frozenset(tree) if ahead else _lately(tree, rivals))
    found = [(f, d) for f in fired if (d := said.draft(f, voices[f.trigger])) is not None]
    drafted, found = found, _without_background(_one_doer(found))
    punish(tree, found, scene.map.country)
    kept = [(f, d) for f, d in found if not (f.frame.needs == "penalty" and not d.penalties)]
    if line is not None:
        line.moments = moments
        line.keep(drafted, found, "ground")
        line.keep(found, kept, "penalty")
    out = [d for _, d in kept]
    out += [c for d in out if (c := _charged(tree, d) or _sentenced(d))]
    taken = {i for f, _ in kept for i in (f.trigger, *f.slots)} | _grounds(found)
    held = _held_back(steps) | {(f.trigger, f.frame.type) for f, _ in drafted}
    guessed = guess(tree, lexicon, {d.type for d in out}, taken, held)
    out += [d for f in guessed if (d := said.draft(f, listen(tree, f.trigger))) is not None]
    if line is not None:
        line.fired = [*fired, *guessed]
    for d in out:
        if d.type in PERSONAL and d.status is not Status.DENIED:
            scene.resolver.pronouns.suffered(d.names)
    return [one for d in out for one in _spread(tree, d, scene, moments)]


@dataclass(frozen=True, slots=True)
class _Said:
    """One sentence while its drafts are made.

    `early`: headline, caption, lead; `rivals`: the words of all its events; `background`: words of what went before
    the story's own day.
    """

    tree: Tree
    order: int
    early: bool
    scene: Scene
    moments: list[Moment]
    rivals: tuple[int, ...]
    background: frozenset[int]

    def draft(self, f: Fired, voice: Voice) -> Draft | None:
        """The draft of a fired frame with its speaker and day, None where it is no claim."""
        tree, scene = self.tree, self.scene
        timed = frozenset(i for m in self.moments for i in range(m.first, m.last))
        told = scene.floor.speaker(tree, self.order, f.trigger, voice)
        draft = _draft(tree, f, voice, told, scene, timed)
        if draft is None:
            return None
        draft.order, draft.title = self.order, self.early
        draft.background = f.trigger in self.background or habitual(tree, f.trigger, self.early)
        draft.headless = tree.last - tree.first <= HEADLINE
        draft.date = date_of(tree, f.trigger, self.moments, [r for r in self.rivals if r != f.trigger])
        if draft.status is Status.DEMANDED:
            draft.date = None
        if draft.date and f.frame.type in BEGINNING:
            draft.date = draft.date.removesuffix("/..")
        return draft


def _lately(tree: Tree, triggers: Sequence[int]) -> frozenset[int]:
    """The events of "in recent months": the one nearest to each such phrase."""
    spots = [i for i in range(tree.first, tree.last - 1) if tree.lower(i) == "recent" and tree.lower(i + 1) in LATELY]
    return frozenset(min(triggers, key=lambda t: abs(t - i)) for i in spots if triggers)


def _sentenced(d: Draft) -> Draft | None:
    """ "convicted in 2014 to ten years in prison" tells of a sentence too, and the penalty is the sentence's."""
    penalties, d.penalties = d.penalties, [] if d.type == "conviction" else d.penalties
    if d.type != "conviction" or not penalties:
        return None
    return replace(d, type="sentence", targets=list(d.targets), actors=list(d.actors), penalties=penalties)


def _charged(tree: Tree, d: Draft) -> Draft | None:
    """ "arrested on charges of theft" tells of a charge too."""
    if d.type != "detention" or not d.charge_tokens or d.status is not Status.HAPPENED:
        return None
    first = d.charge_tokens[0]
    before = {tree.lemma(i) for i in range(max(tree.first, first - 3), min(first + 1, tree.last))}
    held = {tree.lemma(i) for i in range(*d.charge_tokens)}
    if "charge" not in before and "charge" not in held:
        return None
    return replace(d, type="charge", subtype=None, duration=None, targets=list(d.targets), actors=[], penalties=[])


def _able(tree: Tree, f: Fired) -> bool:
    """Whether those in the frame's roles can be in them."""
    roles = cast_roles(tree, f)
    return able(tree, f, roles.actors, roles.targets)


def _fits(tree: Tree, f: Fired, scene: Scene) -> bool:
    """Whether those whom it is done to can be the frame's: what decides between two meanings of a word."""
    targets = [w for i in cast_roles(tree, f).targets for w in scene.resolver.everyone(tree, i)]
    return fitting(tree, f, targets, scene.map.atlas, scene.cast) is not None


def _draft(tree: Tree, f: Fired, voice: Voice, told: Who | None, scene: Scene, timed: frozenset[int]) -> Draft | None:
    """The draft of one fired frame, or None where roles or voice say that it is no claim.

    `told`: who says it; `timed`: tokens of dates.
    """
    roles = cast_roles(tree, f)
    targets = [w for i in roles.targets if i not in timed for w in scene.resolver.everyone(tree, i)]
    named = {n for w in targets for n in w.names}
    beside = [w for i in roles.beside if i not in timed for w in scene.resolver.everyone(tree, i)]
    targets += [w for w in beside if w.kind == "person" and w.names and not named & set(w.names)]
    around = () if roles.actors else doers_around(tree, f)
    protest = f.frame.type == "protest"
    acting = roles.actors or (() if protest else around)
    actors = [w for i in acting if i not in timed for w in scene.resolver.everyone(tree, i)]
    fit = fitting(tree, f, targets, scene.map.atlas, scene.cast)
    if scene.line is not None:
        scene.line.filled[f.trigger] = Filled(roles, tuple(targets), tuple(actors))
    if fit is None:
        return _stop(scene, f, "target", targets)
    if not fit and (counted := _events(tree, f, scene)):
        fit = [counted]
    if f.frame.type in PREMISES:
        fit = [scene.resolver.owner(tree, w) for w in fit]
    elif f.frame.type == "call":
        fit = [addressed(tree, w, actors) for w in fit]
    doers = [w for w in actors if _does(tree, w) or (f.frame.shape != "acts" and is_office(tree, w))]
    if f.frame.shape == "acts" and f.form == "verb" and actors and not doers:
        return _stop(scene, f, "doer", actors)
    actors = doers
    if f.frame.shape != "acts":  # nobody sentences themselves
        actors = [w for w in actors if not w.names or not {n for t in fit for n in t.names} & set(w.names)]
    if voice.averted and not (voice.refused and f.frame.type == "declaration"):
        return _stop(scene, f, "averted")
    status = _status(f, voice, told)
    if status is None:
        return _stop(scene, f, "negated")
    draft = Draft(
        f.frame,
        f.frame.type,
        0,
        _sentence_span(tree),
        _trigger_span(tree, f),
        f.trigger,
        subtype_of(tree, f, actors),
        fit,
        actors,
        status=status,
        hedged=voice.hedged,
        speaker=told.label if told else None,
    )
    places = {tree.dep(i).split(":")[0] for i in (f.trigger, measured(tree, f.trigger))}
    happening = bool(places & {"nsubj", "obj", "conj", "root"}) or in_series(tree, f.trigger)
    draft.plural = tree.token(f.trigger).tag == "NNS" and happening
    draft.tentative = not fit and f.form == "noun" and f.frame.target in {"person", "someone"} and not _plain(tree, f)
    draft.signs = signs_of(tree, f, fit, actors)
    whole = complete(tree, f, draft)
    if whole is not None and protest:
        doing = [w for i in around for w in scene.resolver.everyone(tree, i) if _does(tree, w)]
        whole.actors = whole.actors or doing
        whole.targets = (whole.targets if whole.names else aimed_at(tree, f, scene.cast)) or whole.targets
    return whole or _stop(scene, f, "kind", actors)


def _status(f: Fired, voice: Voice, told: Who | None) -> Status | None:
    """How the event is presented: what somebody says did not happen is denied; what the outlet says so of is none."""
    status = voice.status
    if voice.negated and not f.frame.negative and status is not Status.DENIED and f.frame.shape != "figure":
        if told is None or status is not Status.HAPPENED:
            return None
        status = Status.DENIED
    if f.frame.status and status is Status.HAPPENED:
        status = Status(f.frame.status)
    return status


def _does(tree: Tree, who: Who) -> bool:
    """Whether a filler can do something: someone named, people, a body."""
    return bool(who.names) or who.kind in {"people", "body", "person"} or is_body(tree, who)


def _stop(scene: Scene, f: Fired, step: str, who: Sequence[Who] = ()) -> Draft | None:
    """No draft: the fired frame is no claim, and the trace, if there is one, keeps why."""
    if scene.line is not None:
        scene.line.stop(f, step, who)
    return None


def _plain(tree: Tree, f: Fired) -> bool:
    """Whether the noun tells of its event without anyone named ("torture", "forced labor")."""
    return tree.lemma(f.trigger) in f.frame.bare_nouns or f.frame.bare


def _one_doer(found: list[tuple[Fired, Draft]]) -> list[tuple[Fired, Draft]]:
    """A blow is ill-treatment by officials or an attack by others, not both: where both could be, officials did it."""
    official = {f.trigger for f, _ in found if f.frame.actor == "official"}
    return [(f, d) for f, d in found if not (f.frame.actor == "private" and f.trigger in official)]


def _events(tree: Tree, f: Fired, scene: Scene) -> Who | None:
    """ "made 14 arrests", "two deaths": so many events, so many people."""
    if f.form != "noun" or f.frame.target != "person" or tree.token(f.trigger).tag != "NNS":
        return None
    numbers = tree.kids(f.trigger, "nummod")
    first = min(tree.subtree(numbers[0])) if numbers else f.trigger
    count = scene.resolver.count_of(tree.text(first, f.trigger)) if first < f.trigger else None
    return Who(f.trigger, (), "", count, "people") if count is not None else None


def _held_back(steps: list[list[Fired]]) -> set[tuple[int, str]]:
    """The words, with the kind, that frames know and do not read: a veto, no company, or a doer who cannot do it."""
    matched, able = steps[0], steps[2]
    return {(f.trigger, f.frame.type) for f in matched} - {(f.trigger, f.frame.type) for f in able}


def _grounds(found: list[tuple[Fired, Draft]]) -> set[int]:
    """The words of charges and grounds (codebook rule 15)."""
    return {i for _, d in found if d.charge_tokens for i in range(*d.charge_tokens)}


def _without_background(found: list[tuple[Fired, Draft]]) -> list[tuple[Fired, Draft]]:
    """Codebook rule 15: an event named only in the ground of another claim of the sentence is that ground, no claim.

    So is the word that opens the ground of a hunger strike: "refused food to protest the beatings".
    """
    spans = [(d.charge_tokens, f.trigger) for f, d in found if d.charge_tokens]
    opened = [d.charge_tokens[0] for _, d in found if d.charge_tokens and d.type == "custody_protest"]
    out = []
    for f, d in found:
        inside_other = any(s and s[0] <= f.trigger < s[1] and t != f.trigger for s, t in spans)
        inside_other = inside_other or (d.type == "protest" and any(0 < at - f.trigger <= OPENING for at in opened))
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


def _spread(tree: Tree, d: Draft, scene: Scene, moments: list[Moment]) -> list[Draft]:
    """Place the draft; one draft a city where the sentence lists several (codebook rule 21); "respectively" resolved
    (rule 3)."""
    places = place(tree, d, scene.map, _fresh(d, scene))
    out = []
    several = places if d.type in {"protest", "detention", "dispersal"} and not d.names else places[:1]
    for chain in several or [()]:
        out.append(replace(d, place=chain, targets=list(d.targets), actors=list(d.actors), penalties=list(d.penalties)))
    if len(out) == 1 and any(tree.lower(i) == "respectively" for i in tree) and len(d.names) == len(d.penalties) > 1:
        return [
            replace(out[0], targets=[Who(d.token, (n,), n, kind="person")], penalties=[p])
            for n, p in zip(d.names, d.penalties, strict=True)
        ]
    return out


def _fresh(d: Draft, scene: Scene) -> bool:
    """Whether an event without a place of its own can be taken to the dateline: told as the story's own news."""
    if d.background:
        return False
    if d.date is None:
        return d.title or not d.people
    published = scene.document.published or scene.document.captured
    return published is not None and edtf.days_apart(d.date, published[:10]) <= FRESH


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
