"""The drawings of the pages, dressed for paper: the same marks with the colours of daylight written in."""

from __future__ import annotations

from functools import cache
from typing import Final

from planner.renderers.charts import draw, scale_of
from planner.renderers.pdf.colours import colours, mixed, option_colours
from planner.renderers.pdf.text import printable
from planner.report.types import Figure, Report

FILL: Final = 0.88
_FACE: Final = '"Inter", "Noto Sans", "Noto Sans CJK SC"'


class ChartFailed(Exception):
    """A figure could not be drawn; the report is not made without it."""

    def __init__(self, figure: Figure, error: Exception) -> None:
        super().__init__(f"The chart “{figure.id}” could not be drawn: {error}")


def drawing(figure: Figure, report: Report) -> tuple[str, str]:
    """The wide drawing as a complete SVG file, and the unit of its money. Raises `ChartFailed`."""
    try:
        svg, unit = draw(figure, report)[0], scale_of(figure, report).label
    except Exception as error:
        raise ChartFailed(figure, error) from error
    head, tag, rest = printable(svg).partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg"{tag}<style>{chart_css()}</style>{rest}', unit


@cache
def chart_css() -> str:
    """`figure.css` without variables and mixtures, which SVG readers outside a browser do not know."""
    tones = colours()
    rules = [
        f"text{{font-family:{_FACE};font-size:13px;fill:{tones['ink']}}}",
        f".tick{{fill:{tones['soft']};font-size:12.5px}}",
        ".letter{font-weight:600}.value{font-size:12.5px;font-weight:600}",
        f".grid{{stroke:{tones['line']};stroke-width:1}}.axis{{stroke:{tones['ink']};stroke-width:1}}",
        ".leader{fill:none;stroke-width:1;opacity:0.6}.dot{opacity:0.45}",
        ".line{fill:none;stroke-width:2.25;stroke-linejoin:round}",
        ".band{opacity:0.13}.band-edge{fill:none;stroke-width:1;opacity:0.55}.hatch{fill:none;opacity:0.3}",
        f".border{{fill:none;stroke:{tones['ink']};stroke-width:1.5;stroke-linecap:round}}",
        f".edge{{fill:none;stroke:{tones['edge']};stroke-width:1}}.middle{{stroke:{tones['ink']};stroke-width:2}}",
        f".quantile{{fill:none;stroke:{tones['ink']};stroke-width:1;stroke-dasharray:3 3}}",
        f".today{{fill:{tones['ink']};stroke:{tones['paper']};stroke-width:2}}",
        f".halo{{stroke:{tones['paper']};stroke-width:3.5;stroke-linejoin:round;paint-order:stroke}}",
        *_toned("", tones["soft"], name=tones["ink"], line=tones["ink"]),
        *_toned(".gain ", tones["accent"]),
        *_toned(".loss ", tones["error"]),
    ]
    for key, tone in option_colours().items():
        kind, _, variant = key.partition(".")
        rules += _toned(f".option-{kind}{'.variant' if variant else ''} ", tone)
        rules.append(f".line.option-{kind}{'.variant' if variant else ''}{{stroke:{tone}}}")
    return "".join(rules)


def _toned(inside: str, tone: str, *, name: str = "", line: str = "") -> list[str]:
    """The marks that take the colour of the option they belong to."""
    paper = colours()["paper"]
    return [
        f"{inside}.line{{stroke:{line or tone}}}{inside}.leader{{stroke:{tone}}}{inside}.name{{fill:{name or tone}}}",
        f"{inside}.bar{{fill:{mixed(tone, paper, FILL)}}}{inside}.bar.quiet{{fill:{mixed(tone, paper, 0.34)}}}",
        f"{inside}.bar.in{{fill:none;stroke:{tone};stroke-width:1.5}}",
        f"{inside}.band{{fill:{tone}}}{inside}.band-edge{{stroke:{tone}}}",
        f"{inside}.region{{fill:{mixed(tone, paper, 0.2)}}}{inside}.hatch{{stroke:{tone}}}{inside}.dot{{fill:{tone}}}",
        f"{inside}.mark{{fill:{paper};stroke:{tone};stroke-width:2}}",
    ]
