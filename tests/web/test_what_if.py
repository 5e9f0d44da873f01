"""What if: the address holds the change, the tracks say who wins, and a change can be kept as a scenario."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django_scopes import scope

from accounts.models import Organisation, User
from planner.models import Plan
from planner.operations.plan_edit import plan_create
from planner.plan.document import parse_plan
from planner.plan.examples import template
from tests.people import client_of

pytestmark = pytest.mark.django_db

REQUESTS = "workloads.chat.requests_per_month"
FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def visitor() -> Client:
    """Somebody with a draft of the support chat."""
    client = Client()
    client.post("/plans/new", {"template": "support-chat"})
    return client


@pytest.fixture
def plan(organisation: Organisation, owner: User) -> Plan:
    with scope(organisation=organisation):
        return plan_create(organisation=organisation, document=template("support-chat").document, created_by=owner)


def text_of(client: Client, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_it_answers_at_once_and_brings_the_futures_after(visitor: Client) -> None:
    page = text_of(visitor, "/draft/what-if")
    assert "simulated futures" not in page
    assert 'hx-trigger="load"' in page
    assert "style=" not in page
    fragment = text_of(visitor, "/draft/what-if", **FRAGMENT)
    assert "of 8,192 simulated futures" in fragment
    assert "<html" not in fragment
    assert "of 8,192 simulated futures" in text_of(visitor, "/draft/what-if?futures=1")  # without scripts


def test_it_says_what_the_change_does_and_where_it_flips(visitor: Client) -> None:
    changed = visitor.get("/draft/what-if", {REQUESTS: "12m"}, headers=FRAGMENT)
    text = changed.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "As it stands:" in text
    assert "With this change:" in text
    assert "Buying open weights from a host is ahead" in text
    assert "Flips at 8.87 m requests a month (from A2 to O)" in text
    assert f'id="track-{REQUESTS.replace(".", "_")}"' in text
    assert changed.headers["HX-Replace-Url"] == f"/draft/what-if?{REQUESTS}=12m"


def test_it_keeps_addresses_tidy(visitor: Client) -> None:
    sent = visitor.get("/draft/what-if", {REQUESTS: "6,000,000", "workloads.chat.open_coverage": "85", "futures": "1"})
    assert sent.status_code == 302
    assert sent.headers["Location"] == "/draft/what-if?workloads.chat.open_coverage=85&futures=1"


def test_it_moves_numbers_that_only_the_catalogue_has(visitor: Client) -> None:
    path = "options.host-70b.primary.accelerator.rent_per_hour"
    changes = [change_of_hosting(visitor, f"{path}={rent}") for rent in ("0.01", "20")]
    assert changes[0] > 0 > changes[1]


def change_of_hosting(client: Client, query: str) -> float:
    """What a what-if does to the hosted option's NPV, out of its CSV."""
    rows = csv.DictReader(io.StringIO(text_of(client, f"/draft/what-if?{query}&csv=1")))
    return next(float(row["value"]) for row in rows if (row["row"], row["column"]) == ("host-70b", "change"))


def test_it_says_what_was_typed_wrong_and_keeps_it(visitor: Client) -> None:
    wrong = visitor.get("/draft/what-if", {REQUESTS: "lots"})
    assert wrong.status_code == 422
    assert 'value="lots"' in wrong.content.decode()
    assert "is not a number" in wrong.content.decode()
    refused = visitor.get("/draft/what-if", {"workloads.chat.open_coverage": "120"}, headers=FRAGMENT)
    assert 'role="alert"' in refused.content.decode()


def test_it_leaves_out_what_the_plan_does_not_have(visitor: Client) -> None:
    page = text_of(visitor, "/draft/what-if?options.nobody.go_live_month=3&input=finance.discount_rate")
    assert "inputs that this plan does not have" in page
    assert 'name="finance.discount_rate"' in page


@pytest.mark.parametrize("name", ["vendor-doubles-prices", "two-engineers-leave", "when-to-switch"])
def test_it_answers_what_boards_ask(visitor: Client, name: str) -> None:
    page = text_of(visitor, "/draft/what-if")
    address = re.findall(rf'href="(/draft/what-if[^"]*ask={name})"', page)[0].replace("&amp;", "&")
    answered = visitor.get(address)
    assert answered.status_code == 200
    assert answered.content.decode().count("data-lever>") > 6


def test_it_keeps_a_what_if_as_a_scenario(plan: Plan, owner: User, organisation: Organisation) -> None:
    client = client_of(owner)
    address = f"/plans/{plan.id}/scenarios/new?{REQUESTS}=20m"
    form = text_of(client, address)
    assert 'value="20000000"' in form or 'value="20,000,000"' in form
    saved = client.post(address, {"name": "A flood", "probability": "10", REQUESTS: "20,000,000"})
    assert saved.headers["Location"] == f"/plans/{plan.id}/compare"
    with scope(organisation=organisation):
        document = json.loads(plan.revisions.get(number=2).document)
    kept = parse_plan(document).scenarios[-1]
    assert (kept.name, kept.probability, kept.overrides) == ("A flood", 0.1, {REQUESTS: 20_000_000})


def test_it_keeps_a_catalogue_number_in_a_scenario(visitor: Client) -> None:
    path = "options.host-70b.primary.accelerator.rent_per_hour"
    address = f"/draft/scenarios/new?{path}=1.5"
    assert visitor.post(address, {"name": "Cheap GPUs"}).status_code == 302
    assert "Cheap GPUs" in text_of(visitor, "/draft/compare?s=plan,cheap-gpus")


def test_it_lets_viewers_look_and_change_nothing(plan: Plan, viewer: User, stranger: User) -> None:
    client = client_of(viewer)
    page = text_of(client, f"/plans/{plan.id}/what-if?{REQUESTS}=20m")
    assert "Save as scenario" not in page
    assert client.get(f"/plans/{plan.id}/scenarios/new").status_code == 403
    assert client_of(stranger).get(f"/plans/{plan.id}/what-if").status_code == 404
