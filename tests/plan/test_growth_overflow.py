"""Growth that leaves this planet is refused, and the month named."""

from tests.plan.documents import changed, errors_of, only_error


def test_it_names_the_first_month_that_is_too_much() -> None:
    document = changed("/workloads/0/growth", {"kind": "exponential", "annual_rate": 20})
    document["finance"]["horizon_months"] = 120
    error = only_error(document)
    assert error.code == "growth_overflow"
    # 120 million × 21^((m − 1)/12) passes 10^15 in month 64.
    assert "in month 64" in error.message


def test_it_names_the_first_month_for_tokens_too() -> None:
    document = changed("/workloads/1/tokens_growth", 20)
    document["finance"]["horizon_months"] = 120
    assert only_error(document).path == "workloads.agent.growth"


def test_the_same_growth_over_three_years_is_allowed() -> None:
    assert errors_of(changed("/workloads/0/growth", {"kind": "exponential", "annual_rate": 20})) == ()


def test_growth_that_saturates_is_allowed() -> None:
    document = changed("/workloads/0/growth", {"kind": "logistic", "annual_rate": 20, "saturation": 50})
    document["finance"]["horizon_months"] = 120
    assert errors_of(document) == ()
