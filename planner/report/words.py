"""The words of the report: numbers in sentences, names for things, and what an undefined figure means.

Sentences give three significant digits; tables and exports carry the figure itself. Words are plain and never say
"optimal"; how sure we are is said with the same four words everywhere.
"""

from __future__ import annotations

import math

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£"}
_SCALES = ((1e9, " bn"), (1e6, " m"))

NO_FLIP = {
    "reached": "",
    "not reached": "No value it can take flips the verdict.",
    "not verified": "A flip was seen but could not be pinned down.",
}
"""What is said where an input has no flip point, by the state of the search."""

COMPONENT_NAMES = {
    "api_fees": "API fees",
    "failures": "Failed requests",
    "compute": "GPUs and power",
    "hardware": "Hardware bought",
    "development": "Development",
    "team": "Team",
    "other": "Other costs",
    "resale": "Resale value",
    "tax": "Tax",
}
"""Reader's names of the engine's components, in the order of every table."""

_WINNER_HEADLINES = {
    "api": "Buy from another API.",
    "open": "Buy open weights from a host.",
    "router": "Let a router choose the model.",
    "host": "Host it yourself.",
    "tune": "Fine-tune a small model.",
    "train": "Train your own model.",
    "silicon": "Build your own chips.",
}

_KEEP_HEADLINES = {
    "api": "Keep buying, for now.",
    "open": "Keep buying open weights, for now.",
    "router": "Keep the router, for now.",
    "host": "Keep hosting it yourself.",
    "tune": "Keep your fine-tuned model.",
    "train": "Keep your own model.",
    "silicon": "Keep your own chips.",
}

HEADLINE_KINDS = tuple(_WINNER_HEADLINES)

_REASONS = {
    "baseline": "This is today’s way: there is nothing to compare it with.",
    "no_root": "The difference to today’s way breaks even at no rate between −99 % and 1,000 % a year.",
    "multiple": "The difference to today’s way breaks even at several rates, so none of them means anything.",
    "not_proven": "The difference to today’s way changes sign more than once, so no rate is safe to quote.",
    "never_positive": "It is never cheaper than today’s way, so there is no return to speak of.",
    "never_negative": "It never costs more than today’s way, so nothing is invested to earn a return on.",
    "no_outflow": "Nothing more than today is paid before it starts, so there is nothing to divide by.",
    "simulated": "This figure is given for the certain case only.",
    "no_volume": "There are no requests in this plan.",
    "no_tokens": "There are no tokens in this plan.",
    "no_revenue": "The plan gives no revenue per request.",
}


def money(amount: float, currency: str = "USD") -> str:
    """An amount of money in a sentence, without sign: ``$2.26 m``, ``$38,300``, ``CHF 940``, ``$3.81``."""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    return f"{symbol}{number(abs(amount))}"


def number(value: float) -> str:
    """A number in a sentence, to three significant digits: ``6.90 m``, ``38,300``, ``0.0124``."""
    rounded = significant(value)
    for scale, suffix in _SCALES:
        if abs(rounded) >= scale:
            return f"{_digits(significant(rounded / scale))}{suffix}"
    return _digits(rounded)


def significant(value: float, digits: int = 3) -> float:
    """``value`` rounded to ``digits`` significant digits; 0 stays 0."""
    if value == 0 or not math.isfinite(value):
        return 0.0
    places = digits - 1 - math.floor(math.log10(abs(value)))
    return round(value, places)


def _digits(rounded: float) -> str:
    """Three significant digits of an already rounded number, thousands separated: 38,300 · 40.0 · 3.81."""
    if rounded == 0:
        return "0"
    size = math.floor(math.log10(abs(rounded)))
    return f"{rounded:,.{max(0, 2 - size)}f}"


def percent(share: float) -> str:
    """A share in a sentence: ``10 %``, ``2.5 %``, ``0.4 %``."""
    points = significant(share * 100)
    text = f"{points:.6f}".rstrip("0").rstrip(".") if abs(points) < 100 else f"{points:,.0f}"
    return f"{text or '0'} %"


def count(amount: int, singular: str, plural: str | None = None) -> str:
    """``1 month``, ``36 months``: a number with the right form of its noun."""
    noun = singular if amount == 1 else plural or f"{singular}s"
    return f"{amount:,} {noun}"


def listing(names: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def confidence(share: float) -> str:
    """The fixed words for a share of simulated futures in which an option is cheapest."""
    if share >= 0.95:
        return "almost surely"
    if share >= 0.80:
        return "probably"
    if share >= 0.60:
        return "leaning"
    return "too close to call"


def headline(colour: str, *, is_baseline: bool) -> str:
    """The answer as a headline, by the kind of the winner."""
    return (_KEEP_HEADLINES if is_baseline else _WINNER_HEADLINES)[colour]


def reason(code: str, *, horizon_months: int) -> str:
    """Why a figure is not defined, as a sentence."""
    if code == "not_within_horizon":
        return f"Not within {count(horizon_months, 'month')}."
    return _REASONS.get(code, code)
