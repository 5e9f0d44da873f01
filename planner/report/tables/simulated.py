"""What was simulated: what the answer hangs on, where it flips, how options fare, when to switch."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from planner.plan.fields import spec_for
from planner.report.tables.monthly import MONTH, OPTION, PERIOD_START
from planner.report.tables.shape import UNIT, FlatColumn, FlatTable, MissingPart, TableSource, Value, flat
from planner.report.units import unit_of

PATH = FlatColumn("path", "text", "Dotted path of the input; the same path works as a key of whatif.csv.")
LABEL = FlatColumn("label", "text", "The input's label in the form.")
BREAKEVEN = (
    PATH,
    LABEL,
    FlatColumn("current", "number", "The input's value now."),
    FlatColumn("flips_at", "number", "Value at which another option becomes the best."),
    FlatColumn("relative_distance", "number", "(flips_at − current) ÷ current."),
    FlatColumn("winner_below", "text", "Id of the best option below flips_at."),
    FlatColumn("winner_above", "text", "Id of the best option above it."),
    FlatColumn("is_nearest", "truth", "Whether this is the input's flip point nearest to its value."),
    FlatColumn("state", "text", "`reached`, `not reached` (no value flips it) or `not verified`."),
    UNIT,
)
SENSITIVITY = (
    PATH,
    LABEL,
    FlatColumn("low", "number", "P10 of the input's range; without a range its value less 10 %."),
    FlatColumn("high", "number", "P90 of the range; without one its value and 10 %."),
    UNIT,
    FlatColumn("has_range", "truth", "Whether the plan gives a range."),
    FlatColumn("gap_at_low", "number", "NPV of `first` less NPV of `second` at the low value, all else central."),
    FlatColumn("gap_at_high", "number", "The same at the high value."),
    FlatColumn("width", "number", "Distance between the two."),
    FlatColumn("first", "text", "Id of the best option."),
    FlatColumn("second", "text", "Id of the next best."),
    FlatColumn("gap", "number", "The gap with every input central."),
    FlatColumn("variance_share", "number", "This input's share of the gap's variance, where it was worked out."),
    FlatColumn("worth_knowing", "number", "What knowing this input exactly would be worth (EVPPI)."),
)
DECISION_MAP = (
    FlatColumn("x_path", "text", "Path of the input across."),
    FlatColumn("x", "number", "Its value."),
    FlatColumn("y_path", "text", "Path of the input up."),
    FlatColumn("y", "number", "Its value."),
    *OPTION,
    FlatColumn("margin", "number", "NPV of the cheapest option less that of the next best at this point."),
    UNIT,
)
DISTRIBUTION = (
    FlatColumn("statistic", "text", "`mean`, `sd`, `p10`, `p50`, `p90`, `p_best`, `regret`, `worst_regret`, "
               "`expected_shortfall`, `standard_error` and `difference_…` (to today) of an option's NPV; "
               "`cumulative_p10` … of its cumulated cost by month; `gap_share`: futures with a gap in a bin."),
    *OPTION,
    MONTH,
    FlatColumn("bin_low", "number", "Lower end of the bin of gap_share."),
    FlatColumn("bin_high", "number", "Upper end; both ends of the table count everything beyond."),
    FlatColumn("value", "number", "The statistic."),
    UNIT,
)  # fmt: skip
SWITCH_MONTH = (
    MONTH,
    PERIOD_START,
    *OPTION,
    FlatColumn("from_option_id", "text", "The option one would stay with."),
    FlatColumn("mean", "number", "NPV of switching in this month less that of staying: mean of the futures."),
    FlatColumn("p10", "number", "The bad end."),
    FlatColumn("p90", "number", "The good end."),
    FlatColumn("acted", "number", "Share of futures in which one would switch in this month, seeing how it goes."),
    FlatColumn("trigger_spend", "number", "Monthly spend of today's way at which the choice turns."),
    FlatColumn("is_best", "truth", "Whether this month has the highest mean."),
    UNIT,
)
_SHARES = frozenset({"p_best"})


def breakeven(source: TableSource) -> FlatTable:
    """Every flip point of every input searched, each on its own and everything else as it is."""
    return flat(source, BREAKEVEN, [row for found in source.document["flip_points"] for row in _flips(found)])


def sensitivity(source: TableSource) -> FlatTable:
    """One row per input, the longest bar first."""
    tornado, labels = source.analyses["tornado"], InputLabels(source)
    known = {each["path"]: each for each in source.analyses["information"] or ()}
    return flat(source, SENSITIVITY, [_bar(bar, tornado, known, labels) for bar in tornado["bars"]])


def decision_map(source: TableSource) -> FlatTable:
    """One row per point of the map."""
    found = source.analyses["map"]
    if found is None:
        raise MissingPart("This plan has no decision map: it takes two options and two inputs that move them.")
    ids = list(source.document["distribution"])
    rows = [
        (found["x_path"], x, found["y_path"], y, ids[winner], source.option_names[ids[winner]], margin, "money")
        for y, winners, margins in zip(found["y"], found["winner"], found["margin"], strict=True)
        for x, winner, margin in zip(found["x"], winners, margins, strict=True)
    ]
    return flat(source, DECISION_MAP, rows)


def distribution(source: TableSource) -> FlatTable:
    """NPVs of every option over the futures, cumulated costs by month, and the gap between the best two."""
    rows = [*_of_options(source), *_by_month(source), *_gap(source.analyses["difference"])]
    return flat(source, DISTRIBUTION, rows)


def switch_month(source: TableSource) -> FlatTable:
    """One row per month in which one could switch."""
    found = source.analyses["timing"]
    if found is None:
        raise MissingPart("This plan has nothing to switch to: when to switch takes an option besides today's.")
    whose = (found["option"], source.option_names[found["option"]], found["baseline"])
    rows = [
        (each["month"], source.day_of(each["month"]), *whose, each["mean"], each["p10"], each["p90"], acted, spend,
         each["month"] == found["best_month"], "money")
        for each, acted, spend in zip(found["months"], found["acted"], found["trigger_spend"], strict=True)
    ]  # fmt: skip
    return flat(source, SWITCH_MONTH, rows)


class InputLabels:
    """Labels and units of a plan's inputs by path."""

    def __init__(self, source: TableSource) -> None:
        self._options = source.option_names

    def __getitem__(self, path: str) -> tuple[str, str]:
        """The label as the form has it, with the option it belongs to; the unit's name."""
        spec, steps = spec_for(path), path.split(".")
        if spec is None:
            return path, "count"
        whose = f" ({self._options.get(steps[1], steps[1])})" if steps[0] == "options" else ""
        unit, words = unit_of(spec.unit)
        return f"{spec.label}{whose}", words or unit


def _flips(found: Mapping[str, Any]) -> Iterator[Sequence[Value]]:
    unit, words = unit_of(found["unit"])
    head = (found["path"], found["label"], found["current"])
    if not found["points"]:
        yield (*head, None, None, None, None, None, found["state"], words or unit)
    for place, each in enumerate(found["points"]):
        point = (each["value"], each["relative_distance"], each["winner_below"], each["winner_above"], place == 0)
        yield (*head, *point, found["state"], words or unit)


def _bar(
    bar: Mapping[str, Any], tornado: Mapping[str, Any], known: Mapping[str, Any], labels: InputLabels
) -> Sequence[Value]:
    label, unit = labels[bar["path"]]
    swing, worth = bar["swing"], known.get(bar["path"], {})
    low, high = swing["result_at_low"], swing["result_at_high"]
    pair = (tornado["first"], tornado["second"], tornado["gap"])
    told = (worth.get("variance_share"), worth.get("evppi"))
    return (bar["path"], label, swing["low"], swing["high"], unit, bar["ranged"], low, high, abs(high - low), *pair,
            *told)  # fmt: skip


def _of_options(source: TableSource) -> Iterator[Sequence[Value]]:
    source.analyses  # noqa: B018 - says so where nothing was simulated
    for option, figures in source.document["distribution"].items():
        for name, value in figures.items():
            unit = "share" if name in _SHARES else "money"
            yield (name, option, source.option_names[option], None, None, None, value, unit)


def _by_month(source: TableSource) -> Iterator[Sequence[Value]]:
    for band in source.analyses["bands"] or ():
        for name in ("p10", "p50", "p90"):
            for month, value in enumerate(band[name]):
                whose = (band["option"], source.option_names[band["option"]])
                yield (f"cumulative_{name}", *whose, month, None, None, value, "money")


def _gap(difference: Mapping[str, Any] | None) -> Iterator[Sequence[Value]]:
    if difference is None:
        return
    start, step = difference["start"], difference["step"]
    for place, share in enumerate(difference["shares"]):
        yield ("gap_share", None, None, None, start + place * step, start + (place + 1) * step, share, "share")
