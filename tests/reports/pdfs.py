"""Reading a PDF back with programs that did not write it: pypdf, qpdf, PDFium and ZXing."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import zxingcpp
from pypdf import PdfReader

ACTIVE = ("/URI", "/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA", "/SubmitForm", "/Annots")
"""Keys that make a file do something; inside a text they are only letters."""


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, blanks made equal."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """Return the text of all pages."""
    return " ".join(pages_of(pdf))


def names_in(pdf: bytes) -> set[str]:
    """Return every key and name of the file's objects, compressed ones included."""
    reader = PdfReader(io.BytesIO(pdf))
    found: set[str] = set()
    for number in range(1, int(str(reader.trailer["/Size"]))):
        _collect(reader.get_object(number), found)
    return found


def _collect(value: object, found: set[str]) -> None:
    if isinstance(value, dict):
        found.update(map(str, value))
        for item in value.values():
            _collect(item, found)
    elif isinstance(value, list):
        for item in value:
            _collect(item, found)
    elif type(value).__name__ == "NameObject":
        found.add(str(value))


def faults_of(pdf: bytes) -> list[str]:
    """Return what qpdf finds wrong with the file."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [*map(str, opened.check_pdf_syntax()), *map(str, opened.get_warnings())]


def codes_on(pdf: bytes, page: int = 0) -> list[str]:
    """Return what a scanner reads from the codes on a page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        picture = document[page].render(scale=3).to_pil()
    finally:
        document.close()
    return [code.text for code in zxingcpp.read_barcodes(picture)]
