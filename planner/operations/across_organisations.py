"""The rows of all organisations: only for the workers and the sweeper, and only through these functions.

A worker knows a run's id and nothing else. It reads the organisation from the row and then works in its scope.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from planner.models import IdempotentRequest, ReportFile, Run

P = ParamSpec("P")
R = TypeVar("R")


def across_organisations(operation: Callable[P, R]) -> Callable[P, R]:
    """Let an operation see every organisation, also past PostgreSQL's row-level security."""

    @functools.wraps(operation)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        with scopes_disabled():
            return operation(*args, **kwargs)

    return wrapped


def all_runs() -> QuerySet[Run]:
    """Return every run there is."""
    runs: QuerySet[Run] = Run.objects.with_scopes_disabled().all()
    return runs


def all_idempotent_requests() -> QuerySet[IdempotentRequest]:
    """Return every stored idempotent request."""
    requests: QuerySet[IdempotentRequest] = IdempotentRequest.objects.with_scopes_disabled().all()
    return requests


def all_reports() -> QuerySet[ReportFile]:
    """Return every report there is."""
    reports: QuerySet[ReportFile] = ReportFile.objects.with_scopes_disabled().all()
    return reports
