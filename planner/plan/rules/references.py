"""Names must be unique, and whoever is named must exist."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from planner.plan.errors import PlanError
from planner.plan.quantity import highest
from planner.plan.rules.spot import PLAN, Spot
from planner.plan.suggestions import did_you_mean
from planner.plan.supply import HostedSupply, SupplyReference

if TYPE_CHECKING:
    from planner.plan.document import Plan
    from planner.plan.option import Option


def broken(plan: "Plan") -> Iterator[PlanError]:
    """Repeated ids and references to nobody."""
    workloads = {workload.id for workload in plan.workloads}
    options = {option.id: option for option in plan.options}
    yield from _repeated(PLAN, "workloads", [workload.id for workload in plan.workloads])
    yield from _repeated(PLAN, "options", [option.id for option in plan.options])
    if plan.baseline not in options:
        yield PLAN.to("baseline").error("unknown_reference", _nobody(plan.baseline, "option", options))
    for index, option in enumerate(plan.options):
        spot = PLAN.item("options", index, option.id)
        yield from _repeated(spot, "team", [role.id for role in option.team])
        yield from _workload_names(spot, option, workloads)
        yield from _backups(spot, option, options, is_baseline=option.id == plan.baseline)
    yield from _interim_of_hosted_baseline(plan, options.get(plan.baseline), workloads)


def _repeated(spot: Spot, name: str, ids: list[str]) -> Iterator[PlanError]:
    if len(set(ids)) == len(ids):
        return
    for index, own in enumerate(ids):
        if own in ids[:index]:
            place = spot.item(name, index, own).to("id")
            yield place.error("repeated_id", f"is {own!r}, and so is an earlier one's; ids must differ within a list.")


def _workload_names(spot: Spot, option: "Option", workloads: set[str]) -> Iterator[PlanError]:
    for index, name in enumerate(option.serves or ()):
        if name not in workloads:
            yield spot.to("serves", index).error("unknown_reference", _nobody(name, "workload", workloads))
        elif name in (option.serves or ())[:index]:
            yield spot.to("serves", index).error("repeated_id", f"names the workload {name!r} twice; once is enough.")
    for name in option.coverage:
        if name not in workloads:
            yield spot.to("coverage", name).error("unknown_reference", _nobody(name, "workload", workloads))


def _backups(spot: Spot, option: "Option", options: dict[str, "Option"], is_baseline: bool) -> Iterator[PlanError]:
    # The baseline's own interim is never used, so only its name must make sense.
    for role, backup, used in (("fallback", option.fallback, True), ("interim", option.interim, not is_baseline)):
        if not isinstance(backup, SupplyReference):
            continue
        place, name = spot.to(role, "supply"), backup.supply
        if name not in options:
            yield place.error("unknown_reference", _nobody(name, "option", options))
        elif name == option.id:
            yield place.error("cyclic_reference", f"names the option itself; a {role} must be another option's supply.")
        elif used and isinstance(options[name].primary, HostedSupply):
            yield place.error(
                "hosted_backup",
                f"names {name!r}, whose primary is hosted; a {role} must be an API. Name an option that has one.",
            )


def _interim_of_hosted_baseline(plan: "Plan", baseline: "Option | None", workloads: set[str]) -> Iterator[PlanError]:
    if baseline is None or not isinstance(baseline.primary, HostedSupply):
        return
    for index, option in enumerate(plan.options):
        if option.id == baseline.id or option.interim is not None:
            continue
        waits = highest(option.go_live_month) > 1 or highest(option.ramp_months) > 1
        if waits or (option.serves is not None and set(option.serves) != workloads):
            yield (
                PLAN.item("options", index, option.id)
                .to("interim")
                .error(
                    "interim_needed",
                    f"is missing: today's supply ({baseline.id}) is hosted and cannot stand in until this one is live. "
                    "Give an API supply for the time before, or for the workloads that stay.",
                )
            )


def _nobody(name: str, what: str, names: Iterable[str]) -> str:
    return f"names the {what} {name!r}, which does not exist{did_you_mean(name, names) or '.'}"
