"""The track of a slider: who wins along it, each stretch with its option's letter, and the values at which it flips.

One drawing for every width: places are shares of the slider's own width, so that the thumb points at its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from planner.analysis.tracks import Scale, Track
from planner.renderers.charts.columns import css_of
from planner.renderers.charts.svg import element
from planner.report.types import OptionFace

HEIGHT = 30
TOP = 4
NAMED = 0.05
"""Share of the track from which a stretch carries its letter."""


def track_drawing(track: Track, faces: Sequence[OptionFace], base: float, said: str) -> str:
    """The track as SVG; `base` is marked as the value the plan has, `said` is its description in words."""
    parts = [element("title", {}, escape(said))]
    for stretch in track.stretches:
        begin, end = track.scale.share(stretch.begin), track.scale.share(stretch.end)
        parts.append(_stretch(begin, end, None if stretch.winner is None else faces[stretch.winner]))
    parts += [_rule(track.scale, flip.value, "border") for flip in track.flips]
    parts.append(element("rect", {"x": 0, "y": TOP, "width": "100%", "height": HEIGHT - 2 * TOP, "class": "edge"}))
    at = _percent(track.scale.share(base))
    parts.append(element("line", {"x1": at, "x2": at, "y1": 0, "y2": HEIGHT, "class": "base"}))
    return element("svg", {"class": "chart track", "role": "img", "height": HEIGHT, "width": "100%"}, *parts)


def _stretch(begin: float, end: float, face: OptionFace | None) -> str:
    box: dict[str, str | int | float] = {
        "x": _percent(begin),
        "y": TOP,
        "width": _percent(end - begin),
        "height": HEIGHT - 2 * TOP,
    }
    if face is None:
        return element("rect", {**box, "class": "unknown"})
    letter = _letter(begin + (end - begin) / 2, face.letter) if end - begin >= NAMED else ""
    return element(
        "g", {"class": css_of(face), "data-option": face.option_id}, element("rect", {**box, "class": "region"}), letter
    )


def _letter(share: float, words: str) -> str:
    """Words centred at a share of the width."""
    return element(
        "text",
        {"x": _percent(share), "y": HEIGHT / 2 + 4.5, "class": "name letter halo", "text-anchor": "middle"},
        escape(words),
    )


def _rule(scale: Scale, value: float, css: str) -> str:
    at = _percent(scale.share(value))
    return element("line", {"x1": at, "x2": at, "y1": TOP, "y2": HEIGHT - TOP, "class": css})


def _percent(share: float) -> str:
    return f"{100 * share:.2f}%"
