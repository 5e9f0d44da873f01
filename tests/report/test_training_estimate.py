"""The sentence about training estimates says what the published runs say."""

import math

import numpy as np

from bench.training import geometric_mean, training_runs
from planner.evaluation import EvaluationResult
from planner.report.training_estimate import ESTIMATED_TRAINING
from planner.report.types import Note
from tests.report.plans import answer, answer_of, api, small_plan


def test_it_quotes_the_published_runs() -> None:
    ratios = [run.ratio for run in training_runs()]
    spread = math.exp(float(np.std(np.log(ratios))))
    assert f"{len(ratios)} published runs" in ESTIMATED_TRAINING.replace("\n", " ")
    assert f"{geometric_mean(ratios):.2f} of the hours" in ESTIMATED_TRAINING
    assert f"factor of {spread:.1f} either way" in ESTIMATED_TRAINING


def said(result: EvaluationResult) -> list[str]:
    return [item.text for item in result.report.items if isinstance(item, Note)]


def test_it_stands_where_something_is_trained() -> None:
    assert ESTIMATED_TRAINING in said(answer_of("code-completion"))


def test_it_is_left_out_where_nothing_is_trained() -> None:
    assert ESTIMATED_TRAINING not in said(answer(small_plan(api("today", 5))))
