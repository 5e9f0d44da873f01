"""The walk over every field: complete, described, bounded, sourced, and true to the plan it walks."""

import math

import pytest

from planner.plan.document import parse_plan
from planner.plan.fields import (
    FieldSpec,
    leaves,
    quantity_paths,
    spec_for,
    uncertain_leaves,
    walk_sections,
    walk_specs,
)
from planner.plan.pointers import to_pointer
from planner.plan.quantity import Distribution, central
from tests.plan.documents import changed, example, example_plan, without


def path_of(spec: FieldSpec) -> str:
    return f"{spec.path_pattern} ({spec.kind})"


def test_every_field_has_label_unit_and_help() -> None:
    assert [path_of(spec) for spec in walk_specs() if not (spec.label and spec.unit and spec.help.endswith("."))] == []


def test_every_default_has_a_source() -> None:
    assert [path_of(spec) for spec in walk_specs() if not spec.required and not spec.source] == []


def test_every_number_has_bounds_and_soft_ones_inside() -> None:
    for spec in walk_specs():
        if spec.kind not in ("quantity", "number", "integer"):
            continue
        (low, high), (soft_low, soft_high) = spec.bounds, spec.soft
        assert -math.inf < low < high < math.inf, path_of(spec)
        assert soft_low == -math.inf or low <= soft_low < soft_high <= high, path_of(spec)


def test_every_default_number_is_usual() -> None:
    for spec in walk_specs():
        if isinstance(spec.default, int | float) and not isinstance(spec.default, bool):
            assert spec.bounds[0] <= spec.default <= spec.bounds[1], path_of(spec)


def test_every_usual_range_belongs_to_a_field_and_fits_it() -> None:
    from planner.plan.usual import USUAL_RANGES

    ranges = {spec.path_pattern: spec for spec in walk_specs() if spec.usual}
    assert set(ranges) == set(USUAL_RANGES)
    for spec in ranges.values():
        assert spec.usual is not None
        assert spec.bounds[0] <= spec.usual.low <= spec.usual.likely <= spec.usual.high <= spec.bounds[1], path_of(spec)


def test_every_pattern_is_one_field() -> None:
    patterns = [(spec.path_pattern, spec.kind) for spec in walk_specs()]
    assert len(patterns) == len(set(patterns))


@pytest.mark.parametrize(
    ("path", "label", "whole"),
    [
        ("finance.discount_rate", "Discount rate", False),
        ("options.any-name.go_live_month", "Go-live", True),
        ("options.x.develop.0.uplift", "Share of the gap closed", False),
        ("options.x.coverage.chat", "Share this option can do", False),
        ("market.gpu_rent.long_run", "Long-run level", False),
        ("market.gpu_rent.steps.3.1", "Price factor", False),
        ("options.x.primary.accelerator.memory_gb", "Memory", False),
    ],
)
def test_it_finds_the_field_of_a_path(path: str, label: str, whole: bool) -> None:
    spec = spec_for(path)
    assert spec is not None
    assert (spec.label, spec.is_quantity, spec.is_integer) == (label, True, whole)


def test_it_finds_no_field_where_there_is_none() -> None:
    assert spec_for("finance.discount_rat") is None
    assert spec_for("finance") is None


def test_the_leaves_of_a_plan_are_where_their_pointers_say() -> None:
    document = example()
    for leaf in leaves(example_plan()):
        if not leaf.is_default:
            assert to_pointer(document, leaf.path) == leaf.pointer


def test_the_leaves_know_what_the_user_set() -> None:
    found = {leaf.path: leaf for leaf in leaves(example_plan())}
    assert not found["options.frontier-api.primary.migrate_every"].is_default
    assert found["options.open-api.primary.migrate_every"].is_default
    assert central(found["options.open-api.primary.migrate_every"].value) == 6
    assert found["options.own-model.develop.0.uplift"].spec.owner == "Pretrain"
    assert found["options.fine-tuned-7b.develop.0.uplift"].spec.owner == "FineTune"


def test_the_leaves_of_an_unsaid_market_are_defaults() -> None:
    found = {leaf.path: leaf for leaf in leaves(parse_plan(without("/market")))}
    assert found["market.gpu_rent.long_run"].is_default
    assert found["market.gpu_rent.long_run"].value == 0.85


def test_every_range_of_the_example_is_found() -> None:
    text = str(example())
    uncertain = uncertain_leaves(example_plan())
    assert len(uncertain) == text.count(" to ") + text.count(" / ") // 2
    assert [leaf.path for leaf in uncertain] == sorted(leaf.path for leaf in uncertain)


def test_quantities_are_sorted_and_stay_when_a_range_is_given_or_taken() -> None:
    paths = quantity_paths(example_plan())
    assert paths == sorted(set(paths))
    certain = parse_plan(changed("/workloads/0/open_coverage", 0.8))
    ranged = parse_plan(changed("/options/3/go_live_month", "12 / 13 / 20"))
    unset_before = parse_plan(changed("/finance/revenue_per_request", "0.1 to 0.2"))
    assert quantity_paths(certain) == quantity_paths(ranged) == quantity_paths(unset_before) == paths


def test_measured_coverage_is_a_leaf_per_workload() -> None:
    measured = parse_plan(changed("/options/1/coverage", {"agent": "0.4 to 0.6"}))
    found = {leaf.path: leaf for leaf in uncertain_leaves(measured)}
    assert found["options.open-api.coverage.agent"].pointer == "/options/1/coverage/agent"


def test_a_discount_ladder_is_no_quantity() -> None:
    laddered = parse_plan(changed("/options/0/primary/discount", [[0, 0.0], [1e5, 0.2]]))
    assert "options.frontier-api.primary.discount" not in quantity_paths(laddered)
    assert "options.frontier-api.primary.discount" in quantity_paths(example_plan())


def test_steps_are_quantities_by_their_place() -> None:
    stepped = parse_plan(changed("/market/gpu_purchase", {"kind": "steps", "steps": [[1, 1], [13, "0.6 / 0.7 / 0.9"]]}))
    found = {leaf.path: leaf for leaf in leaves(stepped)}
    assert isinstance(found["market.gpu_purchase.steps.1.1"].value, Distribution)
    assert found["market.gpu_purchase.steps.1.1"].pointer == "/market/gpu_purchase/steps/1/1"


def test_what_is_certain_by_decision_is_no_quantity() -> None:
    certain = {spec.path_pattern.rpartition(".")[2] for spec in walk_specs() if spec.kind in ("number", "integer")}
    assert certain == {
        *("horizon_months", "fiscal_year_start", "rate", "years", "rho", "probability", "0", "above_input_tokens"),
        *("layers", "query_heads", "kv_heads", "head_dim", "gpus_per_replica"),
    }


def test_sections_name_their_kinds() -> None:
    sections = {section.path_pattern: section for section in walk_sections()}
    assert sections["options.{id}.primary"].kinds == ("api", "hosted")
    assert sections["options.{id}.develop"].is_list
    assert all(section.label and section.help.endswith(".") for section in sections.values())
