"""Organizations across documents: the same name, "the"-less and case-less, an abbreviation, a translation in brackets,
a stated alias.

A name made of common words only ("Interior Ministry", "district court") is another body in another country, so it is
one organization only among documents set in the same country or place.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from khronika.errors import LexiconError
from khronika.facts.claims import Claim, Mention, Relation
from khronika.facts.documents import Document
from khronika.facts.events import Link, Person
from khronika.link.people import entity_id
from khronika.text.fold import fold

_POSSESSIVE = re.compile(r"['’]s\b")
_BRACKETED = re.compile(r"\s*\(([^()]{2,80})\)\s*$")
SMALL = frozenset({"of", "the", "for", "and", "in", "on", "to", "de", "la", "a", "an"})
"""Words of a name that give its abbreviation no letter, or do: both are tried."""


@dataclass(frozen=True, slots=True)
class OrganizationWords:
    """`common`: words that name no single body; `same_word`: folded spelling → the one compared; `same_body`: folded
    name → that of the body it always stands for."""

    common: frozenset[str]
    same_word: dict[str, str]
    same_body: dict[str, str]


def load_words(text: str) -> OrganizationWords:
    """The tables from the TOML `text`. Raises LexiconError when a part is missing."""
    try:
        data = tomllib.loads(text)
        bodies = {fold(name): fold(body) for body, names in data["same_body"].items() for name in names}
        return OrganizationWords(frozenset(data["common"]), dict(data["same_word"]), bodies)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise LexiconError("organizations.toml", str(error)) from error


@cache
def words() -> OrganizationWords:
    """The packaged tables, read once."""
    return load_words((files("khronika") / "resources" / "organizations.toml").read_text(encoding="utf-8"))


def organization_key(name: str) -> str:
    """The name for comparing: folded, without "the" and possessives, one spelling per word."""
    same = words().same_word
    plain = fold(_POSSESSIVE.sub("", _BRACKETED.sub("", name)))
    plain = words().same_body.get(plain, plain)
    kept = [same.get(w, w) for w in plain.split() if w != "the"]
    return " ".join(kept) or fold(name)


def is_common(name: str) -> bool:
    """Whether the name is made of words that many bodies share."""
    return all(word in words().common for word in organization_key(name).split())


def home_of(documents: Iterable[Document], claims: Iterable[Claim]) -> dict[str, str]:
    """Document id → the country or place that most of its claims are set in (folded), else its dateline's last part;
    the document's own id where nothing says."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for claim in claims:
        if claim.place:
            counts[claim.document][fold(claim.place[-1])] += 1
    homes = {}
    for document in documents:
        if counts[document.id]:
            homes[document.id] = min(counts[document.id].items(), key=lambda kv: (-kv[1], kv[0]))[0]
        elif document.dateline:
            homes[document.id] = fold(re.split(r"[,\[(]", document.dateline)[-1]) or document.id
    return homes


def link_organizations(
    mentions: Iterable[Mention], relations: Iterable[Relation], homes: Mapping[str, str]
) -> tuple[list[Person], dict[tuple[str, str], str], list[Link]]:
    """Organizations, (document id, name of a mention) → id, and why mentions were joined; independent of order.

    Parameters: `mentions` with label "organization"; `relations`: `alias_of` ties two names of one document; `homes`
    from `home_of`.
    """
    ordered = sorted(mentions, key=lambda m: (m.document, m.name, m.forms))
    aliases = _aliases(relations)
    scoped = [_keys(m, aliases.get((m.document, fold(m.name)), ()), homes) for m in ordered]
    expansions = _expansions(ordered)
    fitting = _by_initials(ordered, homes)
    for at, mention in enumerate(ordered):
        place = (_letters(mention.name), homes.get(mention.document, mention.document))
        if _is_abbreviation(mention.name) and place in fitting and scoped[at].isdisjoint(expansions):
            scoped[at] = frozenset({fitting[place]})
    above: dict[str, str] = {}
    links: list[Link] = []
    for keys in scoped:
        roots = sorted({_root(k, above) for k in keys | {expansions[k] for k in keys if k in expansions}})
        for root in roots[1:]:
            above[root] = roots[0]
    clusters: dict[str, list[Mention]] = defaultdict(list)
    for mention, keys in zip(ordered, scoped, strict=True):
        clusters[_root(min(keys), above)].append(mention)
    organizations: list[Person] = []
    names: dict[tuple[str, str], str] = {}
    for members in clusters.values():
        organization = _organization(members)
        organizations.append(organization)
        names.update({(mention.document, mention.name): organization.id for mention in members})
        links += _links(members)
    return sorted(organizations, key=lambda o: o.id), names, links


def keys_by(relations: Iterable[Relation], homes: Mapping[str, str]) -> Callable[[Mention], Collection[str]]:
    """The keys of a mention: two mentions share one, directly or through others, wherever linking them may depend on
    both. `relations` and `homes`: those of the mention's document, at least."""
    aliases = _aliases(relations)

    def keys_of(mention: Mention) -> Collection[str]:
        known = {*_keys(mention, aliases.get((mention.document, fold(mention.name)), ()), homes)}
        bracketed = _BRACKETED.search(mention.name)
        shorts = [*mention.forms, *([bracketed.group(1)] if bracketed else [])]
        known |= {f"{organization_key(s)} =short" for s in shorts if _is_abbreviation(s)}
        home = homes.get(mention.document, mention.document)
        letters = {_letters(mention.name)} if _is_abbreviation(mention.name) else initials(mention.name)
        return known | {f"{of_it} ~{home}" for of_it in letters}

    return keys_of


def _aliases(relations: Iterable[Relation]) -> dict[tuple[str, str], tuple[str, ...]]:
    """(document, folded name) → other names that the text says are the same."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for relation in relations:
        if relation.kind == "alias_of":
            found[relation.document, fold(relation.a)].add(relation.b)
            found[relation.document, fold(relation.b)].add(relation.a)
    return {key: tuple(sorted(names)) for key, names in found.items()}


def _keys(mention: Mention, aliases: Iterable[str], homes: Mapping[str, str]) -> frozenset[str]:
    """The keys under which the mention is known: its full forms; common names carry the document's home."""
    home = homes.get(mention.document, mention.document)
    names = [mention.name, *(f for f in mention.forms if not is_common(f)), *aliases]
    names += filter(None, map(translation, names))
    keys = set()
    for name in names:
        key = organization_key(name)
        if is_common(name):
            key = f"{key} @{home}"
        elif _is_abbreviation(name) and fold(name) not in words().same_body:
            key = f"{key} =short"
        keys.add(key)
    if not _is_abbreviation(mention.name):
        keys = {k for k in keys if not k.endswith(" =short")}
    return frozenset(keys)


def translation(name: str) -> str:
    """The name in another language that stands in brackets behind a name ("Qyzyl Tan (Red Dawn)"), or "": words that
    many bodies share, and a single word (a country, "opposition"), are no name."""
    found = _BRACKETED.search(name)
    inside = found.group(1) if found else ""
    return "" if len(inside.split()) < 2 or is_common(inside) or _is_abbreviation(inside) else inside


def initials(name: str) -> frozenset[str]:
    """The abbreviations that a full name of three words or more may have: its initials, with and without those of small
    words."""
    plain = fold(_BRACKETED.sub("", name)).split()
    if len(plain) < 3:
        return frozenset()
    return frozenset({"".join(w[0] for w in plain), "".join(w[0] for w in plain if w not in SMALL)})


def _by_initials(mentions: Iterable[Mention], homes: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """(Letters, home) → the key of the one full name with these initials that stories of that home have."""
    full: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in mentions:
        if not _is_abbreviation(mention.name) and not is_common(mention.name):
            home = homes.get(mention.document, mention.document)
            for letters in initials(mention.name):
                full[letters, home].add(organization_key(mention.name))
    return {key: next(iter(names)) for key, names in full.items() if len(names) == 1}


def _is_abbreviation(name: str) -> bool:
    """Whether the name is letters only, in capitals ("OSCE")."""
    letters = name.strip().replace(".", "")
    return 2 <= len(letters) <= 8 and letters.isupper() and " " not in letters


def _letters(name: str) -> str:
    """An abbreviation without its dots and strokes, folded."""
    return fold(name).replace(" ", "")


def _expansions(mentions: Iterable[Mention]) -> dict[str, str]:
    """Abbreviation's key → the key of the one full name that it stands for wherever a document gives both."""
    full: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if _is_abbreviation(mention.name):
            continue
        bracketed = _BRACKETED.search(mention.name)
        shorts = [*mention.forms, *([bracketed.group(1)] if bracketed else [])]
        for short in shorts:
            if _is_abbreviation(short):
                full[f"{organization_key(short)} =short"].add(organization_key(mention.name))
    return {short: next(iter(names)) for short, names in full.items() if len(names) == 1}


def _root(key: str, above: dict[str, str]) -> str:
    """The representative of the key's cluster."""
    while key in above:
        key = above[key]
    return key


def _organization(members: list[Mention]) -> Person:
    """The organization: named by its longest name that most documents use."""
    uses = Counter(m.name for m in members)
    name = min(uses, key=lambda n: (_is_abbreviation(n), -uses[n], -len(n), n))
    forms = {form for m in members for form in (m.name, *m.forms)}
    return Person(
        id=entity_id("o", members),
        name=name,
        forms=(name, *sorted(forms - {name})),
        documents=tuple(sorted({m.document for m in members})),
        kind="organization",
        hints=tuple(sorted({hint for m in members for hint in m.hints})),
    )


def _links(members: list[Mention]) -> list[Link]:
    """Each distinct written name tied to the first one."""
    first = members[0]
    seen = {first.name: first}
    for mention in members:
        seen.setdefault(mention.name, mention)
    return [
        Link(f"{first.document}/{first.name}", f"{m.document}/{m.name}", 0.95, "one organization's names",
             (first.name, m.name), "organization")
        for name, m in seen.items() if name != first.name
    ]  # fmt: skip
