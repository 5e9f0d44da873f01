"""The verdict over simulated futures: best on average, how sure, what the bad end costs, when the means disagree."""

from __future__ import annotations

import pytest

from planner.report.types import Note, Sentence
from tests.report.uncertainty.futures import API_A_MONTH, MONTHS, against_fixed, simulated, worked

UPWARDS = {"kind": "triangular", "low": 2_600, "mode": 2_700, "high": 4_000}
"""Most likely below what the API costs, on average above it: (2600 + 2700 + 4000) / 3 = 3100."""


def test_it_goes_by_the_mean_and_says_where_the_central_case_disagrees() -> None:
    found = simulated(against_fixed(UPWARDS))
    verdict = found.result["verdict"]
    assert (verdict["best"], found.result["central_verdict"]["best"]) == ("api", "fixed")
    assert verdict["gap"] == pytest.approx(MONTHS * (3_100 - API_A_MONTH), rel=1e-3)
    said = found.report.sentence("verdict.disagreement").text
    assert said == (
        "With every input at its central value another API would be $1,200 cheaper; over all futures today’s way is, "
        "by $3,600 on average, because the range of “Amount per month (A2)” reaches further that way."
    )


def test_it_names_how_sure_it_is_with_the_fixed_words() -> None:
    spoken = {
        (1_000, 1_100): "It is almost surely the cheapest: in all of 4,096 simulated futures.",
        (2_000, 2_900): "It is probably the cheapest: in 89 % of 4,096 simulated futures.",
        (2_100, 3_100): "The futures lean towards it: it is the cheapest in 70 % of 4,096 simulated futures.",
        (2_240, 3_240): "Too close to call: it is the cheapest in 56 % of 4,096 simulated futures.",
    }
    for (low, high), words in spoken.items():
        amount = {"kind": "uniform", "low": low, "high": high}
        assert words in simulated(against_fixed(amount)).report.sentence("verdict.lead").text


def test_it_says_that_p10_is_the_bad_end() -> None:
    found = simulated(against_fixed({"kind": "uniform", "low": 1_000, "high": 2_000}))
    option = found.findings.option("fixed")
    assert option.p10 == pytest.approx(-MONTHS * 1_900, rel=2e-3)
    assert option.p90 == pytest.approx(-MONTHS * 1_100, rel=2e-3)
    assert option.expected_shortfall == pytest.approx(-MONTHS * 1_950, rel=2e-3)
    assert found.report.sentence("verdict.ends").text == (
        "In one future of ten it costs $22,800 or more (P10, the bad end), in another $13,200 or less (P90); the worst "
        "tenth costs $23,400 on average."
    )


def test_it_measures_regret_against_each_futures_cheapest_option() -> None:
    found = simulated(against_fixed({"kind": "uniform", "low": 1_800, "high": 3_200}))
    fixed, api = found.findings.option("fixed"), found.findings.option("api")
    # Fixed costs more in 2 of 7 futures: by 200 on average there, by 400 at most.
    assert fixed.regret == pytest.approx(MONTHS * 200 * 2 / 7, rel=5e-3)
    assert fixed.worst_regret == pytest.approx(MONTHS * 400, rel=5e-3)
    assert api.regret == pytest.approx(MONTHS * 500 * 5 / 7, rel=5e-3)
    assert found.findings.evpi == pytest.approx(fixed.regret, rel=1e-6)
    assert "smallest worst case" not in found.report.sentence("verdict.regret").text


def test_it_says_in_words_whether_there_are_enough_draws() -> None:
    enough = simulated(against_fixed({"kind": "uniform", "low": 1_000, "high": 2_000})).report
    assert enough.sentence("verdict.convergence").text.startswith("4,096 draws are enough: the gap on average is known")
    few = simulated(against_fixed("2000 to 3600"), draws=8)
    assert "8 draws" in few.report.sentence("verdict.convergence").text


def test_it_says_when_correlations_had_to_be_repaired() -> None:
    report = worked().report
    assert not [item for item in report.items if isinstance(item, Note) and item.id == "correlation_repair"]


def test_it_has_one_headline_and_one_lead() -> None:
    roles = [item.role for item in worked().report.items if isinstance(item, Sentence)]
    assert (roles.count("headline"), roles.count("lead")) == (1, 1)


def test_it_puts_the_best_on_average_first_with_its_share_of_futures() -> None:
    found = worked()
    rows = found.report.table("options").rows
    assert rows[0].id == found.result["verdict"]["best"]
    assert rows[0].emphasis == "best"
    assert [row.emphasis for row in rows].count("best") == 1
    shares = [found.report.cell(f"options.{row.id}.p_best").value for row in rows]
    assert sum(float(share) for share in shares if share is not None) == pytest.approx(1.0)


def test_it_does_not_say_how_sure_it_is_where_nothing_has_a_range() -> None:
    found = simulated(against_fixed(2_000), draws=64)
    assert found.report.sentence("verdict.no_ranges").text.startswith("No input has a range")
    assert "futures" not in found.report.sentence("verdict.lead").text
    ids = {item.id for item in found.report.items}
    assert {"tornado", "go_live", "cumulative_cost"} <= ids
    assert not {"npv_ranges", "npv_difference", "budget_odds"} & ids
