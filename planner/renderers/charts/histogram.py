"""How far ahead one option is of another, future by future: a histogram with zero as the line between them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.renderers.charts.columns import look_of, numbers_of
from planner.renderers.charts.frame import tick_labels
from planner.renderers.charts.svg import area, drawing, element, line, round_ticks, spread, text, text_width
from planner.renderers.formats import Scale, format_axis_money, format_money, format_share
from planner.report.types import Figure, Mark, OptionFace, Report

_QUANTILES = frozenset({"P10", "P50", "P90"})


def npv_difference(figure: Figure, report: Report, scale: Scale, kind: str) -> str:
    """Bars right of zero are futures in which the first option is cheaper; left of it they are only outlined."""
    bins = _bins(figure)
    if figure.pair is None or not bins:
        raise ValueError(f"{figure.id} compares two options and has bars.")
    first, second = (report.face(option) for option in figure.pair)
    wide = kind == "wide"
    plot = Plot(
        left=8 if wide else 4,
        right=632 if wide else 336,
        above=62,
        below=262 if wide else 232,
        low=min(bins[0][0], 0.0),
        high=max(bins[-1][1], 0.0),
        tallest=max(share for _, _, share in bins),
    )
    parts = [
        _bars(bins, plot, first, second),
        _axis(plot, scale),
        _quantiles(figure.marks, plot, scale),
        _sides(bins, plot, first, second),
        _key(figure.marks, plot, scale),
        _areas(bins, plot, scale),
    ]
    return drawing(kind, figure.id, (640 if wide else 340, plot.below + 62), figure.title, figure.summary, *parts)


class Plot:
    """Where amounts lie across and shares lie up."""

    def __init__(
        self, *, left: float, right: float, above: float, below: float, low: float, high: float, tallest: float
    ) -> None:
        self.left, self.right, self.above, self.below = left, right, above, below
        self.low, self.high, self.tallest = low, high, tallest

    def x(self, amount: float) -> float:
        return self.left + (amount - self.low) / (self.high - self.low) * (self.right - self.left)

    def clamped(self, amount: float) -> float:
        """As `x`, but never beyond the ends, where what lies outside is gathered."""
        return min(max(self.x(amount), self.left), self.right)

    def y(self, share: float) -> float:
        return self.below - share / self.tallest * (self.below - self.above)


def _bins(figure: Figure) -> list[tuple[float, float, float]]:
    """From, to and share of every bar; the rows of percentiles below are for the table."""
    kept = [row.emphasis == "none" for row in figure.data.rows]
    columns = [numbers_of(figure, name) for name in ("low", "high", "share")]
    rows = zip(*columns, strict=True)
    return [
        (low or 0.0, high or 0.0, share or 0.0) for keep, (low, high, share) in zip(kept, rows, strict=True) if keep
    ]


def _bars(bins: Sequence[tuple[float, float, float]], plot: Plot, first: OptionFace, second: OptionFace) -> str:
    parts: list[str] = []
    for low, high, share in bins:
        ahead = (low + high) / 2.0 > 0.0
        x, width = plot.x(low), plot.x(high) - plot.x(low)
        rect = element(
            "rect",
            {
                "x": x + (0.5 if ahead else 1.0),
                "y": plot.y(share),
                "width": max(0.8, width - (1.0 if ahead else 2.0)),
                "height": plot.below - plot.y(share),
                "class": "bar" if ahead else "bar in",
            },
        )
        parts.append(element("g", look_of(first if ahead else second), rect) if share > 0.0 else "")
    return "".join(parts)


def _areas(bins: Sequence[tuple[float, float, float]], plot: Plot, scale: Scale) -> str:
    parts: list[str] = []
    for low, high, share in bins:
        ends = (format_axis_money(end, scale, scale.decimals) for end in (low, high))
        words = f"{' to '.join(ends)} {scale.label}: {format_share(share).text} of futures"
        x = plot.x(low)
        parts.append(area(x, plot.above, plot.x(high) - x, plot.below - plot.above, words))
    return "".join(parts)


def _axis(plot: Plot, scale: Scale) -> str:
    ticks = [tick for tick in round_ticks(plot.low, plot.high, 5) if plot.low <= tick <= plot.high]
    labels = tick_labels(ticks, scale) if len(ticks) > 1 else []
    parts = [line(plot.left, plot.below, plot.right, plot.below, "axis")]
    parts += [
        text(min(max(plot.x(tick), plot.left + 10), plot.right - 10), plot.below + 18, label, "tick", "middle")
        for tick, label in zip(ticks, labels, strict=False)
    ]
    parts.append(line(plot.x(0.0), plot.above - 30, plot.x(0.0), plot.below, "axis"))
    return "".join(parts)


def _quantiles(marks: Sequence[Mark], plot: Plot, scale: Scale) -> str:
    """P10, P50 and P90 as dashed lines, named above the bars with their amounts."""
    shown = [mark for mark in marks if mark.label in _QUANTILES]
    names = [f"{mark.label} {format_money(mark.value, scale).text}" for mark in shown]
    widths = [text_width(words, 12.5) + 10 for words in names]
    wanted = [plot.clamped(mark.value) - width / 2 for mark, width in zip(shown, widths, strict=True)]
    places = spread(wanted, widths, plot.left, plot.right)
    parts: list[str] = []
    for mark, words, place, width in zip(shown, names, places, widths, strict=True):
        x, middle = plot.clamped(mark.value), place + width / 2
        parts.append(
            element("path", {"d": f"M{middle:.1f} 50L{x:.1f} 58L{x:.1f} {plot.below:.1f}", "class": "quantile"})
        )
        parts.append(text(middle, 46, words, "tick halo", "middle"))
    return "".join(parts)


def _sides(bins: Sequence[tuple[float, float, float]], plot: Plot, first: OptionFace, second: OptionFace) -> str:
    """Who is cheaper on which side of zero, and in how many futures."""
    ahead = sum(share for low, high, share in bins if (low + high) / 2.0 > 0.0)
    left = f"← {second.letter} cheaper, {1.0 - ahead:.0%}".replace("%", " %")
    right = f"{first.letter} cheaper →, {ahead:.0%}".replace("%", " %")
    zero = plot.x(0.0)
    # Where one of them has no room on its side of zero, both stand at the edges.
    tight = text_width(left, 13.5) + 8 > zero - plot.left or text_width(right, 13.5) + 8 > plot.right - zero
    return element(
        "g",
        look_of(second),
        text(plot.left if tight else zero - 8, 16, left, "name letter", "start" if tight else "end"),
    ) + element(
        "g",
        look_of(first),
        text(plot.right if tight else zero + 8, 16, right, "name letter", "end" if tight else "start"),
    )


def _key(marks: Sequence[Mark], plot: Plot, scale: Scale) -> str:
    """Mean and central case as signs on the axis, explained under it."""
    parts: list[str] = []
    x = plot.left
    for mark in (each for each in marks if each.label not in _QUANTILES):
        sign = "circle" if mark.label == "mean" else "diamond"
        parts.append(_sign(sign, plot.clamped(mark.value), plot.below))
        words = f"{mark.label} {format_money(mark.value, scale).text}"
        parts += [_sign(sign, x + 6, plot.below + 44), text(x + 18, plot.below + 48.5, words, "tick")]
        x += text_width(words, 12.5) + 40
    return "".join(parts)


def _sign(shape: str, x: float, y: float) -> str:
    if shape == "circle":
        return element("circle", {"cx": x, "cy": y, "r": 4.5, "class": "mark"})
    return element("path", {"d": f"M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z", "class": "mark"})
