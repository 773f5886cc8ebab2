"""Who has the floor: the speaker of each quotation, post and headline of a story, and the name behind "the group".

A sentence's own reporting clause is heard by `attribution`; here is what lies beyond the sentence: a quotation whose
speaker was named in the paragraph before, "the report" whose author was named at the top, a post signed below.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import replace

from khronika.read.attribution import according, reporter
from khronika.read.cast import HE, SHE, Character
from khronika.read.nouns import trimmed
from khronika.read.parse import Parse
from khronika.read.quotes import Quote, find_quotes, inside
from khronika.read.syntax import Tree
from khronika.read.voice import Voice
from khronika.read.who import Resolver, Who
from khronika.read.words import people_words, voice_words

POST = re.compile(r"[—–-]\s?([^—–\n@()]{2,60}?)\s?\(@\w{1,30}\)")
"""How a page shows whose post it was: "text — Name (@handle) May 3"."""
BACK = 8
"""Sentences to look back for the author of "the report"."""
RETOLD = 2
"""How often a report must speak in a story that retells it."""
FAR = 60
"""Sentences to look back for the body that "the group" is."""
NEAR = 3
"""Sentences to look back for whoever "she added" means."""
CHAIN = 12
"""Sentences over which speech runs on without its speaker being named again."""
LABEL = 9
"""Words of the longest source that stands before or behind a headline's colon."""
BESIDE = 6
"""Words between a quotation and the verb of whoever speaks it, where it is no verb of saying."""
PRONOUNS = frozenset({"i", "we", "he", "she", "they", "it", "you", "who", "that", "which", "this", "these", "those"})
"""Words that are nobody's name: an unresolved one is no speaker."""
FINITE = frozenset({"VBD", "VBZ", "VBP"})

Place = tuple[int, int]
"""A noun: the number of its sentence, its token."""


class Floor:
    """Who speaks, sentence by sentence. `tree(n)` gives the tree of sentence n, decoded once."""

    def __init__(self, parse: Parse, resolver: Resolver, tree: Callable[[int], Tree]) -> None:
        self.parse, self.resolver, self.tree = parse, resolver, tree
        self.quotes = find_quotes(parse.text)
        self.posts = list(_posts(parse.text))
        self._starts = [s.start for s in parse.sentences]
        self._spoken: dict[int, Place | None] = {}
        self._reporting: list[int] | None = None

    def speaker(self, tree: Tree, n: int, trigger: int, voice: Voice) -> Who | None:
        """Who says what sentence `n` tells by the word `trigger`: whom its own clause names, else whose quotation,
        headline or post it stands in. "I" in a quotation means its speaker. None: the outlet itself."""
        self.resolver.speaker = None
        at = tree.token(trigger).start
        quote = inside(self.quotes, at)
        place = self._of_quote(quote) if quote is not None else None
        beside = self._named(*place) if place is not None else None
        own = next((w for noun in voice.sources if (w := self._named(n, noun)) is not None), None)
        beside = beside or self._of_colon(tree, n, trigger) or self._of_post(at)
        if beside is not None and beside.names:
            people = self.resolver.cast.people
            self.resolver.speaker = next((c for c in people if c.name == beside.names[0]), None)
        return own or beside or (None if voice.aside else self._of_report(n))

    def _named(self, n: int, noun: int) -> Who | None:
        """Who the noun is, if anybody who can speak: an unresolved pronoun leaves the floor to the next source."""
        who = self._who((n, noun))
        return who if self._speaks(who) and who.label.lower() not in PRONOUNS else None

    def _speaks(self, who: Who) -> bool:
        """Whether this can speak at all: a person, a body, a document; not a wall."""
        if not who.label:
            return False
        if who.names or who.kind != "thing":
            return True
        words = voice_words()
        return any(w in words.sources for w in (self.parse.tokens[who.head].lemma, who.text.lower()))

    # ---- quotations

    def _of_quote(self, q: int, depth: int = 0) -> Place | None:
        """The noun of who speaks quotation `q`."""
        if q not in self._spoken:
            self._spoken[q] = None
            self._spoken[q] = self._beside(q) or (self._before(q, depth) if depth < CHAIN else None)
        return self._spoken[q]

    def _touched(self, quote: Quote) -> range:
        """The sentences that the quotation stands in."""
        first = max(0, bisect_right(self._starts, quote.start) - 1)
        return range(first, max(first + 1, bisect_right(self._starts, quote.end - 1)))

    def _beside(self, q: int) -> Place | None:
        """The speaker named in the quotation's own sentences, the last of them first."""
        quote = self.quotes[q]
        for n in reversed(self._touched(quote)):
            tree = self.tree(n)
            noun = self._by_verb(tree, quote) or _by_mark(tree, quote, self.resolver)
            if noun is not None:
                return n, noun
        return None

    def _by_verb(self, tree: Tree, quote: Quote) -> int | None:
        """The subject of the verb of saying nearest to the quotation, outside of every quotation; "according to"; any
        verb that stands right beside the marks ("…," he raged)."""
        best: tuple[int, int] | None = None
        for i in tree:
            token = tree.token(i)
            if inside(self.quotes, token.start) is not None:
                continue
            noun = self._source_at(tree, i, quote)
            if noun is None or inside(self.quotes, tree.token(noun).start) is not None:
                continue
            distance = min(abs(token.start - quote.end), abs(quote.start - token.end))
            if best is None or distance < best[0]:
                best = distance, noun
        return best[1] if best else None

    def _source_at(self, tree: Tree, i: int, quote: Quote) -> int | None:
        if tree.is_verb(i):
            if tree.lemma(i) in voice_words().says:
                return reporter(tree, i)
            if tree.token(i).tag in FINITE and _adjoins(tree, i, quote):
                subjects = tree.kids(i, "nsubj") or [k for k in tree.kids(i, "obj") if k > i]
                return subjects[0] if subjects else None
        return according(tree, i)

    def _before(self, q: int, depth: int) -> Place | None:
        """Speech that runs on: the speaker of the quotation or the reporting clause in the sentence before.

        A quotation that opens a sentence may also be introduced by the subject of that sentence ("She showed her
        bruises. “They beat me.”"), if that is a person.
        """
        quote = self.quotes[q]
        n = self._touched(quote)[0] - 1
        if n < 0:
            return None
        sentence = self.parse.sentences[n + 1]
        opens = quote.start <= sentence.start + 1
        if not opens and self._breaks(n):
            return None
        spoken = self._said_in(n, depth, q)
        return self._subject(n) if spoken is None and opens else spoken

    def _subject(self, n: int) -> Place | None:
        """The person that sentence `n` is about: its subject."""
        tree = self.tree(n)
        root = next((i for i in tree if tree.head(i) == i), tree.first)
        person = self.resolver.cast.person_at
        subjects = [k for k in tree.kids(root, "nsubj") if person(k) or tree.lower(k) in HE | SHE]
        return (n, subjects[0]) if subjects else None

    def _said_in(self, n: int, depth: int, but: int = -1) -> Place | None:
        """Who speaks in sentence `n`: its last quotation's speaker, else the subject of its reporting clause."""
        sentence = self.parse.sentences[n]
        last = inside(self.quotes, max(sentence.start, self._end(n) - 1))
        if last is None:
            k = bisect_right(self.quotes, sentence.end - 1, key=lambda q: q.start) - 1
            last = k if k >= 0 and self.quotes[k].end > sentence.start else None
        if last is not None and last != but:
            return self._of_quote(last, depth + 1)
        words, tokens = voice_words(), self.parse.tokens[sentence.first : sentence.last]
        if not any(t.lemma in words.says or t.lemma == "accord" or t.text == "according" for t in tokens):
            return None
        tree = self.tree(n)
        for i in tree:
            noun = reporter(tree, i) if tree.is_verb(i) and tree.lemma(i) in words.says else according(tree, i)
            if noun is not None and tree.lower(noun) not in {"who", "which", "that"}:
                return n, noun
        return None

    def _end(self, n: int) -> int:
        """The end of sentence `n`, without white space."""
        sentence = self.parse.sentences[n]
        return sentence.start + len(self.parse.text[sentence.start : sentence.end].rstrip())

    def _breaks(self, n: int) -> bool:
        """Whether a paragraph ends between sentence `n` and the next."""
        sentences = self.parse.sentences
        return "\n" in self.parse.text[self._end(n) : sentences[n + 1].start]

    # ---- headlines and posts

    def _of_colon(self, tree: Tree, n: int, trigger: int) -> Who | None:
        """ "Lawyer: client beaten in cell", "Dozens detained at rally: ministry": a short phrase names who says it."""
        colons = [i for i in tree if tree.token(i).text == ":"]
        if not colons:
            return None
        before, after = range(tree.first, colons[0]), range(colons[-1] + 1, tree.last)
        label = before if trigger > colons[0] else after
        if trigger in label or not 0 < len(label) <= LABEL or any(tree.token(i).tag in FINITE for i in label):
            return None
        cast, people, words = self.resolver.cast, people_words(), voice_words()
        places = {c.name for c in cast.places}
        persons = [i for i in label if cast.person_at(i)]
        bodies = [i for i in label if (c := cast.at(i)) and c.label == "ORG" and c.name not in places]
        nouns = [
            i
            for i in label
            if (tree.lemma(i) in words.sources or people.is_human(tree.lemma(i)))
            and (tree.pos(i) in {"NOUN", "PROPN"} and not cast.at(i) and _heads(tree, i, label))
        ]
        found = persons or bodies or nouns
        return self._who((n, found[0])) if found and not tree.lower(tree.first).startswith("#") else None

    def _of_post(self, at: int) -> Who | None:
        """Who signed the post that stands at code point `at`."""
        for start, end, name in self.posts:
            if start <= at < end:
                token = next((t.i for t in self.parse.tokens if t.start >= end), 0)
                known = self.resolver.cast.person_at(token) or self.resolver.cast.at(token)
                label = known.name if known is not None else name
                return Who(token, (label,), name, kind="body")
        return None

    # ---- stories that retell a report

    def _of_report(self, n: int) -> Who | None:
        """Whose findings an unattributed sentence retells, in a story that retells a report.

        "The report said …" time and again, and between, sentence after sentence of what it found: as long as nobody
        else has taken the floor, they are its author's.
        """
        if self._reporting is None:
            self._reporting = list(self._report_says())
        if len(self._reporting) < RETOLD or n < self._reporting[0]:
            return None
        author = self._author_of(self._reporting[0])
        for m in range(n - 1, max(-1, n - BACK), -1):
            place = self._said_in(m, CHAIN)
            if place is not None:
                who = self._who(place)
                return who if author is not None and who.names and who.names == author.names else None
        return None

    def _report_says(self) -> Iterator[int]:
        """The sentences in which a report says something."""
        words = voice_words()
        for n, s in enumerate(self.parse.sentences):
            lemmas = [t.lemma for t in self.parse.tokens[s.first : s.last]]
            if any(w in words.studies and words.says & set(lemmas[i + 1 : i + 4]) for i, w in enumerate(lemmas)):
                yield n

    def _author_of(self, n: int) -> Who | None:
        """The author of the report that speaks in sentence `n`."""
        place = self._said_in(n, CHAIN)
        who = self._who(place) if place is not None else None
        return who if who is not None and who.kind == "body" else None

    # ---- the name behind a noun

    def _who(self, place: Place, depth: int = 0) -> Who:
        """Who the noun is: by name, by the story's people, or by what the story said before of "it" or "the report"."""
        n, noun = place
        tree = self.tree(n)
        named = [k for k in tree.kids(noun, "appos") if k > noun and self.resolver.cast.person_at(k)]
        named = [] if self.resolver.cast.at(noun) else named
        who = self.resolver.resolve(tree, named[0] if named else noun)  # "her cousin, X, said": X
        if who.names and self._lost(tree, noun):
            return Who(noun, (), trimmed(tree, *tree.phrase(noun)), kind="people")
        if who.names:
            return who
        source = self._behind(tree, n, who, depth) or self._called(tree, who)
        return source if source is not None else who

    def _lost(self, tree: Tree, noun: int) -> bool:
        """ "the killing of X, the police chief said": no apposition, whatever the tree says; the verb follows it."""
        after = noun + 1
        says = after < tree.last and tree.lemma(after) in voice_words().says and tree.token(after).tag in FINITE
        return says and tree.dep(noun).startswith("appos") and self.resolver.cast.person_at(noun) is None

    def _behind(self, tree: Tree, n: int, who: Who, depth: int) -> Who | None:
        """The name that a noun or pronoun without one stands for."""
        noun = who.head
        words, lemma = voice_words(), tree.lemma(noun)
        if tree.lower(noun) in {"it", "they"} | HE | SHE:
            return self._floor_before(tree, n, noun, depth + 1) if depth < CHAIN else None
        if lemma in words.writings:
            return self._author(tree, n, noun, depth + 1) if depth < CHAIN else None
        if lemma in words.groups and _bare(tree, noun):
            body = self._body(tree, noun, lemma)
            if body is not None:
                return replace(who, names=(body.name,), kind="body")
        return self._fuller(n, who, lemma) if _bare(tree, noun) else None

    def _fuller(self, n: int, who: Who, lemma: str) -> Who | None:
        """ "the office said", after "the children's rights office said": whoever spoke before under the same noun."""
        for m in range(n - 1, max(-1, n - BACK), -1):
            place = self._said_in(m, CHAIN)
            if place is not None and self.parse.tokens[place[1]].lemma == lemma:
                before = self.resolver.resolve(self.tree(place[0]), place[1])
                if before.names or len(before.text) > len(who.text):
                    return before
        return None

    def _called(self, tree: Tree, who: Who) -> Who | None:
        """ "the rights group Open Doors": the name right behind the noun."""
        body = self.resolver.cast.at(who.head + 1) if who.head + 1 < tree.last else None
        if body is None or body.label != "ORG" or tree.lemma(who.head) not in voice_words().groups:
            return None
        return replace(who, names=(body.name,), kind="body")

    def _floor_before(self, tree: Tree, n: int, noun: int, depth: int) -> Who | None:
        """ "It also said", "they said", "she added": whoever spoke in the sentences before, or whom they were about."""
        kinds = {"it": {"body", "thing"}, "they": {"people"}}.get(tree.lower(noun), {"person"})
        for m in range(n - 1, max(-1, n - NEAR), -1):
            place = self._said_in(m, CHAIN) or (self._subject(m) if kinds == {"person"} else None)
            if place is not None:
                who = self._who(place, depth)
                return who if who.kind in kinds and who.label.lower() not in PRONOUNS else None
        return None

    def _author(self, tree: Tree, n: int, noun: int, depth: int) -> Who | None:
        """Whose report it is: said beside it, or where the report was first spoken of."""
        lemma = tree.lemma(noun)
        found = self._author_beside(tree, n, noun, depth)
        if found is not None or not any(tree.lower(k) in {"the", "this", "its"} for k in tree.kids(noun)):
            return found
        for m in range(n - 1, max(-1, n - FAR), -1):
            sentence = self.parse.sentences[m]
            for t in self.parse.tokens[sentence.first : sentence.last]:
                if t.lemma == lemma and (who := self._author_beside(self.tree(m), m, t.i, depth)) is not None:
                    return who
        return None

    def _author_beside(self, tree: Tree, n: int, noun: int, depth: int) -> Who | None:
        """ "a report by the group", "the group's report", "the group said in a report"."""
        owners = tree.possessors(noun) + tree.obliques(noun, "by", "from")
        owners += [k for k in tree.kids(noun, "compound", "nmod") if self.resolver.cast.at(k) is not None][:1]
        for verb in tree.kids(noun, "acl"):
            owners += tree.obliques(verb, "by")
        if not owners or tree.lower(owners[0]) in {"its", "their", "his", "her"}:
            verb = tree.verb_above(noun)
            said = tree.is_verb(verb) and tree.lemma(verb) in voice_words().says | voice_words().publishes
            subjects = tree.subjects(verb) if said and tree.dep(noun).startswith(("obl", "obj", "nmod")) else []
            owners = [s for s in subjects if s != noun]
        for owner in owners:
            named = self.resolver.cast.at(owner)
            if named is not None and named.label not in {"PERSON", "ORG"} and tree.case(owner) == "from":
                continue
            who = self._who((n, owner), depth)
            if who.names or who.kind in {"body", "people"}:
                return who if who.text.lower() not in PRONOUNS else None
        return None

    def _body(self, tree: Tree, noun: int, lemma: str) -> Character | None:
        """ "the group", "the ministry": the last body named before whose name can be called so."""
        called, number = voice_words().called.get(lemma), bisect_right(self._starts, tree.sentence.start) - 1
        bodies = [
            (name.first, c)
            for s in self.parse.sentences[max(0, number - FAR) : number + 1]
            for name in s.names
            if name.label == "ORG" and name.first < noun and (c := self.resolver.cast.at(name.first)) is not None
        ]
        official = people_words().official
        for _, body in reversed(bodies):
            name = {w.strip("'’s.,").lower() for w in body.name.split()}
            if (called and name & set(called)) or (not called and not name & official):
                return body
        return None


def _adjoins(tree: Tree, verb: int, quote: Quote) -> bool:
    """Whether the verb stands right beside the quotation: at most a subject or a few words between, no other clause."""
    token = tree.token(verb)
    if token.start >= quote.end:
        between = [i for i in range(tree.first, verb) if tree.token(i).start >= quote.end]
        return len(between) <= BESIDE and not any(tree.token(i).text in {".", ";", ","} for i in between)
    between = [i for i in range(verb + 1, tree.last) if tree.token(i).end <= quote.start]
    return bool(between) and tree.token(between[-1]).text in {":", ","} and len(between) <= 2 * BESIDE


def _by_mark(tree: Tree, quote: Quote, resolver: Resolver) -> int | None:
    """ "Dana Sultan, lawyer: “…”": a name before the colon that opens the quotation."""
    before = [i for i in tree if tree.token(i).end <= quote.start]
    if not before or tree.token(before[-1]).text != ":" or len(before) > LABEL + 1:
        return None
    return next((i for i in before if (c := resolver.cast.at(i)) and c.label in {"PERSON", "ORG"}), None)


def _bare(tree: Tree, noun: int) -> bool:
    """ "the group", "the rights group": pointed back to, with no name or owner of its own."""
    pointed = any(tree.lower(k) in {"the", "this"} for k in tree.kids(noun, "det"))
    own = [k for k in tree.kids(noun) if tree.pos(k) == "PROPN" or tree.dep(k).startswith(("nmod", "acl"))]
    return pointed and not own


def _heads(tree: Tree, i: int, label: range) -> bool:
    """Whether `i` is the head of the phrase `label`."""
    return tree.head(i) == i or tree.head(i) not in label


def _posts(text: str) -> Iterator[tuple[int, int, str]]:
    """Signed posts: start of the paragraph, end of the text, who signed it."""
    for found in POST.finditer(text):
        yield text.rfind("\n", 0, found.start()) + 1, found.start(), found.group(1).strip()
