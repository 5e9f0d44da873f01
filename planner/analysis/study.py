"""Everything a run computes beyond the certain case, in one call with progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from planner.analysis.break_even_range import BreakEvenRange, break_even_ranges
from planner.analysis.decision_map import DecisionMap, decision_map
from planner.analysis.draws import Uncertainty
from planner.analysis.fan import Fan, fan
from planner.analysis.map_axes import default_axes
from planner.analysis.model import PlanModel
from planner.analysis.outcomes import Distribution, distribution
from planner.analysis.sensitivity import Tornado, VarianceShare, tornado, variance_shares
from planner.analysis.simulate import REPLICATES, Settings, Simulation, simulate
from planner.analysis.timing import TIMING_DRAWS, SwitchTiming, dates, switch_timing
from planner.analysis.value_of_information import ValueOfInformation, value_of_information
from planner.assembly import Snapshot
from planner.engine.errors import EngineRefusal

Progress = Callable[[float], None]

SIMULATED_SHARE = 0.6
"""Part of a run's time that goes into drawing; the rest into what is made of the draws."""
LIVE = Settings(draws=REPLICATES * 1024)
"""What a page draws while somebody waits for it."""


@dataclass(frozen=True, slots=True)
class Study:
    """What the draws say and what the answer hangs on.

    `pair` are the two options compared (best, and the one it is compared with: the next best). `central` is every
    option's NPV with all inputs central; `lean` the swings between the option that is best on average and the one that
    is best in the central case, where those differ. `repair` is the largest change that made contradicting correlations
    possible. A live study leaves `information` and all after it out; `timing` is also None where the only
    other option would go live after the horizon, and `map` where there are no two inputs to draw it over.
    """

    simulation: Simulation
    distribution: Distribution
    central: tuple[float, ...]
    tornado: Tornado
    lean: Tornado
    pair: tuple[int, int]
    repair: float
    information: ValueOfInformation | None = None
    fan: Fan | None = None
    map: DecisionMap | None = None
    timing: SwitchTiming | None = None
    variance: tuple[VarianceShare, ...] | None = None
    break_even: tuple[BreakEvenRange, ...] | None = None


def study(snapshot: Snapshot, settings: Settings, progress: Progress | None = None) -> Study:
    """Draws, distribution and the analyses that rest on the draws. `progress` hears the share done, and may raise."""

    def report(share: float) -> None:
        if progress is not None:
            progress(share)

    uncertainty, model = Uncertainty(snapshot), PlanModel(snapshot)
    simulation = simulate(snapshot, settings, lambda share: report(share * SIMULATED_SHARE))
    baseline = model.option_ids.index(snapshot.document["baseline"])
    core = _core(snapshot, uncertainty, model, simulation, baseline)
    best, other = core.pair
    information = value_of_information(uncertainty, simulation, best, other)
    report(0.75)
    spread = fan(uncertainty, model, settings)
    report(0.85)
    timing = _timing(snapshot, core.distribution, baseline, settings)
    report(0.95)
    winners = _map(snapshot, core.tornado)
    report(0.97)
    variance = variance_shares(uncertainty, best, other)
    ties = break_even_ranges(uncertainty, model, core.tornado, settings.seed)
    report(1.0)
    return Study(
        simulation=simulation,
        distribution=core.distribution,
        central=core.central,
        tornado=core.tornado,
        lean=core.lean,
        pair=core.pair,
        repair=core.repair,
        information=information,
        fan=spread,
        map=winners,
        timing=timing,
        variance=variance,
        break_even=ties,
    )


def live_study(snapshot: Snapshot, settings: Settings = LIVE) -> Study:
    """The distribution and the tornado alone: what a page can wait for while a slider is dragged."""
    uncertainty, model = Uncertainty(snapshot), PlanModel(snapshot)
    baseline = model.option_ids.index(snapshot.document["baseline"])
    return _core(snapshot, uncertainty, model, simulate(snapshot, settings), baseline)


def _core(
    snapshot: Snapshot, uncertainty: Uncertainty, model: PlanModel, simulation: Simulation, baseline: int
) -> Study:
    figures = distribution(simulation, baseline)
    best = figures.best
    other = best if figures.runner_up is None else figures.runner_up
    central = tuple(float(npv) for npv in model.npv({})[:, 0])
    expected = max(range(len(central)), key=lambda at: central[at])
    bars = tornado(snapshot, best, other)
    return Study(
        simulation=simulation,
        distribution=figures,
        central=central,
        tornado=bars,
        lean=bars if expected in (best, other) else tornado(snapshot, best, expected),
        pair=(best, other),
        repair=uncertainty.correlation.largest_change if uncertainty.names else 0.0,
    )


def _timing(snapshot: Snapshot, figures: Distribution, baseline: int, settings: Settings) -> SwitchTiming | None:
    """When to switch to the best option, or to the next best where today's is best.

    None where a later go-live cannot be computed.
    """
    option = figures.best if figures.best != baseline else figures.runner_up
    if option is None:
        return None
    first = int(snapshot.document["options"][option]["go_live_month"])
    horizon_months = int(snapshot.document["finance"]["horizon_months"])
    if first > horizon_months:
        return None
    draws = min(settings.draws, TIMING_DRAWS)
    try:
        return switch_timing(snapshot, option, dates(first, horizon_months), settings.seed, draws)
    except EngineRefusal:
        return None


def _map(snapshot: Snapshot, bars: Tornado) -> DecisionMap | None:
    """None also where a corner of the map cannot be computed: an empty map says less than none."""
    axes = default_axes(snapshot, bars)
    if axes is None or len(snapshot.document["options"]) < 2:
        return None
    try:
        return decision_map(snapshot, *axes)
    except EngineRefusal:
        return None
