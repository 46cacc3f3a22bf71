"""Rebuild the font subsets: `python -m reports.documents.fonts.build [FOLDER_OF_ORIGINALS]`.

The originals are DejaVu 2.37 (Debian's `fonts-dejavu-core`). Only whoever changes `LETTERS`
runs this; the program itself reads the two finished files beside it.
"""

from __future__ import annotations

import sys
from pathlib import Path

FACES = {"DejaVuSans.ttf": "DejaVuSans-subset.ttf", "DejaVuSans-Bold.ttf": "DejaVuSans-Bold-subset.ttf"}
"""Original file -> our subset of it."""

LETTERS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A: Polish and its neighbours
    (0x0218, 0x021B),  # Romanian Ș ș Ț ț
    (0x0300, 0x030C),  # combining marks that did not compose
    (0x0323, 0x0328),
    (0x0401, 0x045F),  # Cyrillic: Ukrainian and Belarusian names
    (0x0490, 0x0491),
    (0x1E80, 0x1E85),  # Welsh Ẁ ..
    (0x1EA0, 0x1EF9),  # Vietnamese
    (0x01A0, 0x01A1),
    (0x01AF, 0x01B0),
    (0x2010, 0x2027),  # dashes, quotation marks, bullets, ellipsis
    (0x2030, 0x203A),
    (0x2044, 0x2044),
    (0x2070, 0x2079),  # superscripts and subscripts: m³ and its kind
    (0x2080, 0x2089),
    (0x20AC, 0x20AC),  # €
    (0x2116, 0x2116),  # №
    (0x2122, 0x2122),
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2212),  # minus
    (0x2248, 0x2248),
    (0x2260, 0x2265),
    (0x25A0, 0x25A1),
    (0x2713, 0x2717),  # ticks
    (0xFFFD, 0xFFFD),  # printed for what is missing
)
"""Inclusive ranges of code points that are kept."""

DEFAULT_ORIGINALS = Path("/usr/share/fonts/truetype/dejavu")


def build(originals: Path, target: Path) -> None:
    """Cut both faces down to `LETTERS`; the same originals give the same bytes."""
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6]
    options.recalc_timestamp = False
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB", "kern", "MATH"]
    codes = [code for first, last in LETTERS for code in range(first, last + 1)]
    for original, subset in FACES.items():
        font = load_font(str(originals / original), options)
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=codes)
        subsetter.subset(font)
        save_font(font, str(target / subset), options)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if sys.argv[1:] else DEFAULT_ORIGINALS, Path(__file__).parent)
