"""Roots and steps of functions whose crossings are known."""

from __future__ import annotations

import numpy as np
import pytest

from planner.engine.arrays import FloatArray
from planner.engine.roots import find_crossings

GRID = np.concatenate([[0.0], np.geomspace(1e-3, 1e6, 64)])


def test_it_finds_the_root_of_a_straight_line() -> None:
    found = find_crossings(lambda x: 3.0 - 2.0 * x, GRID, scale=3.0)
    (crossing,) = found.crossings
    assert crossing.value == pytest.approx(1.5, rel=1e-12)
    assert not crossing.is_step
    assert not crossing.rising


def test_it_finds_a_root_on_a_point_of_the_grid_once() -> None:
    found = find_crossings(lambda x: x - 10.0, np.array([0.0, 10.0, 20.0]), scale=10.0)
    assert [crossing.value for crossing in found.crossings] == pytest.approx([10.0])


def test_it_finds_a_root_at_the_lower_end_of_a_bracket() -> None:
    found = find_crossings(lambda x: np.where(x < 5.0, -1.0, np.where(x <= 7.0, 0.0, x - 7.0)), GRID, scale=1.0)
    (crossing,) = found.crossings
    assert crossing.value == pytest.approx(7.0, abs=1e-5)


def test_it_finds_two_roots_between_neighbouring_points() -> None:
    grid = np.linspace(0.0, 100.0, 11)
    found = find_crossings(lambda x: (x - 43.0) * (x - 46.0), grid, scale=100.0)
    assert [crossing.value for crossing in found.crossings] == pytest.approx([43.0, 46.0])
    assert [crossing.rising for crossing in found.crossings] == [False, True]


def test_it_reports_a_jump_over_zero_as_a_step_with_the_first_value_beyond() -> None:
    found = find_crossings(lambda x: np.floor(x / 100.0) - 6.5, GRID, scale=7.0)
    (crossing,) = found.crossings
    assert crossing.is_step
    assert crossing.value == pytest.approx(700.0, rel=1e-11)
    assert (crossing.value_below, crossing.value_above) == (-0.5, 0.5)
    assert crossing.below < crossing.above == crossing.value


def test_it_counts_whole_numbers_only_where_there_is_nothing_between() -> None:
    found = find_crossings(lambda x: x - 7.5, np.array([0.0, 100.0, 1e6]), scale=1.0, whole=True)
    (crossing,) = found.crossings
    assert (crossing.below, crossing.above, crossing.is_step) == (7.0, 8.0, True)


def test_it_names_a_whole_number_that_is_the_root() -> None:
    found = find_crossings(lambda x: 8.0 - x, np.array([0.0, 100.0]), scale=8.0, whole=True)
    (crossing,) = found.crossings
    assert crossing.value == 8.0
    assert not crossing.is_step


def test_it_finds_nothing_where_the_sign_stays() -> None:
    found = find_crossings(lambda x: 1.0 + x, GRID, scale=1.0)
    assert not found.crossings
    assert not found.hidden


def test_it_does_not_call_a_touch_a_crossing() -> None:
    assert not find_crossings(lambda x: (x - 10.0) ** 2, np.array([0.0, 10.0, 20.0]), scale=100.0).crossings


def test_it_says_where_a_crossing_hides_behind_values_that_do_not_exist() -> None:
    def holed(x: FloatArray) -> FloatArray:
        return np.where((x > 90.0) & (x < 110.0), np.nan, x - 100.0)

    found = find_crossings(holed, GRID, scale=100.0)
    assert not found.crossings
    (hidden,) = found.hidden
    assert hidden.low <= 100.0 <= hidden.high


def test_it_refines_only_the_nearest_of_very_many_crossings() -> None:
    found = find_crossings(np.sin, np.arange(0.0, 1000.0), scale=1.0, near=500.0)
    assert found.left_out > 0
    assert all(abs(np.sin(crossing.value)) < 1e-6 for crossing in found.crossings)
    assert all(400.0 < crossing.value < 600.0 for crossing in found.crossings)
