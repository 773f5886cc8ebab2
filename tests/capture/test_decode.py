"""Which encoding, said by whom, and what is refused as no text."""

import gzip

import pytest

from khronika.capture.decode import decode
from khronika.errors import CaptureError
from khronika.facts.documents import Capture
from khronika.settings import Settings

STORY = "Police in Tärsk held Žofia Nováková.\nHer lawyer said “no charge” was filed.\n"


def capture(content, kind="text/plain"):
    return Capture(source="report", sha256="0" * 64, content=content, media_type=kind)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_utf8_and_byte_order_marks(encoding):
    assert decode(capture(STORY.encode(encoding)), Settings()) == STORY


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1250">',
        "<META http-equiv=content-type content='text/html; charset=windows-1250'>",
        '<?xml version="1.0" encoding="windows-1250"?>',
        '<!-- <meta charset="koi8-r"> --><meta charset="windows-1250">',
    ],
)
def test_declared_charset_of_a_page(head):
    """The charset in a meta element or XML declaration counts, one in a comment does not."""
    page = f"{head}<p>{STORY}</p>"
    assert decode(capture(page.encode("cp1250"), "text/html"), Settings()) == page


def test_latin1_label_means_windows_1252():
    """As browsers do: pages labeled ISO-8859-1 hold curly quotation marks."""
    page = '<meta charset="iso-8859-1"><p>He said “no”.</p>'
    assert decode(capture(page.encode("cp1252"), "text/html"), Settings()) == page


def test_the_setting_stands_above_everything():
    assert decode(capture(STORY.encode("cp1250")), Settings(encoding="cp1250")) == STORY


def test_undeclared_latin1_names_the_first_bad_line():
    """Windows code pages are read only when declared: they fit any bytes and turn names into others."""
    content = "Plain first line.\nPlain second.\nŽofia Nováková was held.\n".encode("cp1250")
    with pytest.raises(
        CaptureError, match=r"^report: line 3: not UTF-8 and no charset declared; read it by itself with --encoding"
    ):
        decode(capture(content), Settings())


def test_a_wrong_declaration_is_told():
    with pytest.raises(CaptureError, match="line 2: not UTF-8, though the page declares it"):
        decode(capture(b'<meta charset="utf-8">\n<p>caf\xe9</p>', "text/html"), Settings())
    with pytest.raises(CaptureError, match="does not exist, “klingon”"):
        decode(capture(b'<meta charset="klingon"><p>x', "text/html"), Settings())
    with pytest.raises(CaptureError, match="there is no encoding “rot13”"):
        decode(capture(b"text"), Settings(encoding="rot13"))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7\n...", "a PDF"),
        (b"PK\x03\x04....", "ZIP archive or office document"),
        (b"\x89PNG\r\n\x1a\n", "a PNG image"),
        (gzip.compress(b"text"), "a gzip archive"),
        (b"text\0\x01\x02more", "binary content"),
        (bytes(range(1, 32)) * 40, "binary content"),
        (
            "Police held three.".encode("utf-16-le"),
            "UTF-16 without a byte order mark; read it with --encoding utf-16-le",
        ),
        ("Police held three.".encode("utf-16-be"), "--encoding utf-16-be"),
    ],
)
def test_binary_renamed_to_text_is_named(content, told):
    with pytest.raises(CaptureError, match=told):
        decode(capture(content), Settings())


def test_utf16_cut_in_the_middle_is_told():
    with pytest.raises(CaptureError, match="not UTF-16"):
        decode(capture("Police".encode("utf-16")[:-1]), Settings())


def test_a_line_over_the_limit_is_refused_by_number():
    """One kB more than the limit on line 2; a page's mark-up may be one line."""
    content = b"short\n" + b"x" * 1001 + b"\nshort\n"
    with pytest.raises(CaptureError, match="line 2 is longer than 1 kB"):
        decode(capture(content), Settings(max_line_kb=1))
    assert decode(capture(b"short\n" + b"x" * 1000), Settings(max_line_kb=1))
    assert decode(capture(b"<p>" + b"x" * 5000, "text/html"), Settings(max_line_kb=1))
