"""The worst errors of a run, class by class, in words: for those who work on linking and custody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bench.world.harness import Answered, Run, intervals_of, true_files
from khronika.facts.claims import Claim, Mention
from khronika.record.onfile import EventOnFile

K = TypeVar("K")
V = TypeVar("V")

CLASSES = ("merged", "split", "joined", "parted", "origins", "custody", "apart")
"""People who became one; one who became several; events that became one; one that became several; wrong number of
origins; wrong custody answers."""


def worst(run: Run, number: int, classes: Iterable[str] = CLASSES) -> Iterator[str]:
    """Lines about the `number` worst errors of each class."""
    tellers = {
        "apart": apart,
        "merged": merged,
        "split": split,
        "joined": joined,
        "parted": parted,
        "origins": origins,
        "custody": custody,
    }
    for name in classes:
        found = tellers[name](run)
        yield f"=== {name}: {len(found)}"
        for lines in found[:number]:
            yield from lines
            yield ""


def merged(run: Run) -> list[list[str]]:
    """Derived people who are several true ones, most wrong pairs first."""
    names = dict(run.linked.names)
    inside = _grouped((names.get(key, str(key)), (person, key)) for key, person in run.truth.people.items())
    links = defaultdict(list)
    for link in run.linked.links:
        links[names.get(_key(link.a), "")].append(link)
    out = []
    for found, members in inside.items():
        sizes = Counter(person for person, _ in members)
        if len(sizes) > 1:
            lines = [f"{found} is {len(sizes)} people:"]
            lines += _people_lines(run, members)
            lines += [f"    link {x.score} {x.reason}: {x.values}" for x in links[found][:6]]
            out.append((-_pairs(sizes), lines))
    return [lines for _, lines in sorted(out)]


def split(run: Run) -> list[list[str]]:
    """True people who became several, most lost pairs first."""
    names = dict(run.linked.names)
    inside = _grouped((person, (names.get(key, str(key)), key)) for key, person in run.truth.people.items())
    out = []
    for person, members in inside.items():
        sizes = Counter(found for found, _ in members)
        if len(sizes) > 1:
            out.append((-_pairs(sizes), [f"{person} became {len(sizes)}:", *_people_lines(run, members)]))
    return [lines for _, lines in sorted(out)]


def joined(run: Run) -> list[list[str]]:
    """Derived events that are several true ones."""
    owner = dict(run.linked.claim_events)
    inside = _grouped((owner.get(claim, claim), (event, claim)) for claim, event in run.truth.events.items())
    return _event_errors(run, inside, "is {} events")


def parted(run: Run) -> list[list[str]]:
    """True events that became several."""
    owner = dict(run.linked.claim_events)
    inside = _grouped((event, (owner.get(claim, claim), claim)) for claim, event in run.truth.events.items())
    return _event_errors(run, inside, "became {} events")


def origins(run: Run) -> list[list[str]]:
    """Events whose claims are all together and alone, but whose origins are counted wrong."""
    owner = dict(run.linked.claim_events)
    held = _grouped((owner.get(claim, claim), event) for claim, event in run.truth.events.items())
    claims = {c.id: c for c in run.view.claims()}
    documents = {d.id: d for d in run.view.documents()}
    copies = dict(run.linked.copies)
    out = []
    for event in run.linked.events:
        true = set(held[event.id])
        right = run.truth.origins[min(true)]
        if len(true) == 1 and event.origins != len(right):
            lines = [
                f"{event.id} ({min(true)}) {event.type}: {event.origins} origins, not {len(right)}: {sorted(right)}"
            ]
            for claim in (claims[c] for c in event.claims):
                d = documents[claim.document]
                lines.append(
                    f"    {d.id} {d.outlet} {d.published} upstream {d.upstream} speaker {claim.speaker}"
                    f" copy of {copies.get(d.id)}: {claim.quote[:80]}"
                )
            out.append((-abs(event.origins - len(right)), lines))
    return [lines for _, lines in sorted(out)]


def custody(run: Run) -> list[list[str]]:
    """Wrong answers: what was right, the person's true events as told by then, and khronika's intervals. Those whose
    person is linked without fault come first: there it is custody that errs, or the joining of events."""
    names = dict(run.linked.names)
    pieces = _grouped((person, names.get(key, "")) for key, person in run.truth.people.items())
    whose = _grouped((names.get(key, ""), person) for key, person in run.truth.people.items())

    def faultless(person: str) -> bool:
        return len(set(pieces[person])) == 1 and len(set(whose[run.home[person]])) == 1

    files = {person: run.files.get(home, ()) for person, home in run.home.items()}
    found = [(not faultless(a.question.person), _answer_lines(run, a, files)) for a in _wrong(run.answers)]
    return [[lines[0] + "  (linked wrong)" * bad, *lines[1:]] for bad, lines in sorted(found)]


def apart(run: Run) -> list[list[str]]:
    """Wrong answers of custody alone, given the true people and events (with `--apart`)."""
    files = true_files(run.view, run.truth) if run.apart else {}
    return [_answer_lines(run, a, files) for a in _wrong(run.apart)]


def _wrong(answers: Iterable[Answered]) -> Iterator[Answered]:
    """The wrong ones, two of a person at most."""
    seen: Counter[str] = Counter()
    for answer in answers:
        seen[answer.question.person] += not answer.right
        if not answer.right and seen[answer.question.person] <= 2:
            yield answer


def _answer_lines(run: Run, answer: Answered, files: Mapping[str, Sequence[EventOnFile]]) -> list[str]:
    """A wrong answer with the true line as told, and the derived one."""
    asked = answer.question
    limit = "all" if asked.known.year > 2090 else str(asked.known)
    lines = [f"{asked.person} on {asked.on} known {limit}: {answer.state}, not {sorted(asked.right)}"]
    for event, told in run.truth.lives[asked.person].in_order():
        by = sorted(
            f"{t.known} {t.origin}{'' if t.own else ' (copied)'}: {t.day} {t.term or ''} {t.status}"
            for t in told
            if t.known <= asked.known
        )
        more = " ".join(filter(None, [event.subtype, event.penalty, event.term]))
        lines.append(f"    true {event.day} {event.kind} {more}; told {len(by)}: {'; '.join(by[:4])}")
    for one in intervals_of(files.get(asked.person, ()), asked.known):
        rival = " rival" if one.rival else ""
        lines.append(f"    derived {one.start} - {one.end} {one.state}{rival} {one.note or ''}")
    return lines


def _event_errors(run: Run, inside: Mapping[str, list[tuple[str, str]]], what: str) -> list[list[str]]:
    """Clusters of claims that hold several of the other side, most wrong pairs first."""
    claims = {c.id: c for c in run.view.claims()}
    out = []
    for name, members in inside.items():
        sizes = Counter(other for other, _ in members)
        if len(sizes) > 1:
            lines = [f"{name} ({claims[members[0][1]].type}) {what.format(len(sizes))}:"]
            shown: Counter[str] = Counter()
            for other, claim in sorted(members):
                shown[other] += 1
                if shown[other] <= 3:
                    lines.append(f"    {other} {_told(claims[claim])}")
            out.append((-_pairs(sizes), lines))
    return [lines for _, lines in sorted(out)]


def _told(claim: Claim) -> str:
    """A claim in a line."""
    said = (claim.subtype, claim.status, claim.targets, claim.group, claim.place[:1], claim.date, claim.charge)
    terms = [p.duration or p.amount for p in claim.penalties]
    return f"{claim.document} {' '.join(str(s) for s in said if s)} {terms or ''}"


def _people_lines(run: Run, members: list[tuple[str, tuple[str, str]]]) -> list[str]:
    """For each side: how many mentions, forms with hints."""
    mentions: dict[tuple[str, str], Mention] = {(m.document, m.name): m for m in run.view.mentions()}
    lines = []
    for other, keys in sorted(_grouped(members).items(), key=lambda kv: -len(kv[1])):
        forms = Counter(name for _, name in keys)
        hints = Counter(h for key in keys if key in mentions for h in mentions[key].hints)
        shown = ", ".join(f"{name} x{n}" for name, n in sorted(forms.items(), key=lambda kv: (-kv[1], kv[0]))[:6])
        lines.append(
            f"    {other}: {len(keys)} mentions: {shown}; hints {dict(sorted(hints.items()))}; in {keys[0][0]}"
        )
    return lines


def _pairs(sizes: Counter[str]) -> int:
    """Pairs of different sides."""
    total = sum(sizes.values())
    return (total * total - sum(n * n for n in sizes.values())) // 2


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    """Values by key."""
    out: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        out[key].append(value)
    return out


def _key(end: str) -> tuple[str, str]:
    """A link's end as (document, name)."""
    document, _, name = end.partition("/")
    return document, name
