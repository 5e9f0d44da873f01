"""Development that fits its supply and is finished before go-live."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.plan.development import DevelopmentProject, FineTune, Pretrain, Silicon
from planner.plan.errors import PlanError
from planner.plan.numbers import number_text
from planner.plan.quantity import central
from planner.plan.rules.spot import PLAN, Spot
from planner.plan.supply import HostedSupply, Supply

if TYPE_CHECKING:
    from planner.plan.document import Plan
    from planner.plan.option import Option

_NAMES = {FineTune: "Fine-tuning", Pretrain: "Pretraining", Silicon: "Own silicon"}


def broken(plan: "Plan") -> Iterator[PlanError]:
    """Development projects that cannot happen as written."""
    for index, option in enumerate(plan.options):
        # The baseline is today's: it is live in month 1 whatever it says.
        go_live = 1.0 if option.id == plan.baseline else central(option.go_live_month)
        spot = PLAN.item("options", index, option.id)
        for place, project in enumerate(option.develop):
            yield from _supply(spot.item("develop", place), project, option.primary)
            yield from _duration(spot.item("develop", place), project, go_live)
        yield from _one_chip(spot, option)


def _supply(spot: Spot, project: DevelopmentProject, supply: Supply) -> Iterator[PlanError]:
    if isinstance(supply, HostedSupply):
        if isinstance(project, Silicon) and supply.tenure != "own":
            yield spot.to("kind").error(
                "silicon_rented", "is silicon, but the option rents its GPUs; set the primary's tenure to own."
            )
        if isinstance(project, FineTune | Pretrain) and supply.model is None:
            yield spot.to("kind").error(
                "model_needed", f"is {project.kind}: training cost follows from the model. Name the primary's model."
            )
    elif isinstance(project, Pretrain | Silicon):
        name = _NAMES[type(project)]
        yield spot.to("kind").error(
            "hosted_needed", f"is {project.kind}, but the primary is an API. {name} needs a hosted primary."
        )
    elif project.price_per_training_mtok is None:
        yield spot.to("price_per_training_mtok").error(
            "missing",
            "is missing: fine-tuning at an API is paid by the training token. Give the provider's price per million.",
        )


def _duration(spot: Spot, project: DevelopmentProject, go_live: float) -> Iterator[PlanError]:
    if isinstance(project, FineTune):
        return
    duration = central(project.duration_months)
    if go_live - duration < 1:
        name = _NAMES[type(project)].lower()
        yield spot.to("duration_months").error(
            "does_not_fit",
            f"is {number_text(duration)}, but go-live is month {number_text(go_live)}: {name} must fit between month 1 "
            f"and go-live. Go live in month {number_text(duration + 1)} or later, or shorten it.",
        )


def _one_chip(spot: Spot, option: "Option") -> Iterator[PlanError]:
    chips = [place for place, project in enumerate(option.develop) if isinstance(project, Silicon)]
    for place in chips[1:]:
        yield spot.item("develop", place).error("silicon_twice", "is a second silicon project; an option has one chip.")
