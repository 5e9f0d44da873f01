"""The list of plans: fifty on a page, and the same number of queries however many there are."""

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan, Result
from planner.operations.plan_edit import plan_create, revision_save
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from tests.api.callers import example
from tests.people import client_of

RUNS = 2


@pytest.fixture
def plans(organisation: Organisation, owner: User) -> list[Plan]:
    """Fifty-two plans; the newest two have a finished run, of which one is older than the plan's latest revision."""
    with scope(organisation=organisation):
        many = [plan_create(organisation=organisation, document=example(name=f"Plan {at}")) for at in range(52)]
        for at, plan in enumerate(many[-RUNS:]):
            assert run_execute(run_id=run_start(plan=plan).run.id)
            if at % 2:
                changed = example(name=plan.name)
                changed["finance"]["discount_rate"] = 0.2
                revision_save(plan=plan, document=changed, based_on=1)
    return many


def queries(user: User, path: str) -> int:
    client = client_of(user)
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_it_shows_answers_states_and_pages(plans: list[Plan], owner: User) -> None:
    first = client_of(owner).get("/plans").content.decode()
    assert first.count('<tr role="row"><th scope="row"') == 50
    assert first.count("inputs changed since") == 1
    with scope(organisation=plans[-1].organisation):
        result = Result.objects.get(run__plan=plans[-1])
    assert first.count(escape(orjson.loads(bytes(result.document))["verdict"]["headline"])) == RUNS
    assert "Page 1 of 2" in first
    second = client_of(owner).get("/plans?page=2").content.decode()
    assert second.count('<tr role="row"><th scope="row"') == 2
    assert "Plan 0<" in second


def test_it_asks_as_often_for_many_plans_as_for_few(plans: list[Plan], owner: User) -> None:
    full = queries(owner, "/plans")
    with scope(organisation=plans[0].organisation):
        Plan.objects.filter(id__in=[plan.id for plan in plans[:-2]]).delete()
    assert queries(owner, "/plans") == full <= 12


def test_it_asks_as_often_for_results_of_a_long_history(plans: list[Plan], owner: User) -> None:
    plan = plans[-2]
    short = queries(owner, f"/plans/{plan.id}")
    with scope(organisation=plan.organisation):
        for seed in range(2, 4):
            assert run_execute(run_id=run_start(plan=plan, seed=seed).run.id)
    assert queries(owner, f"/plans/{plan.id}") == short
