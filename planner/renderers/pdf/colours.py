"""The colours of paper: those of the pages in daylight, read from the one file that has them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Final

_TOKENS: Final = Path(__file__).parents[2] / "static" / "planner" / "css" / "tokens.css"
_PAIR: Final = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),")
PAPER: Final = "#ffffff"
VARIANT: Final = 0.58
"""How much of its colour a further option of one kind keeps; the rest is ink."""


@cache
def colours() -> dict[str, str]:
    """Token -> colour in daylight. A print has white paper, whatever the screen's is."""
    return dict(_PAIR.findall(_TOKENS.read_text(encoding="utf-8"))) | {"paper": PAPER}


@cache
def option_colours() -> dict[str, str]:
    """The colour of each way of supplying, and under ``….variant`` the shade of further options of its kind."""
    found = {name.removeprefix("option-"): tone for name, tone in colours().items() if name.startswith("option-")}
    return found | {f"{name}.variant": mixed(tone, colours()["ink"], VARIANT) for name, tone in found.items()}


def mixed(tone: str, other: str, share: float) -> str:
    """``share`` of one colour in the other; close enough to what a browser mixes for a print."""
    pairs = zip(_channels(tone), _channels(other), strict=True)
    return "#" + "".join(f"{round(one * share + two * (1 - share)):02x}" for one, two in pairs)


def _channels(tone: str) -> tuple[int, int, int]:
    return int(tone[1:3], 16), int(tone[3:5], 16), int(tone[5:7], 16)
