"""A price history that a plan names is fitted from the catalogue, with its standard error as uncertainty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from planner.assembly import Snapshot, resolve
from planner.evaluation import evaluate_document
from planner.plan.document import parse_plan
from planner.plan.errors import PlanInvalid
from planner.plan.quantity import Normal
from pricing.catalogue import Catalogue
from pricing.history import fit_decline, model_series, named_series
from tests.oracle.small_plans import api_supply, option, plan

CATALOGUE = Catalogue.load(date(2026, 11, 23))


def resolved(path: dict[str, Any]) -> Snapshot:
    document = plan(option("today", api_supply(follows="capability")))
    document["market"]["capability_api"] = path
    return resolve(parse_plan(document), CATALOGUE)


def test_it_takes_the_decline_and_its_standard_error() -> None:
    snapshot = resolved({"kind": "history", "series": "gpt-4-level", "volatility": 0.2})
    fit = fit_decline(next(series for series in named_series(CATALOGUE) if series.id == "gpt-4-level").points)
    path = snapshot.tree["market"]["capability_api"]
    rate = path["annual_rate"]
    assert isinstance(rate, Normal)
    assert (rate.mean, rate.sd) == (fit.annual_rate, fit.standard_error)
    assert (path["kind"], path["volatility"]) == ("decline", 0.2)
    assert snapshot.as_plan().market.capability_api.kind == "decline"
    source = snapshot.sources["market.capability_api.annual_rate"]
    assert source.label.startswith("Decline fitted on 10 observed prices, 2023-03 to 2026-11")


def test_it_takes_one_models_own_history() -> None:
    fit = fit_decline(model_series(CATALOGUE, "openai/o3").points)
    rate = resolved({"kind": "history", "series": "o3"}).document["market"]["capability_api"]["annual_rate"]
    assert rate == pytest.approx(fit.annual_rate)


def test_it_pays_along_the_fitted_path() -> None:
    document = plan(option("today", api_supply(follows="capability", migrate_every=1)), months=13)
    document["market"]["capability_api"] = {"kind": "history", "series": "gpt-4-level"}
    fees = evaluate_document(document, prices=CATALOGUE).result["options"][0]["components"]["api_fees"]
    rate = resolved({"kind": "history", "series": "gpt-4-level"}).document["market"]["capability_api"]["annual_rate"]
    assert fees[13] == pytest.approx(fees[1] * (1 - rate))


def test_it_suggests_the_names_there_are() -> None:
    with pytest.raises(PlanInvalid) as refused:
        resolved({"kind": "history", "series": "gpt-4-levels"})
    (error,) = refused.value.errors
    assert (error.pointer, error.code) == ("/market/capability_api/series", "unknown_reference")
    assert "gpt-4-level" in error.message


def test_it_takes_a_history_on_a_supplys_own_path_too() -> None:
    supply = api_supply(price_path={"kind": "history", "series": "hosted-open"})
    snapshot = resolve(parse_plan(plan(option("today", supply))), CATALOGUE)
    assert snapshot.tree["options"][0]["primary"]["price_path"]["kind"] == "decline"


def test_it_refuses_a_supplys_history_that_cannot_be_carried_forward() -> None:
    steep = [["2026-01", 1.0], ["2026-02", 4.0], ["2026-03", 16.0]]
    supply = api_supply(price_path={"kind": "history", "series": steep})
    with pytest.raises(PlanInvalid) as refused:
        resolve(parse_plan(plan(option("today", supply))), CATALOGUE)
    assert refused.value.errors[0].pointer == "/options/0/primary/price_path/series"
