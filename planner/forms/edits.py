"""The buttons that change a plan's shape: what one says, and what becomes of the document.

A button's value is a command and a path: ``add options.today.team``, ``add options api``, ``copy workloads.chat``,
``up``, ``down``, ``off``, ``remove``; ``on 0`` brings back what was switched off first; ``kind market.gpu_rent`` takes
the kind from the list beside it, named ``kind:market.gpu_rent``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.plan.document import parse_plan
from planner.plan.fields import uncertain_leaves
from planner.plan.restructure import (
    NoSuchPart,
    kind_chosen,
    part_added,
    part_copied,
    part_moved,
    part_removed,
    part_switched_off,
    part_switched_on,
)

Document = dict[str, Any]


def edited(document: Mapping[str, Any], command: str, data: Mapping[str, Any]) -> tuple[Document, str]:
    """The document after a button, not yet validated, and the path to show next. Raises NoSuchPart."""
    verb, _, rest = command.partition(" ")
    path, _, kind = rest.partition(" ")
    base = dict(document)
    if verb == "add":
        return _added(base, path, kind)
    if verb == "copy":
        return part_copied(base, path)
    if verb in ("up", "down"):
        return part_moved(base, path, -1 if verb == "up" else 1), path
    if verb == "remove":
        return part_removed(base, path), path.rpartition(".")[0]
    if verb == "off":
        return part_switched_off(base, path), ""
    if verb == "on" and path.isdecimal() and len(path) < 4:
        return part_switched_on(base, int(path))
    if verb == "kind":
        return _kind(base, path, str(data.get(f"kind:{path}", "")))
    raise NoSuchPart("This page has no such button.")


def _kind(document: Document, path: str, kind: str) -> tuple[Document, str]:
    return (kind_chosen(document, path, kind), path) if kind else (part_removed(document, path), path)


def _added(document: Document, place: str, kind: str) -> tuple[Document, str]:
    if place != "correlations":
        return part_added(document, place, kind)
    changed, path = part_added(document, place, kind)
    unsure = [leaf.path for leaf in uncertain_leaves(parse_plan(document))]
    told = {frozenset((each.get("a"), each.get("b"))) for each in document.get("correlations", [])}
    pair = next(
        ((a, b) for a in unsure for b in unsure if a < b and frozenset((a, b)) not in told),
        None,
    )
    if pair is None:
        raise NoSuchPart("Give two inputs a range first: only what is uncertain can move together.")
    changed["correlations"][-1].update(zip("ab", pair, strict=True))
    return changed, path


def with_notes(document: Mapping[str, Any], data: Mapping[str, Any]) -> Document:
    """The document with the notes that were sent, ``note:<path>``; an emptied one goes."""
    notes = dict(document.get("notes", {}))
    for name, words in data.items():
        if name.startswith("note:"):
            path = name.removeprefix("note:")
            notes[path] = str(words).replace("\r\n", "\n").strip()
            if not notes[path]:
                del notes[path]
    changed = dict(document)
    if notes or "notes" in changed:
        changed["notes"] = notes
    return changed
