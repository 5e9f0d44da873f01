"""Plan and price snapshot become an engine case: the only room that knows both the document and the engine.

`resolve` replaces references by records and fills defaults; `assemble` binds the result to the engine by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from planner.assembly.bind import Binder
from planner.assembly.checks import problems
from planner.assembly.defaults import fill_defaults, without_fits
from planner.assembly.leaves import Alias
from planner.assembly.resolve import Resolver
from planner.assembly.tree import Tree, as_written, certain, distributions, tree_of
from planner.engine.arrays import FloatArray
from planner.engine.case import Case
from planner.engine.errors import EngineRefusal
from planner.plan.document import Plan, parse_plan
from planner.plan.errors import PlanError, PlanInvalid
from planner.plan.quantity import Distribution
from pricing.catalogue.notes import SourceNote
from pricing.catalogue.source import PriceSource

NOTHING: Mapping[str, FloatArray] = {}
KEPT_BESIDE = frozenset({"notes", "switched_off"})
"""Fields of the document that are no part of what is computed; answers and shared results never carry them."""


@dataclass(frozen=True)
class Snapshot:
    """A plan with every reference resolved to its record and every default filled in.

    `tree` is the complete document with distributions, `document` the same with every quantity at its central value;
    `aliases` says which leaf takes the draws of which other; `sources` where the catalogue's numbers come from.
    """

    plan: Plan
    tree: Tree
    document: Tree
    aliases: Mapping[str, Alias]
    sources: Mapping[str, SourceNote]

    @cached_property
    def binder(self) -> Binder:
        """Binds this snapshot to the engine; kept, because what is certain is bound once."""
        return Binder(self.document, self.aliases)

    @property
    def uncertain(self) -> dict[str, Distribution]:
        """The plan's uncertain leaves by dotted path; leaves that follow another are left out."""
        return {path: leaf for path, leaf in distributions(self.tree) if path not in self.aliases}

    def as_plan(self) -> Plan:
        """The snapshot as a plan document in its own right, which needs no catalogue."""
        return parse_plan(without_fits(as_written(self.tree)))


def resolve(plan: Plan, prices: PriceSource) -> Snapshot:
    """References become records of `prices`, defaults are filled in.

    Raises `PlanInvalid` where the catalogue lacks a reference, a price or an exchange rate, or a needed figure is
    missing.
    """
    tree: Tree = {name: part for name, part in tree_of(plan).items() if name not in KEPT_BESIDE}
    resolver = Resolver(prices, plan.finance)
    resolver.resolve(tree, _typed(plan))
    if resolver.errors:
        raise PlanInvalid(resolver.errors)
    aliases = fill_defaults(tree)
    document: Tree = certain(tree)
    if found := problems(document):
        raise PlanInvalid(found)
    return Snapshot(plan=plan, tree=tree, document=document, aliases=aliases, sources=resolver.sources)


def _typed(plan: Plan) -> frozenset[str]:
    """Paths of API leaves that the user set."""
    typed: set[str] = set()
    for option in plan.options:
        for role in ("primary", "fallback", "interim"):
            supply = getattr(option, role)
            if supply is not None:
                typed |= {f"options.{option.id}.{role}.{name}" for name in supply.model_fields_set}
    return frozenset(typed)


def snapshot_document(snapshot: Snapshot) -> dict[str, Any]:
    """The resolved plan with every quantity at its central value, ready for JSON."""
    document: dict[str, Any] = without_fits(snapshot.document)
    return document


def assemble(
    snapshot: Snapshot, draws: Mapping[str, FloatArray] = NOTHING, noise: Mapping[str, FloatArray] = NOTHING
) -> Case:
    """The engine's case: certain, or with `draws` by document path and log-price `noise` by path of a price path."""
    return snapshot.binder.build(draws, noise)


def refusal_as_invalid(plan: Plan, refusal: EngineRefusal) -> PlanInvalid:
    """What the engine refuses, said as an error of the document."""
    return PlanInvalid([PlanError(pointer_of(plan, refusal.path), refusal.path, refusal.message, refusal.code)])


def pointer_of(plan: Plan, path: str) -> str:
    """JSON pointer, with indexes, of a dotted path with ids."""
    node: Any = tree_of(plan)
    pointer = ""
    for part in path.split("."):
        if isinstance(node, list):
            at = next(
                (index for index, each in enumerate(node) if isinstance(each, dict) and each.get("id") == part), None
            )
            index = int(part) if at is None and part.isdigit() else at
            if index is None or index >= len(node):
                return pointer
            node, pointer = node[index], f"{pointer}/{index}"
        elif isinstance(node, dict):
            node, pointer = node.get(part), f"{pointer}/{part}"
    return pointer


__all__ = ["Alias", "Snapshot", "assemble", "pointer_of", "refusal_as_invalid", "resolve", "snapshot_document"]
