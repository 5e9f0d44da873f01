"""Small pieces of SVG: escaped elements, text widths, round ticks, labels that do not overlap.

Nothing carries a style attribute: the page's policy forbids it, and classes let one drawing serve light, dark, forced
colours and print (docs/decisions/0020).
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Mapping, Sequence
from html import escape

Attribute = str | int | float

_EAST_ASIA = 0x2E80
_WIDE, _THIN = frozenset("mwMW%@"), frozenset("iljftrI.,:;'|()[]! ")


def element(name: str, attributes: Mapping[str, Attribute], *children: str) -> str:
    """One element; attribute values are escaped, children are SVG already."""
    written = "".join(f' {key}="{escape(_number(value), quote=True)}"' for key, value in attributes.items())
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def text(x: float, y: float, words: str, css: str, anchor: str = "start") -> str:
    """A line of text; ``words`` is plain text and is escaped here."""
    return element("text", {"x": x, "y": y, "class": css, "text-anchor": anchor}, escape(words, quote=False))


def line(x1: float, y1: float, x2: float, y2: float, css: str) -> str:
    return element("line", {"x1": x1, "y1": y1, "x2": x2, "y2": y2, "class": css})


def area(x: float, y: float, width: float, height: float, words: str) -> str:
    """An unseen part of a drawing that js/charts.js reads out as ``words``, by pointer or by key."""
    box: dict[str, Attribute] = {"x": x, "y": y, "width": width, "height": height}
    return element("rect", {**box, "class": "area", "fill-opacity": 0, "data-say": words})


def without_areas(svg: str) -> str:
    """A drawing for a page that reads nothing out: a third lighter."""
    return re.sub(r'<rect [^>]*class="area"[^>]*/>', "", svg)


def text_width(words: str, size: float) -> float:
    """About how wide ``words`` are in Inter at ``size`` px: a little too much rather than too little."""
    return size * sum(_units(sign) for sign in words)


def _units(sign: str) -> float:
    """The width of one sign in parts of the type's size; signs of East Asia are as wide as high."""
    if ord(sign) >= _EAST_ASIA:
        return 1.0
    return 0.9 if sign in _WIDE else 0.34 if sign in _THIN else 0.66 if sign.isupper() else 0.58


def wrapped(words: str, width: float, size: float, most: int = 2) -> list[str]:
    """``words`` in at most ``most`` lines of ``width`` px; what does not fit ends in an ellipsis."""
    lines: list[str] = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        if text_width(joined, size) <= width or not lines[-1]:
            lines[-1] = joined
        else:
            lines.append(word)
    kept = lines[:most]
    if len(lines) > most or text_width(kept[-1], size) > width:
        kept[-1] = _shortened(kept[-1], width, size)
    return kept


def round_ticks(low: float, high: float, about: int = 4) -> list[float]:
    """Round numbers that cover ``low`` to ``high``: steps of 1, 2, 2.5 or 5 times a power of ten."""
    span = high - low
    if span <= 0 or not math.isfinite(span):
        return [low, low + 1]
    rough = span / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [index * step for index in range(first, last + 1)]


def tick_decimals(ticks: Sequence[float], divisor: float) -> int:
    """The decimals that tell neighbouring ticks apart once divided by the table's scale."""
    step = min(abs(after - before) for before, after in itertools.pairwise(ticks)) / divisor
    for decimals in range(6):
        if abs(round(step, decimals) - step) < step * 1e-6:
            return decimals
    return 6


def spread(wanted: Sequence[float], gaps: Sequence[float], low: float, high: float) -> list[float]:
    """Positions near ``wanted``, in the same order, each with ``gaps[i]`` free after it, within low … high."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    placed: dict[int, float] = {}
    edge = low
    for index in order:
        placed[index] = max(wanted[index], edge)
        edge = placed[index] + gaps[index]
    ceiling = high
    for index in reversed(order):
        placed[index] = min(placed[index], ceiling - gaps[index])
        ceiling = placed[index]
    return [placed[index] for index in range(len(wanted))]


def drawing(kind: str, figure_id: str, size: tuple[float, float], title: str, summary: str, *parts: str) -> str:
    """The whole SVG with its name and description for a reader who cannot see it. ``kind``: ``wide`` or ``narrow``."""
    width, height = size
    name, description = f"{figure_id}-{kind}-title", f"{figure_id}-{kind}-desc"
    head = {
        "class": f"chart {kind}",
        "viewBox": f"0 0 {_number(width)} {_number(height)}",
        "role": "img",
        "aria-labelledby": f"{name} {description}",
    }
    return element(
        "svg",
        head,
        element("title", {"id": name}, escape(title, quote=False)),
        element("desc", {"id": description}, escape(summary, quote=False)),
        *parts,
    )


def _shortened(words: str, width: float, size: float) -> str:
    while words and text_width(words + "…", size) > width:
        words = words[:-1].rstrip()
    return words + "…"


def _number(value: Attribute) -> str:
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return str(value)
