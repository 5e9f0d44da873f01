"""How one reader's numbers are written, and in which language and time zone pages speak; set for each request.

The style concerns what people read and type. Files for machines (CSV, JSON, the workbook's cells) always use a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

from django.utils import timezone, translation

NumberStyle = Literal["point", "comma", "space"]

STYLES: Final[dict[NumberStyle, tuple[str, str]]] = {
    "point": (",", "."),
    "comma": (".", ","),
    "space": ("\u202f", ","),
}
"""Between thousands, and before decimals."""
_NUMBER: Final = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_style: ContextVar[NumberStyle] = ContextVar("number_style", default="point")


def number_style() -> NumberStyle:
    """The style in force here."""
    return _style.get()


@contextmanager
def locale_of(style: str, zone: str, language: str = "") -> Iterator[None]:
    """Write and speak as a reader does. An unknown style or language changes nothing; an empty language neither."""
    token = _style.set(style if style in STYLES else "point")
    try:
        with timezone.override(zone):
            if language:
                with translation.override(language):
                    yield
            else:
                yield
    finally:
        _style.reset(token)


def styled(text: str) -> str:
    """A text whose numbers are written with a point (``1,234.5``) in the style in force."""
    thousands, decimals = STYLES[_style.get()]
    if decimals == ".":
        return text
    return _NUMBER.sub(lambda found: found[0].translate({ord(","): thousands, ord("."): decimals}), text)


def unstyled(text: str) -> str:
    """What was typed in the style in force, with a point.

    A point that separates no three digits can only be meant as the decimal point, and stays one.
    """
    thousands, decimals = STYLES[_style.get()]
    if decimals == ".":
        return text
    if thousands == ".":
        text = re.sub(r"(?<![0-9.,])[0-9]{1,3}(?:\.[0-9]{3})+(?![0-9])", lambda found: found[0].replace(".", ""), text)
    else:
        text = re.sub(r"(?<=[0-9])[\u202f\u00a0\u2009 ](?=[0-9]{3}(?![0-9]))", "", text)
    return re.sub(r"(?<=[0-9]),(?=[0-9])|(?<![0-9]),(?=[0-9])", ".", text)
