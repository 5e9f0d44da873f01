"""One letter, one colour and one line style per option, the same on page, chart, workbook and PDF.

The rule: the kind gives letter, colour and line. Of several options of one kind the baseline comes first, then the
order of the plan; the first has the bare letter, later ones carry a number (H, H2, H3). An API option is "A" when its
primary is a frontier model, "O" when it serves open weights, "R" when a router decides beforehand (``cascade`` below 1)
which of two APIs is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from planner.report.types import ColourKey, LineStyle, OptionFace

_LOOKS: dict[ColourKey, tuple[str, LineStyle]] = {
    "api": ("A", "solid"),
    "open": ("O", "long-dash"),
    "host": ("H", "dashed"),
    "tune": ("F", "dotted"),
    "train": ("T", "dash-dot"),
    "silicon": ("S", "dash-dot-dot"),
    "router": ("R", "short-dash"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """What decides an option's face: its engine kind, its primary's tier and whether a router decides beforehand."""

    option_id: str
    name: str
    kind: str
    tier: str
    routed: bool
    is_baseline: bool


def colour_key(shown: Shown) -> ColourKey:
    """The kind as the reader sees it: an API is the frontier's, open weights' or a router's."""
    if shown.kind == "host":
        return "host"
    if shown.kind == "tune":
        return "tune"
    if shown.kind == "train":
        return "train"
    if shown.kind == "silicon":
        return "silicon"
    if shown.routed:
        return "router"
    return "open" if shown.tier == "open" else "api"


def faces_of(options: Iterable[Shown]) -> tuple[OptionFace, ...]:
    """Faces in the plan's order; the baseline takes the bare letter of its kind."""
    in_order = list(options)
    counted: Counter[ColourKey] = Counter()
    by_id: dict[str, OptionFace] = {}
    for shown in sorted(in_order, key=lambda option: not option.is_baseline):
        key = colour_key(shown)
        counted[key] += 1
        by_id[shown.option_id] = _face(shown, key, counted[key])
    return tuple(by_id[shown.option_id] for shown in in_order)


def _face(shown: Shown, key: ColourKey, variant: int) -> OptionFace:
    letter, line = _LOOKS[key]
    return OptionFace(
        option_id=shown.option_id,
        name=shown.name,
        kind=shown.kind,
        letter=letter if variant == 1 else f"{letter}{variant}",
        colour=key,
        line=line,
        variant=variant,
        is_baseline=shown.is_baseline,
    )
