"""Lists as people type them: numbers and ids in a row, pairs one a line.

``1, 1.2, 0.9`` · ``chat, search`` · ``2026-01: 2.5`` per line · ``100000: 10 %`` per line for a ladder of discounts.
A single word where a list may also be named (a price series of the catalogue) stays that word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from planner.forms.entries import NotANumber, read_entry, write_entry

_HINTS: Final = {
    "serves": "Ids of workloads with commas between them; empty: all.",
    "monthly": "One number a month with commas between them: 100k, 110k, 120k.",
    "seasonality": "Twelve factors from January on, with commas between them.",
    "series": "The name of a price series, or one month a line with its price: 2026-01: 2.5.",
    "discount": "One number, or one band a line: spend a month from which it counts, and the share off: 100k: 10 %.",
}
LISTS: Final = frozenset(_HINTS)
"""Names of the inputs that hold a list and are typed as one."""


class ListField(forms.CharField):
    """A list typed as text; cleans to what the plan document takes."""

    def __init__(self, name: str, **options: Any) -> None:
        lines = name in ("series", "discount")
        options.setdefault("widget", forms.Textarea(attrs={"rows": 3}) if lines else forms.TextInput())
        options["help_text"] = f"{options.get('help_text', '')} {_HINTS[name]}".strip()
        super().__init__(max_length=20_000, **options)
        self.name = name
        self.widget.attrs.update({"autocomplete": "off", "spellcheck": "false"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed.strip():
            return ""
        try:
            return read_list(self.name, typed)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem), code="not_a_number") from problem


def read_list(name: str, typed: str) -> Any:
    """The document's value of the list input called ``name``. Raises NotANumber."""
    if name == "serves":
        return [word for word in typed.replace(",", " ").split() if word]
    if name in ("monthly", "seasonality"):
        pieces = typed.replace(";", "\n").replace(", ", "\n").splitlines()
        return [read_entry(piece, ranges=False) for piece in pieces if piece.strip()]
    pairs = [line for line in typed.splitlines() if line.strip()]
    if not any(":" in line for line in pairs):
        return typed.strip() if name == "series" else read_entry(typed, percent=True)
    return [_pair(name, line) for line in pairs]


def write_list(name: str, value: Any) -> str:
    """What the form shows for the document's list."""
    if value is None or isinstance(value, str):
        return value or ""
    if not isinstance(value, Sequence):
        return write_entry(value, percent=name == "discount")
    if name == "serves":
        return ", ".join(map(str, value))
    if name in ("monthly", "seasonality"):
        return ", ".join(_plain(each) for each in value)
    return "\n".join(f"{_key(name, key)}: {write_entry(amount, percent=name == 'discount')}" for key, amount in value)


def _pair(name: str, line: str) -> list[Any]:
    key, colon, amount = line.partition(":")
    if not colon:
        raise NotANumber(f"“{line.strip()[:80]}” needs a colon between its two parts, such as 2026-01: 2.5.")
    if name == "series":
        return [key.strip(), read_entry(amount, ranges=False)]
    return [read_entry(key, ranges=False), read_entry(amount, percent=True, ranges=False)]


def _key(name: str, key: Any) -> str:
    return str(key) if name == "series" else _plain(key)


def _plain(number: Any) -> str:
    """Without thousands separators: commas separate the numbers."""
    return write_entry(number).replace(",", "")
