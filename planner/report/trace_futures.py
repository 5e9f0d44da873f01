"""Traces of figures over the simulated futures: what was counted, and which ranges the futures were drawn from."""

from __future__ import annotations

from planner.report import words
from planner.report.naming import quoted
from planner.report.trace_step import OPTION, Ground, Rule, Step, rule
from planner.report.types import Unit

MOST_RANGES = 12
"""Inputs listed, those that move the gap most first."""
NOT_DRAWN = "No futures were drawn here: this is the certain case alone."

_FIGURES: dict[str, tuple[str, Unit, str]] = {
    "mean": ("Mean NPV", "money", "NPV of every future, added up and divided by their number."),
    "p10": ("P10 of the NPV", "money", "The futures in order of their NPV: one of ten lies below this amount."),
    "p50": ("P50 of the NPV", "money", "The futures in order of their NPV: half of them lie below this amount."),
    "p90": ("P90 of the NPV", "money", "The futures in order of their NPV: nine of ten lie below this amount."),
    "p_best": (
        "Share of futures in which it is the cheapest",
        "share",
        "Futures in which no other option costs less ÷ all futures. All options meet the same futures.",
    ),
    "regret": (
        "Mean regret",
        "money",
        "In every future what it costs more than the cheapest option there, added up and divided by their number.",
    ),
    "worst_regret": ("Worst regret", "money", "The most it costs more than the cheapest option, in any future."),
    "expected_shortfall": (
        "Mean NPV of the worst tenth",
        "money",
        "The tenth of the futures with the lowest NPV: their NPVs added up and divided by their number.",
    ),
    "sd": ("Standard deviation", "money", "Root of the mean squared distance of the futures’ NPVs from their mean."),
    "standard_error": (
        "Standard error of the mean",
        "money",
        "How far the mean would move with other draws of the same number, from the spread between independent draws.",
    ),
}


def is_simulated(address: str) -> bool:
    """Whether the figure at an address is counted over futures, which a page then has to have at hand."""
    return any(pattern.fullmatch(address) for pattern, _ in RULES)


def _future(ground: Ground, found: dict[str, str]) -> Step:
    subject, name = ground.subject, found["figure"]
    option = ground.option(found["option"])
    label, unit, formula = _FIGURES[name]
    label = f"{label} of {quoted(subject, option)}"
    findings = subject.futures
    if findings is None:
        return Step(label, None, unit, formula, reason=NOT_DRAWN)
    drawn = (
        f"{formula} {words.count(findings.draws, 'future')}: in each, every input with a range takes one value out of "
        "it, and every option is computed with the same values."
    )
    value = float(getattr(findings.option(option.id), name))
    return Step(label, value, unit, drawn, (f"options.{option.id}.npv", *_ranges(ground)))


def _ranges(ground: Ground) -> tuple[str, ...]:
    """The inputs that have a range, the widest bars of the tornado first."""
    findings, uncertain = ground.subject.futures, ground.subject.snapshot.uncertain
    bars = [] if findings is None else [bar.path for bar in findings.tornado.bars if bar.path in uncertain]
    paths = dict.fromkeys([*bars, *sorted(uncertain)])
    return ground.existing(*list(paths)[:MOST_RANGES])


RULES: tuple[Rule, ...] = (
    rule(rf"{OPTION}\.futures\.(?P<figure>{'|'.join(_FIGURES)})", _future),
    rule(rf"{OPTION}\.(?P<figure>mean|p_best)", _future),
)
