"""Two people changed one plan: what each of them changed since, what both did, and the plan with a choice made.

The unit is the smallest place that makes sense by itself (`document_changes`). A place that only one side changed
keeps that side's change; where both did, somebody has to choose.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from planner.plan.differences import Difference, differences
from planner.plan.document import Plan, parse_plan, plan_document
from planner.plan.document_changes import changes_between, partly_changed


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both changed, differently: how it was, theirs, mine. Each is None where that side says nothing."""

    path: str
    mine: Difference
    theirs: Difference | None


@dataclass(frozen=True, slots=True)
class Merge:
    """What happened since `base`: changes of one side only, and conflicts."""

    base: Plan
    mine: Plan
    theirs: Plan
    conflicts: tuple[Conflict, ...]
    only_mine: tuple[Difference, ...]
    only_theirs: tuple[Difference, ...]

    def merged(self, keep_theirs: Collection[str] = ()) -> Plan:
        """Their plan with my changes on top, but for the conflicts at the paths in `keep_theirs`.

        Raises PlanInvalid where the two make no valid plan together.
        """
        theirs, mine = plan_document(self.theirs), plan_document(self.mine)
        taken = {
            change.path
            for change in changes_between(theirs, mine, free=())
            if _touched(change.path, self._my_places) and not _touched(change.path, keep_theirs)
        }
        return parse_plan(partly_changed(theirs, mine, taken, free=()))

    @property
    def _my_places(self) -> list[str]:
        return _places(plan_document(self.base), plan_document(self.mine))


def merge(base: Plan, mine: Plan, theirs: Plan) -> Merge:
    """What two sides made of one plan."""
    my_changes = [each for each in differences(base, mine) if each.kind != "order"]
    their_changes = [each for each in differences(base, theirs) if each.kind != "order"]
    equal = {each.path for each in their_changes if each in my_changes}
    conflicts = [
        Conflict(each.path, each, next((other for other in their_changes if other.path == each.path), None))
        for each in my_changes
        if each.path not in equal and _touched(each.path, [other.path for other in their_changes])
    ]
    contested = [conflict.path for conflict in conflicts]
    return Merge(
        base=base,
        mine=mine,
        theirs=theirs,
        conflicts=tuple(conflicts),
        only_mine=tuple(each for each in my_changes if each.path not in equal and each.path not in contested),
        only_theirs=tuple(
            each for each in their_changes if each.path not in equal and not _touched(each.path, contested)
        ),
    )


def _places(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[str]:
    return [change.path for change in changes_between(before, after, free=())]


def _touched(path: str, others: Collection[str]) -> bool:
    """Whether one of the places is this one, lies in it, or holds it."""
    return any(path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.") for other in others)
