"""How is this worked out: every figure of the results page leads to a page that says so."""

import re

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor() -> Client:
    """Somebody with a draft."""
    client = Client()
    client.post("/plans/new", {"template": "code-completion"})
    return client


def test_it_makes_every_figure_of_the_tables_a_link(visitor: Client) -> None:
    page = visitor.get("/draft?futures=1").content.decode()
    table = page.split('id="options"')[1].split("</table>")[0]
    cells = re.findall(r'<td[^>]*data-label="([^"]*)"[^>]*>(.*?)</td>', table)
    figures = [(label, cell) for label, cell in cells if 'class="figure-number' in cell]
    assert len(figures) > 20
    assert all('<a class="traced" href="/draft/trace/options.' in cell for _label, cell in figures)


def test_it_says_what_a_figure_over_futures_counts(visitor: Client) -> None:
    page = visitor.get("/draft/trace/options.tune-7b.futures.p_best").content.decode()
    assert "Futures in which no other option costs less" in page
    assert "8,192 futures" in page
    assert "/draft/trace/inputs." in page
    assert "/draft/trace/options.tune-7b.npv" in page


def test_it_says_how_a_figure_is_worked_out_and_leads_deeper_and_back(visitor: Client) -> None:
    page = visitor.get("/draft/trace/options.tune-7b.npv").content.decode()
    assert "What each part of the cash flow is worth today, added up." in page
    deeper = re.findall(r'href="(/draft/trace/[^"]+components.compute.present[^"]+)"', page)[0]
    below = visitor.get(deeper.replace("&amp;", "&")).content.decode()
    assert 'href="/draft/trace/options.tune-7b.npv"' in below.split("<h1")[0]
    assert "inputs.finance.discount_rate" in below


def test_it_ends_at_an_input_with_its_source(visitor: Client) -> None:
    page = visitor.get("/draft/trace/inputs.workloads.completion.requests_per_month").content.decode()
    assert "An input of the plan" in page
    assert "Source:" in page


def test_it_opens_in_place_as_a_row_of_the_table(visitor: Client) -> None:
    row = visitor.get("/draft/trace/options.tune-7b.npv", headers={"HX-Request": "true"}).content.decode()
    assert row.strip().startswith('<tr class="trace-row"')
    assert "<html" not in row


def test_it_takes_the_id_of_a_cell_and_refuses_what_is_no_figure(visitor: Client) -> None:
    assert visitor.get("/draft/trace/metrics.tune-7b.tco").status_code == 200
    assert visitor.get("/draft/trace/metrics.tune-7b.nothing").status_code == 404
    assert visitor.get("/draft/trace/options.tune-7b.npv?from=nonsense").status_code == 200
    assert Client().get("/draft/trace/options.tune-7b.npv").headers["Location"] == "/plans/new"


def test_it_shows_a_plans_figures_to_its_members_only(
    organisation: Organisation, owner: User, viewer: User, stranger: User, other_organisation: Organisation
) -> None:
    with scope(organisation=organisation):
        plan: Plan = plan_create(
            organisation=organisation, document=template("support-chat").document, created_by=owner
        )
    address = f"/plans/{plan.id}/trace/options.today.npv"
    assert client_of(viewer).get(address).status_code == 200
    assert client_of(stranger).get(address).status_code == 404
    assert "login" in Client().get(address).headers["Location"]


def test_it_takes_nothing_from_under_a_hand_when_the_futures_arrive(visitor: Client) -> None:
    page = visitor.get("/draft").content.decode()
    assert 'id="futures-wait" role="status" hidden' in page
    assert "futures-wait" not in visitor.get("/draft?futures=1").content.decode()
