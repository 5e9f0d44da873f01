"""Distributions: central values, and quantiles held against scipy's own."""

import math

import numpy as np
import pytest
from scipy import stats

from planner.plan.quantity import (
    Beta,
    Distribution,
    Lognormal,
    Normal,
    Pert,
    Quantity,
    QuantityProblem,
    Triangular,
    Uniform,
    central,
    highest,
    lowest,
    quantile_table,
    read_quantity,
    spelled,
)

P = np.array([1e-6, 0.001, 0.05, 0.3, 0.5, 0.77, 0.95, 0.999, 1 - 1e-6])
Z95 = stats.norm.ppf(0.95)


def lognormal(median: float, p95: float) -> stats.rv_continuous:
    return stats.lognorm(s=math.log(p95 / median) / Z95, scale=median)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Normal(2.0, 0.7), stats.norm(2, 0.7)),
        (Lognormal(120.0, 160.0), lognormal(120, 160)),
        (Uniform(-1.0, 3.0), stats.uniform(-1, 4)),
        (Triangular(1.0, 2.0, 7.0), stats.triang(c=1 / 6, loc=1, scale=6)),
        (Triangular(1.0, 1.0, 7.0), stats.triang(c=0, loc=1, scale=6)),
        (Triangular(1.0, 7.0, 7.0), stats.triang(c=1, loc=1, scale=6)),
        (Pert(3.0, 4.0, 9.0), stats.beta(1 + 4 / 6, 1 + 20 / 6, loc=3, scale=6)),
        (Pert(3.0, 3.0, 9.0), stats.beta(1, 5, loc=3, scale=6)),
        (Beta(2.0, 5.0), stats.beta(2, 5)),
    ],
    ids=lambda side: side.kind if isinstance(side, Distribution) else "scipy",
)
def test_its_quantiles_are_scipys(ours: Distribution, theirs: stats.rv_continuous) -> None:
    np.testing.assert_allclose(ours.quantile(P), theirs.ppf(P), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Normal(0.5, 0.4, bounds=(0.0, 1.0)), stats.truncnorm(-1.25, 1.25, loc=0.5, scale=0.4)),
        (Normal(-0.1, 0.4, bounds=(0.0, math.inf)), stats.truncnorm(0.25, math.inf, loc=-0.1, scale=0.4)),
    ],
)
def test_it_is_truncated_to_its_bounds(ours: Distribution, theirs: stats.rv_continuous) -> None:
    np.testing.assert_allclose(ours.quantile(P), theirs.ppf(P), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (Lognormal(0.7, 0.95, bounds=(0.05, 1.0)), lognormal(0.7, 0.95)),
        (Beta(2.0, 2.0, bounds=(0.05, 0.95)), stats.beta(2, 2)),
    ],
)
def test_truncation_keeps_the_shape_inside(ours: Distribution, theirs: stats.rv_continuous) -> None:
    inside = theirs.cdf(ours.bounds[0]) + P * (theirs.cdf(ours.bounds[1]) - theirs.cdf(ours.bounds[0]))
    np.testing.assert_allclose(ours.quantile(P), theirs.ppf(inside), rtol=1e-9)
    ends = ours.quantile(np.array([0.0, 1.0]))
    assert ends.tolist() == pytest.approx(list(ours.bounds))


@pytest.mark.parametrize(
    ("value", "middle"),
    [
        (0.37, 0.37),
        (Normal(2.0, 0.7), 2.0),
        (Normal(-1.0, 2.0, bounds=(0.0, 9.0)), 0.0),
        (Lognormal(0.7, 0.9, bounds=(0.0, 1.0)), 0.7),
        (Lognormal(1.5, 3.0, bounds=(0.0, 1.0)), 1.0),
        (Uniform(2.0, 3.0), 2.5),
        (Triangular(1.0, 2.0, 7.0), 2.0),
        (Pert(3.0, 4.0, 9.0), 4.0),
        (Beta(2.0, 5.0), stats.beta(2, 5).median()),
        (Pert(3.0, 4.5, 9.0, whole=True), 5.0),
        (Uniform(1.0, 4.0, whole=True), 3.0),
    ],
)
def test_its_central_value_is_median_or_mode_within_bounds(value: Quantity, middle: float) -> None:
    assert central(value) == pytest.approx(middle, rel=1e-12)


def test_other_bounds_give_another_central_value() -> None:
    assert central(Normal(2.0, 1.0, bounds=(0.0, 9.0)), (3.0, 9.0)) == 3.0


def test_whole_draws_are_rounded_half_up() -> None:
    months = Uniform(0.0, 4.0, whole=True)
    assert months.quantile(np.array([0.0, 0.124, 0.125, 0.374, 0.375, 1.0])).tolist() == [0, 0, 1, 1, 2, 4]


def test_no_spread_is_the_number_itself() -> None:
    points = (Uniform(3.3, 3.3), Triangular(3.3, 3.3, 3.3), Pert(3.3, 3.3, 3.3))
    for one in (Normal(3.3, 0.0), Lognormal(3.3, 3.3), *points):
        assert one.quantile(P).tolist() == [3.3] * len(P)
        assert quantile_table(one).at(np.linspace(-9, 9, 7)).tolist() == [3.3] * 7


def test_its_ends_are_the_bounds_or_the_stated_ones() -> None:
    assert (lowest(Pert(3.0, 4.0, 9.0)), highest(Pert(3.0, 4.0, 9.0))) == (3, 9)
    assert (lowest(Normal(1.0, 1.0, bounds=(0.0, 5.0))), highest(Normal(1.0, 1.0, bounds=(0.0, 5.0)))) == (0, 5)
    assert (lowest(7.0), highest(7.0)) == (7, 7)


@pytest.mark.parametrize(
    "one",
    [Pert(3.0, 4.0, 9.0), Pert(0.0, 0.0, 1.0), Lognormal(120.0, 160.0, bounds=(0.0, 1e12)), Beta(2.0, 5.0)],
    ids=lambda one: str(one.kind),
)
def test_the_table_is_the_quantile_function(one: Distribution) -> None:
    scores = np.linspace(-3.5, 3.5, 5001)
    exact = one.quantile(stats.norm.cdf(scores))
    width = float(np.diff(one.quantile(np.array([0.01, 0.99])))[0])
    assert np.abs(quantile_table(one).at(scores) - exact).max() < 1e-5 * width


def test_the_table_rounds_as_the_distribution_does() -> None:
    months = Pert(1.0, 4.0, 24.0, whole=True)
    draws = quantile_table(months).at(np.linspace(-6, 6, 999))
    assert set(draws.tolist()) <= set(range(1, 25))


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ({"kind": "uniform", "low": 1, "high": 2}, Uniform),
        ({"kind": "triangular", "low": 1, "mode": 2, "high": 3}, Triangular),
        ({"kind": "pert", "low": 1, "mode": 2, "high": 3}, Pert),
        ({"kind": "normal", "mean": 1, "sd": 2}, Normal),
        ({"kind": "lognormal", "median": 1, "p95": 2}, Lognormal),
        ({"kind": "beta", "alpha": 1, "beta": 2.5}, Beta),
    ],
)
def test_an_object_names_its_distribution_and_comes_back(value: dict[str, object], shape: type[Distribution]) -> None:
    read = read_quantity(value, (-10.0, 10.0))
    assert isinstance(read, shape)
    assert spelled(read) == value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"kind": "prt", "low": 1}, "known kinds are uniform, triangular, pert"),
        ({"low": 1}, "without a kind"),
        ({"kind": "pert", "low": 1, "high": 3}, "needs mode"),
        ({"kind": "pert", "low": 1, "mod": 2, "high": 3}, 'did you mean "mode"?'),
        ({"kind": "pert", "low": 3, "mode": 2, "high": 4}, "low (3) is above mode (2)"),
        ({"kind": "normal", "mean": 1, "sd": -1}, "must not be negative"),
        ({"kind": "lognormal", "median": 0, "p95": 2}, "must be more than 0"),
        ({"kind": "lognormal", "median": 2, "p95": 1}, "is below the median"),
        ({"kind": "beta", "alpha": 0, "beta": 1}, "alpha is 0"),
        ({"kind": "normal", "mean": "1", "sd": 1}, "must be a number"),
        ({"kind": "normal", "mean": True, "sd": 1}, "must be a number"),
        ({"kind": "normal", "mean": math.inf, "sd": 1}, "not a finite number"),
        ({"kind": "normal", "mean": 10**400, "sd": 1}, "not a finite number"),
        ({"kind": "normal", "mean": 50, "sd": 1}, "outside what is allowed"),
    ],
)
def test_an_object_that_makes_no_sense_is_refused(value: dict[str, object], said: str) -> None:
    with pytest.raises(QuantityProblem) as refused:
        read_quantity(value, (-10.0, 10.0))
    assert said in str(refused.value)


def test_a_distribution_of_the_plan_takes_the_bounds_of_its_new_field() -> None:
    moved = read_quantity(read_quantity("1 to 4", (0.0, 10.0)), (2.0, 3.0))
    assert isinstance(moved, Distribution)
    assert (moved.bounds, spelled(moved)) == ((2.0, 3.0), "1 to 4")
