"""When it happened: the time expressions of a sentence, each resolved and given to the claim that it stands with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from khronika.read.doers import INCIDENTS
from khronika.read.parse import Parse, Sentence
from khronika.read.roles import DOING, GATHERING
from khronika.read.syntax import Tree
from khronika.read.words import voice_words
from khronika.text import edtf
from khronika.text.dates import TimeExpression, find_times, resolve
from khronika.text.numerals import value_of
from khronika.text.tables import table

REACH = 16
"""Farthest a time may stand from the word it dates, in words, a clause boundary between counting `CLAUSE` more."""
CLAUSE = 9
MOST_DAYS = 100
"""Days after another event that a sentence counts."""
DAY = 10
"""Characters of a date that names a day."""
BEYOND = frozenset(
    {
        "over",
        "for",
        "after",
        "about",
        "against",
        "following",
        "since",
        "before",
        "because of",
        "despite",
        "pending",
        "ahead of",
        "until",
    }
)
"""Prepositions of what has a time of its own: "imposed sanctions over the vote in May"."""
ABOUT = frozenset(table("dates.toml")["words"]["about"])
"""Verbs that speak of an event: their time is not the event's."""
DAY_PARTS = frozenset(table("dates.toml")["words"]["day_parts"])
WITHIN = frozenset({"in", "at", "during", "on", "into", "amid", "with", "by", ""})
"""Prepositions of what happens at the time of the verb that it hangs on."""
APART = frozenset({"after", "before", "since", "until", "till", "once", "because", "although", "though", "if"})
"""Words that open a clause of another time than the one it hangs on; "while", "when" and "as" open one of the same."""
MEANWHILE = frozenset({"while", "when", "as"})
"""Words that open a clause of the same time as the verb right before it."""
OWNED = 4
"""Words from a time to the noun whose name it opens: "the 1998 harbor bridge bombing"."""
HABIT = frozenset(table("dates.toml")["words"]["habit"])
"""Adverbs of what is done again and again."""
SERIES = frozenset(table("dates.toml")["words"]["series"])
"""Nouns of many happenings: "a string of kidnappings"."""
COUNTED = frozenset({"several", "dozens", "many", "mass", "further", "more", "other", "few", "new", "fresh", "latest"})
"""Words before a plural event noun by which it may be one happening: "mass arrests"."""
NEAR = re.compile(r"W\d|day|week|past")
"""Values that count days or weeks from publication (`khronika.text.dates`): capture may be days later."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved time expression: EDTF `value`, its tokens (first, last exclusive), the verb it hangs on, its head."""

    value: str
    first: int
    last: int
    verb: int
    top: int = -1


class Calendar:
    """Resolves the times of one story in text order; keeps the story's own last date for "two days earlier".

    Where the page tells no publication date, the day of its capture completes years and months (codebook rule 10:
    other evidence), but "yesterday" and "on Thursday" stay open.
    """

    def __init__(self, published: str | None, captured: str | None = None) -> None:
        self.published = _day(published)
        self.captured = _day(captured[:10]) if captured else None
        self.story: str | None = None
        self.day: str | None = None

    def _keep(self, value: str) -> None:
        """Keep a value of the text for what is counted from it: "the next day", "that month"."""
        if ".." not in value:
            self.story = value
        if len(value) == DAY and (self.published is None or value <= self.published.isoformat()):
            self.day = value

    def resolve(
        self, expression: TimeExpression, story: str | None, future: bool = False, told: str | None = None
    ) -> str | None:
        """The EDTF value of an expression, or None where what it counts from is not known.

        `told`: the day, already told in the sentence, from which it lies ahead: "on February 1 a court ruled that he
        would be freed on February 16".
        """
        if expression.anchor == "story" and expression.value.startswith("day") and self.day:
            story = story if story and len(story) == DAY else self.day
        reference = self.published
        if reference is None and not NEAR.match(expression.value):
            reference = self.captured
        return resolve(expression, _day(told) if future and told else reference, story, future=future)

    def moments(self, tree: Tree, future: frozenset[int]) -> list[Moment]:
        """The sentence's times. `future`: verbs told as to come, whose weekdays lie after publication."""
        base = tree.sentence.start
        out: list[Moment] = []
        last_value = self.story
        for expression in find_times(tree.parse.text[tree.sentence.start : tree.sentence.end]):
            tokens = [
                i
                for i in tree
                if tree.token(i).end > base + expression.start and tree.token(i).start < base + expression.end
            ]
            if not tokens or _is_name(tree, expression, tokens):
                continue
            top = _top(tree, tokens)
            verb = verb_told(tree, top)
            told = next((m.value for m in out if len(m.value) == DAY and m.verb != verb), None)
            value = self.resolve(expression, last_value, verb in future, told)
            if value is None:
                continue
            out.append(Moment(value, tokens[0], tokens[-1] + 1, verb, top))
            last_value = value
        for moment in out:
            self._keep(moment.value)
        return out

    def skim(self, parse: Parse, sentence: Sentence) -> None:
        """Keep the story's date going over a sentence that is not read: "On June 3 …" before "The next day he …"."""
        for expression in find_times(parse.text[sentence.start : sentence.end]):
            value = self.resolve(expression, self.story)
            if value is not None:
                self._keep(value)


def _is_name(tree: Tree, expression: TimeExpression, tokens: list[int]) -> bool:
    """ "the July 20 Movement", "May" as a person: a time inside a name is none."""
    return any(
        n.label != "LOC" and n.first <= tokens[0] and n.last >= tokens[-1] + 1 and n.last - n.first > len(tokens)
        for n in tree.sentence.names
    )


def _top(tree: Tree, tokens: list[int]) -> int:
    """The token of the expression from which the others hang."""
    inside = set(tokens)
    return next((i for i in tokens if tree.head(i) not in inside or tree.head(i) == i), tokens[0])


def date_of(tree: Tree, trigger: int, moments: list[Moment], rivals: list[int]) -> str | None:
    """The time that dates the word `trigger`, or None.

    A time on the trigger's own verb wins; a verb joined to it shares it ("arrested and charged in May"); else the
    nearest in words, clause boundaries counting more, unless it stands on a verb of its own that is no trigger.
    `rivals`: the other triggers of the sentence.
    """
    verb = tree.verb_above(trigger)
    chain = {trigger, verb} if told_by(tree, trigger, verb) else {trigger}
    best: tuple[float, str] | None = None
    for m in moments:
        cost = _cost(tree, m, trigger, verb, chain, rivals)
        if cost <= REACH and (best is None or cost < best[0]):
            best = (cost, m.value)
    return best[1] if best else _counted(tree, trigger, verb, moments)


def _counted(tree: Tree, trigger: int, verb: int, moments: list[Moment]) -> str | None:
    """A day counted from another event of the sentence: "died on 3 August, two days after he was arrested", "was freed
    a day after her arrest on Monday"."""
    for below in dict.fromkeys([trigger, verb]):  # the event stands behind "two days after"
        if (days := _days_apart(tree, below)) is not None and (base := _day_at(tree, tree.head(below), moments)):
            return _shifted(base, -days)
    for k in tree.kids(verb, "advcl", "obl") if trigger == verb else ():
        if (days := _days_apart(tree, k)) is not None and (base := _day_at(tree, k, moments)):
            return _shifted(base, days)
    return None


def _days_apart(tree: Tree, i: int) -> int | None:
    """How many days later than the clause or noun `i` what it hangs on was: 2 of "two days after", -1 of "a day
    before"; None where no days are counted."""
    for k in tree.kids(i, "mark", "case"):
        if tree.lower(k) not in {"after", "before"} or k - 2 < tree.first or tree.lemma(k - 1) != "day":
            continue
        number = tree.lower(k - 2)
        count = 1 if number in {"a", "one", "the"} else days_of(number)
        return None if count is None else count if tree.lower(k) == "after" else -count
    return None


def days_of(number: str) -> int | None:
    """The whole number that a word says, up to a hundred; None for any other word."""
    try:
        value = value_of(number)
    except ValueError:
        return None
    return int(value) if 0 < value <= MOST_DAYS else None


def _day_at(tree: Tree, i: int, moments: list[Moment]) -> str | None:
    """The day that dates the clause or noun `i` itself."""
    near = [m.value for m in moments if len(m.value) == DAY and (m.verb == i or i in _nouns_above(tree, m.top))]
    return near[0] if len(set(near)) == 1 else None


def _shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def _cost(tree: Tree, m: Moment, trigger: int, verb: int, chain: set[int], rivals: list[int]) -> float:
    owner = _owner(tree, m)
    if owner is not None and owner != trigger:
        return 2 if _dates_beyond(tree, owner, trigger, verb) else REACH + 1
    if m.verb in chain and (trigger == verb or not any(tree.verb_above(r) == verb and r == verb for r in rivals)):
        return REACH + 1 if any(tree.case(n) in BEYOND for n in _nouns_above(tree, m.top)) else 0
    if trigger != verb and trigger in _nouns_above(tree, m.top):
        return 1
    if m.verb not in chain and _aim(tree, m.verb, verb):
        return REACH + 1
    distance = min(abs(m.first - trigger), abs(m.last - 1 - trigger))
    if (tree.head(m.verb) == verb and tree.dep(m.verb).startswith("conj")) or (
        tree.head(verb) == m.verb and tree.dep(verb).startswith("conj")
    ):
        if _to_come(tree, m.verb) and not _to_come(tree, verb):
            return REACH + 1
        own = any(m.verb == r or tree.verb_above(r) == m.verb for r in rivals)
        return 3 + distance * (0.6 if own else 0.4)
    between = range(min(trigger, m.first), max(trigger, m.last))
    if _goes_with(tree, verb, m):
        return 3 + distance * 0.3
    if meanwhile(tree, m.verb, verb) or _listed(tree, m, trigger):
        return 3 + distance * 0.2
    if _barred(tree, m, verb) or (verb not in chain and m.verb != trigger and _inside_of(tree, m.verb, verb)):
        return REACH + 1
    if tree.head(m.verb) == verb and tree.dep(m.verb).startswith("advcl") and not _sets_apart(tree, m.verb, m.value):
        return 3 + distance * 0.4
    clauses = sum(
        1
        for i in between
        if i not in chain and tree.is_verb(i) and not tree.dep(i).startswith(("amod", "aux", "xcomp"))
    )
    nearer = any(min(abs(m.first - r), abs(m.last - 1 - r)) < distance for r in rivals)
    return distance * 0.5 + CLAUSE * min(clauses, 2) + (6 if nearer else 0) + _apart(tree, m, trigger, verb, chain)


def _aim(tree: Tree, below: int, verb: int) -> bool:
    """Whether a time stands on what the verb is done for, and lies after it: "remanded him to appear in court on
    May 3"."""
    aimed = tree.dep(below).startswith(("advcl", "acl")) and any(
        tree.lower(k) == "to" for k in tree.kids(below, "mark")
    )
    return aimed and below > verb and verb in set(tree.ancestors(below))


def _owner(tree: Tree, m: Moment) -> int | None:
    """The noun before which a time stands as part of its name: "the 2013 protests", "Sunday's march", "the May 1
    holiday", "the 1917 Espionage Act"; None where the time stands for itself."""
    top = m.top
    while top >= 0 and tree.lemma(tree.head(top)) in DAY_PARTS and tree.head(top) != top:
        top = tree.head(top)  # "Sunday night's march"
    noun = tree.head(top) if top >= 0 else -1
    if noun < m.last or noun >= m.last + OWNED or tree.is_verb(noun) or tree.case(top):
        return None
    dep = tree.dep(top).split(":")[0]
    return noun if dep in {"nummod", "compound", "amod", "nmod"} and tree.pos(noun) in {"NOUN", "PROPN"} else None


def _dates_beyond(tree: Tree, owner: int, trigger: int, verb: int) -> bool:
    """Whether the time of a noun's name is that of another event too: of what happens in it ("held in the 2013
    protests"), of what it does ("Sunday's blast killed three", "the 2013 attack that left 60 dead")."""
    top = owner
    while tree.dep(top).startswith(("compound", "conj")) and tree.head(top) > top:
        top = tree.head(top)
    above = [verb, *tree.ancestors(verb)]
    below = above[: above.index(top)] if top in above else []
    if tree.lemma(top) in INCIDENTS and any(tree.dep(i).startswith("acl") for i in below):
        return True
    if trigger in {top, tree.head(top)} and not tree.is_verb(trigger) and tree.case(top) in WITHIN:
        return True
    if tree.dep(top).startswith("obl"):
        return tree.case(top) in WITHIN and {tree.head(top), verb_told(tree, top)} & {trigger, verb} != set()
    if tree.dep(top) == "nsubj" or (tree.dep(top) == "obj" and tree.lemma(tree.head(top)) in GATHERING | DOING):
        return tree.head(top) in {trigger, verb}
    return False


def verb_told(tree: Tree, top: int) -> int:
    """The verb that a time or place hangs on; not the verb of saying at the sentence's end to which the tree gives what
    opens the sentence: "On Monday five men were held, reported the BBC"."""
    verb = tree.verb_above(top)
    if tree.is_verb(verb) and tree.lemma(verb) in voice_words().says and top < verb:
        told = [k for k in tree.kids(verb, "ccomp", "parataxis") if top < k < verb and tree.is_verb(k)]
        verb = told[0] if told else verb
    return verb


def told_by(tree: Tree, trigger: int, verb: int) -> bool:
    """Whether the time of the verb is that of the event noun below it: "held a rally on Monday", "took part in a rally
    on Monday", but not "on Monday condemned the arrest", "was jailed on Monday after a rally"."""
    if trigger == verb or not tree.is_verb(verb):
        return True
    top = trigger
    while tree.head(top) not in {verb, top} and not tree.dep(top).startswith("obl"):
        top = tree.head(top)
    if tree.dep(top).startswith("obl"):
        return tree.case(top) in WITHIN
    words = voice_words()
    telling = tree.lemma(verb) in words.says | words.demands | ABOUT
    return not (telling and tree.dep(top).startswith("obj"))


def _goes_with(tree: Tree, verb: int, m: Moment) -> bool:
    """Whether a verb only adds to the dated one: "on Monday police raided her home, seizing books"."""
    if tree.token(verb).tag != "VBG" or tree.kids(verb, "nsubj", "mark", "aux"):
        return False
    while verb != m.verb and tree.dep(verb).startswith(("advcl", "conj", "parataxis")):
        verb = tree.head(verb)
    return verb == m.verb


def meanwhile(tree: Tree, spot: int, verb: int) -> bool:
    """Whether what hangs on the verb `spot` is of the time and place of `verb`: one of them stands in a clause with
    "while", "when" or "as" right behind the other, whatever the parse hangs it on.

    "rallied after police shot a man while he was walking home on Saturday" dates the shot, "the station was shut on
    Monday while its editor was arrested" the arrest.
    """
    if tree.head(verb) == spot and tree.dep(verb).startswith("advcl"):
        return any(tree.lower(k) in MEANWHILE for k in tree.kids(verb, "mark"))
    for i in [spot, *tree.ancestors(spot)]:
        marks = [k for k in tree.kids(i, "mark", "advmod") if tree.lower(k) in MEANWHILE]
        if marks and tree.dep(i).startswith("advcl"):
            before = [j for j in range(tree.first, min(marks)) if tree.is_verb(j) and not tree.dep(j).startswith("aux")]
            return bool(before) and before[-1] == verb
    return False


def _to_come(tree: Tree, verb: int) -> bool:
    """Whether a verb is told as to come: "was freed and is to face a judge on May 15" does not date the release."""
    return any(tree.lower(k) in {"will", "would", "’ll", "'ll", "shall"} for k in tree.kids(verb, "aux"))


def _listed(tree: Tree, m: Moment, trigger: int) -> bool:
    """Whether a time stands between two joined nouns, of which the event is the second: "the raid on the office on May
    3 and the arrest of its editor"."""
    first = tree.head(trigger)
    if tree.is_verb(trigger) or not tree.dep(trigger).startswith("conj") or tree.is_verb(first):
        return False
    return first < m.first < trigger and not any(tree.is_verb(i) for i in range(first, trigger))


def _nouns_above(tree: Tree, i: int) -> list[int]:
    """The nouns of whose phrase `i` is a part, nearest first: "his release from prison in 2018"."""
    out = []
    for j in tree.ancestors(i):
        if tree.is_verb(j):
            break
        out.append(j)
    return out


def _inside_of(tree: Tree, above: int, verb: int) -> bool:
    """Whether `above` is `verb` or stands over it."""
    return above == verb or above in set(tree.ancestors(verb))


def _barred(tree: Tree, m: Moment, verb: int) -> bool:
    """Whether a time cannot reach the verb: one of the two stands in a clause that tells of another time than what it
    hangs on ("said on Monday that he was arrested", "rallied on Monday after a boy was shot")."""
    above = [verb, *tree.ancestors(verb)]
    below = [m.verb, *tree.ancestors(m.verb)]
    shared = set(above) & set(below)
    if m.verb in shared and m.verb != verb and tree.lemma(m.verb) in voice_words().says:
        return True
    return any(_sets_apart(tree, i, m.value) for path in (above, below) for i in path if i not in shared)


def _sets_apart(tree: Tree, i: int, value: str) -> bool:
    """Whether the clause of `i` has a time of its own: a relative clause, one with "after" or "before", what is said.

    What came before or after a thing that is dated by its month or year (`value`) may well lie in it too.
    """
    dep = tree.dep(i)
    if dep.startswith("advcl"):
        return len(value) >= DAY and any(tree.lower(k) in APART for k in tree.kids(i, "mark", "case"))
    return dep == "acl:relcl" or (dep.startswith("ccomp") and tree.lemma(tree.head(i)) in voice_words().says)


def _apart(tree: Tree, m: Moment, trigger: int, verb: int, chain: set[int]) -> float:
    """What it costs that the time stands on another verb: "released a video on Monday about his arrest" does not date
    the arrest."""
    if m.verb in chain:
        return 0
    return 3 if trigger == verb else 8


def habitual(tree: Tree, trigger: int, early: bool) -> bool:
    """Whether a word tells what is done again and again, or was over years, and is of no one day or town.

    For "Police often beat them", "Arrests of reporters are common", "a string of kidnappings", "officers have been
    rounding up students", "Editors have been jailed under the law". `early`: a headline or lead, whose present tense
    and perfect tell the day's news.
    """
    verb = tree.verb_above(trigger)
    if any(tree.lower(k) in HABIT for v in {trigger, verb} for k in tree.kids(v, "advmod")):
        return True
    noun = not tree.is_verb(trigger)
    if noun and tree.token(trigger).tag == "NNS":
        above = tree.head(trigger)
        if tree.case(trigger) == "of" and tree.lemma(above) in SERIES:
            return not any(tree.lower(k) in {"the", "this", "new", "latest"} for k in tree.kids(above))
        counted = any(tree.pos(k) in {"DET", "NUM", "PRON"} or tree.lower(k) in COUNTED for k in tree.kids(trigger))
        return not early and not counted and not any(tree.token(i).tag in {"VBD", "VBN"} for i in tree)
    if early or noun or not tree.is_verb(verb):
        return False
    helpers = [k for k in tree.kids(trigger, "aux") if tree.lemma(k) == "have" and tree.token(k).tag in {"VBP", "VBZ"}]
    if not helpers:
        return False
    if tree.token(trigger).tag == "VBG":
        return True
    whom = [k for k in tree.kids(trigger, "nsubj:pass", "obj") if tree.token(k).tag == "NNS"]
    return bool(whom) and not any(tree.kids(k, "det", "nummod", "nmod:poss") for k in whom)


def _day(published: str | None) -> date | None:
    """The publication day; the first day of a coarser value (a month's page is still of that month)."""
    if not published:
        return None
    try:
        return edtf.bounds(published)[0]
    except ValueError:
        return None
