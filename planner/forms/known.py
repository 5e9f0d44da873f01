"""What a reference can name: accelerators and models of the catalogue, options and inputs of the plan itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.plan.document import Plan
from planner.plan.fields import Leaf, uncertain_leaves

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Ids and names of the catalogue's records; empty where a form is read without showing it."""

    accelerators: Choices = ()
    architectures: Choices = ()
    models: tuple[str, ...] = field(default=())


def choices_of(leaf: Leaf, plan: Plan, known: Known) -> Choices | None:
    """What the reference at ``leaf`` may name, as pairs of id and name; None where it is typed."""
    name = leaf.path.rpartition(".")[2]
    if name == "baseline":
        return tuple((option.id, option.name or option.id) for option in plan.options)
    if name == "supply":
        own = leaf.path.split(".")[1]
        apis = (option for option in plan.options if option.primary.kind == "api" and option.id != own)
        return tuple((option.id, option.name or option.id) for option in apis)
    if name in ("accelerator", "train_on"):
        return known.accelerators or None
    if name == "model" and "[hosted]" in leaf.spec.path_pattern:
        return known.architectures or None
    if leaf.path.startswith("correlations.") and name in ("a", "b"):
        return tuple((each.path, f"{each.spec.label} ({each.path})") for each in uncertain_leaves(plan))
    return None


def suggestions_of(leaf: Leaf, known: Known) -> tuple[str, ...]:
    """Names to suggest for a reference that is typed: models with a price."""
    is_priced = leaf.path.rpartition(".")[2] == "model" and "[hosted]" not in leaf.spec.path_pattern
    return known.models if is_priced else ()
