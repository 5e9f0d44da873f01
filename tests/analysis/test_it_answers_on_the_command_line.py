"""`manage.py breakeven`: sentences, JSON, and errors as a list with exit code 2."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.analysis.priced import WORKED
from tests.oracle.small_plans import api_supply, option, plan

VOLUME = "workloads.work.requests_per_month"


@pytest.fixture
def small(tmp_path: Path) -> str:
    """An API against a fixed cost of 14,000 a month: they tie at five million requests."""
    fixed = option("fixed", api_supply(input_price=0, output_price=0), recurring_costs=[{"amount_per_month": 14_000}])
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(plan(option("api", api_supply()), fixed)))
    return str(file)


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("breakeven", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    err = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("breakeven", *arguments, stderr=err)
    assert stopped.value.code == 2
    return err.getvalue()


def test_it_says_where_the_two_tie_and_who_wins_on_each_side(small: str) -> None:
    assert said(small, VOLUME) == (
        f"Requests per month ({VOLUME}) is 1.00 m requests a month now; there “api” is better.\n"
        "At 5.00 m requests a month the two tie: above it “fixed” is better, below it “api”. "
        "That is 400 % more than now.\n"
    )


def test_it_says_that_there_is_no_break_even(small: str) -> None:
    text = said(small, "options.api.primary.output_price", "--options", "fixed,api")
    assert "At $120 per million tokens the two tie" in text
    assert "It does not change the comparison" in said(small, "workloads.work.peak_to_average")


def test_it_gives_all_figures_as_json(small: str) -> None:
    found = json.loads(said(small, VOLUME, "--json"))
    assert (found["state"], found["winner"]) == ("reached", "api")
    assert found["points"][0]["value"] == pytest.approx(5e6)


def test_it_takes_the_prices_of_a_day() -> None:
    assert said(str(WORKED), "finance.discount_rate", "--as-of", "2026-11-01").startswith("Discount rate")


def test_it_lists_errors_and_ends_with_2(small: str) -> None:
    assert refused(small, "workloads.work.request_per_month").splitlines()[0].endswith("1 error, nothing computed.")
    assert "needs a single number" in refused(small, "finance.start")
    assert "Its options are api, fixed." in refused(small, VOLUME, "--options", "api,own")


def test_it_needs_two_ids(small: str) -> None:
    with pytest.raises(CommandError, match="two options"):
        said(small, VOLUME, "--options", "api")
