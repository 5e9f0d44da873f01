"""`docs/model/essay.md` says what the template computes: every figure of its tables is worked out again here."""

from pathlib import Path

import numpy as np
import pytest

from planner.engine.case import MarketPath, ServingFloor
from planner.engine.serving_cost import floor_level
from planner.evaluation import subject_of
from planner.plan.document import parse_plan
from planner.plan.examples import template
from planner.plan.overrides import with_overrides
from planner.report import words
from planner.report.subject import Subject, npv
from tests.report.plans import answer_of, catalogue

PAGE = Path(__file__).parents[2] / "docs" / "model" / "essay.md"


def _essay() -> Subject:
    return answer_of("the-essay").subject


def _scenario(name: str) -> Subject:
    plan = parse_plan(template("the-essay").json)
    overrides = next(dict(each.overrides) for each in plan.scenarios if each.name == name)
    return subject_of(with_overrides(plan, overrides), prices=catalogue())


def _cost(subject: Subject, option_id: str) -> str:
    return words.money(npv(subject.outcome_of(option_id)))


def _path(subject: Subject, name: str, month: int) -> str:
    return words.percent(float(subject.outcome.market[name][month, 0]))


def _floor(subject: Subject) -> str:
    path = subject.case.market.open_api
    assert isinstance(path, MarketPath)
    assert isinstance(path.floor, ServingFloor)
    first = [subject.outcome.requests[each.id][1] for each in subject.case.workloads]
    level = floor_level(path.floor, subject.case.workloads, first, "market.open_api.floor", subject.horizon_months)
    return words.percent(float(np.ravel(level)[0]))


def _sellers(model: str) -> list[float]:
    """Output prices of a model's sellers, one row for each seller's own listing."""
    relisted = ("huggingface_", "openrouter/")
    rows = [row for row in catalogue().all_api_prices() if model in row.id and not row.id.startswith(relisted)]
    return sorted(float(row.output_price) for row in rows)


def _asked_of_fallback(subject: Subject, month: int) -> str:
    option = subject.outcome_of("open-host")
    asked = option.workings.asked["fallback"]["tasks"][month, 0] / subject.outcome.requests["tasks"][month, 0]
    return words.percent(float(asked))


def _figures() -> dict[str, str]:
    essay, electricity = _essay(), _scenario("Electricity alone")
    sellers = _sellers("gpt-oss-120b")
    fees = float(essay.baseline.components["api_fees"][1, 0])
    people = essay.outcome_of("own-model").components["team"].sum()
    return {
        "API fees of month 1, all paid to the first seller": words.money(fees),
        "Cost of staying with the first seller, 60 months": _cost(essay, "monopolist"),
        "Cost of buying from a rival of about the same quality": _cost(essay, "rival"),
        "Sellers of gpt-oss-120b in the catalogue": str(len(sellers)),
        "Their output prices, per million tokens": f"{words.money(sellers[0])} to {words.money(sellers[-1])}",
        "Newest model, price over today’s, month 12": _path(essay, "frontier_api", 12),
        "Newest model, price over today’s, month 36": _path(essay, "frontier_api", 36),
        "Newest model, price over today’s, month 60": _path(essay, "frontier_api", 60),
        "Open weights, price over today’s, month 12": _path(essay, "open_api", 12),
        "Open weights, price over today’s, month 36": _path(essay, "open_api", 36),
        "Mixtral, host’s output price under its maker’s": words.percent(1 - 0.60 / 1.97),
        "Mixtral, host’s input price under its maker’s": words.percent(1 - 0.60 / 0.66),
        "Floor with GPUs + electricity, share of today’s price": _floor(essay),
        "Floor with electricity alone, share of today’s price": _floor(electricity),
        "Cost of the cheapest way, GPUs + electricity": _cost(essay, "open-host"),
        "Cost of the cheapest way, electricity alone": _cost(electricity, "open-host"),
        "Tasks passed on to the best seller, month 6": _asked_of_fallback(essay, 6),
        "Tasks passed on to the best seller, month 24": _asked_of_fallback(essay, 24),
        "Tasks passed on to the best seller, month 60": _asked_of_fallback(essay, 60),
        "Cheapest way if open weights stood still": _cost(_scenario("Open weights stand still"), "rival"),
        "Cost of an own model": _cost(essay, "own-model"),
        "of which people, not discounted": words.money(float(people)),
        "Cost of own chips": _cost(essay, "own-chips"),
        "Cost of a router": _cost(essay, "router"),
        "Cost of a fine-tuned 7B model": _cost(essay, "tune"),
        "Cost of hosting open weights on rented GPUs": _cost(essay, "host"),
    }


@pytest.mark.parametrize(("figure", "value"), _figures().items())
def test_it_says_what_the_template_computes(figure: str, value: str) -> None:
    assert f"| {figure} | {value} |" in PAGE.read_text(encoding="utf-8")


def test_it_quotes_prices_that_the_history_holds() -> None:
    history = (PAGE.parents[2] / "pricing/catalogue/data/api_price_history.csv").read_text(encoding="utf-8")
    assert "mistral,mistral-small (Mixtral 8x7B),2023-12-11,announced,,open_first_party,yes,0.66,,1.97" in history
    assert "together,Mixtral-8x7B-Instruct,2023-12-11,announced,,open_hosted,yes,0.6,,0.6" in history


def test_it_has_every_option_first_class() -> None:
    kinds = {face.colour for face in _essay().faces}
    assert kinds == {"api", "open", "router", "host", "tune", "train", "silicon"}
