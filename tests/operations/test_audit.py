"""Each change of a plan or run leaves exactly one entry in the log, in the same transaction, without contents."""

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import AuditEntry, Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create, plan_delete, plan_rename
from planner.operations.run_cancel import run_cancel
from planner.operations.run_start import run_start
from planner.plan.examples import template

DOCUMENT = template("support-chat").json


@pytest.fixture
def plan(organisation: Organisation, in_scope: None, colleague: User) -> Plan:
    """A stored plan."""
    return plan_create(organisation=organisation, document=DOCUMENT, created_by=colleague)


def _entries_of(change: Callable[[], object]) -> list[AuditEntry]:
    known = set(AuditEntry.objects.values_list("id", flat=True))
    change()
    return list(AuditEntry.objects.exclude(id__in=known))


def test_it_logs_a_new_plan(organisation: Organisation, in_scope: None, colleague: User) -> None:
    (entry,) = _entries_of(lambda: plan_create(organisation=organisation, document=DOCUMENT, created_by=colleague))
    assert (entry.action, entry.actor) == ("plan_created", colleague)
    assert set(entry.after) == {"revision", "digest"}


def test_it_logs_a_change_by_digest(plan: Plan, colleague: User) -> None:
    (entry,) = _entries_of(lambda: plan_rename(plan=plan, name="Renamed", renamed_by=colleague))
    assert (entry.action, entry.before["revision"], entry.after["revision"]) == ("plan_changed", 1, 2)
    assert entry.before["digest"] != entry.after["digest"]


def test_it_logs_a_deletion(plan: Plan, colleague: User) -> None:
    (entry,) = _entries_of(lambda: plan_delete(plan=plan, deleted_by=colleague))
    assert (entry.action, entry.actor) == ("plan_deleted", colleague)


def test_it_logs_a_run_once(plan: Plan, colleague: User) -> None:
    assert len(_entries_of(lambda: run_start(plan=plan, started_by=colleague))) == 1
    assert _entries_of(lambda: run_start(plan=plan, started_by=colleague)) == []


def test_it_logs_a_cancellation_once(plan: Plan, colleague: User) -> None:
    run = run_start(plan=plan).run
    assert len(_entries_of(lambda: run_cancel(run=run, cancelled_by=colleague))) == 1
    assert _entries_of(lambda: run_cancel(run=run, cancelled_by=colleague)) == []


def test_it_logs_nothing_that_was_rolled_back(plan: Plan) -> None:
    def rolled_back() -> None:
        with transaction.atomic():
            plan_rename(plan=plan, name="Renamed")
            transaction.set_rollback(True)

    assert _entries_of(rolled_back) == []
