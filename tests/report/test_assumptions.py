"""What an answer rests on, and whose it is."""

from datetime import date

from planner.evaluation import evaluate_plan
from planner.plan.document import parse_plan
from planner.plan.examples import template
from planner.plan.overrides import with_overrides
from planner.report.assumptions import is_stale, template_sources
from planner.report.build import build_assumptions_report
from planner.report.types import Row, Source
from tests.report.plans import DAY, answer, answer_of, api, catalogue, small_plan


def _row(rows: tuple[Row, ...], path: str) -> Row:
    return next(row for row in rows if row.id == path)


def test_it_marks_what_the_user_wrote_as_theirs() -> None:
    rows = answer(small_plan(api("today", 5))).report.table("assumptions").rows
    source = _row(rows, "workloads.chat.requests_per_month").cells[0].source
    assert source is not None
    assert source.origin == "yours"


def test_it_gives_a_default_with_its_source() -> None:
    found = answer(small_plan(api("today", 5)))
    rows = build_assumptions_report(found.subject).table("all_assumptions").rows
    inflation = _row(rows, "finance.inflation").cells[0]
    assert inflation.value == 0.025
    assert inflation.source is not None
    assert (inflation.source.origin, "inflation" in inflation.source.label) == ("default", True)


def test_it_gives_a_catalogue_price_with_source_and_date() -> None:
    rows = answer_of("support-chat").report.table("assumptions").rows
    price = _row(rows, "options.today.primary.input_price").cells[0]
    assert price.unit == "money_per_million_tokens"
    assert price.source is not None
    assert (price.source.origin, price.source.as_of) == ("catalogue", "2026-11-22")


def test_it_shows_a_range_with_its_ends() -> None:
    rows = answer_of("support-chat").report.table("assumptions").rows
    value, low, high, *_ = _row(rows, "workloads.chat.failure_cost").cells
    assert (low.value, value.value, high.value) == (0.04, 0.1, 0.4)


def test_it_keeps_a_templates_source_until_the_input_is_changed() -> None:
    start = template("support-chat")
    plan = with_overrides(parse_plan(start.json), {"workloads.chat.input_tokens": 900})
    stated = template_sources(start, plan)
    rows = evaluate_plan(plan, prices=catalogue(), as_of=DAY, stated=stated).report.table("assumptions").rows
    changed = _row(rows, "workloads.chat.input_tokens").cells[0].source
    kept = _row(rows, "workloads.chat.output_tokens").cells[0].source
    assert changed is not None
    assert kept is not None
    assert (changed.origin, kept.origin) == ("yours", "template")


def test_it_names_a_role_beside_its_pay() -> None:
    rows = answer_of("support-chat").report.table("assumptions").rows
    assert _row(rows, "options.tune-8b.team.ml.annual_pay").label == "Machine-learning engineer: yearly pay"


def test_it_calls_a_source_stale_after_ninety_days() -> None:
    source = Source("somewhere", as_of="2026-08-25", origin="catalogue")
    assert not is_stale(source, date(2026, 11, 23))
    assert is_stale(source, date(2026, 11, 24))
