"""The history of a plan: who changed which input when, out of its revisions."""

from __future__ import annotations

import json
from typing import Any, Final

from planner.models import Plan, Revision
from planner.plan.document_changes import changes_between
from planner.plan.pointers import steps_to

LOOKED_AT: Final = 200
"""The newest revisions that a history is made from."""


def history_of(plan: Plan) -> list[Revision]:
    """The plan's newest revisions with their authors, newest first."""
    return list(plan.revisions.select_related("created_by").order_by("-number")[:LOOKED_AT])


def field_history(plan: Plan, path: str) -> list[dict[str, Any]]:
    """When the value at a dotted path changed, newest first: revision, moment, author and the value from then on.

    A value of None: the plan says nothing there, the default holds.
    """
    found: list[dict[str, Any]] = []
    last: object = _NOT_YET
    for revision in reversed(history_of(plan)):
        value = _value_at(json.loads(revision.document), path)
        if value != last:
            found.append({"revision": revision, "value": value})
        last = value
    return list(reversed(found))


def last_changes(plan: Plan) -> dict[str, Revision]:
    """For each place of the document that was ever changed, the newest revision that did. See `latest_at`."""
    found: dict[str, Revision] = {}
    before: Any = None
    for revision in reversed(history_of(plan)):
        document = json.loads(revision.document)
        if before is not None:
            found |= {change.path: revision for change in changes_between(before, document, free=())}
        before = document
    return found


def latest_at(changes: dict[str, Revision], path: str) -> Revision | None:
    """Who last changed the input at a path, or a part it lies in; None for what is as it was at the beginning."""
    steps = path.split(".")
    around = [changes.get(".".join(steps[:depth])) for depth in range(1, len(steps) + 1)]
    return max((revision for revision in around if revision), key=lambda revision: revision.number, default=None)


_NOT_YET: Final = object()


def _value_at(document: Any, path: str) -> object:
    """The value at the path, None where the document says nothing."""
    try:
        steps = steps_to(document, path)
    except KeyError:
        return None
    here = document
    for step in steps:
        if isinstance(here, dict):
            here = here.get(step)
        elif isinstance(here, list) and isinstance(step, int):
            here = here[step]
        else:
            return None
    return here
