"""HTML → a tree that is safe to walk, and the paragraphs a reader would see in a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.etree
import lxml.html

from khronika.capture.passages import Passage
from khronika.capture.wording import one_line
from khronika.facts.documents import BlockKind

Element = lxml.html.HtmlElement
_LONG_ATTRIBUTE = re.compile(r"""=\s{0,5}(?:"[^"<>]{20000,}"|'[^'<>]{20000,}'|[^\s"'<>]{20000,})""")
_WRAPPERS = re.compile(
    r"</?(?:div|span|font|b|i|u|em|strong|small|big|center|section|main|table|tbody|tr|a|ins|del|label)\b[^<>]*>", re.I
)
_TAGS = re.compile(r"</?(?!(?:p|h[1-6]|html|body|head|title|meta|script|style|br)\b)[a-z][^<>]*>", re.I)
_XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]{0,200}\?>", re.I)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Tags that begin a paragraph of their own; the last line are trafilatura's (TEI) names.
_BLOCKS = HEADINGS | frozenset(
    """p div article section main li ul ol dl dt dd blockquote pre figure figcaption table tr td th header hr address
    body center details summary form
    quote list item row""".split()  # noqa: SIM905
)
UNSEEN = frozenset(
    """script style noscript template nav footer aside button select option textarea input iframe object svg math canvas
    audio video dialog""".split()  # noqa: SIM905
)


def parse(html: str) -> Element | None:
    """The page's tree, at most 256 levels deep; None where there is no element at all.

    Wrapping tags that nest deeper than that (by malice, or because a page never closes its <font>) are taken out, so
    that no text is lost; attributes over 20 kB (pictures inside the page) are emptied.
    """
    html = _LONG_ATTRIBUTE.sub('=""', _XML_DECLARATION.sub("", html))
    tree, complete = _parse(html)
    for in_the_way in (_WRAPPERS, _TAGS):
        if not complete:
            tree, complete = _parse(in_the_way.sub(" ", html))
    return tree


def _parse(html: str) -> tuple[Element | None, bool]:
    """The tree, and whether the parser kept everything."""
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(html, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
        return None, False
    return tree, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def text_of(element: Element) -> str:
    """The element's text on one line, cleaned."""
    return one_line(" ".join(str(piece) for piece in element.itertext()))


def visible(root: Element) -> list[Passage]:
    """Every paragraph in the element, as a reader sees them: furniture by its tag (menus, footers, buttons) left out.

    Reads pages and trafilatura's results alike; the cells of a row in the latter are parted by a bar.
    """
    out: list[Passage] = []
    pieces: list[str] = []
    hints: list[BlockKind | None] = [None]
    for mark, value in _events(root):
        if mark == "text":
            pieces.append(value)
            continue
        if text := one_line("".join(pieces)).strip("| "):
            out.append(Passage(text, hints[-1]))
        pieces.clear()
        if mark == "open":
            hints.append(_hint(value) or hints[-1])
        elif mark == "close" and len(hints) > 1:
            hints.pop()
    if text := one_line("".join(pieces)):
        out.append(Passage(text))
    return out


def _hint(tag: str) -> BlockKind | None:
    """What the tag says about its text."""
    if tag in HEADINGS or tag == "head":
        return BlockKind.HEADING
    return BlockKind.CAPTION if tag == "figcaption" else None


def _events(root: Element) -> Iterator[tuple[str, str]]:
    """("text", words), ("open", tag), ("close", tag), ("break", "") in reading order, without recursion.

    A <head> inside the body is trafilatura's heading, a page's own is not seen.
    """
    walker = lxml.etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag in _BLOCKS or (tag == "head" and _tag_of(element.getparent()) != "html")
        if event == "start":
            if tag in UNSEEN or not tag or (tag == "head" and not block):
                walker.skip_subtree()
            elif block:
                yield "open", tag
                yield "text", element.text or ""
            else:
                if tag in ("br", "lb"):
                    yield "break", ""
                yield "text", (" | " if tag == "cell" else "") + (element.text or "")
            continue
        if block:
            yield "close", tag
        if element is not root:
            yield "text", element.tail or ""


def _tag_of(element: Element | None) -> object:
    """The element's tag, None without an element."""
    return element.tag if element is not None else None
