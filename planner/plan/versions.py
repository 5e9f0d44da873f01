"""Upgrades of old documents: each step turns version n into n + 1, and old samples are kept in the tests.

There is one version so far. A document without `schema_version` is version 1, the first, for ever.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from planner.plan.errors import PlanError, PlanInvalid

CURRENT_VERSION: Final = 1
UPGRADES: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}


def upgraded(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document in the current version. Raises PlanInvalid for versions this program does not know."""
    version = document.get("schema_version", 1)
    if isinstance(version, bool) or not isinstance(version, int | float) or version != version // 1 or version < 1:
        raise _refused(f"schema_version is {version!r}; it must be a whole number from 1 to {CURRENT_VERSION}.")
    if version > CURRENT_VERSION:
        raise _refused(
            f"The document has schema version {version}, and this program knows versions up to {CURRENT_VERSION}. "
            "It was written by a newer program: update this one."
        )
    current = dict(document)
    for step in range(int(version), CURRENT_VERSION):
        current = UPGRADES[step](current)
    return current


def _refused(message: str) -> PlanInvalid:
    return PlanInvalid([PlanError("/schema_version", "schema_version", message, "schema_version")])
