"""A logo somebody uploads: looked at before it is stored, so that nothing else comes in under its name."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext as _

from planner.renderers.pdf.order import Logo

MOST_BYTES: Final = 500_000
MOST_PIXELS: Final = 4_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
# A drawing needs none of these; each of them makes a reader fetch or run something.
_UNWANTED: Final = re.compile(
    rb"<!DOCTYPE|<!ENTITY|<script|<foreignObject|<image|<use|<style|@import|javascript:|(?:href|src)\s*=|url\s*\((?!\s*['\"]?#)",
    re.IGNORECASE,
)


class LogoRefused(ValueError):
    """The file is no picture we take; the message says why."""


def logo_of(data: bytes) -> Logo:
    """The picture in ``data``, by its content and not by its name. Raises `LogoRefused`."""
    if len(data) > MOST_BYTES:
        raise LogoRefused(_("The logo has more than 500 kB. Make it smaller and try again."))
    if data.startswith(_PNG):
        _refuse_huge(int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big"))
        return Logo("png", data)
    if data.startswith(_JPEG):
        _refuse_huge(*_size_of_jpeg(data))
        return Logo("jpg", data)
    head = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"<svg", b"<?xml")) and b"<svg" in head:
        return _svg(data)
    raise LogoRefused(_("A logo is a PNG, a JPEG or an SVG. This file is none of them."))


def _refuse_huge(width: int, height: int) -> None:
    if not 0 < width <= MOST_PIXELS or not 0 < height <= MOST_PIXELS:
        raise LogoRefused(_("The logo is larger than 4,000 × 4,000 pixels, or its size cannot be read."))


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """Width and height out of the frame header; (0, 0) where there is none."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in (0xC0, 0xC1, 0xC2, 0xC3):
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        at += 2 + length
    return 0, 0


def _svg(data: bytes) -> Logo:
    if _UNWANTED.search(data):
        raise LogoRefused(_("The SVG loads or runs something. Export it as plain shapes and try again."))
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise LogoRefused(_("The SVG is not written in UTF-8.")) from error
    return Logo("svg", data)
