"""Method, help, status: pages for everybody; beside a plan, the method with its own figures."""

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.operations.plan_edit import plan_create
from planner.plan.document import parse_plan
from planner.plan.examples import template
from planner.plan.fields import leaves
from planner.renderers.markdown_page import markdown_page
from planner.renderers.method_links import method_page_of
from planner.views.method import ORDER
from tests.people import client_of


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/method", "/help", "/help/keyboard", "/accessibility", "/status", "/changelog"])
def test_it_answers_everybody(address: str) -> None:
    assert Client().get(address).status_code == 200


@pytest.mark.django_db
def test_it_has_a_page_for_every_part_of_the_method() -> None:
    files = {path.stem for path in (settings.BASE_DIR / "docs" / "model").glob("*.md")} - {"README"}
    assert files == set(ORDER)
    for page in ORDER:
        assert Client().get(f"/method/{page}").status_code == 200
    assert Client().get("/method/settings").status_code == 404


@pytest.mark.django_db
def test_it_works_a_page_out_with_a_plans_own_figures(owner: User, organisation: Organisation) -> None:
    with scope(organisation=organisation):
        plan = plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)
    answer = client_of(owner).get(f"/plans/{plan.id}/method/serving?option=host-70b")
    labels = [example.trace.label for example in answer.context["examples"]]
    assert any("eplica" in label for label in labels), labels
    assert f"/plans/{plan.id}/trace/options.host-70b.replicas.m12" in answer.content.decode()


@pytest.mark.django_db
def test_it_works_a_page_out_for_a_draft() -> None:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    assert client.get("/draft/method/cashflow").context["examples"]


def test_it_leads_from_every_number_of_a_plan_to_a_page_that_is_there() -> None:
    for leaf in leaves(parse_plan(template("the-essay").json)):
        if leaf.spec.is_quantity:
            assert method_page_of(leaf.path) in ORDER, leaf.path


def test_it_lets_nothing_of_a_file_become_markup() -> None:
    text = "# A <b>title</b>\n\n<script>alert(1)</script> [x](javascript:alert(1)) [gone](../x.md)\n\n>>> 1 + 1\n2\n"
    page = markdown_page(text)
    assert "<script" not in page.html
    assert "javascript:" not in page.html.replace("[x](javascript:alert(1))", "")
    assert "gone" in page.html
    assert "<code>&gt;&gt;&gt; 1 + 1\n2\n</code>" in page.html
