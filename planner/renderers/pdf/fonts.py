"""The typefaces of the report: Inter for all we write, Noto for names in scripts that Inter lacks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import manimgx_fonts
import manimgx_fonts_cjk
from django.conf import settings
from fontTools.ttLib import TTFont

FALLBACK_FOLDERS: Final = (Path(manimgx_fonts.__file__).parent, Path(manimgx_fonts_cjk.__file__).parent)
"""Opened only for a report that needs them: reading 40 MB of fonts takes longer than setting a page."""
FALLBACK_FACES: Final = ("Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Emoji")
"""The faces that are asked first; further scripts are found by themselves."""


class FontsMissing(Exception):
    """The fonts have not been built yet."""


def inter_folder() -> Path:
    """Where `manage.py build_assets` put Inter. Raises `FontsMissing`."""
    folder: Path = settings.BUILD_STATIC.parent / "fonts"
    if not (folder / "Inter-Regular.ttf").is_file():
        raise FontsMissing(f"There is no Inter in {folder}. Run `manage.py build_assets` first.")
    return folder


@cache
def inter_letters() -> frozenset[int]:
    """Every code point that Inter, as we cut it down, has a glyph for."""
    return frozenset(TTFont(inter_folder() / "Inter-Regular.ttf", lazy=True).getBestCmap())


@cache
def fallback_letters() -> frozenset[int]:
    """Every code point that one of the fallback fonts has a glyph for."""
    found: set[int] = set()
    for folder in FALLBACK_FOLDERS:
        for path in sorted(folder.glob("*.tt[fc]")):
            found.update(TTFont(path, fontNumber=0, lazy=True).getBestCmap())
    return frozenset(found)
