"""System checks of the walls between organisations; they ask the database, so name one: `check --database default`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from accounts.row_security import role_problems, tables_without_policy


@register(Tags.database)
def check_row_security(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_: Any
) -> list[CheckMessage]:
    """In production PostgreSQL must guard every tenant's table, also against the role we work as."""
    if settings.TRY_OUT:
        return []
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        found += [_role_sees_past(problem) for problem in role_problems(connection)]
        found += [_unguarded(table) for table in tables_without_policy(connection)]
    return found


def _role_sees_past(problem: str) -> CheckMessage:
    return Error(
        f"The database role of this deployment {problem}: PostgreSQL shows it the rows of every organisation.",
        hint="Connect as the role that `manage.py secure_database --app` was given (docs/operations.md).",
        id="danegeld.E010",
    )


def _unguarded(table: str) -> CheckMessage:
    return Error(
        f"Table {table} names an organisation but PostgreSQL does not guard it.",
        hint="Run as the owner: python manage.py secure_database --app danegeld_app --backup danegeld_backup",
        id="danegeld.E011",
    )
