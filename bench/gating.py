"""What skimming by words (`khronika/read/skim.py`) loses and saves, on stories that it was fitted to and on others.

Lost: F1 of claims against reading every story, on each gold; stories of HRDsAttack that are set apart (all of them
report an attack on a defender of rights) and stories with an arrest, killing or force in IndiaPoliceEvents (lower-cased
news of another decade) that are left unread. Saved: the share of words that is read in ordinary web articles and in the
local news of the geoparsing set. Of the last three sets nothing is fitted to. Only the F1 needs the model.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bench import hrdsattack, police
from bench.figures import Figure, Stories
from bench.heldout import SHARED, is_apart
from bench.mixture import on_rights, ordinary
from khronika.evaluate.export import side_of
from khronika.evaluate.gold import Gold, load_gold
from khronika.evaluate.pairing import pair
from khronika.facts.documents import Document
from khronika.read.reader import FrameReader, load_reader, masked
from khronika.read.skim import load_skimmer
from khronika.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"
LOCAL = SHARED / "geoparsing" / "lgl.xml"
LOSS = 0.005
"""How much F1 of claims the gate may cost."""


def measure(stories: Stories, folder: Path) -> Iterator[Figure]:
    """Every figure whose set is there."""
    del stories, folder
    readers = load_reader(Settings()), load_reader(Settings(gate=0))
    yield from losses("seeds", SHARED.parent / "seeds", SHARED.parent / "gold", *readers)
    world = SHARED / "world-stories", SHARED.parent / "gold-world"
    yield from losses("world, visible half", *world, *readers, half=1)
    yield from losses("world, half set apart", *world, *readers, half=0)
    yield from losses("examples", EXAMPLES / "stories", EXAMPLES / "gold", *readers)
    if (hrdsattack.SET / hrdsattack.FILES[0]).is_file():
        articles = [a for a in hrdsattack.load(hrdsattack.SET) if is_apart(a.body)]
        documents = (d for a in articles for d in hrdsattack.documents(a, Settings()))
        yield unread("left unread, HRDsAttack set apart", map(masked, documents))
    if (police.SET / "sents.jsonl").is_file():
        told = (" ".join(line.text for line in lines) for lines in _labelled())
        yield unread("left unread, police stories", told)
    if LOCAL.is_file():
        yield words_read("web articles", map(masked, ordinary(Settings())))
        # The set is a file of the companion folder, not one that anybody sent.
        local = (article.findtext("text") or "" for article in ET.parse(LOCAL).getroot())
        yield words_read("local news", local)


def _labelled() -> Iterator[Sequence[police.Line]]:
    """The stories with a sentence that says what police did."""
    for lines in police.load(police.SET).values():
        if any(line.labels & {*police.LABELS} for line in lines):
            yield lines


def losses(
    name: str, folder: Path, answers: Path, gated: FrameReader, full: FrameReader, half: int | None = None
) -> Iterator[Figure]:
    """How much F1 of claims the gate costs on one gold; `half`: only the documents whose hash has this last bit."""
    if not folder.is_dir() or not answers.is_dir():
        return
    gold = halved(load_gold(answers), half)
    manifest = folder / "manifest.csv"
    found = Stories(name, folder, manifest if manifest.is_file() else folder.parent / "manifest.csv")
    pages = {page for page, _ in gold.stories}
    documents = [d for d in on_rights(found, Settings()) if d.source in pages]
    scores = [score(gold, documents, reader) for reader in (full, gated)]
    detail = f"{scores[0]:.4f} with every story read, {scores[1]:.4f} with the gate"
    yield Figure(f"F1 lost by the gate, {name}", scores[0] - scores[1], "F1", LOSS, detail)


def halved(gold: Gold, half: int | None) -> Gold:
    """The gold's documents whose SHA-256 has this last bit; all of them for None."""
    if half is None:
        return gold
    own = {page for page, _ in gold.stories if int(sha256(Path(page).stem.encode()).hexdigest(), 16) % 2 == half}
    return replace(
        gold,
        annotations=tuple(a for a in gold.annotations if a.story[0] in own),
        stories=frozenset(s for s in gold.stories if s[0] in own),
    )


def score(gold: Gold, documents: Sequence[Document], reader: FrameReader) -> float:
    """F1 of the claims that the reader makes of the documents."""
    side = side_of((d, reader.read(d).claims) for d in documents)
    found = len(pair(gold.annotations, side.annotations))
    return 2 * found / (len(gold.annotations) + len(side.annotations))


def unread(name: str, texts: Iterable[str]) -> Figure:
    """How many of the stories, all of them on what the record is for, are left unread."""
    is_open = [load_skimmer().is_open(text) for text in texts]
    return Figure(name, is_open.count(False), "", None, f"of {len(is_open)} stories")


def words_read(name: str, texts: Iterable[str]) -> Figure:
    """The share of the words of ordinary stories that is read all the same."""
    each = [(len(text.split()), load_skimmer().is_open(text)) for text in texts]
    read = sum(words for words, is_open in each if is_open) / sum(words for words, _ in each)
    detail = f"{sum(not is_open for _, is_open in each)} of {len(each)} stories left unread"
    return Figure(f"words read, {name}", read, "", None, detail)
