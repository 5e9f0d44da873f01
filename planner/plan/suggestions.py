"""The nearest name for a word that is none."""

from collections.abc import Iterable
from difflib import get_close_matches

# Comparing is quadratic in the length, and no field name is longer.
_LONGEST = 120


def nearest(word: str, names: Iterable[str]) -> str | None:
    """The name most like `word`, or None if none is like it."""
    best = get_close_matches(word[:_LONGEST].lower(), list(names), n=1, cutoff=0.6)
    return best[0] if best else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """`; did you mean "…"?` to end a sentence with, or nothing."""
    name = nearest(word, names)
    return f'; did you mean "{name}"?' if name else ""
