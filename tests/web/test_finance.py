"""The finance view: cash flow, and profit and loss, by fiscal year and month, with files."""

import csv
from io import StringIO

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
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


def test_it_is_one_link_from_the_answer(visitor: Client) -> None:
    assert 'href="/draft/finance"' in visitor.get("/draft").content.decode()
    page = visitor.get("/draft/finance").content.decode()
    assert "Result after tax" in page
    assert "Total</th>" in page


def test_it_shows_any_option_by_year_or_month(visitor: Client) -> None:
    years, months = (visitor.get(f"/draft/finance?option=tune-7b&by={by}").content.decode() for by in ("year", "month"))
    assert "FY27</th>" in years
    assert "Decision</th>" in months
    assert "Cash low point: " in years
    assert 'href="/draft/trace/options.tune-7b.cash_low"' in years
    assert visitor.get("/draft/finance?option=nobody").status_code == 404


def test_it_hands_out_both_statements_with_the_months_adding_up(visitor: Client) -> None:
    for statement, line in (("cash_flow", "cash_flow"), ("profit", "result")):
        total = {}
        for by in ("years", "months"):
            response = visitor.get(f"/draft/finance/tune-7b/{statement}_{by}.csv")
            assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
            rows = [row for row in csv.DictReader(StringIO(response.content.decode())) if row["row"] == line]
            parts = sum(float(row["value"]) for row in rows if row["column"] != "total")
            total[by] = next(float(row["value"]) for row in rows if row["column"] == "total")
            assert parts == pytest.approx(total[by])
        assert total["years"] == pytest.approx(total["months"])
    assert visitor.get("/draft/finance/tune-7b/nothing.csv").status_code == 404


def test_it_says_the_gross_margin_where_revenue_is_given(
    organisation: Organisation, owner: User, stranger: User, other_organisation: Organisation
) -> None:
    document = template("support-chat").document
    document["finance"]["revenue_per_request"] = 0.02
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=document, created_by=owner)
    page = client_of(owner).get(f"/plans/{plan.id}/finance").content.decode()
    assert "Gross margin over the plan: " in page
    assert "Revenue (given)" in page
    assert client_of(stranger).get(f"/plans/{plan.id}/finance").status_code == 404
