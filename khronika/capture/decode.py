"""Bytes → text: which encoding, said by whom; what is not text is refused by name."""

from __future__ import annotations

import codecs
import re

from khronika.errors import CaptureError
from khronika.facts.documents import Capture
from khronika.settings import Settings

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"{\\rtf", "a rich-text document"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.I)
_DECLARING_TAGS = re.compile(rb"<meta\b[^>]{0,500}>|^\s*<\?xml\b[^>]{0,200}\?>", re.I)
_COMMENTS = re.compile(rb"<!--.*?(?:-->|$)", re.S)
_KNOWN = re.compile(
    r"(utf-(8|16|32)(-le|-be|-sig)?|cp\d{3,4}|iso8859-\d+|koi8-[rut]|gb2312|gbk|gb18030|big5(hkscs)?|hz|shift_jis\w*"
    r"|euc_\w+|iso2022_\w+|mac-\w+|ascii|tis-620|kz1048|ptcp154|johab)"
)
_HEAD = 4096


def decode(capture: Capture, settings: Settings) -> str:
    """The capture's text. Order of belief: the setting, a byte order mark, what the page declares, UTF-8.

    Raises CaptureError: binary content, an encoding that does not exist or does not fit (naming the first bad line),
    a line longer than `settings.max_line_kb` in plain text (a page's markup may be one line).
    """
    content, source = capture.content, capture.source
    _refuse_binary(content, source, settings.encoding)
    encoding, said_by = _encoding(content, capture, settings)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise CaptureError(source, _misfit(content, error, encoding, said_by)) from error
    if text.count("\0") or _controls(text):
        raise CaptureError(source, f"binary content, not text (read as {encoding})")
    if capture.media_type != "text/html":
        _refuse_long_line(text, source, settings.max_line_kb)
    return text


def _encoding(content: bytes, capture: Capture, settings: Settings) -> tuple[str, str]:
    """The codec's name and who said so: "setting", "mark", "page" or "" for the default."""
    if settings.encoding:
        return _codec(settings.encoding, capture.source, "there is no encoding"), "setting"
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, "mark"
    head = _COMMENTS.sub(b"", content[:_HEAD])
    for tag in (
        _DECLARING_TAGS.finditer(head) if capture.media_type == "text/html" or head.lstrip()[:5] == b"<?xml" else ()
    ):
        if found := _DECLARED.search(tag[0]):
            return _declared(found[1].decode("ascii"), capture.source), "page"
    return "utf-8", ""


def _declared(label: str, source: str) -> str:
    """The codec for a page's own label, as browsers take it: Latin-1 means windows-1252, UTF-16 in markup UTF-8
    (WHATWG Encoding Standard, section 4.2)."""
    name = _codec(label, source, "the page declares an encoding that does not exist,")
    if name in {"iso8859-1", "ascii"}:
        return "cp1252"
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _codec(label: str, source: str, complaint: str) -> str:
    """The codec's own name for a label. Raises CaptureError when there is none, or it is no text encoding."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError) as error:
        raise CaptureError(source, f"{complaint} “{label}”") from error
    if not _KNOWN.fullmatch(name):
        raise CaptureError(source, f"{complaint} “{label}”")
    return name


def _refuse_binary(content: bytes, source: str, encoding: str) -> None:
    """Raises CaptureError for the well-known binary kinds and for UTF-16 without a byte order mark."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            raise CaptureError(source, f"this is {kind}, not text")
    head = content[:8192]
    if b"\0" not in head or encoding or content.startswith(tuple(mark for mark, _ in _BOMS)):
        return
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if (
            len(head) > 3
            and head[offset::2].count(0) > 0.8 * len(head[offset::2])
            and head[1 - offset :: 2].count(0) == 0
        ):
            raise CaptureError(source, f"looks like UTF-16 without a byte order mark; read it with --encoding {name}")
    raise CaptureError(source, "binary content, not text")


def _controls(text: str) -> bool:
    """Whether control characters are over 1 % of the text's beginning: a binary file that happens to decode."""
    head = text[:8192]
    strange = sum(1 for c in head if c < " " and c not in "\t\n\r\f\v\x1b")
    return strange > 0.01 * len(head)


_ALONE = "read it by itself with --encoding, such as cp1252"


def _misfit(content: bytes, error: UnicodeDecodeError, encoding: str, said_by: str) -> str:
    """What is wrong and where, with what to do about it."""
    step = 4 if "32" in encoding else 2 if "16" in encoding else 1
    newline = "\n".encode(encoding.replace("-sig", "")) if step == 1 else b""
    line = content.count(newline, 0, error.start) + 1 if newline else None
    where = f"line {line}: " if line else f"byte {error.start}: "
    shown = encoding.upper().replace("-SIG", "")
    if said_by == "page":
        return f"{where}not {shown}, though the page declares it; {_ALONE}"
    if said_by in {"setting", "mark"}:
        return f"{where}not {shown}"
    return f"{where}not UTF-8 and no charset declared; {_ALONE}"


def _refuse_long_line(text: str, source: str, limit_kb: int) -> None:
    """Raises CaptureError for a line over the limit (in kB of characters), without cutting the text into lines."""
    start, number, limit = 0, 1, limit_kb * 1000
    while len(text) - start > limit:
        end = text.find("\n", start, start + limit + 1)
        if end < 0:
            raise CaptureError(
                source, f"line {number} is longer than {limit_kb} kB (KHRONIKA_MAX_LINE_KB); no story has it"
            )
        start, number = end + 1, number + 1
