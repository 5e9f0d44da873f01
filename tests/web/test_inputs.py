"""The inputs of a draft and of a plan: everything the plan declares, nothing typed is lost."""

import json

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.forms.sections import blocks_of, sections_of
from planner.models import Plan
from planner.operations.plan_edit import plan_create, revision_save
from planner.plan.document import parse_plan
from planner.plan.examples import ORDER, template
from planner.plan.fields import leaves

pytestmark = pytest.mark.django_db
USE = "/draft/inputs/use"
REQUESTS = "workloads.chat.requests_per_month"


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    return client


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def member(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def draft(client: Client) -> dict[str, object]:
    document: dict[str, object] = client.session["draft"]["document"]
    return document


@pytest.mark.parametrize("template_id", ORDER)
def test_it_asks_for_every_number_of_a_plan_on_one_tab(template_id: str) -> None:
    plan = parse_plan(template(template_id).json)
    asked = [leaf.path for section in sections_of(plan) for block in blocks_of(plan, section) for leaf in block.leaves]
    numbers = [leaf.path for leaf in leaves(plan) if leaf.spec.kind in ("quantity", "number", "integer")]
    numbers = [path for path in numbers if not path.startswith(("correlations.", "scenarios.", "schema_version"))]
    assert len(asked) == len(set(asked))
    assert set(numbers) <= set(asked)


def test_it_shows_every_tab(visitor: Client) -> None:
    page = visitor.get(USE)
    for section in page.context["sections"]:
        assert visitor.get(f"/draft/inputs/{section.key}").status_code == 200
    assert visitor.get("/draft/inputs/nothing").status_code == 404


def test_it_changes_only_what_was_touched(visitor: Client) -> None:
    before = draft(visitor)
    shown = visitor.get(USE).context["form"].shown
    visitor.post(USE, {**shown, REQUESTS: "2.5m"})
    changed = json.loads(json.dumps(before))
    changed["workloads"][0]["requests_per_month"] = 2_500_000
    assert draft(visitor) == changed


def test_it_takes_ranges_and_percent(visitor: Client) -> None:
    visitor.post(USE, {REQUESTS: "2m to 3m", "workloads.chat.cached_input_share": "45 %"})
    workload = draft(visitor)["workloads"][0]  # type: ignore[index]  # the document is plain JSON
    assert workload["requests_per_month"] == "2000000 to 3000000"
    assert workload["cached_input_share"] == 0.45


def test_it_goes_back_to_the_default_when_a_field_is_emptied(visitor: Client) -> None:
    visitor.post(USE, {"workloads.chat.peak_to_average": ""})
    assert "peak_to_average" not in draft(visitor)["workloads"][0]  # type: ignore[index]  # the document is plain JSON


def test_it_says_so_when_a_required_field_is_emptied(visitor: Client) -> None:
    response = visitor.post(USE, {REQUESTS: ""})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()


def test_it_keeps_every_entry_when_one_is_wrong(visitor: Client) -> None:
    response = visitor.post(USE, {REQUESTS: "many", "workloads.chat.input_tokens": "2,222"})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="many"' in page
    assert 'value="2,222"' in page
    assert '<a href="#id_workloads.chat.requests_per_month">' in page


def test_it_leads_to_the_answer(visitor: Client) -> None:
    assert visitor.post(USE, {REQUESTS: "3m", "results": "1"}).headers["Location"] == "/draft"


def test_it_saves_a_members_change_as_the_next_revision(plan: Plan, owner: User, organisation: Organisation) -> None:
    address = f"/plans/{plan.id}/inputs/finance"
    response = member(owner).post(address, {"based_on": "1", "finance.discount_rate": "12"})
    assert response.headers["Location"] == address
    with scope(organisation=organisation):
        revision = plan.revisions.get(number=2)
    assert json.loads(revision.document)["finance"]["discount_rate"] == 0.12


def test_it_puts_my_change_on_top_of_a_colleagues(plan: Plan, owner: User, organisation: Organisation) -> None:
    document = template("support-chat").document
    document["finance"]["inflation"] = 0.04
    with scope(organisation=organisation):
        revision_save(plan=plan, document=document, based_on=1)
    client, address = member(owner), f"/plans/{plan.id}/inputs/finance"
    response = client.post(address, {"based_on": "1", "finance.discount_rate": "12", "finance.inflation": "2.5"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody saved revision 2" in page
    again = {name: response.context[name] for name in ("base", "mine")} | {"theirs": "2"}
    assert client.post(f"/plans/{plan.id}/merge", again).status_code == 302
    with scope(organisation=organisation):
        both = json.loads(plan.revisions.get(number=3).document)["finance"]
    assert (both["discount_rate"], both["inflation"]) == (0.12, 0.04)


def test_it_lets_a_viewer_look_but_not_change(plan: Plan, viewer: User) -> None:
    client, address = member(viewer), f"/plans/{plan.id}/inputs/use"
    assert client.get(address).status_code == 200
    assert b"Save and see the answer" not in client.get(address).content
    assert client.post(address, {REQUESTS: "1m"}).status_code == 403


def test_it_hides_a_foreign_plan(plan: Plan, stranger: User) -> None:
    assert member(stranger).get(f"/plans/{plan.id}/inputs/use").status_code == 404
