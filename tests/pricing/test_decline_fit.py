"""The fitted decline: equal to an independent least-squares fit, within published ranges, and not forced to fall."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from pricing.catalogue import Catalogue, PriceObservation, SourceNote
from pricing.history import (
    DAYS_PER_YEAR,
    PricePoint,
    Series,
    TooFewPoints,
    fit_decline,
    hosted_open_series,
    model_series,
    named_series,
)

CATALOGUE = Catalogue.load(date(2026, 11, 23))
SERIES = {series.id: series for series in named_series(CATALOGUE)}
SOURCE = SourceNote("a test", None, date(2026, 1, 1), "found")


@pytest.mark.parametrize("name", sorted(SERIES))
def test_it_equals_an_independent_least_squares_fit(name: str) -> None:
    points = SERIES[name].points
    years = np.array([(point.day - points[0].day).days / DAYS_PER_YEAR for point in points])
    other = stats.linregress(years, np.log([point.price for point in points]))
    fit = fit_decline(points)
    assert fit.annual_rate == pytest.approx(1 - math.exp(other.slope), abs=1e-10)
    assert fit.slope_error == pytest.approx(other.stderr, abs=1e-10)
    assert fit.price_on(points[0].day) == pytest.approx(math.exp(other.intercept), rel=1e-10)


def test_it_equals_a_regression_with_one_intercept_per_pair() -> None:
    points = hosted_open_series(CATALOGUE).points
    names = sorted({point.group for point in points})
    first = min(point.day for point in points)
    design = np.array(
        [
            [(point.day - first).days / DAYS_PER_YEAR, *(float(point.group == name) for name in names)]
            for point in points
        ]
    )
    logs = np.log([point.price for point in points])
    solution, _residuals, _rank, _singular = np.linalg.lstsq(design, logs, rcond=None)
    residual = logs - design @ solution
    variance = residual @ residual / (len(points) - len(names) - 1) * np.linalg.inv(design.T @ design)[0, 0]
    fit = fit_decline(points)
    assert fit.slope == pytest.approx(solution[0], abs=1e-10)
    assert fit.slope_error == pytest.approx(math.sqrt(variance), abs=1e-10)
    assert fit.groups == len(names)


@pytest.mark.parametrize(
    ("name", "until", "low", "high"),
    [
        # a16z: 10 a year; AI Index: 280 in 18 to 23 months, that is 19 to 43 a year; Epoch: 9 to 900.
        ("gpt-3.5-level", date(2024, 11, 30), 9, 43),
        ("gpt-4-level", date(2025, 3, 12), 9, 900),
        # Gundlach and others, over the whole record: 5 to 10 a year.
        ("gpt-4-level", date(2026, 11, 23), 5, 10),
    ],
)
def test_it_finds_a_decline_within_the_published_range(name: str, until: date, low: float, high: float) -> None:
    fit = fit_decline([point for point in SERIES[name].points if point.day <= until])
    assert low <= fit.factor_per_year <= high
    assert fit.standard_error is not None


def test_it_finds_gpt_3_5_level_slowed_since_but_in_range_of_its_error() -> None:
    interval = fit_decline(SERIES["gpt-3.5-level"].points).factor_range()
    assert interval is not None
    assert interval[0] < 5 < interval[1]


def test_it_lets_a_price_rise() -> None:
    fit = fit_decline(_points([1.0, 1.5, 2.4]))
    assert fit.annual_rate < 0
    assert fit.factor_per_year < 1


def test_it_recovers_a_known_decline_with_no_error() -> None:
    fit = fit_decline(_points([8.0, 4.0, 2.0, 1.0]))
    assert fit.annual_rate == pytest.approx(1 - 0.5 ** (1 / 4), abs=1e-12)
    assert fit.standard_error == pytest.approx(0, abs=1e-9)


def test_it_gives_no_standard_error_for_two_points_and_no_fit_for_one_day() -> None:
    assert fit_decline(_points([2.0, 1.0])).standard_error is None
    with pytest.raises(TooFewPoints):
        fit_decline(_points([2.0]))


def test_it_takes_one_models_own_rows() -> None:
    series: Series = model_series(CATALOGUE, "openai/o3")
    assert [point.price for point in series.points][:2] == [17.5, 3.5]


def _points(prices: list[float]) -> list[PricePoint]:
    """A price every four years, a whole number of days apart."""
    step = timedelta(days=round(4 * DAYS_PER_YEAR))
    return [_point(date(2020, 1, 1) + step * index, price) for index, price in enumerate(prices)]


def _point(day: date, price: float) -> PricePoint:
    amount = Decimal(str(price))
    seen = PriceObservation("a", "b", day, None, "announced", None, None, amount, None, amount, "", SOURCE)
    return PricePoint(day, price, "a/b", seen)
