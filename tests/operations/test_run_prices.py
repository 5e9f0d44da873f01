"""A run keeps exactly the catalogue rows it rests on: what the catalogue says later changes nothing of it."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Organisation, User
from planner.assembly.used_prices import UsedRow, rows_hash
from planner.models import Plan, Run
from planner.operations.plan_edit import plan_create
from planner.operations.result_hash import result_hash
from planner.operations.run_execute import compute, run_execute
from planner.operations.run_inputs import prices_of, rows_of
from planner.operations.run_start import run_start
from pricing.catalogue import Catalogue, Found, ReferenceKind
from pricing.catalogue.api_price_rows import record_to_row
from pricing.catalogue.api_prices import ApiPricesRecord, TokenPrices
from pricing.models import ApiPrice, PriceBookEntry
from pricing.operations import add_rows, catalogue_load, revision_add
from pricing.queries import catalogue_of
from pricing.tables import API_PRICES
from tests.oracle.small_plans import option, plan

DAY = datetime.date(2026, 11, 20)
MODEL = "openai/gpt-4o"


@pytest.fixture
def stored(organisation: Organisation, in_scope: None) -> Plan:
    """A plan that buys one model of the stored catalogue and, in a scenario, another."""
    catalogue_load()
    primary = {"kind": "api", "tier": "frontier", "follows": "model", "model": MODEL}
    other = {"name": "Smaller", "overrides": {"options.today.primary.model": "openai/gpt-4o-mini"}}
    return plan_create(organisation=organisation, document={**plan(option("today", primary)), "scenarios": [other]})


def finished(stored: Plan, *, force: bool = False) -> Run:
    """A run of the plan, computed."""
    run = run_start(plan=stored, as_of=DAY, force=force).run
    assert run_execute(run_id=run.id)
    run.refresh_from_db()
    return run


def corrected(model_id: str, input_price: str) -> None:
    """The stored price in force is found to be wrong."""
    found = catalogue_of(DAY).api_prices(model_id)
    assert found
    wrong = ApiPrice.objects.in_force().get(key=API_PRICES.key(record_to_row(found.value)))
    right = replace(found.value, prices=TokenPrices(Decimal(input_price), found.value.output_price))
    revision = revision_add(label="Corrected by hand", rows_added=1, made_by=None)
    add_rows(API_PRICES, [(record_to_row(right), wrong)], revision)


def test_it_keeps_the_rows_of_plan_and_scenarios(stored: Plan) -> None:
    rows = rows_of(finished(stored))
    assert [(row.kind, row.ref) for row in rows] == [
        ("api_prices", MODEL),
        ("api_prices", "openai/gpt-4o-mini"),
    ]
    assert all(row.source.label.startswith("genai-prices") for row in rows)


def test_it_answers_the_same_after_a_price_has_changed(stored: Plan) -> None:
    first = finished(stored)
    corrected(MODEL, "99")
    found = prices_of(first).api_prices(MODEL)
    assert found
    assert found.value.input_price == Decimal("2.5")
    assert result_hash(json.loads(compute(first))) == first.result_hash


def test_it_computes_a_waiting_run_with_the_prices_it_was_started_with(stored: Plan) -> None:
    finished_first = finished(stored)
    waiting = run_start(plan=stored, as_of=DAY, force=True).run
    corrected(MODEL, "99")
    assert run_execute(run_id=waiting.id)
    waiting.refresh_from_db()
    assert waiting.result_hash == finished_first.result_hash


def test_it_is_another_input_at_other_prices(stored: Plan) -> None:
    first = finished(stored)
    same = run_start(plan=stored, as_of=DAY + datetime.timedelta(days=2))
    assert (same.created, same.run.id) == (False, first.id), "the same prices on a later day are the same input"
    corrected(MODEL, "99")
    second = finished(stored)
    assert second.input_hash != first.input_hash
    assert second.result_hash != first.result_hash


def test_it_keeps_the_contract_price_too(stored: Plan, organisation: Organisation, owner: User) -> None:
    PriceBookEntry.objects.create(
        organisation=organisation,
        created_by=owner,
        model_id=MODEL,
        input_price=Decimal("1.75"),
        output_price=Decimal(7),
        discount_ladder=[[1000.0, 0.1]],
        effective_from=datetime.date(2026, 1, 1),
    )
    run = finished(stored)
    PriceBookEntry.objects.all().delete()
    row = rows_of(run)[0]
    assert isinstance(row.record, ApiPricesRecord)
    assert row.source.origin == "price_book"
    assert row.record.contract
    assert row.record.contract.discount_ladder == ((Decimal(1000), Decimal("0.1")),)


def test_it_writes_every_kind_of_row_and_reads_it_back() -> None:
    catalogue = Catalogue.load(DAY)
    found: list[tuple[ReferenceKind, str, Found[Any] | None]] = [
        ("api_prices", "google/gemini-2.5-pro", catalogue.api_prices("google/gemini-2.5-pro")),
        ("api_prices", "deepseek/deepseek-v4-flash", catalogue.api_prices("deepseek/deepseek-v4-flash")),
        ("accelerator", "h100", catalogue.accelerator("h100")),
        ("architecture", "llama-3.3-70b", catalogue.architecture("llama-3.3-70b")),
        ("price_series", "gpt-4-level", catalogue.price_series("gpt-4-level")),
    ]
    rows = [UsedRow(kind, ref, answer.value, answer.source) for kind, ref, answer in found if answer]
    assert len(rows) == len(found)
    again = [UsedRow.of(json.loads(json.dumps(row.document()))) for row in rows]
    assert again == rows
    assert rows_hash(again) == rows_hash(rows)
