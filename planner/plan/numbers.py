"""How a number is written in sentences and in canonical JSON."""

from typing import Final

# Above this, a float no longer holds every whole number, so its digits as an integer would claim too much.
WHOLE_LIMIT: Final = 2.0**53


def plain_number(value: float) -> float | int:
    """The number as JSON should carry it: 5 and 5.0 are one number, so whole floats become integers (and −0 is 0)."""
    if value == value // 1 and abs(value) < WHOLE_LIMIT:
        return int(value)
    return value


def number_text(value: float) -> str:
    """The number in a sentence: short, with thousands separators, a true minus sign."""
    whole = plain_number(value)
    text = f"{whole:,}" if isinstance(whole, int) and abs(whole) < 1e15 else f"{value:.6g}"
    return text.replace("-", "\N{MINUS SIGN}")
