"""A run's prices, the run at today's prices, and the bridge between the two."""

import math
import uuid
from decimal import Decimal

import pytest

from accounts.models import Organisation, User
from planner.operations.run_execute import run_execute
from pricing.models import PriceBookEntry
from tests.api.callers import Caller, assert_problem, body
from tests.oracle.small_plans import option, plan
from tests.people import client_of

MODEL = "openai/gpt-4o"


@pytest.fixture
def editor(colleague: User) -> Caller:
    """A person who may start runs."""
    return Caller.of(colleague)


@pytest.fixture
def run(editor: Caller) -> dict[str, object]:
    """A finished run of two options, one of which buys a model of the catalogue."""
    primary = {"kind": "api", "tier": "frontier", "follows": "model", "model": MODEL}
    typed = {"kind": "api", "tier": "frontier", "follows": "model", "input_price": 1, "output_price": 4}
    document = {**plan(option("today", primary), option("other", typed)), "correlations": [], "scenarios": []}
    stored = editor.create_plan(**document)
    started: dict[str, object] = body(editor.send("POST", f"plans/{stored['id']}/runs"))
    run_execute(run_id=uuid.UUID(str(started["id"])))
    return started


@pytest.fixture
def contract(organisation: Organisation, owner: User, run: dict[str, object]) -> PriceBookEntry:
    """A contract that halves the model's price, made after the run."""
    return PriceBookEntry.objects.create(
        organisation=organisation,
        created_by=owner,
        model_id=MODEL,
        input_price=Decimal("1.25"),
        output_price=Decimal(5),
        effective_from="2026-01-01",
    )


def test_it_lists_exactly_the_rows_used(editor: Caller, run: dict[str, object]) -> None:
    prices = body(editor.get(f"runs/{run['id']}/price-rows"))
    (row,) = prices["items"]
    assert (row["kind"], row["ref"], row["record"]["prices"]["input_price"]) == ("api_prices", MODEL, "2.5")
    assert row["source"]["origin"] == "catalogue"
    assert len(prices["hash"]) == 64


def test_it_gives_the_run_itself_back_where_no_price_has_changed(editor: Caller, run: dict[str, object]) -> None:
    again = editor.send("POST", f"runs/{run['id']}/reprice")
    assert (again.status_code, body(again)["id"]) == (200, run["id"])


def test_it_bridges_from_the_old_run_to_the_new_one(
    editor: Caller, run: dict[str, object], contract: PriceBookEntry
) -> None:
    answer = editor.send("POST", f"runs/{run['id']}/reprice")
    later = body(answer)
    assert answer.status_code == 202
    assert later["revision"] == run["revision"]
    bridge = body(editor.get(f"runs/{later['id']}/since/{run['id']}?option=today"))
    assert bridge["after"] == pytest.approx(bridge["before"] / 2)
    (share,) = bridge["shares"]
    (change,) = share["changes"]
    assert (change["kind"], change["path"]) == ("price", MODEL)
    assert math.fsum([share["amount"], bridge["engine"], bridge["rounding"]]) == bridge["difference"]
    led = body(editor.get(f"runs/{later['id']}/since/{run['id']}?option=today&against=other"))
    assert led["against"] == "other"


def test_it_says_which_option_is_missing(editor: Caller, run: dict[str, object]) -> None:
    assert_problem(editor.get(f"runs/{run['id']}/since/{run['id']}?option=nobody"), 422, "plan_invalid")
    assert_problem(editor.get(f"runs/{run['id']}/since/{run['id']}?option=No One"), 400, "bad_parameter")


def test_it_compares_runs_of_one_plan_only(editor: Caller, run: dict[str, object]) -> None:
    other = body(editor.send("POST", f"plans/{editor.create_plan()['id']}/runs"))
    assert_problem(editor.get(f"runs/{run['id']}/since/{other['id']}"), 404, "not_found")


def test_its_page_lists_the_rows_and_leads_to_what_moved(
    colleague: User, run: dict[str, object], contract: PriceBookEntry
) -> None:
    browser = client_of(colleague)
    page = browser.get(f"/runs/{run['id']}").content.decode()
    assert "2.50 in, 10.00 out, USD per million tokens" in page
    assert "genai-prices" in page
    moved = browser.post(f"/runs/{run['id']}/reprice", follow=True).content.decode()
    assert "What moved from run 1 to run 2" in moved
    assert "input price 2.5 → 1.25" in moved
    assert "Catalogue: openai/gpt-4o" in moved


def test_its_page_says_when_nothing_has_changed(colleague: User, viewer: User, run: dict[str, object]) -> None:
    page = client_of(colleague).post(f"/runs/{run['id']}/reprice", follow=True).content.decode()
    assert "None of the prices this run rests on has changed since." in page
    assert client_of(viewer).post(f"/runs/{run['id']}/reprice").status_code == 403
    assert "Run again with today" not in client_of(viewer).get(f"/runs/{run['id']}").content.decode()
