"""The worked example is valid, comes back as it was written, and is quick to check."""

import json
import time
from collections.abc import Callable

from planner.plan.document import canonical_json, parse_plan, plan_digest, plan_document
from planner.plan.examples import templates
from tests.plan.documents import changed, example, example_bytes, example_plan


def test_it_is_valid() -> None:
    plan = example_plan()
    assert [option.id for option in plan.options] == ["frontier-api", "open-api", "fine-tuned-7b", "own-model"]


def test_it_comes_back_as_written() -> None:
    assert plan_document(example_plan()) == example()


def test_its_canonical_form_is_a_fixed_point() -> None:
    once = canonical_json(example_plan())
    assert canonical_json(parse_plan(once)) == once
    assert json.loads(once) == example()


def test_equal_plans_have_one_digest() -> None:
    respelled = json.dumps(changed("/finance/horizon_months", 36.0), indent=1)
    assert plan_digest(parse_plan(respelled)) == plan_digest(example_plan())


def test_another_value_has_another_digest() -> None:
    assert plan_digest(parse_plan(changed("/finance/discount_rate", 0.11))) != plan_digest(example_plan())


def test_it_is_checked_quickly() -> None:
    data = example_bytes()
    # Python reads these bytes in 0.042 ms on the core where a check takes 0.24 ms, of 0.3 allowed. On a crowded machine
    # even the best of many tries may take twice as long, so this only catches a slip into another order of size.
    tries = [(_seconds(parse_plan, data), _seconds(json.loads, data)) for _ in range(300)]
    ours, reader = (min(column) for column in zip(*tries, strict=True))
    assert ours / reader < 15


def _seconds(task: Callable[[bytes], object], data: bytes) -> float:
    begin = time.perf_counter()
    task(data)
    return time.perf_counter() - begin


def test_every_template_is_a_valid_plan() -> None:
    for template in templates():
        plan = parse_plan(template.document)
        assert plan.baseline in {option.id for option in plan.options}
