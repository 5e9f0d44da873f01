"""Pages about the interface: recipes carry the reader's own plan, the reference every operation, none inline code."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from accounts.models import KeyScope, Membership, Organisation, User
from accounts.operations.api_keys import api_key_create
from planner.api.schemas import openapi_document
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.examples import template
from planner.report.tables.fields_doc import PAGE, fields_page
from planner.views.api_pages import FOLDER, RECIPES
from tests.people import client_of


@pytest.fixture
def plans(organisation: Organisation) -> list[Plan]:
    with scope(organisation=organisation):
        documents = [template(name).json for name in ("support-chat", "coding-agent")]
        return [plan_create(organisation=organisation, document=document) for document in documents]


def texts(client: Client) -> dict[str, str]:
    return {name: client.get(f"/api/recipes/{name}").content.decode() for name in RECIPES}


def test_it_fills_in_the_readers_own(colleague: User, plans: list[Plan]) -> None:
    member = Membership.objects.select_related("organisation", "user").get(user=colleague)
    with scope(organisation=member.organisation):
        api_key_create(by=member, name="Board <b>sheet</b>`", scopes=[KeyScope.PLANS_READ])
    for name, page in texts(client_of(colleague)).items():
        assert "PLAN_ID" not in page, name
        assert "KEY_NAME" not in page, name
        assert not re.search(r"\bHOST\b", page), name
        assert "<b>sheet" not in page, name
    page = client_of(colleague).get("/api/recipes/curl").content.decode()
    assert f"http://testserver/api/v1/plans/{plans[1].id}/summary.csv" in page
    assert "Board &lt;b&gt;sheet&lt;/b&gt;" in page


def test_it_takes_the_plan_that_is_chosen_but_no_foreign_one(
    colleague: User, stranger: User, other_organisation: Organisation, plans: list[Plan]
) -> None:
    chosen = f"/api/recipes/curl?plan={plans[0].id}"
    assert f"plans/{plans[0].id}/summary.csv" in client_of(colleague).get(chosen).content.decode()
    assert str(plans[0].id) not in client_of(stranger).get(chosen).content.decode()
    assert "plans/PLAN_ID/summary.csv" in Client().get(chosen).content.decode()


def test_it_has_five_steps_and_what_goes_wrong_in_every_recipe(db: None) -> None:
    for name in RECIPES:
        text = (FOLDER / f"{name}.md").read_text()
        assert re.findall(r"^(\d)\.", text, re.MULTILINE) == list("12345"), name
        assert "## When it does not work" in text, name
        page = Client().get(f"/api/recipes/{name}")
        assert page.status_code == 200, name
        assert "style=" not in page.content.decode(), name
    assert {path.stem for path in FOLDER.glob("*.md")} == {*RECIPES, "README"}
    assert Client().get("/api/recipes/nothing").status_code == 404


def test_it_keeps_fields_and_units_current() -> None:
    assert PAGE.read_text() == fields_page(), "run python -m planner.report.tables.fields_doc"


def test_it_lists_every_operation_with_a_call(db: None) -> None:
    page = Client().get("/api/reference").content.decode()
    for path, methods in openapi_document()["paths"].items():
        for method, operation in methods.items():
            assert f"{method.upper()} {path}" in page
            assert f'id="{operation["operationId"]}"' in page
    assert page.count("curl -sS") == sum(len(methods) for methods in openapi_document()["paths"].values())
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", page)


def test_it_finds_operations_by_words(db: None) -> None:
    page = Client().get("/api/reference?q=stored+futures").content.decode()
    assert "plans_whatif" in page
    assert "runs_cancel" not in page
    assert "No operation holds all these words" in Client().get("/api/reference?q=zebra").content.decode()


def test_it_leads_from_the_start(colleague: User, plans: list[Plan]) -> None:
    page = client_of(colleague).get("/api").content.decode()
    assert f"/plans/{plans[1].id}/feeds" in page
    assert all(f"/api/recipes/{name}" in page for name in RECIPES)
    assert Path(settings.BASE_DIR, "docs", "recipes").is_dir()
