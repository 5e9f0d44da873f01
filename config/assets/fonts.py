"""The one typeface of page, chart and PDF, cut down from the variable Inter of `fontpkg-inter` (OFL)."""

import io
from pathlib import Path

import fontpkg_inter
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

SOURCE = Path(fontpkg_inter.__file__).parent / "files" / "Inter[opsz,wght].ttf"
TEXT_SIZE = 14
"""The optical size for running text; the display sizes differ only in details."""

_LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B]
_PUNCTUATION = [*range(0x2010, 0x2015), *range(0x2018, 0x201F), 0x2020, 0x2022, 0x2026, 0x202F, 0x2030, 0x2032, 0x2033]
_SIGNS = [0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2248, 0x2260, 0x2264, 0x2265]
_MARKS = [0x394, 0x3A3, 0x3B1, 0x3BB, 0x3BC, 0x3C3, 0x3C1, 0x25B2, 0x25BC, 0x25CF, 0x2713]
WEB_LETTERS = [*_LATIN, *_PUNCTUATION, *_SIGNS, *_MARKS]
"""What our own pages are set in. Names in other scripts fall back to the reader's fonts."""
PRINT_LETTERS = [*WEB_LETTERS, *range(0x370, 0x400), *range(0x400, 0x530), *range(0x1EA0, 0x1EFA)]
"""A PDF has no fallback: Greek, Cyrillic and Vietnamese letters come along."""
_FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "case", "tnum", "cv11"]


def web_font() -> bytes:
    """Return the WOFF2 file for pages: weights 400 to 700 in one file of about 32 kB, tabular figures included."""
    return _cut(WEB_LETTERS, weight=(400, 700), flavor="woff2")


def print_font(weight: int) -> bytes:
    """Return a TrueType file of one weight, for charts and PDF: their renderers do not know variable fonts well."""
    return _cut(PRINT_LETTERS, weight=weight, flavor=None)


def _cut(letters: list[int], *, weight: int | tuple[int, int], flavor: str | None) -> bytes:
    # Without recalcTimestamp=False each build would carry its own time, and no committed hash could match.
    font = TTFont(SOURCE, recalcTimestamp=False)
    options = Options()
    options.layout_features = _FEATURES
    options.recalc_timestamp = False
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"opsz": TEXT_SIZE, "wght": weight}, updateFontNames=isinstance(weight, int))
    font.flavor = flavor
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
