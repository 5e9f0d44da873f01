"""Which inputs to put on sliders first: those that move the verdict most, and those that everybody asks about."""

from __future__ import annotations

from planner.analysis.breakeven import best_against_all
from planner.analysis.dial import PricedPlan
from planner.analysis.flip_points import soonest
from planner.analysis.leaves import NO_ASSUMPTIONS, numeric_leaves
from planner.assembly import Snapshot
from planner.plan.fields import spec_for
from planner.plan.supply import HostedSupply

MOST = 6


def telling_inputs(subject: PricedPlan, count: int = MOST) -> tuple[str, ...]:
    """Paths of at most `count` inputs: requests, people of an own service, then by pull on the verdict.

    Of several fields of one name, such as the options' relative coverage, the one that pulls most. A plan with one
    option has no verdict to move: then only what everybody asks about.
    """
    usual = _asked_by_everybody(subject)
    pulling = soonest(subject, best_against_all(subject)) if len(subject.option_ids) > 1 else []
    chosen: dict[str, str] = {path.rpartition(".")[2]: path for path in usual}
    for path in pulling:
        if len(chosen) >= count:
            break
        if is_movable(path):
            chosen.setdefault(path.rpartition(".")[2], path)
    return tuple(chosen.values())


def movable_inputs(snapshot: Snapshot) -> list[str]:
    """Every number of the resolved plan that a slider can move, in the order of the document."""
    return [
        leaf.path
        for leaf in numeric_leaves(snapshot.document, without=NO_ASSUMPTIONS)
        if leaf.path not in snapshot.aliases and is_movable(leaf.path)
    ]


def is_movable(path: str) -> bool:
    """Whether the path names a quantity. Tiers of the catalogue are no fields of the plan: only as a whole list."""
    spec = spec_for(path)
    return spec is not None and spec.is_quantity and ".price_tiers." not in path


def _asked_by_everybody(subject: PricedPlan) -> list[str]:
    plan = subject.plan
    asked = [
        f"workloads.{workload.id}.requests_per_month"
        for workload in plan.workloads[:1]
        if workload.requests_per_month is not None
    ]
    own = [option for option in plan.options if isinstance(option.primary, HostedSupply) and option.team]
    return asked + [f"options.{option.id}.team.{option.team[0].id}.headcount" for option in own[:1]]
