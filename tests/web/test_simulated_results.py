"""Once a run has finished, its plan's page shows what it simulated."""

import pytest
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.operations.run_execute import run_execute
from planner.operations.run_start import run_start
from planner.plan.examples import template
from tests.web.test_plans import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(organisation: Organisation, owner: User) -> tuple[str, Plan]:
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)
        assert run_execute(run_id=run_start(plan=plan).run.id)
    return member(owner).get(f"/plans/{plan.id}").content.decode(), plan


def test_it_shows_how_sure_the_verdict_is_and_every_figure(page: tuple[str, Plan]) -> None:
    text, _ = page
    assert "of 256 simulated futures" in text.replace("\N{NO-BREAK SPACE}", " ")
    for figure in (
        "cumulative_range",
        "decision_map",
        "tornado",
        "npv_difference",
        "npv_ranges",
        "go_live",
        "budget_odds",
    ):
        assert f'id="figure-{figure}"' in text, figure
    assert "style=" not in text  # the page's policy allows no inline style


def test_it_gives_a_figures_table_as_csv(page: tuple[str, Plan], owner: User) -> None:
    _, plan = page
    csv = member(owner).get(f"/plans/{plan.id}/tables/npv_ranges.csv")
    assert csv.status_code == 200
    assert "p_best" in csv.content.decode()


def test_it_shows_break_even_in_every_future_and_what_makes_the_spread(page: tuple[str, Plan], owner: User) -> None:
    text, plan = page
    for table, said in (
        ("break_even_range", "winner_above"),
        ("variance_shares", "first_order"),
        ("go_live", "spend_side"),
    ):
        csv = member(owner).get(f"/plans/{plan.id}/tables/{table}.csv")
        assert csv.status_code == 200
        assert said in csv.content.decode()
    assert "the best two options cost the same" in text
    assert "of the gap’s spread" in text
