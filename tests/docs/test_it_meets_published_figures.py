"""Published runs, textbooks and spreadsheets, and the page that shows them."""

import numpy as np
import pytest

from bench.finance_cases import FinanceCase, finance_cases
from bench.throughput import Judged, leave_one_model_out, median_error, published_runs, share_within
from bench.training import geometric_mean, training_runs
from bench.validation import PAGE


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return leave_one_model_out(published_runs())


def errors_of(judged: list[Judged], *, mixture: bool) -> np.ndarray:
    return np.concatenate([each.errors for each in judged if each.runs[0].is_mixture == mixture])


def test_it_estimates_models_it_was_not_fitted_on(judged: list[Judged]) -> None:
    dense, mixtures = errors_of(judged, mixture=False), errors_of(judged, mixture=True)
    assert median_error(np.concatenate([dense, mixtures])) <= 0.20
    assert share_within(dense, 1.5) >= 0.90
    assert share_within(mixtures, 2.0) >= 0.90


def test_it_estimates_published_training_runs() -> None:
    assert 0.8 <= geometric_mean([run.ratio for run in training_runs()]) <= 1.25


@pytest.mark.parametrize("case", finance_cases(), ids=lambda case: case.name)
def test_it_agrees_with_the_textbook(case: FinanceCase) -> None:
    assert case.holds, f"{case.name}: {case.ours} instead of {case.expected} ± {case.tolerance}"


def test_it_shows_every_model_and_case_on_the_page(judged: list[Judged]) -> None:
    shown = PAGE.read_text(encoding="utf-8")
    assert all(each.model in shown for each in judged)
    assert all(case.name in shown for case in finance_cases())
    assert "| no |" not in shown
