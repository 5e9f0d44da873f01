"""For which organisation the code at hand speaks to the database."""

from django_scopes import get_scope

EVERY = "every"
"""All organisations: what workers, the sweeper and management commands see outside of a scope."""
NONE = ""
"""No organisation: what a web process sees outside of a scope."""

_outside_of_scopes = EVERY


def wall_in_this_process() -> None:
    """From now on this process sees no tenant's rows outside of a scope. Web processes call this when they start."""
    global _outside_of_scopes  # noqa: PLW0603 - a fact about the whole process
    _outside_of_scopes = NONE


def serves_requests() -> bool:
    """Whether this is a web process: somebody is waiting for what it asks the database."""
    return _outside_of_scopes == NONE


def wanted_organisation() -> str:
    """Return the id of the scope's organisation, `every` where scopes are switched off, or the process's default."""
    scope = get_scope()
    if not scope.get("_enabled", True):
        return EVERY
    organisation = scope.get("organisation")
    return str(organisation.pk) if organisation is not None else _outside_of_scopes
