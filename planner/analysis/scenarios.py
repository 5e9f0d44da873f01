"""The plan and each of its scenarios, drawn alike: what every option costs there, and what a choice may lose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.analysis.outcomes import distribution
from planner.analysis.simulate import REPLICATES, Settings, simulate
from planner.assembly import assemble, refusal_as_invalid, resolve
from planner.engine.errors import EngineRefusal
from planner.engine.evaluate import evaluate
from planner.plan.document import Plan
from planner.plan.errors import PlanInvalid
from planner.plan.overrides import with_scenario
from pricing.catalogue.source import PriceSource

SCENARIO_DRAWS = REPLICATES * 1024
AS_IT_IS = "The plan as it is"


@dataclass(frozen=True, slots=True)
class ScenarioOutcome:
    """Means and chances of every option in one scenario, in the plan's order of options; `certain` the central case.

    `changed` are the dotted paths in which it differs from the plan; empty for the plan itself.
    """

    name: str
    changed: tuple[str, ...]
    mean: tuple[float, ...]
    p_best: tuple[float, ...]
    certain: tuple[float, ...]

    @property
    def best(self) -> int:
        """The option with the highest mean."""
        return max(range(len(self.mean)), key=lambda at: self.mean[at])

    def regret(self, option: int) -> float:
        """What choosing `option` loses on average against this scenario's best."""
        return self.mean[self.best] - self.mean[option]


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The plan as it is first, then its scenarios; `refused` names those that cannot be computed, with the reason."""

    outcomes: tuple[ScenarioOutcome, ...]
    refused: tuple[tuple[str, str], ...] = ()

    def worst_regret(self, option: int) -> float:
        """The most that choosing `option` loses in any of them."""
        return max(outcome.regret(option) for outcome in self.outcomes)


def scenarios(plan: Plan, prices: PriceSource, settings: Settings) -> Scenarios | None:
    """Every scenario with the same seed, so that they differ by their inputs alone; None where the plan has none."""
    if not plan.scenarios:
        return None
    fewer = replace(settings, draws=min(settings.draws, SCENARIO_DRAWS))
    outcomes = [scenario_outcome(AS_IT_IS, (), plan.model_copy(update={"scenarios": ()}), prices, fewer)]
    refused: list[tuple[str, str]] = []
    for name, changed, under in _variants(plan):
        try:
            outcomes.append(scenario_outcome(name, changed, under, prices, fewer))
        except PlanInvalid as invalid:
            refused.append((name, str(invalid)))
    return Scenarios(tuple(outcomes), tuple(refused))


def _variants(plan: Plan) -> Iterator[tuple[str, tuple[str, ...], Plan]]:
    for scenario in plan.scenarios:
        yield scenario.name, tuple(scenario.overrides), with_scenario(plan, scenario)


def scenario_outcome(
    name: str, changed: tuple[str, ...], plan: Plan, prices: PriceSource, settings: Settings
) -> ScenarioOutcome:
    """The plan under one scenario, drawn. Raises `PlanInvalid` where it cannot be computed."""
    snapshot = resolve(plan, prices)
    try:
        certain = evaluate(assemble(snapshot))
        drawn = distribution(simulate(snapshot, settings), certain.baseline).options
    except EngineRefusal as refusal:
        raise refusal_as_invalid(plan, refusal) from refusal
    return ScenarioOutcome(
        name,
        changed,
        mean=tuple(option.mean for option in drawn),
        p_best=tuple(option.p_best for option in drawn),
        certain=tuple(float(option.npv[0]) for option in certain.options),
    )
