"""A contract of the price book decides what a plan pays: prices, ladder and commitment, on its dates, and says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Organisation, User
from planner.evaluation import EvaluationResult, evaluate_document
from pricing.models import PriceBookEntry
from pricing.queries import price_source
from tests.oracle.small_plans import option, plan

pytestmark = pytest.mark.django_db

BEFORE, DURING, AFTER = date(2025, 12, 31), date(2026, 3, 1), date(2026, 9, 1)


@pytest.fixture
def contract(organisation: Organisation, owner: User) -> PriceBookEntry:
    """GPT-4o for 1.75 and 7 from January to August, a tenth off above 1,000 a month, never below 3,000 to mid-June."""
    return PriceBookEntry.objects.create(
        organisation=organisation,
        created_by=owner,
        model_id="openai/gpt-4o",
        input_price=Decimal("1.75"),
        output_price=Decimal(7),
        discount_ladder=[[1000.0, 0.1]],
        monthly_commitment=Decimal(3000),
        commitment_end=date(2026, 6, 15),
        effective_from=date(2026, 1, 1),
        effective_to=date(2026, 9, 1),
    )


def answer(organisation: Organisation | None, day: date, supply: dict[str, Any], **finance: Any) -> EvaluationResult:
    """A year of a million requests a month, 1,000 tokens in and 100 out, bought as `supply` says."""
    primary = {"kind": "api", "tier": "frontier", "follows": "model", "model": "gpt-4o", **supply}
    document = plan(option("today", primary), **finance)
    return evaluate_document(document, prices=price_source(as_of=day, organisation=organisation), as_of=day)


def fees(found: EvaluationResult) -> list[float]:
    """What is paid from month 1 on."""
    monthly: list[float] = found.result["options"][0]["components"]["api_fees"][1:]
    return [-fee for fee in monthly]


def test_it_pays_what_the_contract_says(organisation: Organisation, contract: PriceBookEntry) -> None:
    used = 1000 * 1.75 + 100 * 7
    discounted = used - 0.1 * (used - 1000)
    assert fees(answer(organisation, DURING, {})) == pytest.approx([3000.0] * 6 + [discounted] * 6)


@pytest.mark.parametrize("day", [BEFORE, AFTER])
def test_it_pays_the_list_price_outside_the_contracts_dates(
    organisation: Organisation, contract: PriceBookEntry, day: date
) -> None:
    assert fees(answer(organisation, day, {})) == pytest.approx([1000 * 2.5 + 100 * 10] * 12)


def test_it_keeps_the_contract_to_its_organisation(contract: PriceBookEntry, other_organisation: Organisation) -> None:
    for other in (other_organisation, None):
        assert fees(answer(other, DURING, {})) == pytest.approx([3500.0] * 12)


def test_it_lets_what_the_user_typed_win(organisation: Organisation, contract: PriceBookEntry) -> None:
    typed = {"discount": 0.5, "monthly_commitment": 0, "input_price": 1}
    assert fees(answer(organisation, DURING, typed)) == pytest.approx([0.5 * (1000 + 700)] * 12)


def test_it_owes_nothing_of_a_commitment_that_ended_before_the_plan(
    organisation: Organisation, contract: PriceBookEntry
) -> None:
    later = answer(organisation, DURING, {}, start="2026-07")
    assert fees(later) == pytest.approx([2450 - 145] * 12)


def test_it_owes_the_commitment_as_long_as_it_is_used_where_the_contract_names_no_end(
    organisation: Organisation, contract: PriceBookEntry
) -> None:
    contract.commitment_end = None
    contract.save()
    assert fees(answer(organisation, DURING, {})) == pytest.approx([3000.0] * 12)


def test_it_converts_amounts_with_the_plans_rate(organisation: Organisation, contract: PriceBookEntry) -> None:
    rate = {"currency": "USD", "rate": 0.5, "date": "2026-01-02", "source": "Central bank"}
    found = answer(organisation, DURING, {}, currency="EUR", fx=[rate])
    assert fees(found)[0] == pytest.approx(1500)
    assert fees(found)[-1] == pytest.approx(0.5 * (2450 - 145))


def test_it_says_so_wherever_the_number_shows(organisation: Organisation, contract: PriceBookEntry) -> None:
    found = answer(organisation, DURING, {})
    for leaf in ("input_price", "output_price", "discount", "monthly_commitment", "commitment_end"):
        source = found.result["sources"][f"options.today.primary.{leaf}"]
        assert (source["origin"], source["label"]) == ("price_book", "Price book of Example Ltd")
    shown = {row.id: [cell.value for cell in row.cells] for row in found.report.table("assumptions").rows}
    for leaf in ("input_price", "output_price", "discount", "monthly_commitment", "commitment_end"):
        assert "your contract" in shown[f"options.today.primary.{leaf}"], leaf
    assert "10% above 1,000" in shown["options.today.primary.discount"]
