"""The form field for a number a person may be unsure of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise

from planner.forms.entries import NotANumber, Value, read_entry, write_entry


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside an entry and follows it: the same amount as people may know it better.

    ``rule`` names the conversion for js/beside.js, ``pattern`` the words around it (``#`` is the amount), ``text`` is
    both for the value shown.
    """

    rule: str
    pattern: str
    text: str


class EntryField(forms.CharField):
    """One number or range, typed as a person would; cleans to the value that the plan document takes.

    ``unit`` is shown behind the entry and read out with the label. ``percent`` fields are typed in percent and hold
    fractions; a form's `initial` for it is text from `write_entry`.
    """

    def __init__(
        self,
        *,
        unit: str | Promise,
        percent: bool = False,
        ranges: bool = True,
        low: float | None = None,
        high: float | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("max_length", 100)
        options.setdefault("error_messages", {}).setdefault("required", "Enter a number.")
        super().__init__(**options)
        self.unit = unit
        self.percent = percent
        self.ranges = ranges
        self.low, self.high = low, high
        self.beside: Beside | None = None
        # type=text, not number: a number input drops "1.2m", changes under the wheel and refuses other commas.
        self.widget.attrs.update(
            {"inputmode": "text" if ranges else "decimal", "autocomplete": "off", "spellcheck": "false"}
        )

    def clean(self, value: Any) -> Value:
        typed = super().clean(value)
        if not typed.strip():
            return ""
        try:
            entry = read_entry(typed, percent=self.percent, ranges=self.ranges)
        except NotANumber as problem:
            raise forms.ValidationError(str(problem), code="not_a_number") from problem
        self._check_bounds(entry, typed)
        return entry

    def _check_bounds(self, entry: Value, typed: str) -> None:
        if isinstance(entry, str):
            return  # a range is checked by the plan document, which knows its shape
        low, high = self.low, self.high
        if (low is not None and entry < low) or (high is not None and entry > high):
            raise forms.ValidationError(f"Enter a number {self.allowed}; “{typed.strip()}” is outside.", code="bounds")

    @property
    def allowed(self) -> str:
        """The bounds in words, in the unit of the form."""
        low, high = (
            write_entry(bound, percent=self.percent) if bound is not None else "" for bound in (self.low, self.high)
        )
        if low and high:
            return f"between {low} and {high}"
        return f"of at least {low}" if low else f"of at most {high}"
