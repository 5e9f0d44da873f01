"""Changes of single numbers, those that only the catalogue has among them, as a plan or a scenario may hold them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.analysis.dial import record_in_place, resolved_at
from planner.assembly import Snapshot
from planner.assembly.tree import Tree
from planner.plan.changes import place_of


def overrides_for(snapshot: Snapshot, changes: Mapping[str, Any]) -> dict[str, Any]:
    """`changes` by dotted path, ready for `with_overrides` or a scenario.

    Where a reference into the catalogue stands on the way (an accelerator, a model), the whole record is written in
    its place, with the changed numbers in it. Raises `PlanInvalid` for a path that leads nowhere.
    """
    written: dict[str, Any] = {}
    for path, value in changes.items():
        held = _reference_on(snapshot, path)
        if held is None:
            written[path] = value
        else:
            holder, record = held
            if holder not in written:
                written[holder] = record_in_place(snapshot, holder, record)
            _put(written[holder], path.removeprefix(f"{holder}.").split("."), value)
    return written


def _reference_on(snapshot: Snapshot, path: str) -> tuple[str, Tree] | None:
    """Path and record of the catalogue reference that the input lies behind; None where the plan holds it itself."""
    names = path.split(".")
    for length in range(1, len(names)):
        holder = ".".join(names[:length])
        if isinstance(place_of(snapshot.plan, holder).value, str):
            record = resolved_at(snapshot.tree, holder)
            return (holder, record) if isinstance(record, dict) else None
    return None


def _put(record: Any, steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        record = record[int(step)] if isinstance(record, list) else record[step]
    record[steps[-1]] = value
